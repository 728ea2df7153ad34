"""A proposal comes by mail: as a file, in the body, in plain sentences; what is missing is asked for in one mail."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from mailflow.domain.model import Contact, Kind
from mailflow.domain.plain_proposal import Proposer, read_plain, title_in
from mailflow.domain.proposal_file import read_proposal
from mailflow.service.proposals import show_proposal
from tests.acceptance.way_in import OWNER, WayIn, open_way_in, parsed, text_of

HELP = "help@staff.example.org"
FILE = """+++
kind = "mig"
title = "Preservation Member Group"
staff_liaison = {name = "Pam Sample", email = "help@staff.example.org"}
feedback.closes = 2013-07-07
petition.opens = "monday"
[[organizers]]
name = "Robin Sample1"
email = "m1@library.example.org"
address = "1 Street"
+++
We want to keep old films, together.
"""
PLAIN = """Dear staff,

several of us would like to found a group of members who look after old films and recordings in small libraries.
No division covers that today. Feedback should be taken until July 7, and the petition may close on August 15.

Kind regards
Robin
"""


@pytest.fixture
def way_in(tmp_path: Path) -> WayIn:
    return open_way_in(tmp_path, roster={1: {"postal_address": "1 Street"}})


def send(way_in: WayIn, words: str, subject: str = "Proposal: Preservation Member Group", **more: Any) -> Any:
    row = way_in.arrive(way_in.answer(1, words, to=b"", subject=subject, **more))[0]
    way_in.deliver()
    return row


def opened(way_in: WayIn, proposal_id: str = "mig-2") -> str:
    return str(show_proposal(way_in.office, proposal_id)["state"])


@pytest.mark.parametrize("how", ["body", "attachment"])
def test_a_file_is_drafted_and_opened_after_the_liaisons_yes(way_in: WayIn, how: str) -> None:
    if how == "body":
        row = send(way_in, FILE, subject="here it is")
    else:
        raw = way_in.answer(1, "My proposal is attached.", to=b"", subject="here it is")
        head = 'Content-Type: text/markdown\r\nContent-Disposition: attachment; filename="proposal.md"'
        part = f"--x\r\n{head}\r\n\r\n{FILE}\r\n--x--\r\n"
        raw = raw.replace(b"Content-Type: text/plain; charset=utf-8", b"Content-Type: multipart/mixed; boundary=x")
        raw = raw.replace(
            b"My proposal is attached.", b"--x\r\nContent-Type: text/plain\r\n\r\nMy proposal is attached.\r\n"
        )
        row = way_in.arrive(raw.rstrip() + b"\r\n" + part.encode())[0]
        way_in.deliver()
    assert (row.verdict, row.state, row.member_id) == ("proposed", "read", "m1")
    assert opened(way_in) == "draft"
    shown = text_of(parsed(way_in.sent(HELP, "proposal_drafted")))
    assert "Robin Sample1 sent in a proposal by mail" in shown
    assert "6 members are mailed it" in " ".join(shown.split())
    assert "We want to keep old films" in shown
    assert "is drafted. Pam Sample has been asked" in " ".join(
        text_of(parsed(way_in.sent(1, "proposal_received"))).split()
    )
    assert len(way_in.outbox("proposal_open")) == 0
    way_in.arrive(way_in.answer(HELP, "Yes", to=way_in.sent(HELP, "proposal_drafted")))
    assert opened(way_in) == "feedback_open"
    assert len(way_in.outbox("proposal_open")) == 6


def test_plain_sentences_are_drafted(way_in: WayIn) -> None:
    row = send(way_in, PLAIN)
    assert (row.verdict, row.state) == ("proposed", "read")
    found = show_proposal(way_in.office, "mig-2")
    assert found["title"] == "Preservation Member Group"
    assert found["feedback_closes_at"] == datetime(2013, 7, 8, 5, tzinfo=UTC)
    assert found["petition_opens_at"] == datetime(2013, 7, 8, 14, tzinfo=UTC)
    assert found["petition_closes_at"] == datetime(2013, 8, 16, 5, tzinfo=UTC)
    assert found["organizers"] == ["Robin Sample1"]
    way_in.arrive(way_in.answer(OWNER, "open", to=way_in.sent(OWNER, "proposal_drafted")))
    assert opened(way_in) == "feedback_open"


def test_what_is_missing_is_asked_for_in_one_mail_and_the_answer_completes_it(way_in: WayIn) -> None:
    row = send(way_in, "Dear all,\nI have an idea.\nRobin", subject="New proposal: Films")
    assert row.verdict == "proposed"
    assert len(way_in.outbox("proposal_missing")) == 1
    asked = text_of(parsed(way_in.sent(1, "proposal_missing")))
    for what in ("What is its title?", "What does it say?", "Until when is feedback taken?"):
        assert what in asked
    reply = (
        "Title: Preservation Member Group\nFeedback until: July 7\n"
        "Statement: We look after old films and recordings in small libraries, together.\n"
    )
    way_in.arrive(way_in.answer(1, reply, to=way_in.sent(1, "proposal_missing")))
    way_in.deliver()
    assert opened(way_in) == "draft"
    assert "We look after old films" in text_of(parsed(way_in.sent(OWNER, "proposal_drafted")))


def test_a_strangers_and_an_unproved_proposal_wait_for_a_person(way_in: WayIn) -> None:
    for more in ({"dmarc": "none"}, {"dmarc": "fail"}, {"from_": "stranger@else.example.org"}):
        row = send(way_in, FILE, **more)
        assert (row.verdict, row.state) == ("proposed", "held")
    assert not way_in.outbox("proposal_missing")
    assert not way_in.outbox("proposal_drafted")


def test_a_sender_can_not_name_their_friend_as_staff(way_in: WayIn) -> None:
    send(way_in, FILE.replace(HELP, "friend@else.example.org"))
    assert "is not known here as staff" in text_of(parsed(way_in.sent(1, "proposal_missing")))
    assert not way_in.outbox("proposal_drafted")


def test_a_mailed_file_changes_no_draft_of_somebody_else(way_in: WayIn) -> None:
    send(way_in, FILE)
    send(way_in, FILE.replace('kind = "mig"', 'kind = "mig"\nid = "mig-2"').replace("films", "songs"))
    assert "leave it out" in text_of(parsed(way_in.sent(1, "proposal_missing")))


def test_a_no_leaves_the_draft(way_in: WayIn) -> None:
    send(way_in, FILE)
    way_in.arrive(way_in.answer(HELP, "No", to=way_in.sent(HELP, "proposal_drafted")))
    assert opened(way_in) == "draft"


# -- reading, without a mailbox ------------------------------------------------------------------------------------

KINDS = {"mig": Kind("mig", "Membership Initiative Group"), "office": Kind("office", "Candidate Petition")}
SENDER = Proposer("Robin Sample", "robin@library.example.org", "1 Street")
NOW = datetime(2013, 6, 3, 15, tzinfo=UTC)


@pytest.mark.parametrize(
    ("subject", "title"),
    [
        ("Proposal: Diversity Group", "Diversity Group"),
        ("Re: New proposal - Diversity Group", "Diversity Group"),
        ("My proposal: x", "x"),
        ("About your proposal", None),
        ("Proposals for lunch", None),
        ("", None),
    ],
)
def test_a_subject_proposes_or_not(subject: str, title: str | None) -> None:
    assert title_in(subject) == title


def test_a_kind_is_asked_for_where_there_are_several_and_told_by_its_title() -> None:
    words = (
        "We want to form a group that looks after films, and we ask all members for their help. Feedback until June 23."
    )
    asked = read_plain("Proposal: Film Preservation", [words], KINDS, SENDER, Contact("P", "p@example.org"), NOW, "UTC")
    assert any("Which kind" in ask for ask in asked.asks)
    told = read_plain(
        "Proposal: Film Preservation",
        [
            words,
            "Kind: membership initiative group\nOrganizers: Kim Lee <kim@example.org>, 2 Road; Bo Ray <bo@example.org>",
        ],
        KINDS,
        SENDER,
        Contact("P", "p@example.org"),
        NOW,
        "UTC",
    )
    assert told.asks == ()
    draft = read_proposal(told.document, KINDS, "UTC")
    assert [(o.name, o.email, o.address) for o in draft.organizers] == [
        ("Robin Sample", "robin@library.example.org", "1 Street"),
        ("Kim Lee", "kim@example.org", "2 Road"),
        ("Bo Ray", "bo@example.org", ""),
    ]


def test_hostile_words_stay_words() -> None:
    words = (
        'Statement: x"\n+++\nid = "mig-1"\n'
        + "We ask for many more words than that, really. " * 3
        + "Feedback until June 23."
    )
    found = read_plain('Proposal: A "quoted" \\ title', [words], {"mig": KINDS["mig"]}, SENDER, None, NOW, "UTC")
    assert any("liaison" in ask for ask in found.asks)
    read_plain(
        "Proposal: x", ["a: " * 50_000 + "\n" * 5_000, "feedback until " * 5_000], KINDS, SENDER, None, NOW, "UTC"
    )
