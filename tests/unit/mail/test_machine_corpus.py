"""Hand-written mails of machines: what kind each is, and what its bounces say (tests/corpus/machine/expected.tsv)."""

from __future__ import annotations

from pathlib import Path

import pytest

from mailflow.domain.reading import Context, Intent
from mailflow.mail.message import MailKind
from mailflow.mail.proof import Trust
from mailflow.mail.reader import ReadMail, read_mail, read_reply

FOLDER = Path(__file__).parents[2] / "corpus" / "machine"
ROWS = [
    [*line.split("\t"), ""]
    for line in (FOLDER / "expected.tsv").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]


def read(name: str) -> ReadMail:
    raw = (FOLDER / name).read_bytes()
    return read_mail(raw, address="connect@assoc.example.org", delimiter="+", own=frozenset(), trust=Trust())


@pytest.mark.parametrize(("name", "kind", "statuses"), [row[:3] for row in ROWS], ids=[row[0] for row in ROWS])
def test_a_mail_is_told_for_what_it_is(name: str, kind: str, statuses: str) -> None:
    """R71, R79: kind, and for bounces each recipient with action and status."""
    found = read(name)
    assert found.kind.value == kind, found.reasons
    assert "; ".join(f"{s.recipient} {s.action} {s.status}" for s in found.statuses) == statuses


@pytest.mark.parametrize("name", [row[0] for row in ROWS if row[1] != "person"])
def test_no_machine_and_no_list_is_answered(name: str) -> None:
    """R71."""
    assert not read(name).may_answer


@pytest.mark.parametrize("name", [row[0] for row in ROWS if row[1] in ("auto", "report", "bounce")])
def test_no_machine_ever_signs(name: str) -> None:
    """R45: whatever words an automatic mail or a returned invitation holds."""
    reading = read_reply(read(name), None, Context.PETITION)
    assert reading.intent.intent in (Intent.AUTO, Intent.BOUNCE, Intent.UNCLEAR)
    assert "Reply with the word SIGN" not in reading.new_text


def test_only_a_permanent_failure_stops_an_address_at_once() -> None:
    """R79: delayed, relayed and delivered do not count."""
    permanent = {name for name, *_ in ROWS if any(s.is_permanent for s in read(name).statuses)}
    assert "dsn-failed.eml" in permanent
    assert not permanent & {"dsn-delayed.eml", "dsn-relayed.eml", "dsn-delivered.eml", "free-exim-warning.eml"}


def test_every_kind_has_a_sample() -> None:
    assert {row[1] for row in ROWS} == {kind.value for kind in MailKind}
