"""What is said of a launch beside its notices: in their words, where its date is named, on its page."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from mailflow.domain.launch import UPDATE
from mailflow.domain.mentions import Mention, mentions
from mailflow.domain.model import Launch, Notice, ProposalState
from mailflow.domain.views import LaunchView, SlipView
from mailflow.service.office import Office
from mailflow.service.rendering import facts_about
from mailflow.service.words import day_words
from mailflow.store import launches, proposals
from mailflow.store.engine import Work


def said_in(work: Work, office: Office, notice: Notice, wrong: Notice | None = None) -> dict[str, object]:
    """Give the facts of the launch that a notice tells of, as they stand now.

    wrong: the notice that told its reader another date.
    """
    if not notice.launch_id:
        return {}
    launch = launches.launch(work, notice.launch_id)
    before = _told_before(work, launch, notice)
    facts = facts_about(office, launch) | {"subject_line": notice.subject}
    facts["previous_words"] = day_words(before) if before is not None and before != launch.planned_on else ""
    if notice.kind == UPDATE:
        facts["update"] = notice.text
    if wrong is not None and wrong.planned_on is not None:
        facts["corrects_words"] = day_words(wrong.planned_on)
    return facts


def _told_before(work: Work, launch: Launch, notice: Notice) -> date | None:
    """Give the date that readers know: of the last notice that went out, else the one first planned.

    A date between them that no notice carried is nobody's news.
    """
    told = [n for n in launches.went_out(work, launch.id) if n.id != notice.id]
    return told[-1].planned_on if told else launch.history[0].from_on if launch.history else None


def mentions_of(work: Work, office: Office, launch: Launch, on: date) -> list[Mention]:
    """Give the proposals, notices and launches whose text names a day, but for what this launch prepared itself."""
    return mentions(_texts(work, office, launch), on)


def moved_mentions(work: Work, office: Office, launch_id: str) -> list[Mention]:
    """Give what names the date that a launch had before its last move; [] when it had none."""
    launch = launches.launch(work, launch_id)
    before = launch.history[-1].from_on if launch.history else None
    return mentions_of(work, office, launch, before) if before is not None and before != launch.planned_on else []


def _texts(work: Work, office: Office, launch: Launch) -> Iterator[tuple[str, str, str, str]]:
    for proposal in proposals.in_states(work, office.kinds, frozenset(ProposalState)):
        yield proposal.id, "proposal", proposal.state, f"{proposal.title}\n{proposal.statement}"
    for other in launches.launches(work).values():
        resources = "\n".join(each.title for each in other.resources)
        yield other.id, "launch", other.state, f"{other.title}\n{other.text}\n{resources}"
    for notice in launches.notices(work).values():
        if notice.launch_id != launch.id or notice.text:
            yield notice.id, "notice", notice.state, f"{notice.subject}\n{notice.text}"


def launch_view(office: Office, launch: Launch) -> LaunchView:
    """Give what the launch's page shows: today's truth, and nobody's address."""
    contact = office.contact_for(launch)
    history = tuple(SlipView(slip.at, slip.from_on, slip.to_on, slip.reason) for slip in launch.history)
    return LaunchView(
        id=launch.id,
        title=launch.title,
        state=launch.state,
        planned_on=launch.planned_on,
        text=launch.text,
        history=history,
        resources=tuple((each.title, each.url) for each in launch.resources),
        contact_name=contact.name if contact else "",
        contact_title=contact.title if contact else "",
    )
