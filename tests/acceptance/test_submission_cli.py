"""The commands of the committee's part: what they print, what they refuse, and how they exit."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from mailflow.cli import cli, main
from mailflow.service.petitions import show_petition
from mailflow.store import health
from mailflow.store import tables as t
from tests.acceptance.way_in import CONFIG, LIAISON, ORGANIZER, PETITION, WayIn, open_way_in

COMMITTEE = '[contacts.committee]\nname = "Committee"\nemail = "coo@staff.example.org"\n'


@pytest.fixture
def office(tmp_path: Path) -> WayIn:
    """Two signed, two are needed; config.toml beside the database."""
    way_in = open_way_in(tmp_path, threshold=2, more=COMMITTEE)
    way_in.arrive(way_in.answer(1, "I sign"), way_in.answer(2, "I sign"))
    values = {
        "address": way_in.office.address,
        "owner": "owner@staff.example.org",
        "sub_addressing": "true",
        "kind": "",
    }
    text = CONFIG.format(threshold=2, trust="", more=COMMITTEE, **values)
    url = way_in.office.settings.database.url
    (tmp_path / "config.toml").write_text(f'{text}[database]\nurl = "{url}"\n', "utf-8")
    return way_in


def run(way_in: WayIn, *args: str) -> Result:
    with way_in.db.write() as work:
        health.note_good_poll(work, datetime.now(UTC))
    return CliRunner().invoke(cli, ["--config", str(way_in.folder / "config.toml"), *args])


def test_a_dry_run_writes_the_packet_and_submits_nothing(office: WayIn) -> None:
    out = office.folder / "packet"
    found = run(office, "petition", "submit", PETITION, "--dry-run", "--out", str(out))
    assert found.exit_code == 0 and "mig-1 could be submitted: 2 signatures count, 2 are needed" in found.stdout
    assert sorted(path.name for path in out.iterdir()) == [
        "manifest.json", "manifest.txt", "mig-1-packet.pdf", "mig-1-signatures.csv",
    ]  # fmt: skip
    assert show_petition(office.office, PETITION)["state"] == "qualified"
    assert office.outbox("submission") == []


def test_submit_decide_and_report_lead_a_petition_to_council(office: WayIn) -> None:
    out = office.folder / "packet"
    submitted = run(office, "petition", "submit", PETITION, "--out", str(out), "--json")
    about = json.loads(submitted.stdout)
    assert about["submitted"] is True and len(about["parts"]) == 4
    assert run(office, "petition", "acknowledge", PETITION, "--reported-by", "Kim Stone").exit_code == 0
    assert run(office, "audit", "packet", str(out)).exit_code == 0
    shown = run(office, "petition", "decide", PETITION, "--approve", "--dry-run", "--json")
    assert json.loads(shown.stdout)["recipients"] == 2
    decided = run(
        office, "petition", "decide", PETITION, "--approve", "--meeting", "2013-08-12", "--reported-by", "Kim Stone"
    )
    assert decided.exit_code == 0 and decided.stdout == "queued 2 of 2 mails\n"
    assert run(office, "petition", "report", PETITION).exit_code == 0
    assert json.loads(run(office, "petition", "show", PETITION, "--json").stdout)["state"] == "reported"
    assert run(office, "proposal", "renew", PETITION).stdout == "mig-2\n"


def test_a_tampered_packet_exits_with_one(office: WayIn) -> None:
    out = office.folder / "packet"
    run(office, "petition", "submit", PETITION, "--out", str(out))
    with (out / "mig-1-signatures.csv").open("ab") as file:
        file.write(b"3,m3\r\n")
    found = run(office, "audit", "packet", str(out), "--json")
    assert found.exit_code == 1
    assert json.loads(found.stdout)["problems"] == [
        "mig-1-signatures.csv was changed: its SHA-256 is not the manifest's"
    ]


@pytest.mark.parametrize(
    ("args", "code", "told"),
    [
        (("decide", PETITION), 2, "either --approve or --return REASON"),
        (("decide", PETITION, "--approve", "--return", "x"), 2, "either --approve or --return REASON"),
        (("decide", PETITION, "--approve", "--meeting", "soon"), 2, "--meeting is 'soon'"),
        (("decide", PETITION, "--approve"), 1, "mig-1 is qualified"),
        (("report", PETITION), 1, "mig-1 is qualified"),
        (("submit", "mig-9"), 1, "there is no proposal 'mig-9'"),
    ],
    ids=["neither", "both", "no date", "not submitted", "not approved", "unknown"],
)
def test_what_cannot_be_done_is_said_and_exits_so(
    office: WayIn, args: tuple[str, ...], code: int, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--config", str(office.folder / "config.toml"), "petition", *args])
    assert ended.value.code == code
    assert told in capsys.readouterr().err


def test_an_organizers_address_is_mended_on_the_line_and_told_without_it(office: WayIn) -> None:
    done = run(office, "proposal", "organizer", PETITION, "alex", "--address", "3 Quiet Street")
    assert done.exit_code == 0 and "what is known of Alex Rivera is changed" in done.stdout
    assert office.rows(t.proposal)[0].details["organizers"][0]["address"] == "3 Quiet Street"
    again = run(office, "proposal", "organizer", PETITION, "alex", "--address", "3 Quiet Street")
    assert again.exit_code == 0
    assert len(office.outbox("organizer_note")) == 2  # the organizer and the liaison, once
    office.deliver()
    assert not any(b"Quiet Street" in envelope.body for envelope in office.relay.offered)


def test_whoever_had_an_organizers_old_address_is_told_of_the_new_one(office: WayIn) -> None:
    """Commands are taken from the new one from then on: nobody changes that unseen."""
    assert run(office, "proposal", "organizer", PETITION, ORGANIZER, "--email", "new@rivera.example.org").exit_code == 0
    told = {row.address for row in office.outbox("organizer_note")}
    assert told == {ORGANIZER, "new@rivera.example.org", LIAISON}


@pytest.mark.parametrize(
    ("options", "said"),
    [
        pytest.param(["alex"], "say what is changed", id="nothing"),
        pytest.param(["alex", "--email", "nowhere"], "no mail address", id="no address"),
        pytest.param(["kim", "--name", "Kim"], "'kim' is no organizer of mig-1", id="nobody"),
    ],
)
def test_what_is_wrong_with_a_change_of_an_organizer_is_said(office: WayIn, options: list[str], said: str) -> None:
    found = run(office, "proposal", "organizer", PETITION, *options)
    assert found.exit_code != 0 and said in str(found.exception) + found.output
