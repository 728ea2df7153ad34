"""The overlap check at intake: what is similar is shown to the organizer and the liaison, and nothing else is."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from mailflow.cli import cli
from mailflow.service.overlaps import show_similar
from mailflow.service.proposals import add_proposal, withdraw_proposal
from mailflow.service.roster import import_units
from tests.acceptance.way_in import LIAISON, ORGANIZER, PETITION, PROPOSAL, WayIn, open_way_in, parsed, text_of

UNITS = """unit_id,name,parent_id,tags
pres,Preservation Section,,paper;conservation
maps,Map Round Table,,
"""


@pytest.fixture
def office(tmp_path: Path) -> WayIn:
    way_in = open_way_in(tmp_path)
    (tmp_path / "units.csv").write_text(UNITS, "utf-8")
    import_units(way_in.db, tmp_path / "units.csv", way_in.clock())
    return way_in


def document(title: str, statement: str) -> str:
    head = PROPOSAL.format(title=title, liaison=LIAISON, organizer=ORGANIZER, more="")
    return head.rpartition("+++")[0] + f"+++\n{statement}\n"


SAVING = document("Saving Paper", "Paper decays: we exchange methods of preservation and conservation.")
BEES = document("Bees on Roofs", "Hives, neighbours and honey.")


def test_what_is_similar_is_mailed_to_the_organizer_and_the_liaison(office: WayIn) -> None:
    new = add_proposal(office.office, SAVING, office.clock())
    office.deliver()
    for reader in (ORGANIZER, LIAISON):
        words = text_of(parsed(office.sent(reader, "overlap_found")))
        assert "Preservation Section (a unit)" in words and "Map Round Table" not in words
    assert [one["id"] for one in show_similar(office.office, new)] == ["pres"]


def test_nobody_is_mailed_when_nothing_is_similar(office: WayIn) -> None:
    add_proposal(office.office, BEES, office.clock())
    assert office.outbox("overlap_found") == []


def test_a_draft_that_is_changed_is_told_of_again_only_when_it_says_something_else(office: WayIn) -> None:
    new = add_proposal(office.office, SAVING, office.clock())
    again = SAVING.replace("+++\n", f'+++\nid = "{new}"\n', 1)
    add_proposal(office.office, again, office.clock())
    assert len(office.outbox("overlap_found")) == 2
    add_proposal(office.office, again.replace("Paper decays", "Paper rots"), office.clock())
    assert len(office.outbox("overlap_found")) == 4


def test_an_open_proposal_is_shown_and_one_that_was_withdrawn_is_not(office: WayIn) -> None:
    first = add_proposal(office.office, BEES, office.clock())
    second = add_proposal(office.office, document("Honey from Roofs", "Bees and hives."), office.clock())
    assert [one["id"] for one in show_similar(office.office, second)] == [first]
    withdraw_proposal(office.office, first, office.clock())
    assert show_similar(office.office, second) == []
    assert PETITION not in [one["id"] for one in show_similar(office.office, second)]


def test_the_command_tells_what_is_similar_beside_the_id(tmp_path: Path, office: WayIn) -> None:
    config = tmp_path / "config.toml"
    config.write_text(
        f'[association]\nname = "A"\ntimezone = "America/Chicago"\n[mailbox]\naddress = "a@example.org"\n'
        f'[mailbox.imap]\nhost = "localhost"\nusername = "a"\npassword = "x"\n'
        f'[database]\nurl = "{office.office.settings.database.url}"\n[kinds.mig]\ntitle = "Group"\n',
        "utf-8",
    )
    (tmp_path / "saving.md").write_text(SAVING, "utf-8")
    args = ["--config", str(config), "proposal", "add", str(tmp_path / "saving.md")]
    found = CliRunner().invoke(cli, args)
    assert found.stdout == "mig-2\n" and "similar: Preservation Section (unit pres)" in found.stderr
    as_json = json.loads(CliRunner().invoke(cli, [*args, "--json"]).stdout)
    assert as_json["id"] == "mig-3" and {"mig-2", "pres"} == {one["id"] for one in as_json["similar"]}
