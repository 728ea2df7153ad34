"""The pages over a real office: what is in the database after looking, pressing buttons and guessing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from starlette.testclient import TestClient

from mailflow import config
from mailflow.app import open_office
from mailflow.service.office import Office
from mailflow.service.pages import OfficePages
from mailflow.service.petitions import list_signatures, open_petition, show_petition
from mailflow.service.previews import SAMPLE_KEY
from mailflow.service.proposals import add_proposal
from mailflow.service.roster import import_members
from mailflow.store import migrate
from mailflow.store.engine import connect
from mailflow.store.tables import metadata
from mailflow.store.tables import outbox as outbox_table
from mailflow.web.app import create_app

OPENED = datetime(2013, 6, 24, 14, tzinfo=UTC)
CONFIG = """
[association]
name = "Example Library Association"
timezone = "America/Chicago"
[mailbox]
address = "connect@lists.example.org"
[mailbox.lmtp]
[kinds.mig]
title = "Membership Initiative Group"
act = "I ask that this group be formed."
threshold = 2
link_asks_member_number = ASKS
[web]
public_url = "https://petitions.example.org"
"""
ROSTER = """member_id,name,email,other_emails,standing,paid_through,units,postal_address,language
m1,Anna Berg,anna@example.org,anna.berg@example.net,good,,,,en
m2,Bert Ohm,bert@example.org,,good,,,,en
m3,Cleo Diaz,cleo@example.org,,lapsed,,,,en
"""
PROPOSAL = """+++
kind = "mig"
title = "Diversity Member Initiative Group"
author = {name = "Alex Rivera"}
staff_liaison = {name = "Mia Sample", email = "mia@staff.example.org"}
petition.closes = 2013-07-31
+++
We ask for {{7*7}} things.
"""


@dataclass
class House:
    """An office with an open petition, and a browser before its pages."""

    office: Office
    at: datetime = OPENED + timedelta(hours=1)
    browser: TestClient = field(init=False)

    def __post_init__(self) -> None:
        self.browser = TestClient(create_app(OfficePages(self.office, lambda: self.at)), follow_redirects=False)

    def rows(self, table: sa.Table = outbox_table, **where: object) -> list[dict[str, Any]]:
        with self.office.db.read() as work:
            found = [dict(row) for row in work.execute(sa.select(table)).mappings()]
        return [row for row in found if all(row[name] == value for name, value in where.items())]

    def dump(self) -> dict[str, list[dict[str, Any]]]:
        return {table.name: self.rows(table) for table in metadata.sorted_tables}

    def invitation(self, member_id: str = "m1") -> dict[str, Any]:
        return self.rows(notice="petition_invitation", member_id=member_id)[0]

    def sign(self, link_key: str, **more: str) -> str:
        petition = show_petition(self.office, "mig-1")
        shown = {"statement": petition["statement_sha256"], "act": petition["act_sha256"]}
        return self.browser.post(f"/m/{link_key}", data={"action": "sign"} | shown | more).text

    def told(self, member_id: str = "m1") -> list[str]:
        return [row["notice"] for row in self.rows(member_id=member_id) if row["notice"] != "petition_invitation"]


def open_house(folder: Path, asks: str = "false") -> House:
    settings = config.parse(CONFIG.replace("ASKS", asks), folder)
    db = connect(settings.database.url)
    migrate.upgrade(db)
    (folder / "roster.csv").write_text(ROSTER, encoding="utf-8")
    import_members(db, folder / "roster.csv", OPENED - timedelta(days=1))
    office = open_office(db, settings)
    assert add_proposal(office, PROPOSAL, OPENED) == "mig-1"
    return House(office)


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    house = open_house(tmp_path)
    open_petition(house.office, "mig-1", OPENED)
    yield house
    house.office.db.close()


@pytest.fixture
def asking_house(tmp_path: Path) -> Iterator[House]:
    house = open_house(tmp_path, "true")
    open_petition(house.office, "mig-1", OPENED)
    yield house
    house.office.db.close()


def test_every_link_of_every_mail_can_be_fetched_and_the_database_stays_as_it_was(house: House) -> None:
    """R96: GET, HEAD and OPTIONS of each key, as each kind of page; the whole database is compared."""
    house.sign(house.invitation("m2")["link_key"])
    before = house.dump()
    keys = [row[name] for row in house.rows() for name in ("key", "link_key", "unsubscribe_key") if row[name]]
    answers = [
        house.browser.request(method, f"/{page}/{key}").status_code
        for key in keys
        for page in "mup"
        for method in ("GET", "HEAD", "OPTIONS")
    ]
    assert len(keys) >= 6 and {200, 404, 405} == set(answers)
    assert house.dump() == before


def test_a_draft_is_not_public(tmp_path: Path) -> None:
    house = open_house(tmp_path)
    assert house.browser.get("/p/mig-1").status_code == 404
    house.office.db.close()


def test_the_public_page_counts_validated_signatures_only(house: House) -> None:
    assert "0 of 2 signatures" in house.browser.get("/p/mig-1").text
    house.sign(house.invitation()["link_key"])
    page = house.browser.get("/p/mig-1").text
    assert "1 of 2 signatures" in page and "1 more is needed" in page
    assert "Anna" not in page and "m1" not in page and "{{7*7}}" in page


def test_the_button_signs_once_and_the_address_on_file_is_told(house: House) -> None:
    """Design rule 3: a link proves possession of a mail, so its owner is told at once."""
    link = house.invitation()["link_key"]
    assert "Your signature is recorded" in house.sign(link)
    assert "signed already" in house.sign(link)
    (signature,) = list_signatures(house.office, "mig-1")
    assert (signature["member_id"], signature["state"], signature["via"], signature["proof"]) == (
        "m1",
        "validated",
        "link",
        "link",
    )
    assert house.told() == ["signature_recorded"]


def test_one_may_withdraw_and_sign_again_on_the_same_row(house: House) -> None:
    """R65: states with reasons, never deletions."""
    link = house.invitation()["link_key"]
    house.sign(link)
    house.at += timedelta(hours=1)
    assert "is withdrawn" in house.browser.post(f"/m/{link}", data={"action": "withdraw"}).text
    assert "0 of 2" in house.browser.get("/p/mig-1").text
    house.at += timedelta(hours=1)
    assert "is recorded" in house.sign(link)
    assert [each["state"] for each in list_signatures(house.office, "mig-1")] == ["validated"]


@pytest.mark.parametrize(
    ("off", "words"), [(-1, "is recorded"), (0, "not taken at this time"), (1, "not taken at this time")]
)
def test_the_window_closes_to_the_second(off: int, words: str, house: House) -> None:
    """R67."""
    house.at = datetime(2013, 8, 1, 5, tzinfo=UTC) + timedelta(seconds=off)
    assert words in house.sign(house.invitation()["link_key"])


def test_member_numbers_can_be_tried_a_few_times_only(asking_house: House) -> None:
    link = asking_house.invitation()["link_key"]
    for _ in range(10):
        assert "not the member number" in asking_house.sign(link, member_number="m2")
    assert "too many tries" in asking_house.sign(link, member_number="m1")
    assert list_signatures(asking_house.office, "mig-1") == []


def test_the_right_member_number_signs(asking_house: House) -> None:
    assert "is recorded" in asking_house.sign(asking_house.invitation()["link_key"], member_number=" M1 ")


@pytest.mark.parametrize(
    ("name", "form"),
    [
        pytest.param("unsubscribe_key", {"List-Unsubscribe": "One-Click"}, id="one click, by the header's address"),
        pytest.param("unsubscribe_key", {"action": "unsubscribe"}, id="the page's button, by the header's address"),
        pytest.param("link_key", {"action": "unsubscribe"}, id="the page's button, by the body's link"),
    ],
)
def test_unsubscribing_is_immediate_and_idempotent(name: str, form: dict[str, str], house: House) -> None:
    """R97: by the header's address, and by the button of the page that the body leads to."""
    key = house.invitation()[name]
    for _ in range(3):
        answer = house.browser.post(f"/u/{key}", data=form)
        assert answer.status_code == 200
    assert [(row["member_id"], row["scope"]) for row in house.rows(metadata.tables["opt_out"])] == [("m1", "all")]
    assert house.told() == ["unsubscribed"]
    assert "already" in house.browser.get(f"/u/{key}").text


def test_a_bodys_link_takes_no_one_click(house: House) -> None:
    """R96, R97: a scanner that posts to what stands in a body changes nothing."""
    key = house.invitation()["link_key"]
    before = house.dump()
    assert house.browser.post(f"/u/{key}", data={"List-Unsubscribe": "One-Click"}).status_code == 404
    assert house.dump() == before


def test_a_member_chooses_what_to_get_and_everything_again(house: House) -> None:
    key = house.invitation()["link_key"]
    scopes = []
    for action in ("object", "sort", "object", "unsubscribe", "sort", "again"):
        assert house.browser.post(f"/u/{key}", data={"action": action}).status_code == 200
        scopes.append(sorted(row["scope"] for row in house.rows(metadata.tables["opt_out"])))
    assert scopes == [["mig-1"], ["petitions"], ["mig-1"], ["all", "mig-1"], ["petitions"], []]
    assert "Stop mail about “Diversity" in house.browser.get(f"/u/{key}").text


def test_the_page_that_test_mails_lead_to_shows_the_buttons_and_changes_nothing(house: House) -> None:
    before = house.dump()
    page = house.browser.get(f"/u/{SAMPLE_KEY}")
    assert (page.status_code, "a sample" in page.text, "<button" in page.text) == (200, True, True)
    for form in ({"action": "unsubscribe"}, {"List-Unsubscribe": "One-Click"}):
        assert "nothing was changed" in house.browser.post(f"/u/{SAMPLE_KEY}", data=form).text
    assert house.dump() == before


def test_reply_and_unsubscribe_keys_open_no_personal_page(house: House) -> None:
    """R51: single-purpose."""
    row = house.invitation()
    assert house.browser.get(f"/m/{row['key']}").status_code == 404
    assert house.browser.get(f"/m/{row['unsubscribe_key']}").status_code == 404
    assert house.browser.get(f"/u/{row['key']}").status_code == 404


@pytest.mark.parametrize(
    "address", ["anna@example.org", "Anna@EXAMPLE.org", "anna.berg@example.net", "anna+x@example.org"]
)
def test_a_member_gets_an_own_invitation_at_the_address_on_file(address: str, house: House) -> None:
    before = len(house.rows(notice="petition_invitation"))
    house.browser.post("/p/mig-1", data={"email": address})
    invited = house.rows(notice="petition_invitation")[before:]
    assert [(row["member_id"], row["address"]) for row in invited] == [("m1", "anna@example.org")]


def test_invitations_are_limited_and_strangers_get_none(house: House) -> None:
    """R76: at most three a day and five in all; R57: the answer is the same."""
    before = len(house.rows(notice="petition_invitation"))
    answers = set()
    for _day in range(4):
        for _ in range(4):
            answers.add(house.browser.post("/p/mig-1", data={"email": "anna@example.org"}).text)
            answers.add(house.browser.post("/p/mig-1", data={"email": "nobody@example.org"}).text)
        house.at += timedelta(days=1, seconds=1)
    assert len(house.rows(notice="petition_invitation")) - before == 5
    assert len(answers) == 1
