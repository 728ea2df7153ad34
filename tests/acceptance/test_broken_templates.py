"""An association's own template with a mistake stops the mailing before one mail leaves; its owner is told where."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from mailflow.errors import TemplateError
from mailflow.service import launches
from mailflow.service.digests import send_digests
from mailflow.service.petitions import open_petition
from mailflow.service.proposals import add_proposal, open_proposal, show_proposal
from mailflow.service.schedule import run_due
from mailflow.store import tables as t
from tests.acceptance.test_intake_cli import Commands
from tests.acceptance.way_in import (
    ADDRESS,
    CONFIG,
    LAUNCH,
    ORGANIZER,
    OWNER,
    PROPOSAL,
    WayIn,
    open_way_in,
    parsed,
    reopen,
    text_of,
)

HELP = "help@staff.example.org"
BROKEN = "{% extends '_layout/plain.txt' %}\n{% block content %}\n{{ titel }}\n{% endblock %}\n"
UNCLOSED = "{% extends '_layout/plain.txt' %}\n{% block content %}\n{% if title %}\n{% endblock %}\n"


class House:
    """An office whose own templates lie beside its config.toml, and its commands."""

    def __init__(self, folder: Path, capture: pytest.CaptureFixture[bytes]) -> None:
        values = {"address": ADDRESS, "owner": OWNER, "sub_addressing": "true", "threshold": 100}
        config = CONFIG.format(trust='authserv_id = "mx.example.org"', more="", kind="", **values)
        config = config.replace("[association]", '[association]\ntemplates = "own"')
        (folder / "config.toml").write_text(config, "utf-8")
        self.folder, self.commands = folder, Commands(folder, capture)
        self.way_in = open_way_in(folder, members=3)

    def breaks(self, notice: str, text: str, part: str = "body.txt") -> None:
        """Put a template with a mistake in the association's folder."""
        file = self.folder / "own" / "email" / notice / part
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")

    def opened(self) -> WayIn:
        """The office as a process sees it that starts now, with the association's own templates."""
        return reopen(self.folder, own_templates=True)


@pytest.fixture
def house(tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> House:
    return House(tmp_path, capsysbinary)


def alerts(way_in: WayIn) -> list[str]:
    """The texts of what the owner is told; a command's clock is the true one, far ahead."""
    way_in.clock.at = max([way_in.clock.at, *(row.due_at for row in way_in.outbox("alert"))])
    way_in.deliver()
    told = [parsed(e.body) for e in way_in.relay.offered if e.rcpt_to == OWNER]
    return [text_of(mail) for mail in told if "template has a mistake" in str(mail["Subject"])]


def slipped(house: House) -> str:
    launch = launches.add_launch(house.way_in.office, LAUNCH, house.way_in.clock())
    return launches.slip(house.way_in.office, launch, None, "tests failed", house.way_in.clock()).id


@pytest.mark.parametrize(
    ("part", "text", "line"),
    [
        pytest.param("body.txt", BROKEN, 3, id="a fact that is not there"),
        pytest.param("body.txt", UNCLOSED, 4, id="a block that is not closed"),
        pytest.param("body.html", "<p>{{ greeting }}</p>\n{{ 1 / 0 }}\n", 2, id="an expression that fails, in HTML"),
        pytest.param("subject.txt", "{% trans %}{{ title }}", 1, id="the subject"),
        pytest.param("es/body.txt", BROKEN, 3, id="in one of the languages"),
    ],
)
def test_a_notice_is_not_sent_and_file_and_line_are_told(house: House, part: str, text: str, line: int) -> None:
    notice = slipped(house)
    house.breaks("delay_notice", text, part)
    code, out, err = house.commands.run("notice", "send", notice, "--yes")
    assert (code, out) == (1, b"")
    assert f"own/email/delay_notice/{part}, line {line}: " in err
    assert house.way_in.outbox("delay_notice") == []
    assert house.commands.json("notice", "list")[0]["state"] == "prepared"
    [told] = alerts(house.way_in)
    assert f"delay_notice/{part}, line {line}: " in told
    house.commands.run("notice", "send", notice, "--yes")
    assert len(alerts(house.way_in)) == 1, "once a day for the same mistake"
    (house.folder / "own" / "email" / "delay_notice" / part).unlink()
    assert house.commands.run("notice", "send", notice, "--yes")[0] == 0
    assert len(house.way_in.outbox("delay_notice")) == 3


@pytest.mark.parametrize(
    ("open_it", "notice", "more"),
    [
        pytest.param(open_petition, "petition_invitation", "", id="a petition"),
        pytest.param(open_proposal, "proposal_open", "feedback.closes = 2013-07-10", id="a proposal"),
    ],
)
def test_nothing_is_opened_whose_mail_can_not_be_written(
    house: House, open_it: Callable[..., object], notice: str, more: str
) -> None:
    draft = PROPOSAL.format(title="Second Group of All", liaison="x@staff.example.org", organizer=ORGANIZER, more=more)
    add_proposal(house.way_in.office, draft, house.way_in.clock())
    house.breaks(notice, BROKEN)
    way_in = house.opened()
    with pytest.raises(TemplateError, match=f"own/email/{notice}/body.txt, line 3: 'titel' is undefined"):
        open_it(way_in.office, "mig-2", way_in.clock())
    assert [row.object_id for row in way_in.outbox(notice) if row.object_id == "mig-2"] == []
    assert show_proposal(way_in.office, "mig-2")["state"] == "draft"
    assert len(alerts(way_in)) == 1


def test_a_contact_who_says_send_is_told_that_nothing_was_done(house: House) -> None:
    notice = slipped(house)
    house.way_in.deliver()
    house.breaks("delay_notice", BROKEN)
    way_in = house.opened()
    way_in.clock.pass_(3600)
    [mail] = way_in.arrive(house.way_in.answer(HELP, "send", to=house.way_in.sent(HELP, "notice_preview")))
    assert (mail.verdict, mail.state) == ("command", "read")
    assert way_in.outbox("delay_notice") == []
    assert launches.show_launch(way_in.office, "launch-1")["notices"] == [notice]
    told = alerts(way_in)
    assert len(told) == 1 and "delay_notice/body.txt, line 3" in told[0]
    assert "Nothing was done" in str(parsed(way_in.sent(HELP, "command_answer"))["Subject"])


def test_a_digest_that_can_not_be_written_is_told_and_comes_when_the_template_is_mended(house: House) -> None:
    house.way_in.arrive(house.way_in.answer(1, "SIGN"))
    house.breaks("digest", BROKEN)
    broken = house.opened()
    broken.clock.pass_(86_400)
    run_due(broken.office, broken.clock())
    assert broken.outbox("digest") == [] and broken.rows(t.digest_item) == []
    assert len(alerts(broken)) == 1
    (house.folder / "own" / "email" / "digest" / "body.txt").unlink()
    mended = house.opened()
    mended.clock.pass_(86_500)
    assert send_digests(mended.office, mended.clock(), is_due_only=True) == 2


def test_an_owner_who_can_not_be_told_either_changes_nothing(house: House) -> None:
    notice = slipped(house)
    house.breaks("delay_notice", BROKEN)
    house.breaks("alert", BROKEN)
    code, _, err = house.commands.run("notice", "send", notice, "--yes")
    assert code == 1 and "own/email/delay_notice/body.txt, line 3" in err
    assert house.way_in.outbox("delay_notice") == []
