"""Launches from end to end: prepared, previewed, sent, moved; what was told is put right; the page tells the truth."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from mailflow.domain.relay import Envelope, RelayAnswer
from mailflow.errors import InputError, Refused
from mailflow.service import launches
from mailflow.service.launch_facts import moved_mentions
from mailflow.service.pages import OfficePages
from mailflow.service.proposals import add_proposal
from mailflow.store import launches as store
from mailflow.web.app import create_app
from tests.acceptance.way_in import (
    LAUNCH,
    LIAISON,
    ORGANIZER,
    PROPOSAL,
    WayIn,
    address_of,
    open_way_in,
    parsed,
    text_of,
)

JULY_20, AUGUST_1, AUGUST_9 = date(2013, 7, 20), date(2013, 8, 1), date(2013, 8, 9)
CONTACT = "help@staff.example.org"
RESOURCES = '[[resources]]\ntitle = "First steps"\nurl = "https://help.example.org/steps"\n+++\nIt comes.'


@pytest.fixture
def way_in(tmp_path: Path) -> WayIn:
    found = open_way_in(tmp_path)
    launches.add_launch(found.office, LAUNCH.replace("+++\nIt comes.", RESOURCES), found.clock())
    found.deliver()
    return found


def send(way_in: WayIn, notice: Any) -> list[str]:
    """Send a notice, and give the members whom it reached."""
    launches.send_notice(way_in.office, notice.id, way_in.clock())
    return members(way_in.deliver())


def members(sent: list[Envelope]) -> list[str]:
    return sorted(e.rcpt_to.partition("@")[0] for e in sent if e.rcpt_to.startswith("m"))


def only(*accepted: int) -> RelayAnswer:
    """A relay that takes mail for these members, and has no time for others."""

    def answer(envelope: Envelope) -> RelayAnswer:
        if envelope.rcpt_to in {address_of(n) for n in accepted} or not envelope.rcpt_to.startswith("m"):
            return RelayAnswer("accepted", 250, "ok")
        return RelayAnswer("transient", 450, "later", "4.2.0", "rcpt")

    return answer  # type: ignore[return-value]


def everybody(_envelope: Envelope) -> RelayAnswer:
    return RelayAnswer("accepted", 250, "ok")


def set_date(way_in: WayIn, day: date) -> Any:
    return launches.set_date(way_in.office, "launch-1", day, way_in.clock())


def text_to(way_in: WayIn, n: int, notice: str) -> str:
    message = parsed(way_in.sent(n, notice))
    return f"{message['Subject']}\n{text_of(message)}"


# --- the contact sees it first ----------------------------------------------------------------------------------------


def test_a_notice_goes_to_nobody_but_its_contact_before_it_is_confirmed(way_in: WayIn) -> None:
    notice = launches.slip(way_in.office, "launch-1", None, "tests failed", way_in.clock())
    assert [e.rcpt_to for e in way_in.deliver()] == [CONTACT]
    preview = way_in.sent(CONTACT, "notice_preview")
    assert "6 recipients" in text_of(parsed(preview)) and "tests failed" in text_of(parsed(preview))
    [mail] = way_in.arrive(way_in.answer(CONTACT, "Send\n\nThanks, Pam", to=preview, from_=CONTACT))
    assert mail.verdict == "command"
    assert members(way_in.deliver()) == [f"m{n}" for n in range(1, 7)]
    assert {row["id"]: row["state"] for row in launches.list_notices(way_in.office, way_in.clock())}[notice.id] in {
        "sending",
        "sent",
    }


def test_a_preview_that_waits_is_not_sent_once_its_notice_is_replaced(way_in: WayIn) -> None:
    launches.slip(way_in.office, "launch-1", None, "tests failed", way_in.clock())
    set_date(way_in, AUGUST_1)
    way_in.deliver()
    assert [row.state for row in way_in.outbox("notice_preview")] == ["suppressed", "accepted"]


def test_a_preview_shows_the_subject_that_the_mail_has_and_offers_what_fits(way_in: WayIn) -> None:
    """From the firm date to the launch: what its contact is shown is what leaves."""
    for notice, is_movable in ((set_date(way_in, JULY_20), True), (None, False)):
        notice = notice or launches.launched(way_in.office, "launch-1", way_in.clock())
        way_in.deliver()
        shown = text_of(parsed(way_in.sent(CONTACT, "notice_preview")))
        send(way_in, notice)
        mail = parsed(way_in.sent(1, notice.kind))
        assert f"Subject: {mail['Subject']}".removeprefix("Subject: Correction: ") in shown
        assert ('"slip to TBA: the reason"' in shown) is is_movable
        assert "\n\nIt comes.\n" in text_of(mail)


def test_a_preview_counts_by_list_and_says_who_is_left_out(way_in: WayIn) -> None:
    text = "+++\nsubject = 'News'\naudience = 'members - told:notice-1 + list:talk@lists.example.net'\n+++\nHello."
    first = set_date(way_in, AUGUST_1)
    way_in.relay._answer = only(1, 2)
    send(way_in, first)
    way_in.arrive(way_in.answer(3, "Please unsubscribe me."))
    notice = launches.add_notice(way_in.office, text, way_in.clock())
    preview = launches.preview_notice(way_in.office, notice, way_in.clock())
    assert preview.by_term == {"members": 3, "- told:notice-1": 2, "list:talk@lists.example.net": 1}
    assert (preview.recipients, preview.left_out, len(preview.samples)) == (4, {"opted out": 1}, 3)


def test_told_names_a_notice_that_is_there(way_in: WayIn) -> None:
    text = "+++\nsubject = 'News'\naudience = 'told:notice-7'\n+++\nHello."
    notice = launches.add_notice(way_in.office, text, way_in.clock())
    with pytest.raises(InputError, match="told:notice-7 names nothing"):
        launches.preview_notice(way_in.office, notice, way_in.clock())


# --- what was told is put right ---------------------------------------------------------------------------------------


def test_a_second_slip_replaces_the_notice_that_has_not_gone_out(way_in: WayIn) -> None:
    first = launches.slip(way_in.office, "launch-1", AUGUST_1, "tests failed", way_in.clock())
    second = launches.slip(way_in.office, "launch-1", AUGUST_9, "they failed again", way_in.clock())
    with pytest.raises(Refused, match="replaced"):
        launches.send_notice(way_in.office, first.id, way_in.clock())
    assert send(way_in, second) == [f"m{n}" for n in range(1, 7)]
    assert not [e for e in way_in.relay.offered if b"August 1," in e.body and e.rcpt_to.startswith("m")]
    assert "It was to be ready on Monday, July 1, 2013" in text_to(way_in, 1, "delay_notice")  # what they know


def test_a_date_that_changed_after_it_was_told_is_corrected_to_exactly_those_who_were_told(way_in: WayIn) -> None:
    """Half of the mails had left: these are corrected, the others are told the new date alone, nobody gets two."""
    first = set_date(way_in, AUGUST_1)
    way_in.relay._answer = only(1, 2, 3)
    launches.send_notice(way_in.office, first.id, way_in.clock())
    way_in.deliver()
    second = set_date(way_in, AUGUST_9)
    assert second.audience == f"members + told:{first.id}"
    way_in.relay._answer = everybody
    way_in.clock.pass_(86_400)
    assert send(way_in, second) == [f"m{n}" for n in range(1, 7)]
    for n in range(1, 7):
        text = text_to(way_in, n, "firm_date_notice")
        assert ("Correction:" in text, "named Thursday, August 1, 2013; that date no longer holds" in text) == (
            n <= 3,
            n <= 3,
        )
    states = {row.recipient: row.state for row in way_in.outbox("firm_date_notice") if row.object_id == first.id}
    assert [states[f"m{n}"] for n in range(1, 7)] == ["accepted"] * 3 + ["suppressed"] * 3
    [told] = [row for row in launches.list_notices(way_in.office, way_in.clock()) if row["id"] == first.id]
    assert (told["left_out"], told["why_left_out"]) == (3, {"a newer notice replaced this one": 3})


def test_who_was_told_a_wrong_date_is_corrected_although_no_list_has_them_any_more(way_in: WayIn) -> None:
    with way_in.db.write() as work:
        launch = store.launch(work, "launch-1")
        store.save_launch(work, replace(launch, audience="unsigned:mig-1"), way_in.clock())
    assert send(way_in, set_date(way_in, AUGUST_1)) == [f"m{n}" for n in range(1, 7)]
    way_in.arrive(way_in.answer(1, "SIGN"), way_in.answer(2, "Please unsubscribe me."))
    way_in.deliver()
    sent = send(way_in, launches.slip(way_in.office, "launch-1", None, "tests failed", way_in.clock()))
    assert sent == ["m1", "m3", "m4", "m5", "m6"]  # m1 left the list by signing; m2 opted out
    assert "Correction: New Community Site is delayed" in text_to(way_in, 1, "delay_notice")


def test_a_date_that_was_corrected_once_is_not_corrected_again(way_in: WayIn) -> None:
    send(way_in, set_date(way_in, AUGUST_1))
    send(way_in, launches.slip(way_in.office, "launch-1", None, "tests failed", way_in.clock()))
    third = set_date(way_in, AUGUST_9)
    assert third.audience == "members"
    send(way_in, third)
    assert "Correction" not in text_to(way_in, 1, "firm_date_notice")


# --- updates ----------------------------------------------------------------------------------------------------------


def test_an_update_goes_to_the_launchs_lists_and_says_where_it_stands_when_it_is_sent(way_in: WayIn) -> None:
    update = launches.update(way_in.office, "launch-1", "", "The menus are **rebuilt**.", way_in.clock())
    assert (update.kind, update.audience, update.contact) == ("update_notice", "members", "help")
    launches.slip(way_in.office, "launch-1", None, "tests failed", way_in.clock())
    assert send(way_in, update) == [f"m{n}" for n in range(1, 7)]
    text = text_to(way_in, 1, "update_notice")
    assert "New Community Site: an update" in text and "There is no firm date yet" in text
    assert "https://petitions.example.org/l/launch-1" in text and "https://help.example.org/steps" in text
    [mail] = way_in.arrive(way_in.answer(1, "When will the files move?", to=way_in.sent(1, "update_notice")))
    assert (mail.verdict, mail.object_id) == ("question", "launch-1")


def test_a_notice_that_names_its_launch_is_an_update_on_it(way_in: WayIn) -> None:
    notice = launches.add_notice(
        way_in.office, "+++\nsubject = 'A word'\nlaunch = 'launch-1'\n+++\nSoon.", way_in.clock()
    )
    assert launches.show_launch(way_in.office, "launch-1")["notices"] == [notice]
    launches.send_notice(way_in.office, notice, way_in.clock())
    set_date(way_in, AUGUST_9)
    assert members(way_in.deliver()) == []  # it would have said July 1
    assert {row.detail for row in way_in.outbox("update_notice")} == {"a newer notice replaced this one"}


# --- the page, and other texts ----------------------------------------------------------------------------------------


def page_of(way_in: WayIn, path: str = "/l/launch-1") -> str:
    client = TestClient(create_app(OfficePages(way_in.office, way_in.clock)), base_url="https://petitions.example.org")
    answer = client.get(path)
    assert answer.status_code == (200 if path == "/l/launch-1" else 404)
    return answer.text


def test_the_page_of_a_launch_tells_todays_truth_and_nobodys_address(way_in: WayIn) -> None:
    seen = [page_of(way_in)]
    launches.slip(way_in.office, "launch-1", JULY_20, "tests failed", way_in.clock())
    seen.append(page_of(way_in))
    launches.slip(way_in.office, "launch-1", None, "they failed again", way_in.clock())
    seen.append(page_of(way_in))
    set_date(way_in, AUGUST_9)
    seen.append(page_of(way_in))
    launches.launched(way_in.office, "launch-1", way_in.clock())
    seen.append(page_of(way_in))
    for page, words in zip(
        seen,
        ("Planned for", "Delayed: it is now planned for", "Delayed, date to follow", "The date is set", "It is here"),
        strict=True,
    ):
        assert f"<strong>{words}" in page
        assert "Pam Sample" in page and "First steps" in page and "staff.example.org" not in page
    assert seen[-1].count("<li><time") == 4 and "they failed again" in seen[-1]
    assert "There is nothing here" in page_of(way_in, "/l/launch-2")


def test_every_launch_notice_links_to_the_page(way_in: WayIn) -> None:
    moves = (
        launches.slip(way_in.office, "launch-1", None, "tests failed", way_in.clock()),
        set_date(way_in, AUGUST_1),
        launches.launched(way_in.office, "launch-1", way_in.clock()),
    )
    for notice in moves:
        sample = launches.preview_notice(way_in.office, notice.id, way_in.clock()).samples[0]["text"]
        assert "https://petitions.example.org/l/launch-1" in sample


def test_what_else_names_the_date_is_listed_when_it_moves(way_in: WayIn) -> None:
    document = PROPOSAL.format(title="Another Group", liaison=LIAISON, organizer=ORGANIZER, more="")
    add_proposal(way_in.office, document + "\nWe begin on July 1, 2013.\n", way_in.clock())
    launches.add_notice(way_in.office, "+++\nsubject = 'Party on 1 July'\n+++\nCome.", way_in.clock())
    launches.slip(way_in.office, "launch-1", None, "tests failed", way_in.clock())
    with way_in.db.read() as work:
        found = moved_mentions(work, way_in.office, "launch-1")
    assert [(each.id, each.state, each.words) for each in found] == [
        ("mig-2", "draft", "July 1, 2013"),
        ("notice-1", "prepared", "1 July"),
    ]
