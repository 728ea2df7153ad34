"""What follows when an organizer, liaison or contact answers how often they want digests."""

from __future__ import annotations

from collections.abc import Iterable

from mailflow.domain.commands import answers, first_line
from mailflow.domain.decide_command import ANSWER, possible
from mailflow.domain.digest import Frequency, read_frequency
from mailflow.domain.facts import Post, ReplyFacts
from mailflow.domain.model import Proof
from mailflow.domain.outcome import Outcome, Owed, SetDigest, Verdict
from mailflow.domain.phrase import say
from mailflow.domain.reading import Dmarc

# mails that go to people for their part; an answer to any of them may say it
ANSWERED = frozenset({"digest", "share_kit", "petition_qualified", "organizer_note", ANSWER})
SAID = {
    Frequency.AT_ONCE: say("You are told of new feedback and questions at once, and of counts in the morning."),
    Frequency.DAILY: say("You get a digest in the morning of a day on which something is new."),
    Frequency.WEEKLY: say("You get a digest on Monday mornings, if something is new."),
    Frequency.OFF: say("You get no more digests. Questions to you still come, each in a mail of its own."),
}


def told_of(frequency: Frequency, posts: Iterable[Post]) -> dict[str, object]:
    """Give what an answer says of the choice. posts: what its reader has a part in."""
    return {
        "headline": say("Digests: %(frequency)s", frequency=str(frequency)),
        "lines": [SAID[frequency], say("To change it, answer with: at once, daily, weekly or off.")],
        "answers": answers(possible(list(posts))),
    }


def decide_digest(facts: ReplyFacts) -> Outcome | None:
    """Keep how often they want digests and say so; None when the mail says something else."""
    key = facts.key
    if key is None or key.member_id or key.notice not in ANSWERED:
        return None
    frequency = read_frequency(first_line(facts.new_text))
    is_theirs = facts.from_address.casefold() == key.address.casefold() and not facts.from_problem
    if frequency is None or not is_theirs or facts.dmarc is Dmarc.FAIL:
        return None
    told = Owed(
        ANSWER,
        facts.item.id if facts.item is not None else "",
        f"mailto:{key.address}",
        version=str(facts.inbox_n),
        facts=told_of(frequency, facts.posts),
        in_reply_to=facts.message_id,
        is_answer=True,
    )
    return Outcome(
        Verdict.COMMAND,
        reasons=(f"how often they want digests: {frequency}",),
        records=(SetDigest(key.address, frequency),),
        owed=(told,),
        object_id=key.object_id,
        proof=Proof.KEY_FROM,
    )
