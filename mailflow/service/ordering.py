"""A submission that was ordered by mail: looked at, answered with a yes, and then made by the clock.

Making the packet takes its time, and nothing else may wait for it: so the yes is noted with the mail, and the clock
does what `petition submit` does.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from mailflow.domain.commands import answers
from mailflow.domain.decide_command import ANSWER, possible_about
from mailflow.domain.lifecycle import LIFE, Act
from mailflow.domain.outcome import CarryOut, Owed
from mailflow.domain.phrase import Sentence, say
from mailflow.domain.submission import Rule, unmet_by_mail
from mailflow.errors import InputError, Refused, UsageError
from mailflow.service.addressees import MAILTO
from mailflow.service.office import Office
from mailflow.service.owing import owe
from mailflow.service.packet import Case
from mailflow.service.packet_pages import committee_name
from mailflow.service.posts import posts_of
from mailflow.service.submitting import committee_address, held_against_rules, submit
from mailflow.store import inbox, proposals
from mailflow.store.engine import Work

log = logging.getLogger(__name__)

ORDER, DROP = "order the submission", "drop the submission"
SUBMITTABLE = next(move.frm for move in LIFE if move.act is Act.SUBMIT)
_CHECKED = re.compile(r"(?:overlap )?checked by (.{1,100})", re.IGNORECASE)


def preview_order(work: Work, office: Office, order: CarryOut, now: datetime) -> tuple[str, list[str], bool]:
    """Say what a submission would be: the headline, the lines, and whether a yes is asked for."""
    case = _case(work, office, order, now)
    title = case.petition.title
    if missing := unmet_by_mail(case.rules):
        return say("It can't be submitted yet: %(title)s", title=title), missing, False
    where = say(
        "This submits the petition to: %(name)s. Names and addresses go there and to the staff liaison alone.",
        name=committee_name(case.committee),
    )
    lines: list[str] = [where, *(_met(rule) for rule in case.rules)]
    lines += [case.outlook] if case.outlook else []
    return say("Submit it? %(title)s", title=title), lines, True


def _met(rule: Rule) -> str:
    return Sentence.of(say("%(asks)s: met (%(found)s)", asks=rule.asks, found=rule.found))


def order_submission(
    work: Work, office: Office, order: CarryOut, inbox_n: int, now: datetime
) -> tuple[str, list[str], bool]:
    """Note that a submission is wanted; what is missing by now is told instead."""
    case = _case(work, office, order, now)
    if unmet_by_mail(case.rules):
        return preview_order(work, office, order, now)
    details = {"inbox": inbox_n, "checked_by": case.checked_by}
    proposals.note(work, order.object_id, now, ORDER, order.by, details=details)
    line = say("The packet is being made. You get a mail when it goes to the committee.")
    return say("On its way: %(title)s", title=case.petition.title), [line], False


def _case(work: Work, office: Office, order: CarryOut, now: datetime) -> Case:
    try:
        committee_address(office)
    except UsageError:
        raise Refused(say("no address of a committee is known here; please ask the staff to submit it")) from None
    petition = proposals.lock(work, office.kinds, order.object_id)
    said = order.command.reason.strip()
    named = _CHECKED.fullmatch(said.rstrip("."))
    if said and named is None:
        raise InputError(say("who checked that nothing covers its purpose? Write: submit: checked by NAME"))
    return held_against_rules(work, office, petition, named[1] if named else "", now)


# --- what the clock does -----------------------------------------------------------------------------------------
def submit_ordered(office: Office, now: datetime) -> None:
    """Submit what was ordered; what can't be submitted after all is told to who ordered it."""
    with office.db.read() as work:
        waiting = [
            (petition.id, event)
            for petition in proposals.in_states(work, office.kinds, SUBMITTABLE)
            if (event := _order_in(proposals.events(work, petition.id))) is not None
        ]
    for petition_id, event in waiting:
        try:
            submit(office, petition_id, now, checked_by=event["details"]["checked_by"], by=event["by"])
        except (Refused, UsageError) as error:
            log.warning("%s: %s", petition_id, error)
            _drop(office, petition_id, str(error), now)


def _order_in(events: Sequence[dict[str, Any]]) -> dict[str, Any] | None:
    """Give the order that nobody has followed yet."""
    last = next((event for event in reversed(events) if event["act"] in {ORDER, DROP, Act.SUBMIT}), None)
    return last if last is not None and last["act"] == ORDER else None


def _drop(office: Office, petition_id: str, why: str, now: datetime) -> None:
    with office.db.write() as work:
        petition = proposals.lock(work, office.kinds, petition_id)
        event = _order_in(proposals.events(work, petition_id))
        if petition.state not in SUBMITTABLE or event is None:
            return  # another host has done it meanwhile
        proposals.note(work, petition_id, now, DROP, event["by"], why)
        n = int(event["details"]["inbox"])
        mail = inbox.row(work, n)
        if mail is None or not mail.from_address:
            return
        posts = posts_of(work, office, mail.from_address, [petition_id])
        facts = {
            "headline": say("It could not be submitted: %(title)s", title=petition.title),
            "lines": [Sentence.of(line.removeprefix("- ")) for line in why.split("\n")],
            "answers": answers(frozenset().union(*(possible_about(p.item, p.roles) for p in posts))),
        }
        told = Owed(ANSWER, petition_id, MAILTO + mail.from_address, f"dropped-{n}", facts, about_n=n)
        owe(work, office, [told], {petition_id: petition}, now)
