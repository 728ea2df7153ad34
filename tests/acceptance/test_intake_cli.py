"""`mailflow inbox`: list, show, export, resolve, replay, as scripts read them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from mailflow.cli import main
from mailflow.store import tables as t
from tests.acceptance.way_in import ADDRESS, CONFIG, OWNER, PETITION, WayIn, address_of, open_way_in

STRANGER = "stranger@else.example.org"


@pytest.fixture
def way_in(tmp_path: Path) -> WayIn:
    """Five mails: read, held, asked about, answering nothing, a machine's; and the office's config.toml."""
    values = {"address": ADDRESS, "owner": OWNER, "sub_addressing": "true", "threshold": 100, "more": "", "kind": ""}
    (tmp_path / "config.toml").write_text(CONFIG.format(trust='authserv_id = "mx.example.org"', **values))
    way_in = open_way_in(tmp_path)
    way_in.arrive(
        way_in.answer(1, "SIGN"),
        way_in.answer(2, "I sign.", from_=STRANGER),
        way_in.answer(3, "Hm, well."),
        way_in.answer(STRANGER, "When do you open?", to=b""),
        way_in.answer(4, "I am away.", headers=[("Auto-Submitted", "auto-replied")]),
    )
    return way_in


@dataclass
class Commands:
    """The command line over the office's folder."""

    folder: Path
    capture: pytest.CaptureFixture[bytes]

    def run(self, *words: str) -> tuple[int, bytes, str]:
        """Give exit code, stdout and stderr."""
        with pytest.raises(SystemExit) as ended:
            main(["--config", str(self.folder / "config.toml"), *words])
        out, err = self.capture.readouterr()
        return int(ended.value.code or 0), out, err.decode()

    def json(self, *words: str) -> Any:
        code, out, err = self.run(*words, "--json")
        assert code == 0, err
        return json.loads(out)


@pytest.fixture
def inbox(way_in: WayIn, capsysbinary: pytest.CaptureFixture[bytes]) -> Commands:
    return Commands(way_in.folder, capsysbinary)


def test_the_list_is_what_the_contract_says(inbox: Commands, way_in: WayIn) -> None:
    lines = inbox.json("inbox", "list")
    promised = {"n", "from", "subject", "arrived_at", "state", "intent", "object", "member_id", "reasons"}
    assert all(promised <= line.keys() for line in lines)
    assert [(line["n"], line["from"], line["state"], line["intent"], line["object"]) for line in lines] == [
        (1, address_of(1), "read", "sign", PETITION),
        (2, STRANGER, "held", "sign", PETITION),
        (3, address_of(3), "held", "unclear", PETITION),
        (4, STRANGER, "read", "question", None),
        (5, address_of(4), "read", "auto", PETITION),
    ]
    assert lines[0]["arrived_at"].startswith("2013-06-24T")
    assert [line["n"] for line in inbox.json("inbox", "list", "--held")] == [2, 3]
    assert STRANGER in inbox.run("inbox", "list")[1].decode()


def test_show_gives_the_new_words_and_what_was_cut(inbox: Commands, way_in: WayIn) -> None:
    shown = inbox.json("inbox", "show", "1")
    assert (shown["n"], shown["new_text"], shown["verdict"], shown["proof"]) == (1, "SIGN", "signed", "key+from")
    assert {part["kind"] for part in shown["parts"]} >= {"new", "quoted"}
    assert "[quoted]" in inbox.run("inbox", "show", "1")[1].decode()


def test_export_is_the_mail_byte_for_byte(inbox: Commands, way_in: WayIn) -> None:
    assert inbox.run("inbox", "export", "1")[1] == way_in.rows(t.inbox_raw)[0].raw


@pytest.mark.parametrize(
    ("how", "tally"),
    [("sign", {"signed": 2, "validated": 2}), ("ignore", {"signed": 1, "validated": 1})],
)
def test_resolve_settles_a_held_mail_once(inbox: Commands, way_in: WayIn, how: str, tally: dict[str, int]) -> None:
    """R8: with the reason kept; a second time is refused."""
    words = ["inbox", "resolve", "2", "--as", how, "--member", "m2", "--object", PETITION, "--reason", "spoke to her"]
    inbox.json(*words)
    assert way_in.tally == tally
    row = way_in.mail(2)
    assert (row.state, row.verdict, "spoke to her" in row.reasons[-1]) == ("read", "resolved", True)
    assert inbox.run(*words)[0] == 1


def test_replay_of_every_done_mail_changes_nothing(inbox: Commands, way_in: WayIn) -> None:
    """R8, R9"""
    before = way_in.everything()
    lines = inbox.json("inbox", "replay", "1", "4", "5")
    assert [(line["n"], line["differs"], line["took_effect"]) for line in lines] == [
        (1, False, False),
        (4, False, False),
        (5, False, False),
    ]
    assert way_in.everything() == before


def test_replay_of_what_waits_asks_nobody_twice(inbox: Commands, way_in: WayIn) -> None:
    queued = [(row.notice, row.recipient) for row in way_in.outbox()]
    inbox.json("inbox", "replay")
    inbox.json("inbox", "replay")
    assert [(row.notice, row.recipient) for row in way_in.outbox()] == queued
    assert way_in.tally == {"signed": 1, "validated": 1}
    assert {row.state for row in way_in.rows(t.inbox)} == {"read", "held"}


def test_an_unknown_number_is_an_error_that_says_what_to_do(inbox: Commands, way_in: WayIn) -> None:
    code, out, err = inbox.run("inbox", "show", "99")
    assert (code, out, "no mail number 99" in err) == (1, b"", True)


@pytest.mark.parametrize(
    "page",
    [
        "<p>Hello<script>fetch('http://tracker.example.net/x')</script></p>",
        "<p>Hello<img src='http://tracker.example.net/x.png' onerror='alert(1)'></p>",
        "<p>Hello</p><iframe src='http://tracker.example.net/'></iframe>",
        "<p>Hello</p><style>@import url(http://tracker.example.net/x.css);</style>",
        "<p>Hello \x1b[2J\x1b]0;owned\x07 there</p>",
    ],
    ids=["script", "picture", "frame", "style", "terminal codes"],
)
def test_staff_see_the_words_of_a_hostile_page_and_nothing_of_it_acts(
    inbox: Commands, way_in: WayIn, page: str
) -> None:
    """R47: text alone is shown; nothing is loaded, no markup and no terminal code gets through."""
    plain = way_in.answer(5, "PAGE", quote=False)
    head, _, _ = plain.partition(b"\r\n\r\n")
    head = b"\r\n".join(line for line in head.split(b"\r\n") if not line.lower().startswith(b"content-"))
    way_in.arrive(head + b"\r\nMIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + page.encode())
    number = str(inbox.json("inbox", "list")[-1]["n"])
    code, out, _ = inbox.run("inbox", "show", number)
    assert code == 0
    assert b"Hello" in out
    for sign in (b"tracker", b"<script", b"<img", b"<iframe", b"@import", b"\x1b[2J", b"\x1b]0", b"\x07"):
        assert sign not in out
