"""Rules of a launch: what a change of its date does, and which notice tells it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from mailflow.domain.model import Launch, LaunchState, Notice, NoticeState, Slip
from mailflow.domain.phrase import say
from mailflow.errors import Refused


def slip(launch: Launch, to: date | None, reason: str, at: datetime) -> Launch:
    """Put a launch off, to a later day or until a date is told."""
    if launch.state is LaunchState.LAUNCHED:
        raise Refused(say("%(id)s is launched: its date can't change any more", id=launch.id))
    if to is None and launch.planned_on is None and launch.state is LaunchState.DELAYED:
        raise Refused(say("%(id)s has no date already; `launch set-date %(id)s DATE` tells one", id=launch.id))
    if to is not None and launch.planned_on is not None and to <= launch.planned_on:
        raise Refused(
            say(
                "%(to)s is not later than %(planned)s; `launch set-date %(id)s %(to)s` sets any date",
                to=str(to),
                planned=str(launch.planned_on),
                id=launch.id,
            )
        )
    return _dated(launch, LaunchState.DELAYED, to, reason, at)


def set_date(launch: Launch, to: date, at: datetime) -> Launch:
    """Tell a firm date."""
    if launch.state is LaunchState.LAUNCHED:
        raise Refused(say("%(id)s is launched: its date can't change any more", id=launch.id))
    if launch.state is LaunchState.FIRM and launch.planned_on == to:
        raise Refused(say("%(id)s has that date already", id=launch.id))
    return _dated(launch, LaunchState.FIRM, to, "", at)


def launched(launch: Launch, on: date, at: datetime) -> Launch:
    """Say that it happened, today."""
    if launch.state is LaunchState.LAUNCHED:
        raise Refused(say("%(id)s is launched already", id=launch.id))
    return _dated(launch, LaunchState.LAUNCHED, on, "", at)


def _dated(launch: Launch, state: LaunchState, to: date | None, reason: str, at: datetime) -> Launch:
    change = Slip(at, launch.planned_on, to, reason)
    return replace(launch, state=state, planned_on=to, history=(*launch.history, change))


CORRECTED_MAX = 10  # an audience has a limited number of terms
KINDS = {
    LaunchState.DELAYED: "delay_notice",
    LaunchState.FIRM: "firm_date_notice",
    LaunchState.LAUNCHED: "launch_notice",
}
_SUBJECTS = {
    "delay_notice": "{title}: the launch is delayed",
    "firm_date_notice": "{title}: the date is set",
    "launch_notice": "{title} is open",
}


def notice_of(launch: Launch, notice_id: str, to_correct: Sequence[Notice] = ()) -> Notice:
    """Prepare the notice that tells where a launch stands now.

    to_correct: notices that told another date; whoever got one gets this one, whatever lists they are on now.
    """
    kind = KINDS[launch.state]
    reason = launch.history[-1].reason if launch.history else ""
    return Notice(
        id=notice_id,
        kind=kind,
        state=NoticeState.PREPARED,
        subject=_SUBJECTS[kind].format(title=launch.title),
        audience=" + ".join((launch.audience, *(f"told:{wrong.id}" for wrong in to_correct))),
        contact=launch.contact,
        launch_id=launch.id,
        planned_on=launch.planned_on,
        reason=reason,
    )


UPDATE = "update_notice"


def update_of(launch: Launch, notice: Notice) -> Notice:
    """Make an announcement an update on a launch: to its lists, answered by its contact, unless it says otherwise."""
    return replace(
        notice,
        kind=UPDATE,
        audience=notice.audience or launch.audience,
        contact=notice.contact or launch.contact,
        launch_id=launch.id,
        planned_on=launch.planned_on,
    )


def to_correct(launch: Launch, went_out: Sequence[Notice]) -> list[Notice]:
    """Give the notices that told somebody a date which no longer holds and that nothing has corrected since.

    went_out: the launch's notices of which mails were taken, in order; one that went to everybody corrects the earlier.
    """
    whole = [i for i, notice in enumerate(went_out) if notice.state is NoticeState.SENT]
    since = went_out[whole[-1] if whole else 0 :]
    wrong = [n for n in since if n.planned_on is not None and n.planned_on != launch.planned_on]
    return wrong[-CORRECTED_MAX:]


def is_replaced_by_a_move(notice: Notice) -> bool:
    """Tell whether a notice of a launch must not go out any more once the launch's date moves.

    What is on its way tells the old date; an update that was not sent yet tells the new one when it is.
    """
    return notice.state is NoticeState.SENDING or (notice.state is NoticeState.PREPARED and notice.kind != UPDATE)
