"""Launches and announcements: each change prepares the notice that tells it; a person previews and sends it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from mailflow.domain import launch as rules
from mailflow.domain.audience import TermKind, parse_audience
from mailflow.domain.commands import Verb, answers
from mailflow.domain.launch_file import read_launch, read_notice
from mailflow.domain.model import Launch, LaunchState, Notice, NoticeState
from mailflow.domain.outcome import ONCE, Owed
from mailflow.domain.phrase import say
from mailflow.errors import InputError, Refused
from mailflow.service import mailings
from mailflow.service.addressees import MAILTO
from mailflow.service.launch_facts import said_in
from mailflow.service.mailings import Preview, Sent
from mailflow.service.office import Office
from mailflow.service.owing import owe
from mailflow.service.previews import send_test
from mailflow.service.template_alarm import told
from mailflow.store import launches, meta
from mailflow.store.engine import Work


def add_launch(office: Office, text: str, now: datetime) -> str:
    """Add the launch that a launch.md tells of, or change it while nothing was told about it; gives its id."""
    new = read_launch(text, office.settings.contacts)
    with office.db.write() as work:
        found = launches.launches(work, [new.id]).get(new.id) if new.id else None
        if found is not None and (found.state is not LaunchState.PLANNED or found.history):
            raise Refused(f"{new.id} is {found.state}: no file changes it now; use slip, set-date, launched")
        new = new if new.id else replace(new, id=_free(work, "launch", set(launches.launches(work))))
        launches.save_launch(work, new, now)
    return new.id


def add_notice(office: Office, text: str, now: datetime) -> str:
    """Add the announcement that a notice.md tells of, or change it until it is sent; gives its id."""
    new = read_notice(text, office.settings.contacts)
    with office.db.write() as work:
        found = launches.notices(work, [new.id]).get(new.id) if new.id else None
        if found is not None and found.state is not NoticeState.PREPARED:
            raise Refused(f"{new.id} is {found.state}: a file does not change it any more; use another id")
        new = new if new.id else replace(new, id=_free(work, "notice", set(launches.notices(work))))
        if new.launch_id:
            new = rules.update_of(launches.launch(work, new.launch_id), new)
        launches.save_notice(work, new, now)
        show_to_contact(work, office, new, now, sha256(text.encode("utf-8", "replace")).hexdigest()[:16])
    return new.id


def update(office: Office, launch_id: str, subject: str, text: str, now: datetime) -> Notice:
    """Prepare an update on a launch, to its lists: a word while its readers wait."""
    if not text.strip():
        raise Refused("the update has no text")
    with office.db.write() as work:
        launch = launches.launch(work, launch_id)
        new_id = _free(work, "notice", set(launches.notices(work)))
        plain = Notice(new_id, "notice", NoticeState.PREPARED, subject or f"{launch.title}: an update", "", "", text)
        notice = rules.update_of(launch, plain)
        launches.save_notice(work, notice, now)
        show_to_contact(work, office, notice, now)
    return notice


def _free(work: Work, kind: str, taken: set[str]) -> str:
    while (new := meta.next_id(work, kind)) in taken:
        continue  # an id that a file set stands there already
    return new


# --- a launch moves ---------------------------------------------------------------------------------------------
def slip(office: Office, launch_id: str, to: date | None, reason: str, now: datetime) -> Notice:
    """Put a launch off and prepare the delay notice; an earlier notice that has not gone out is replaced."""
    with office.db.write() as work:
        return move_now(work, office, launch_id, lambda launch: rules.slip(launch, to, reason, now), now)


def set_date(office: Office, launch_id: str, to: date, now: datetime) -> Notice:
    """Tell a firm date and prepare its notice."""
    with office.db.write() as work:
        return move_now(work, office, launch_id, lambda launch: rules.set_date(launch, to, now), now)


def launched(office: Office, launch_id: str, now: datetime) -> Notice:
    """Say that it happened and prepare the launch notice."""
    on = office.today(now)
    with office.db.write() as work:
        return move_now(work, office, launch_id, lambda launch: rules.launched(launch, on, now), now)


def move_now(work: Work, office: Office, launch_id: str, change: Callable[[Launch], Launch], now: datetime) -> Notice:
    """Change a launch, prepare its notice and mail its contact what would go out, in the caller's transaction."""
    settle_notices(work, now)  # one that has left to the last mail is sent, and not replaced
    moved = change(launches.launch(work, launch_id))
    launches.save_launch(work, moved, now)
    launches.add_slip(work, launch_id, moved.history[-1])
    for earlier in launches.notices(work, launch_id=launch_id).values():
        if rules.is_replaced_by_a_move(earlier):
            # what of it still waits is suppressed by the recheck: a stale date can't leave
            launches.save_notice(work, replace(earlier, state=NoticeState.REPLACED), now)
    wrong = rules.to_correct(moved, launches.went_out(work, launch_id))
    notice = rules.notice_of(moved, _free(work, "notice", set(launches.notices(work))), wrong)
    launches.save_notice(work, notice, now)
    show_to_contact(work, office, notice, now)
    return notice


def show_to_contact(
    work: Work, office: Office, notice: Notice, now: datetime, version: str = ONCE, to: str = "", **more: Any
) -> bool:
    """Mail the notice's contact a preview that can be answered with `send`; False when there is no such contact.

    to: another address that it goes to; more: further fields of Owed, where the preview answers a mail.
    """
    contact = office.contact(notice.contact)
    to = to or (contact.email if contact is not None else "")
    if not to:
        return False
    said = said_in(work, office, notice)
    try:
        shown = mailings.preview(work, office, notice.kind, notice, now, said)
    except InputError:
        return False  # its lists are not known here yet; `notice preview` says which
    facts = {
        **said,
        "subject_line": shown.samples[0]["subject"] if shown.samples else notice.subject,
        "recipients": shown.recipients,
        "by_term": shown.by_term if len(shown.by_term) > 1 else {},
        "left_out": shown.left_out,
        "sample": shown.samples[0]["text"] if shown.samples else "",
        "command": f"mailflow notice send {notice.id}",
        "answers": _answers_to_preview(notice),
    }
    owed = Owed("notice_preview", notice.id, MAILTO + to, version=version, facts=facts, **more)
    owe(work, office, [owed], {notice.id: notice}, now)
    return True


def _answers_to_preview(notice: Notice) -> list[dict[str, str]]:
    """Give what its contact can answer; this mail is the preview, and no other comes."""
    moves = [Verb.SLIP, Verb.SET_DATE] if notice.launch_id and notice.kind != "launch_notice" else []
    send = {"word": "send", "what": say("sends the mail below")}
    return [send, *answers([Verb.HOLD, *moves, Verb.STATUS, Verb.HELP])]


def show_launch(office: Office, launch_id: str) -> dict[str, Any]:
    """Give a launch with its history and notices (contract: launch show)."""
    with office.db.read() as work:
        launch = launches.launch(work, launch_id)
        notices = launches.notices(work, launch_id=launch_id)
    return {
        "id": launch.id,
        "title": launch.title,
        "state": launch.state,
        "planned_on": launch.planned_on,
        "history": [{"at": s.at, "from": s.from_on, "to": s.to_on, "reason": s.reason} for s in launch.history],
        "notices": list(notices),
    }


# --- a notice goes out ------------------------------------------------------------------------------------------
def preview_notice(office: Office, notice_id: str, now: datetime) -> Preview:
    """Say whom a notice would reach and show three samples."""
    with told(office, now), office.db.read() as work:
        notice = launches.notice(work, notice_id)
        return mailings.preview(work, office, notice.kind, notice, now, said_in(work, office, notice))


def send_notice(office: Office, notice_id: str, now: datetime) -> Sent:
    """Queue a notice that was previewed; once it goes out it is not sent again."""
    with told(office, now), office.db.write() as work:
        return send_now(work, office, notice_id, now)


def send_now(work: Work, office: Office, notice_id: str, now: datetime) -> Sent:
    """Queue a notice, in the caller's transaction."""
    notice = launches.notice(work, notice_id)
    if notice.state is not NoticeState.PREPARED:
        raise Refused(
            say("%(id)s is %(state)s: only a prepared notice can be sent", id=notice_id, state=str(notice.state))
        )
    if notice.kind == rules.UPDATE:
        notice = replace(notice, planned_on=launches.launch(work, notice.launch_id).planned_on)
    corrected = _correct(work, office, notice, now)
    sent = mailings.send(work, office, notice.kind, notice, "", now, said_in(work, office, notice))
    launches.save_notice(work, replace(notice, state=NoticeState.SENDING), now)
    return replace(sent, queued=sent.queued + corrected)


def _correct(work: Work, office: Office, notice: Notice, now: datetime) -> int:
    """Queue a notice for those whom an earlier one told another date, in words that say so; gives how many that is.

    It is the same mail to the rest of the audience but for those words: nobody gets both.
    """
    terms = [term for term in parse_audience(notice.audience).terms if term.kind is TermKind.TOLD]
    wrong = launches.notices(work, [term.value for term in terms], notice.launch_id) if notice.launch_id else {}
    queued = 0
    for earlier in reversed(list(wrong.values())):  # who got several is told of the last
        said, told = said_in(work, office, notice, earlier), f"told:{earlier.id}"
        queued += mailings.send(work, office, notice.kind, notice, "", now, said, audience=told).queued
    return queued


def stop_now(work: Work, notice_id: str, now: datetime) -> Notice:
    """Stop what of a notice has not left; one that was not sent yet stays ready."""
    notice = launches.notice(work, notice_id)
    if notice.state is NoticeState.SENDING:
        notice = replace(notice, state=NoticeState.REPLACED)
        launches.save_notice(work, notice, now)
    return notice


def test_notice(office: Office, notice_id: str, address: str, now: datetime) -> None:
    """Queue one copy to one address, marked as a test, without keys that act."""
    with office.db.write() as work:
        notice = launches.notice(work, notice_id)
        send_test(work, office, notice.kind, notice, address, said_in(work, office, notice), now)


def settle_notices(work: Work, now: datetime) -> None:
    """Mark notices as sent whose last mail has left."""
    for notice in launches.notices(work).values():
        if notice.state is NoticeState.SENDING and not launches.is_going_out(work, notice):
            launches.save_notice(work, replace(notice, state=NoticeState.SENT), now)


def list_notices(office: Office, now: datetime) -> list[dict[str, Any]]:
    """Give every notice with how many mails it is and how many were sent (contract: notice list)."""
    rows = []
    with office.db.read() as work:
        for notice in launches.notices(work).values():
            counts = launches.mails_by_state(work, notice)
            rows.append(
                {
                    "id": notice.id,
                    "kind": notice.kind,
                    "state": notice.state,
                    "subject": notice.subject,
                    "recipients": sum(counts.values()),
                    "sent": counts.get("accepted", 0),
                    "left_out": counts.get("suppressed", 0),
                    "why_left_out": launches.why_left_out(work, notice),
                    "launch": notice.launch_id or None,
                }
            )
    return rows
