"""What members choose on the page that every mail to many leads to: this object, its sort, all, or all again.

And on the page that every digest leads to: how often.
"""

from __future__ import annotations

from datetime import datetime

from mailflow.domain.decide_command import ANSWER
from mailflow.domain.decide_digest import told_of
from mailflow.domain.digest import Frequency
from mailflow.domain.facts import Item
from mailflow.domain.model import KeyFact
from mailflow.domain.opt_out import ALL, ANNOUNCEMENTS, Choice, object_scope, sort_of, words
from mailflow.domain.outcome import Owed
from mailflow.domain.views import FrequencyView, UnsubscribeView
from mailflow.service.addressees import MAILTO
from mailflow.service.items import items_by_id
from mailflow.service.office import Office
from mailflow.service.owing import owe
from mailflow.service.posts import posts_of
from mailflow.service.surroundings import title
from mailflow.store import digests, opt_outs, roster
from mailflow.store.engine import Work

SAMPLE = UnsubscribeView(False, "a sample", ANNOUNCEMENTS, is_sample=True)
SAMPLE_FREQUENCY = FrequencyView(Frequency.DAILY, is_sample=True)


def view(work: Work, office: Office, fact: KeyFact) -> UnsubscribeView:
    """Give what the page shows to the member whose mail leads there."""
    item = _item(work, office, fact)
    chosen = opt_outs.choices(work, fact.member_id)
    choice = next((str(c) for c in Choice if (scope := _scope(item, c)) and scope in chosen), str(Choice.NOTHING))
    if ALL in chosen:
        choice = str(Choice.ALL)
    about = title(item) if item is not None else ""
    member = roster.member(work, fact.member_id)
    language = member.language if member is not None else ""
    sort = sort_of(item) if item is not None else ""
    return UnsubscribeView(choice != Choice.NOTHING, about, sort, choice, language=language)


def choose(work: Work, office: Office, fact: KeyFact, choice: Choice, now: datetime) -> bool:
    """Keep a choice in place of an earlier one; the address on file is told once. False when it makes no sense here."""
    item = _item(work, office, fact)
    scope = _scope(item, choice)
    if not scope and choice is not Choice.NOTHING:
        return False
    others = [other for c in Choice if (other := _scope(item, c)) and other != scope]
    if choice is not Choice.ALL:  # a wider choice leaves the narrower ones; a narrower one takes its place
        opt_outs.opt_in(work, fact.member_id, *others)
    if scope:
        opt_outs.opt_out(work, fact.member_id, scope, now, "link")
        told = Owed(
            "unsubscribed",
            fact.object_id,
            fact.member_id,
            version=f"{fact.key}-{choice}",
            facts={"about_words": words(item, scope)},
        )
        owe(work, office, [told], {}, now)
    return True


# --- how often somebody gets digests ----------------------------------------------------------------------------
def frequency_view(work: Work, fact: KeyFact) -> FrequencyView | None:
    """Give what the page shows to the reader of a digest; None when the link is another mail's."""
    if not _is_digest(fact):
        return None
    return FrequencyView(digests.choices(work).get(fact.address.casefold(), digests.Choice()).frequency)


def choose_frequency(work: Work, office: Office, fact: KeyFact, frequency: Frequency, now: datetime) -> bool:
    """Keep how often the reader of a digest wants them; a change is told, for a link can be passed on."""
    if not _is_digest(fact):
        return False
    before = digests.lock(work, fact.address.casefold()).frequency
    digests.choose(work, fact.address.casefold(), frequency)
    if before is not frequency:
        posts = posts_of(work, office, fact.address)
        version = f"link-{frequency}-{now:%Y-%m-%dT%H}"  # once an hour: whoever has the link floods nobody with it
        told = Owed(ANSWER, "", MAILTO + fact.address, version, facts=told_of(frequency, posts))
        owe(work, office, [told], {post.item.id: post.item for post in posts}, now)
    return True


def _is_digest(fact: KeyFact) -> bool:
    return fact.notice == "digest" and not fact.member_id and bool(fact.address)


# --- what an opt-out is about -----------------------------------------------------------------------------------
def _item(work: Work, office: Office, fact: KeyFact) -> Item | None:
    """Give what the mail was about; a notice of a launch is about the launch."""
    found = items_by_id(work, office, [fact.object_id]).get(fact.object_id)
    if found is not None and (scope := object_scope(found)) != found.id:
        return items_by_id(work, office, [scope]).get(scope, found)
    return found


def _scope(item: Item | None, choice: Choice) -> str:
    """Give the scope of an opt-out that a choice means; "" when it means none here."""
    if choice is Choice.ALL:
        return ALL
    if item is None or choice is Choice.NOTHING:
        return ""
    return object_scope(item) if choice is Choice.OBJECT else sort_of(item)
