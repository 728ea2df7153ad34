"""What follows when somebody answers a mail that went to them for their part: organizer, liaison, contact, committee.

The key proves which mail is answered, the From address that its addressee wrote; a verdict of forgery undoes both.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from mailflow.domain.acts import held
from mailflow.domain.commands import (
    NEEDS_YES,
    ON_LAUNCHES,
    ON_PROPOSALS,
    Command,
    Role,
    Verb,
    allowed,
    answers,
    first_line,
    mistyped,
    read_command,
)
from mailflow.domain.facts import Item, Post, ReplyFacts
from mailflow.domain.lifecycle import Act, may
from mailflow.domain.model import Launch, LaunchState, Notice, Proof, Proposal, ProposalState
from mailflow.domain.outcome import CarryOut, Outcome, Owed, Verdict
from mailflow.domain.phrase import Sentence, say
from mailflow.domain.reading import Dmarc

# mails whose answers may be commands; each of them lists what would do
CONFIRM, ANSWER = "command_confirm", "command_answer"
COMMANDED = frozenset(
    {
        *("share_kit", "petition_qualified", "digest", "notice_preview", "open_question", "organizer_note"),
        *("proposal_drafted", "submission", "submission_told", "outcome_told", "council_report", "held_summary"),
        *(CONFIRM, ANSWER),
    }
)
# mails that are a preview themselves: an answer with one of these words confirms what they show
PREVIEWS = {
    "notice_preview": (Verb.SEND, frozenset({Verb.SEND, Verb.YES})),
    "open_question": (Verb.OPEN, frozenset({Verb.OPEN, Verb.YES})),
    "proposal_drafted": (Verb.OPEN, frozenset({Verb.OPEN, Verb.YES})),
}


def decide_command(facts: ReplyFacts) -> Outcome | None:
    """Say what follows from a command; None when the mail is none, and is read as any other."""
    key = facts.key
    if key is None or key.member_id or key.notice not in COMMANDED or not facts.posts:
        return None
    line = first_line(facts.new_text)
    command = read_command(line, facts.arrived_at, facts.zone)
    if command is None:
        problem = mistyped(line) if _is_provably_theirs(facts) else ""
        return _told(facts, problem) if problem else None
    if not _is_provably_theirs(facts):
        why = "a command with the key of somebody's mail, and not provably theirs: nothing is done, nobody is answered"
        return held(facts, Verdict.UNKNOWN_SENDER, why)
    return _decide(facts, command)


def _is_provably_theirs(facts: ReplyFacts) -> bool:
    assert facts.key is not None
    is_from_them = facts.from_address.casefold() == facts.key.address.casefold()
    return is_from_them and not facts.from_problem and facts.dmarc is not Dmarc.FAIL


def _decide(facts: ReplyFacts, command: Command) -> Outcome:
    assert facts.key is not None
    if command.verb is Verb.HELP:
        return _told(facts, "")
    verb, words = PREVIEWS.get(facts.key.notice, (None, frozenset()))
    if verb is not None and command.verb in words and not command.object_id:
        return _on_item(facts, replace(command, verb=verb), is_confirmed=True)
    if command.verb in {Verb.YES, Verb.NO}:
        return _confirmed(facts, command)
    if command.problem:
        return _told(facts, command.problem)
    return _on_item(facts, command, is_confirmed=command.verb not in NEEDS_YES)


def _confirmed(facts: ReplyFacts, command: Command) -> Outcome:
    """Carry out what a preview showed, or leave it."""
    assert facts.key is not None
    if facts.key.notice != CONFIRM and facts.key.notice not in PREVIEWS:
        return _told(facts, say("there is nothing here to say %(verb)s to", verb=str(command.verb)))
    if command.verb is Verb.NO:
        return _told(facts, "", say("Nothing was done; everything stays as it is."), verdict=Verdict.COMMAND)
    if facts.ordered is None or facts.ordered.problem:
        return _told(facts, say("what this would confirm can't be read any more; please write the command again"))
    return _on_item(facts, replace(facts.ordered, object_id=facts.key.object_id), is_confirmed=True)


# --- which item, and may they? ----------------------------------------------------------------------------------
def _on_item(facts: ReplyFacts, command: Command, *, is_confirmed: bool) -> Outcome:
    if command.verb is Verb.STATUS and not command.object_id and len(facts.posts) > 1 and facts.item is None:
        return _carried(facts, command, facts.posts[0], "", is_confirmed=True)
    post = _post(facts, command)
    if isinstance(post, str):
        return _told(facts, post)
    if command.verb not in allowed(post.roles):
        return _told(facts, say("'%(verb)s' is not yours to say about %(id)s", verb=str(command.verb), id=post.item.id))
    if command.verb is Verb.OPEN and _is_only_the_liaisons(post.item, post.roles):
        return _told(facts, say("%(id)s is a draft: its staff liaison opens it", id=post.item.id))
    if not fits(command.verb, post.item):
        is_launch, verb = isinstance(post.item, Launch | Notice), str(command.verb)
        return _told(
            facts,
            say("'%(verb)s' does nothing to a launch", verb=verb)
            if is_launch
            else say("'%(verb)s' does nothing to a proposal", verb=verb),
        )
    return _carried(facts, command, post, _object_id(facts, command, post), is_confirmed=is_confirmed)


def _post(facts: ReplyFacts, command: Command) -> Post | str:
    assert facts.key is not None
    named = command.object_id
    if named:
        found = next((p for p in facts.posts if named in {p.item.id, _launch_of(p.item)}), None)
        return found or say("%(id)s is nothing that you have a part in", id=named)
    if facts.item is not None:
        none = say("you have no part in this any more")
        return next((p for p in facts.posts if p.item.id == facts.item.id), none)
    fitting = [p for p in facts.posts if command.verb in allowed(p.roles) and fits(command.verb, p.item)]
    if len(fitting) == 1:
        return fitting[0]
    if not fitting:
        return say("'%(verb)s' fits nothing that you have a part in now", verb=str(command.verb))
    names = ", ".join(p.item.id for p in fitting[:8])
    example = f"{command.verb} {fitting[0].item.id}"
    return say(
        "which one? Put its name behind the first word, such as: %(example)s (%(names)s)", example=example, names=names
    )


def _launch_of(item: Item) -> str:
    return item.launch_id if isinstance(item, Notice) else item.id


def _object_id(facts: ReplyFacts, command: Command, post: Post) -> str:
    """A preview of a notice is about that notice, although what members answer to it is about the launch."""
    assert facts.key is not None
    is_notice = facts.key.notice == "notice_preview" and command.verb in {Verb.SEND, Verb.HOLD}
    return facts.key.object_id if is_notice or facts.key.notice == CONFIRM else post.item.id


def fits(verb: Verb, item: Item) -> bool:
    """Tell whether a command is about this sort of item at all."""
    if verb in {Verb.STATUS, Verb.HELP, Verb.YES, Verb.NO}:
        return True
    if isinstance(item, Proposal):
        return verb in ON_PROPOSALS
    return verb in ON_LAUNCHES and (isinstance(item, Launch) or verb in {Verb.SEND, Verb.HOLD})


def _carried(facts: ReplyFacts, command: Command, post: Post, object_id: str, *, is_confirmed: bool) -> Outcome:
    assert facts.key is not None
    by = f"{post.name or facts.key.address} ({', '.join(sorted(post.roles))}), by mail"
    record = CarryOut(command, object_id, by, facts.key.address, is_confirmed, facts.message_id)
    why = f"the command '{command.said or command.verb}', by key and From of the one it was sent to"
    return Outcome(Verdict.COMMAND, reasons=(why,), records=(record,), object_id=post.item.id, proof=Proof.KEY_FROM)


def _told(facts: ReplyFacts, problem: str, line: str = "", verdict: Verdict = Verdict.NO_COMMAND) -> Outcome:
    """Answer with what would do; nothing else follows."""
    assert facts.key is not None
    posts = [p for p in facts.posts if facts.item is None or p.item.id == facts.item.id] or list(facts.posts)
    said = line or (Sentence.of(problem) if problem else say("These words are understood."))
    told = Owed(
        ANSWER,
        facts.item.id if facts.item is not None else "",
        f"mailto:{facts.key.address}",
        version=str(facts.inbox_n),
        facts={
            "headline": say("Nothing was done") if problem or line else say("What you can answer"),
            "lines": [said],
            "answers": answers(possible(posts)),
        },
        in_reply_to=facts.message_id,
        is_answer=True,
    )
    is_help = not problem and not line
    return Outcome(
        Verdict.COMMAND if is_help else verdict,
        reasons=(problem or line or "asked what can be answered",),
        owed=(told,),
        object_id=facts.item.id if facts.item is not None else "",
        proof=Proof.KEY_FROM,
    )


# --- what can be said now ---------------------------------------------------------------------------------------
_ACTS = {
    Verb.OPEN: (Act.OPEN_FEEDBACK, Act.OPEN_PETITION),
    Verb.EXTEND: (Act.EXTEND_FEEDBACK, Act.EXTEND_PETITION),
    Verb.CLOSE: (Act.CLOSE_PETITION,),
    Verb.HOLD: (Act.OPEN_PETITION,),
    Verb.ACKNOWLEDGE: (Act.ACKNOWLEDGE,),
    Verb.APPROVE: (Act.APPROVE,),
    Verb.RETURN: (Act.RETURN,),
    Verb.SUBMIT: (Act.SUBMIT,),
    Verb.REPORT: (Act.REPORT,),
    Verb.ADDRESS: (Act.MEND,),
}


def _is_only_the_liaisons(item: Item, roles: frozenset[Role]) -> bool:
    """Tell whether opening is not for these roles: staff stand for what is mailed to members in their name."""
    is_draft = isinstance(item, Proposal) and item.state is ProposalState.DRAFT
    return is_draft and not roles & {Role.LIAISON, Role.STAFF}


def possible_about(item: Item, roles: frozenset[Role]) -> frozenset[Verb]:
    """Give what somebody with these roles may say about an item, and what would do something as it stands."""
    verbs = {v for v in allowed(roles) - {Verb.YES, Verb.NO} if fits(v, item)}
    if isinstance(item, Proposal):
        verbs = {v for v in verbs if v not in _ACTS or any(may(item.state, act) for act in _ACTS[v])}
        if item.validated < item.threshold:
            verbs -= {Verb.SUBMIT}
        if not any(o.email and not o.address for o in item.organizers):
            verbs -= {Verb.ADDRESS}  # it is understood all the same
        if item.state is ProposalState.DRAFT or all(meeting.is_cancelled for meeting in item.meetings):
            verbs -= {Verb.MEETING}
    if _is_only_the_liaisons(item, roles):
        verbs -= {Verb.OPEN}
    if isinstance(item, Launch) and item.state is LaunchState.LAUNCHED:
        verbs -= {Verb.SLIP, Verb.SET_DATE, Verb.LAUNCHED}
    return frozenset(verbs)


def possible(posts: Iterable[Post]) -> frozenset[Verb]:
    """Give what somebody may say about any of these."""
    return frozenset().union(*(possible_about(p.item, p.roles) for p in posts))
