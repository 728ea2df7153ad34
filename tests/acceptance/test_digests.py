"""Digests over ten days by a moved clock: exactly what is new, once, at the reader's morning, as often as they say."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from mailflow.service.digests import preview_digest, send_digests, set_frequency
from mailflow.service.pages import OfficePages
from mailflow.service.previews import SAMPLE_KEY
from mailflow.service.schedule import run_due
from mailflow.store import tables as t
from mailflow.web.app import create_app
from tests.acceptance.way_in import (
    LIAISON,
    ORGANIZER,
    WayIn,
    open_way_in,
    parsed,
    statements_fail,
    text_of,
)

SEVEN = datetime(2013, 6, 25, 12, 5, tzinfo=UTC)  # five past seven in Chicago
WINDOW = "feedback.closes = 2013-07-20"


@pytest.fixture
def way_in(tmp_path: Path) -> WayIn:
    return open_way_in(tmp_path, members=30, proposal=WINDOW, is_petition=False)


def at(way_in: WayIn, instant: datetime) -> None:
    way_in.clock.pass_((instant - way_in.clock()).total_seconds())


def morning(way_in: WayIn, instant: datetime) -> list[str]:
    """Let the clock act at an instant; give the texts of the digests that the organizer gets then."""
    at(way_in, instant)
    run_due(way_in.office, way_in.clock())
    return digests_to(way_in, ORGANIZER)


def digests_to(way_in: WayIn, address: str) -> list[str]:
    left = [parsed(e.body) for e in way_in.deliver() if e.rcpt_to == address]
    return [text_of(mail) for mail in left if str(mail["Subject"]).startswith("What is new")]


def say(way_in: WayIn, n: int, words: str) -> None:
    [mail] = way_in.arrive(way_in.answer(n, words, to=way_in.sent(n, "proposal_open")))
    assert mail.verdict in {"feedback", "question"}, mail.reasons


def test_ten_days_each_digest_holds_exactly_what_is_new(way_in: WayIn) -> None:
    """R93: nothing new, no digest; never the same twice."""
    said: dict[int, list[str]] = {0: ["Apples are good."], 1: [], 2: ["Bread is needed.", "Cheese as well."], 3: []}
    said |= {
        4: ["Dates come later."],
        5: [],
        6: [],
        7: ["Eggs, too.", "Figs I like.", "Grapes please me."],
        8: [],
        9: [],
    }
    everything = [words for day in said.values() for words in day]
    n = 0
    for day, words in said.items():
        at(way_in, SEVEN + timedelta(days=day) - timedelta(hours=9))  # ten in the evening before
        for one in words:
            say(way_in, n := n + 1, one)
        got = morning(way_in, SEVEN + timedelta(days=day))
        assert len(got) == bool(words), f"day {day}"
        told = [one for one in everything if any(one in text for text in got)]
        assert told == words
        assert morning(way_in, SEVEN + timedelta(days=day, hours=1)) == [], "an hour later there is nothing more"


def test_a_digest_that_is_cut_off_anywhere_goes_once(way_in: WayIn) -> None:
    """R93: whatever statement the power goes at, the digest is queued whole or not at all, and once in the end."""
    say(way_in, 1, "Apples are good.")
    at(way_in, SEVEN)
    cuts = 0
    for k in range(1, 400):
        with statements_fail(way_in.db, k) as ran, suppress(RuntimeError):
            send_digests(way_in.office, way_in.clock(), is_due_only=True)
        queued = [row.address for row in way_in.outbox("digest")]
        told = {row.recipient for row in way_in.rows(t.digest_item)}
        assert sorted(queued) == sorted(told), "what is noted as told is queued, and the other way round"
        assert len(queued) == len(set(queued))
        if len(ran) < k:
            break
        cuts += 1
    assert cuts > 10
    assert sorted(queued) == sorted([ORGANIZER, LIAISON])
    assert len(digests_to(way_in, ORGANIZER)) == 1


@pytest.mark.parametrize(
    ("word", "days"),
    [
        pytest.param("off", [], id="off"),
        pytest.param("Weekly, please", [6], id="weekly: on the next Monday"),  # day 0 is a Tuesday
        pytest.param("daily", [1, 2, 3, 4, 5, 6, 7], id="daily"),
    ],
)
def test_how_often_is_said_in_an_answer(way_in: WayIn, word: str, days: list[int]) -> None:
    say(way_in, 1, "Apples are good.")
    assert len(morning(way_in, SEVEN)) == 1
    [mail] = way_in.arrive(way_in.answer(ORGANIZER, word, to=way_in.sent(ORGANIZER, "digest")))
    assert (mail.verdict, mail.state) == ("command", "read")
    assert way_in.notices(ORGANIZER)[-1] == "command_answer"
    got = []
    for day in range(1, 8):
        say(way_in, day + 1, f"Word number {day}.")
        if morning(way_in, SEVEN + timedelta(days=day)):
            got.append(day)
    assert got == days


@pytest.fixture
def browser(way_in: WayIn) -> TestClient:
    return TestClient(create_app(OfficePages(way_in.office, way_in.clock)), follow_redirects=False)


def link_in(text: str) -> str:
    """The path of the page that a digest leads to."""
    [path] = re.findall(r"https://petitions\.example\.org(/d/[a-z2-7]{26})", text)
    return str(path)


@pytest.mark.parametrize(
    ("word", "days"),
    [
        pytest.param("off", [], id="off"),
        pytest.param("weekly", [6], id="weekly"),
        pytest.param("at once", [1, 2, 3, 4, 5, 6, 7], id="at once"),
    ],
)
def test_how_often_is_chosen_on_the_page_that_a_digest_leads_to(
    way_in: WayIn, browser: TestClient, word: str, days: list[int]
) -> None:
    """R96: a button does it; the one whom the digest went to is told."""
    say(way_in, 1, "Apples are good.")
    [text] = morning(way_in, SEVEN)
    page = link_in(text)
    assert "Daily" in browser.get(page).text
    assert "holds from now on" in browser.post(page, data={"action": word}).text
    assert way_in.notices(ORGANIZER)[-1] == "command_answer"
    assert "holds from now on" in browser.post(page, data={"action": word}).text
    assert way_in.notices(ORGANIZER).count("command_answer") == 1, "the same again is no news"
    got = []
    for day in range(1, 8):
        say(way_in, day + 1, f"Word number {day}.")
        if morning(way_in, SEVEN + timedelta(days=day)):
            got.append(day)
    assert got == days
    assert way_in.rows(t.digest_choice, t.digest_choice.c.recipient == LIAISON)[0].frequency == "", "theirs alone"


def test_pressing_the_buttons_of_that_page_again_and_again_floods_nobody(way_in: WayIn, browser: TestClient) -> None:
    """R76: whoever got the link passed on; each choice is told once an hour."""
    say(way_in, 1, "Apples are good.")
    [text] = morning(way_in, SEVEN)
    for _ in range(5):
        for word in ("weekly", "daily"):
            assert "holds from now on" in browser.post(link_in(text), data={"action": word}).text
    assert way_in.notices(ORGANIZER).count("command_answer") == 2
    way_in.clock.at += timedelta(hours=1)
    browser.post(link_in(text), data={"action": "off"})
    assert way_in.notices(ORGANIZER).count("command_answer") == 3


def test_looking_at_the_page_changes_nothing_and_its_link_opens_no_other(way_in: WayIn, browser: TestClient) -> None:
    """R96, R51: GET, HEAD and OPTIONS; a key for one purpose is none for another."""
    say(way_in, 1, "Apples are good.")
    [text] = morning(way_in, SEVEN)
    key = link_in(text).removeprefix("/d/")
    before = way_in.everything()
    for method in ("GET", "HEAD", "OPTIONS"):
        assert browser.request(method, f"/d/{key}?action=off").status_code in {200, 405}
    for request in ({}, {"data": {"action": "often"}}, {"params": {"action": "off"}}, {"json": {"action": "off"}}):
        assert browser.post(f"/d/{key}", **request).status_code == 400
    other = way_in.outbox("proposal_open")[0]
    for path in (f"/u/{key}", f"/m/{key}", f"/d/{other.link_key}", f"/d/{other.key}", f"/d/{'b' * 25}a"):
        assert browser.get(path).status_code == 404
        assert browser.post(path, data={"action": "off"}).status_code in {400, 404}
    shown = preview_digest(way_in.office, ORGANIZER, way_in.clock())
    assert shown["text"] == "" or f"/d/{SAMPLE_KEY}" in shown["text"]
    assert browser.post(f"/d/{SAMPLE_KEY}", data={"action": "off"}).status_code == 200
    assert way_in.everything() == before


def test_a_forged_word_changes_nothing(way_in: WayIn) -> None:
    say(way_in, 1, "Apples are good.")
    morning(way_in, SEVEN)
    raw = way_in.answer("x@example.org", "off", to=way_in.sent(ORGANIZER, "digest"))
    forged = way_in.answer(ORGANIZER, "off", to=way_in.sent(ORGANIZER, "digest"), dmarc="fail")
    way_in.arrive(raw, forged)
    assert all(row.frequency == "" for row in way_in.rows(t.digest_choice))


def test_at_once_means_at_once(way_in: WayIn) -> None:
    set_frequency(way_in.office, ORGANIZER, "at once")
    morning(way_in, SEVEN)
    say(way_in, 1, "Apples are good.")
    assert ["Apples are good." in text for text in morning(way_in, SEVEN + timedelta(hours=8))] == [True]
    assert morning(way_in, SEVEN + timedelta(hours=9)) == []


def test_morning_of_an_organizer_who_is_a_member_is_in_their_zone(tmp_path: Path) -> None:
    way_in = open_way_in(tmp_path, 6, proposal=WINDOW, is_petition=False, roster={6: {"email": ORGANIZER}})
    with way_in.db.write() as work:
        work.execute(t.member.update().where(t.member.c.member_id == "m6").values(timezone="Asia/Tokyo"))
    say(way_in, 1, "Apples are good.")
    [text] = morning(way_in, datetime(2013, 6, 24, 22, 5, tzinfo=UTC))  # five past seven on the 25th in Tokyo
    assert "Tokyo time" in text
    assert digests_to(way_in, LIAISON) == []


def test_feedback_that_is_not_for_others_is_counted_and_not_shown(way_in: WayIn) -> None:
    say(way_in, 1, "Apples are good.")
    say(way_in, 2, "My boss hates pears. Please do not share this.")
    [text] = morning(way_in, SEVEN)
    assert "New feedback (2)" in text
    assert ("Apples" in text, "pears" in text) == (True, False)
    assert "One writer asks that others not see" in text


def test_a_petitions_digest_shows_counts_days_and_what_to_expect(tmp_path: Path) -> None:
    """The picture comes with the mail, and its text alternative says the same."""
    way_in = open_way_in(tmp_path, 30, threshold=12, roster={9: {"standing": "lapsed"}})
    for day, members in enumerate([(1, 2, 3), (4,), (5, 6, 9)]):
        at(way_in, SEVEN + timedelta(days=day, hours=-9))
        way_in.arrive(*(way_in.answer(n, "SIGN") for n in members))
    [text] = morning(way_in, SEVEN + timedelta(days=2))
    assert "Signatures that count: 6 of 12 needed" in text
    assert "- Monday, June 24, 2013: 3\n- Tuesday, June 25, 2013: 1\n- Wednesday, June 26, 2013: 2" in text
    assert "Signatures of members not in good standing, kept and not counted: 1." in text
    assert "1.5 a day in the last 4 days: at this pace the threshold is reached by Monday, July 1, 2013." in text
    mail: Any = parsed(way_in.sent(ORGANIZER, "digest"))
    [picture] = [part for part in mail.walk() if part.get_content_type() == "image/png"]
    html = mail.get_body(("html",)).get_content()
    assert f'src="cid:{str(picture["Content-ID"]).strip("<>")}"' in html
    assert 'alt="Signatures a day. Monday, June 24, 2013: 3; Tuesday, June 25, 2013: 1;' in html
    assert picture.get_content()[:4] == b"\x89PNG"
    assert mail.get_content_type() == "multipart/related"


def test_a_preview_says_how_often_and_sends_nothing(way_in: WayIn) -> None:
    say(way_in, 1, "Apples are good.")
    shown = preview_digest(way_in.office, ORGANIZER, way_in.clock())
    assert (shown["to"], shown["frequency"]) == (ORGANIZER, "daily")
    assert shown["text"].startswith("Dear Alex Rivera,")
    assert "Apples are good." in shown["text"]
    assert way_in.outbox("digest") == []
