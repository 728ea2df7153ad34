"""Complaints, suppressions as staff see them, and what is asked before many are written to."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from mailflow.cli import main
from mailflow.demo.mta import stamp
from mailflow.service import launches
from mailflow.store import opt_outs
from mailflow.store import tables as t
from tests.acceptance.way_in import ADDRESS, CONFIG, LAUNCH, OWNER, WayIn, address_of, key_in, open_way_in, parsed


@pytest.fixture
def way_in(tmp_path: Path) -> WayIn:
    values = {"address": ADDRESS, "owner": OWNER, "sub_addressing": "true", "threshold": 100, "more": "", "kind": ""}
    config = CONFIG.format(trust='authserv_id = "mx.example.org"', **values)
    (tmp_path / "config.toml").write_text(config.replace("connections = 1", "connections = 1\nconfirm_above = 3"))
    return open_way_in(tmp_path)


def run(way_in: WayIn, capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    """A command as it is typed: exit code, stdout, stderr."""
    with pytest.raises(SystemExit) as ended:
        main(["--config", str(way_in.folder / "config.toml"), *words])
    out, err = capsys.readouterr()
    return int(ended.value.code or 0), out, err


def complaint(sent: bytes, feedback_type: str = "abuse") -> bytes:
    """An abuse report in the shape that mailbox providers send (RFC 5965), about a mail of ours."""
    ours = parsed(sent)
    head = "".join(f"{name}: {ours[name]}\n" for name in ("From", "To", "Subject", "Message-ID", "Reply-To", "Date"))
    text = (
        "From: <feedback@isp.example.net>\nTo: {to}\nSubject: complaint about message from 192.0.2.1\n"
        "MIME-Version: 1.0\nContent-Type: multipart/report; report-type=feedback-report; boundary=arf\n\n"
        "--arf\nContent-Type: text/plain; charset=us-ascii\n\nThis is an email abuse report for a message received.\n\n"
        "--arf\nContent-Type: message/feedback-report\n\n"
        "Feedback-Type: {type}\nUser-Agent: SomeGenerator/1.0\nVersion: 1\nOriginal-Mail-From: <{sender}>\n"
        "Arrival-Date: Mon, 24 Jun 2013 14:00:00 -0500\nSource-IP: 192.0.2.1\n\n"
        "--arf\nContent-Type: message/rfc822\nContent-Disposition: inline\n\n{head}\nThe text.\n\n--arf--\n"
    ).format(to=ours["Reply-To"], type=feedback_type, sender=ours["Reply-To"], head=head)
    return text.encode()


def test_a_complaint_stops_mail_to_many_and_nothing_else(way_in: WayIn) -> None:
    """R83: the signature stays, answers still arrive, the provider is not answered."""
    way_in.arrive(way_in.answer(1, "SIGN"))
    before = len(way_in.outbox())
    raw = stamp(complaint(way_in.sent(1)), "", ADDRESS, way_in.clock(), dmarc=None)
    [row] = way_in.arrive(raw)
    assert (row.verdict, row.member_id, way_in.tally) == ("unsubscribed", "m1", {"signed": 1, "validated": 1})
    assert [(r.member_id, r.scope) for r in way_in.rows(t.opt_out)] == [("m1", "all")]
    assert len(way_in.outbox()) == before
    way_in.arrive(way_in.answer(1, "I withdraw my signature."))
    assert "signature_withdrawn" in way_in.notices(1)


def test_a_report_that_it_was_no_spam_stops_nothing(way_in: WayIn) -> None:
    """R83: RFC 5965 section 7.3, 'not-spam'."""
    raw = stamp(complaint(way_in.sent(1), "not-spam"), "", ADDRESS, way_in.clock(), dmarc=None)
    [row] = way_in.arrive(raw)
    assert (row.verdict, way_in.rows(t.opt_out)) == ("automatic", [])


def test_a_complaint_about_a_mail_that_we_never_sent_changes_nothing(way_in: WayIn) -> None:
    """R78 for complaints: a key that we never gave out."""
    sent = way_in.sent(1)
    forged = sent.replace(key_in(sent).encode(), b"a" * 26)
    [row] = way_in.arrive(stamp(complaint(forged), "", ADDRESS, way_in.clock(), dmarc=None))
    assert (row.verdict, way_in.rows(t.opt_out)) == ("not_ours", [])


def test_staff_see_a_suppressed_address_and_let_it_be_written_to_again(
    way_in: WayIn, capsys: pytest.CaptureFixture[str]
) -> None:
    """R82: with the reason and since when; the member's standing is what it was."""
    with way_in.db.write() as work:
        opt_outs.suppress(work, address_of(2), "bounced: 5.1.1", way_in.clock(), hard=True)
    code, out, _ = run(way_in, capsys, "members", "show", "m2", "--json")
    shown = json.loads(out)
    assert (code, shown["standing"], shown["suppressed"]) == (0, "good", [address_of(2)])
    assert (shown["bounces"][0]["reason"], shown["bounces"][0]["is_stopped"]) == ("bounced: 5.1.1", True)
    assert address_of(2) in run(way_in, capsys, "members", "suppressed")[1]
    assert run(way_in, capsys, "members", "unsuppress", "m2")[0] == 0
    assert run(way_in, capsys, "members", "unsuppress", "m2")[0] == 1
    assert json.loads(run(way_in, capsys, "members", "show", "m2", "--json")[1])["suppressed"] == []
    notice = launches.add_notice(way_in.office, "+++\nsubject = 'News'\naudience = 'members'\n+++\nHi.", way_in.clock())
    assert launches.preview_notice(way_in.office, notice, way_in.clock()).left_out == {}


def test_mail_to_many_is_not_sent_from_a_pipe_without_a_yes(way_in: WayIn, capsys: pytest.CaptureFixture[str]) -> None:
    """R95: above relay.confirm_above; a dry run says how many, by list, and who is left out."""
    launches.add_launch(way_in.office, LAUNCH, way_in.clock())
    code, out, _ = run(way_in, capsys, "launch", "slip", "launch-1", "--reason", "tests failed", "--json")
    notice = json.loads(out)
    assert (code, notice["state"], notice["mentions"]) == (0, "prepared", [])
    dry = json.loads(run(way_in, capsys, "notice", "send", notice["id"], "--dry-run", "--json")[1])
    assert (dry["recipients"], dry["by_term"], dry["left_out"], len(dry["samples"])) == (6, {"members": 6}, {}, 3)
    code, _, err = run(way_in, capsys, "notice", "send", notice["id"])
    assert (code, "--yes" in err, way_in.outbox("delay_notice")) == (2, True, [])
    assert run(way_in, capsys, "notice", "send", notice["id"], "--yes")[0] == 0
    assert len(way_in.outbox("delay_notice")) == 6


def test_what_was_not_sent_any_more_is_listed_with_its_reason(
    way_in: WayIn, capsys: pytest.CaptureFixture[str]
) -> None:
    """R93: suppressed, counted, visible."""
    launches.add_launch(way_in.office, LAUNCH, way_in.clock())
    notice = launches.slip(way_in.office, "launch-1", None, "tests failed", way_in.clock())
    launches.send_notice(way_in.office, notice.id, way_in.clock())
    way_in.arrive(way_in.answer(1, "Please unsubscribe me."))
    way_in.deliver()
    rows = json.loads(run(way_in, capsys, "outbox", "list", "--suppressed", "--json")[1])
    assert sorted((row["notice"], row["recipient"], row["detail"]) for row in rows) == [
        ("delay_notice", "m1", "the member opted out"),
        ("notice_preview", "mailto:help@staff.example.org", "the notice was sent or replaced meanwhile"),
    ]
    [told] = json.loads(run(way_in, capsys, "notice", "list", "--json")[1])
    assert (told["left_out"], told["why_left_out"], told["sent"]) == (1, {"the member opted out": 1}, 5)
