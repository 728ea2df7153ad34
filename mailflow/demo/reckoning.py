"""Holds the program against the script: what must have come of the story is counted from the script alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from mailflow.demo.play import PETITION, Play, Read
from mailflow.demo.privacy import leaks
from mailflow.demo.steps import PACKET
from mailflow.demo.story.act import Act, Effect, Way
from mailflow.demo.story.expected import feedback, states, stopped, tally
from mailflow.demo.story.performance import WITHOUT_MAIL
from mailflow.demo.wording import came, made, why
from mailflow.domain.outcome import Verdict
from mailflow.gateways.imap import ImapMailbox
from mailflow.service.packet_check import check_packet
from mailflow.service.petitions import list_signatures, show_petition
from mailflow.service.proposals import show_proposal
from mailflow.service.status import status

FITTING: dict[Effect, frozenset[str]] = {
    Effect.SIGNS: frozenset({Verdict.SIGNED, Verdict.NOT_IN_STANDING}),
    Effect.SIGNS_AGAIN: frozenset({Verdict.ALREADY_SIGNED}),
    Effect.IS_ASKED_TO_CONFIRM: frozenset({Verdict.PENDING}),
    Effect.IS_HELD: frozenset({Verdict.NOT_PROVED, Verdict.UNKNOWN_SENDER}),
    Effect.WITHDRAWS: frozenset({Verdict.WITHDRAWN}),
    Effect.UNDOES: frozenset({Verdict.UNDONE}),
    Effect.DISOWNS: frozenset({Verdict.NOT_THEM}),
    Effect.DECLINES: frozenset({Verdict.DECLINED}),
    Effect.IS_LATE: frozenset({Verdict.WINDOW_CLOSED}),
    Effect.GIVES_FEEDBACK: frozenset({Verdict.FEEDBACK}),
    Effect.GIVES_LATE_FEEDBACK: frozenset({Verdict.FEEDBACK}),
    Effect.ASKS: frozenset({Verdict.QUESTION}),
    Effect.COMMANDS: frozenset({Verdict.COMMAND}),
    Effect.ANSWERS: frozenset({Verdict.ANSWER}),
    Effect.IS_ASKED_WHAT: frozenset({Verdict.ASKED}),
    Effect.UNSUBSCRIBES: frozenset({Verdict.UNSUBSCRIBED}),
    Effect.IS_IGNORED: frozenset({Verdict.AUTOMATIC, Verdict.BOUNCED}),
    Effect.STOPS_ADDRESS: frozenset({Verdict.BOUNCED}),
    Effect.IS_LEFT: frozenset({Verdict.NOT_OURS}),
}


@dataclass(frozen=True, slots=True)
class Check:
    """Something that must hold. differences: what does not, a sentence each."""

    what: str
    differences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Account:
    """One kind of mail that came in, and what was made of it. why: the reasons of one of them."""

    came: str
    made: str
    mails: int
    why: str


def checks(play: Play, reads: Sequence[Read]) -> list[Check]:
    """Compare the program with the script, one check a subject."""
    held: list[tuple[str, Callable[[], Iterable[str]]]] = [
        ("each mail of the script was read once, as what it is", lambda: _readings(play, reads)),
        ("each member's signature is in the state that the script leaves it in", lambda: _states(play)),
        ("the tally is the script's", lambda: _tally(play)),
        ("feedback in time and late is the script's", lambda: _feedback(play)),
        ("nobody is written to after they stopped it", lambda: _stopped(play)),
        ("mail that is not ours lies where it lay", lambda: _left_alone(play)),
        ("a link scanner changed nothing", lambda: _scanned(play)),
        ("the packet is what the mails, the roster and the ledger say", lambda: _packet(play)),
        ("nothing waits, failed or is parked", lambda: _waiting(play)),
        ("no mail or page tells of others what it must not", lambda: leaks(play)),
    ]
    return [Check(what, tuple(differences())) for what, differences in held]


def account(rows: Iterable[Any]) -> list[Account]:
    """Group the mails that came in by what they are and what was made of them, the most frequent first."""
    groups: dict[tuple[str, str], list[Any]] = {}
    for row in rows:
        groups.setdefault((came(row), made(row)), []).append(row)
    ordered = sorted(groups.items(), key=lambda group: -len(group[1]))
    return [Account(what, outcome, len(found), why(found[0])) for (what, outcome), found in ordered]


def _readings(play: Play, reads: Sequence[Read]) -> Iterable[str]:
    yield from play.missed
    found = Counter(read.act for read in reads if read.act is not None)
    for act in play.script.acts:
        if act.way not in WITHOUT_MAIL and found[act] != 1:
            yield f"{_named(act)}: read {found[act]} times"
    for read in reads:
        if read.act is None:
            yield f"inbox {read.row.n} is nobody's act"
        elif read.row.verdict not in FITTING.get(read.act.expected, frozenset()):
            reasons = "; ".join(read.row.reasons)
            yield f"{_named(read.act)}: {read.act.expected}, and inbox {read.row.n} is {read.row.verdict} ({reasons})"


def _named(act: Act) -> str:
    return f"{act.at:%Y-%m-%d %H:%M} {act.who.name} {act.way} {act.words[:40]!r}"


def _states(play: Play) -> Iterable[str]:
    wanted = states(play.script.acts)
    found = {row["member_id"]: str(row["state"]) for row in list_signatures(play.stage.office, PETITION)}
    for member_id in sorted(wanted.keys() | found.keys()):
        if wanted.get(member_id) != found.get(member_id):
            yield f"{member_id}: the script says {wanted.get(member_id)}, the program {found.get(member_id)}"


def _tally(play: Play) -> Iterable[str]:
    wanted = tally(play.script.acts)
    shown = show_petition(play.stage.office, PETITION)
    for state, n in {"signed": wanted.signed, **asdict(wanted)}.items():
        if shown["tally"][state] != n:
            yield f"{state}: the script says {n}, the program {shown['tally'][state]}"
    if shown["counter"] != wanted.validated:
        yield f"the petition's counter is {shown['counter']}, the script's signatures are {wanted.validated}"


def _feedback(play: Play) -> Iterable[str]:
    wanted = feedback(play.script.acts)
    found = Counter(bool(said["late"]) for said in show_proposal(play.stage.office, PETITION)["feedback"])
    for late in (False, True):
        if wanted[late] != found[late]:
            yield f"{'late' if late else 'in time'}: the script says {wanted[late]}, the program {found[late]}"


def _stopped(play: Play) -> Iterable[str]:
    ended = stopped(play.script.acts)
    for act in play.script.acts:
        if act.member.member_id not in ended or act.expected not in {Effect.UNSUBSCRIBES, Effect.STOPS_ADDRESS}:
            continue
        for left in play.stage.left:
            is_receipt = left.notice == "unsubscribed" and act.expected is Effect.UNSUBSCRIBES
            if left.at > act.at and left.mail.is_for(act.member.address) and not is_receipt:
                yield f"{act.member.member_id} got a {left.notice} at {_shown(left.at)}"


def _left_alone(play: Play) -> Iterable[str]:
    strays = sum(act.expected is Effect.IS_LEFT for act in (*play.script.old, *play.script.acts))
    imap = play.stage.office.settings.mailbox.imap
    assert imap is not None
    with ImapMailbox(imap) as mailbox:
        found = len(mailbox.all_uids())
    if found != strays:
        yield f"{strays} mails answer nothing of ours, and {found} lie in the mailbox"


def _scanned(play: Play) -> Iterable[str]:
    if any(act.way is Way.SCAN for act in play.script.acts) and not play.scanned:
        yield "no link was fetched"
    for link, code in play.scanned:
        if code != 200:
            yield f"a link in a mail answers {code}: {link.rpartition('/')[0]}/…"
    if play.scan_changed:
        yield "signatures or choices are not what they were before"


def _packet(play: Play) -> Iterable[str]:
    folder = play.stage.folder / PACKET
    if not folder.is_dir():
        yield "there is no packet"
        return
    yield from check_packet(play.stage.office, {path.name: path.read_bytes() for path in folder.iterdir()})["problems"]
    listed = (folder / f"{PETITION}-signatures.csv").read_bytes().count(b"\r\n") - 1
    if listed != tally(play.script.acts).validated:
        yield f"the packet lists {listed} signatures, the script has {tally(play.script.acts).validated}"


def _waiting(play: Play) -> Iterable[str]:
    found = status(play.stage.office, play.stage.clock())
    wrong = {"inbox": ("parked", "waiting"), "outbox": ("queued", "deferred", "failed")}
    for box, names in wrong.items():
        for name in names:
            if found[box][name]:
                yield f"{box}: {found[box][name]} {name}"


def _shown(at: datetime) -> str:
    return at.isoformat(timespec="minutes")
