"""`mailflow demo` from end to end: real servers on this machine, two casts, the kept mails counted once more."""

from __future__ import annotations

import email
import email.header
import email.utils
import json
import re
import subprocess
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.message import Message
from pathlib import Path
from typing import Any

import pytest

from mailflow.demo.cast import Cast
from mailflow.demo.story.act import Effect
from mailflow.demo.story.expected import states, stopped
from mailflow.demo.story.people import ORGANIZERS
from mailflow.demo.story.performance import WITHOUT_MAIL
from mailflow.demo.story.script import Script, write_script

SEEDS = (1, 20130624)
TIME_LIMIT_S = 240  # a hang ends here; alone on two cores the demo takes some 10 s
MAILFLOW = (sys.executable, "-c", "from mailflow.cli import main; main()")
MACHINES = {Effect.IS_IGNORED, Effect.STOPS_ADDRESS}  # they write from addresses of their own
_KEY = re.compile(r"(?<![a-z0-9])[a-z2-7]{26}(?![a-z0-9])")


@dataclass(frozen=True)
class Kept:
    """What a run of the demo left: its folder, the document that it printed, and the script of its seed."""

    folder: Path
    document: dict[str, Any]
    script: Script

    @property
    def cast(self) -> Cast:
        return self.script.cast

    def mails(self, box: str) -> list[Message]:
        return [email.message_from_bytes(path.read_bytes()) for path in sorted((self.folder / "mails" / box).iterdir())]


def run(*args: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*MAILFLOW, *args], capture_output=True, text=True, timeout=TIME_LIMIT_S, check=False)


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> dict[int, Kept]:
    """Play two seeds, each in a process of its own."""

    def play(seed: int) -> Kept:
        folder = tmp_path_factory.mktemp(f"seed-{seed}") / "kept"
        done = run("demo", "--seed", str(seed), "--json", "--keep", str(folder))
        assert done.returncode == 0, done.stderr
        assert done.stderr == ""
        return Kept(folder, json.loads(done.stdout), write_script(seed))

    with ThreadPoolExecutor(len(SEEDS)) as pool:
        return dict(zip(SEEDS, pool.map(play, SEEDS), strict=True))


@pytest.fixture(scope="module", params=SEEDS, ids=lambda seed: f"seed {seed}")
def kept(request: pytest.FixtureRequest, runs: dict[int, Kept]) -> Kept:
    return runs[request.param]


def text_of(message: Message) -> str:
    """Give subject and texts of a mail, decoded by the standard library alone."""
    texts = [str(email.header.make_header(email.header.decode_header(str(message["Subject"]))))]
    for part in message.walk():
        payload = part.get_payload(decode=True) if part.get_content_maintype() == "text" else None
        texts.append(payload.decode("utf-8", "replace") if isinstance(payload, bytes) else "")
    return "\n".join(texts)


def recipient(message: Message) -> str:
    return email.utils.parseaddr(str(message["To"]))[1]


# --- the tally ------------------------------------------------------------------------------------------------------
def test_the_program_and_the_script_agree(kept: Kept) -> None:
    assert kept.document["differences"] == []
    assert all(check["holds"] for check in kept.document["checks"]) and len(kept.document["checks"]) >= 9


def test_two_seeds_give_two_tallies(runs: dict[int, Kept]) -> None:
    first, second = (runs[seed].document["tally"] for seed in SEEDS)
    assert first != second
    assert min(first["validated"], second["validated"]) > 100


def independent_states(kept: Kept) -> dict[str, str]:
    """Count again from the mails that came in: an act counts only if its mail is among them.

    A mail is known by when our mail server took it (no two acts are at the same second) and, where a person wrote, by
    their address. What was pressed on a page is no mail, and is counted from the script.
    """
    came = {taken_at(message): message for message in kept.mails("in")}
    arrived = []
    for act in kept.script.acts:
        if act.way not in WITHOUT_MAIL:
            written_by = email.utils.parseaddr(str(came[int(act.at.timestamp())]["From"]))[1]
            assert written_by == (act.address or act.who.address) or act.expected in MACHINES
        arrived.append(act)
    return states(arrived)


def taken_at(message: Message) -> int:
    """Give the instant at which our mail server took a mail, in seconds since 1970."""
    return int(email.utils.parsedate_to_datetime(str(message["Received"]).rpartition(";")[2].strip()).timestamp())


def test_petition_show_on_the_kept_folder_is_an_independent_count_of_the_kept_mails(kept: Kept) -> None:
    counted = Counter(independent_states(kept).values())
    done = run("--config", str(kept.folder / "config.toml"), "petition", "show", "mig-1", "--json")
    tally = json.loads(done.stdout)["tally"]
    assert tally == {
        "signed": counted["validated"] + counted["not_in_good_standing"],
        **{
            name: counted[name] for name in ("validated", "pending", "not_in_good_standing", "withdrawn", "invalidated")
        },
    }
    assert tally == kept.document["tally"]


def test_every_signature_is_the_state_that_the_kept_mails_leave_it_in(kept: Kept) -> None:
    done = run("--config", str(kept.folder / "config.toml"), "petition", "signatures", "mig-1", "--json")
    assert {row["member_id"]: row["state"] for row in json.loads(done.stdout)} == independent_states(kept)


@pytest.mark.parametrize(
    "command",
    [
        ("status",),
        ("inbox", "list"),
        ("proposal", "show", "mig-1"),
        ("launch", "show", "launch-1"),
        ("notice", "list"),
        ("members", "list"),
    ],
    ids=" ".join,
)
def test_every_command_works_on_the_kept_folder(runs: dict[int, Kept], command: tuple[str, ...]) -> None:
    done = run("--config", str(runs[SEEDS[0]].folder / "config.toml"), *command, "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)


# --- the mails ------------------------------------------------------------------------------------------------------
def test_all_mails_are_kept_in_the_order_in_which_they_went(kept: Kept) -> None:
    names = {box: sorted(path.name for path in (kept.folder / "mails" / box).iterdir()) for box in ("in", "out")}
    assert {box: len(found) for box, found in names.items()} == kept.document["mails"]
    for found in names.values():
        assert [name.split("-")[1] for name in found] == [f"{n:04d}" for n in range(1, len(found) + 1)]


def test_no_organizers_postal_address_stands_in_any_mail_and_no_email_address_in_a_mail_to_others(kept: Kept) -> None:
    for message in kept.mails("out"):
        text = text_of(message)
        for organizer in ORGANIZERS:
            assert organizer.postal_address not in text
            assert organizer.email not in text or recipient(message) == organizer.email


def test_no_lapsed_members_name_stands_in_a_mail_to_others(kept: Kept) -> None:
    for message in kept.mails("out"):
        text = text_of(message)
        # the packet names who signed in good standing, and that they lapsed since is not in it
        is_packet = any(part.get_filename() for part in message.walk())
        lapsed = [*kept.cast.lapsed, *([] if is_packet else [kept.cast.lapsing])]
        assert [person.name for person in lapsed if person.name in text and recipient(message) != person.address] == []


def test_no_key_of_another_person_stands_in_any_mail(kept: Kept) -> None:
    readers: dict[str, set[str]] = {}
    for message in kept.mails("out"):
        header = "\n".join(f"{name}: {value}" for name, value in message.items())
        for key in _KEY.findall(header + text_of(message)):
            readers.setdefault(key, set()).add(recipient(message))
    assert len(readers) > len(kept.mails("out"))  # every mail has a key of its own, and most have a link
    assert {len(to) for to in readers.values()} == {1}


def test_every_mail_is_sent_once(kept: Kept) -> None:
    """R85: one Message-ID a mail, and none twice."""
    ids = Counter(str(message["Message-ID"]) for message in kept.mails("out"))
    assert set(ids.values()) == {1}


def test_the_pages_show_no_address_of_an_organizer_and_no_lapsed_member(kept: Kept) -> None:
    from starlette.testclient import TestClient

    from mailflow.app import open_office
    from mailflow.config import load
    from mailflow.service.pages import OfficePages
    from mailflow.store.engine import connect
    from mailflow.web.app import create_app

    settings = load(kept.folder / "config.toml")
    db = connect(settings.database.url)
    try:
        pages = TestClient(create_app(OfficePages(open_office(db, settings), lambda: datetime(2013, 7, 1, tzinfo=UTC))))
        links = {
            link: recipient(message)
            for message in [m for m in kept.mails("out") if "Will you sign?" in str(m["Subject"])][::16]
            for link in re.findall(r"http://[^\s\"<>]+(/m/[a-z2-7]{26})", text_of(message))
        }
        shown = {page: (pages.get(page).text, reader) for page, reader in {"/p/mig-1": "", **links}.items()}
    finally:
        db.close()
    assert len(shown) > 5
    for text, reader in shown.values():
        assert not any(each.postal_address in text or each.email in text for each in ORGANIZERS)
        assert not any(person.name in text for person in kept.cast.lapsed if person.address != reader)


def test_nobody_who_stopped_mail_gets_any_later(kept: Kept) -> None:
    """R93: an address that is gone, and a choice; that one day may bring the word that it was heard."""
    ended = {act.who.address: act.at for act in kept.script.acts if act.who.member_id in stopped(kept.script.acts)}
    gone = {to: at for to, at in ended.items() if to}
    assert len(gone) == 2
    for message in kept.mails("out"):
        sent_at = email.utils.parsedate_to_datetime(str(message["Date"]))
        assert recipient(message) not in gone or sent_at <= gone[recipient(message)] + timedelta(days=1)


# --- the command ----------------------------------------------------------------------------------------------------
def test_a_folder_in_which_something_lies_is_refused(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    done = run("demo", "--keep", str(tmp_path))
    assert done.returncode == 2
    assert f"--keep is {str(tmp_path)!r}, and something is in it; name a new or an empty folder" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


def test_a_folder_that_is_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    assert run("demo", "--keep", str(tmp_path / "file")).returncode == 2


def test_staying_up_and_one_document_do_not_go_together() -> None:
    assert run("demo", "--stay", "--json").returncode == 2


def test_a_difference_between_program_and_script_ends_the_demo_with_1_and_the_list(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from mailflow.cli import main
    from mailflow.demo import show

    differing = show.Outcome(1, {}, {}, 0, 0, [], [show.Check("the tally is the script's", ("validated: 1, not 2",))])
    monkeypatch.setattr(show, "play_all", lambda *args, **kwargs: differing)
    with pytest.raises(SystemExit) as ended:
        main(["demo", "--keep", str(tmp_path / "kept")])
    assert ended.value.code == 1
    assert "the tally is the script's: validated: 1, not 2" in capsys.readouterr().err
