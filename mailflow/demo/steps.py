"""The steps that organizers and staff take: each does what the command of that name does."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from mailflow.demo.stage import Stage
from mailflow.demo.story.act import Step
from mailflow.service import committee, launches, petitions, proposals
from mailflow.service.mailings import Sent
from mailflow.service.submitting import submit

Done = str | Sent
"""What a step gave: an id or words, or what was queued."""
PACKET = "packet"  # the folder that the submission packet is left in


def take(stage: Stage, step: Step) -> Done:
    """Take a step at the story's present instant. Raises KeyError for a command that the program does not have."""
    return _TAKEN[step.command[:2]](stage, *step.command[2:])


def is_known(step: Step) -> bool:
    """Tell whether the program has this command."""
    return step.command[:2] in _TAKEN


def _text(stage: Stage, name: str) -> str:
    return (stage.folder / Path(name).name).read_text(encoding="utf-8")


def _slip(stage: Stage, launch_id: str, _reason_option: str, reason: str) -> str:
    return launches.slip(stage.office, launch_id, None, reason, stage.clock()).id


def _set_date(stage: Stage, launch_id: str, day: str) -> str:
    return launches.set_date(stage.office, launch_id, date.fromisoformat(day), stage.clock()).id


def _send(stage: Stage, kind: str) -> Sent:
    """Send the notice of a kind that is prepared: its id is known only now."""
    now = stage.clock()
    prepared = [
        row["id"]
        for row in launches.list_notices(stage.office, now)
        if (row["kind"], row["state"]) == (kind, "prepared")
    ]
    return launches.send_notice(stage.office, prepared[-1], now)


def _submit(stage: Stage, petition_id: str, _option: str, checked_by: str) -> str:
    """Submit, and leave the packet's parts beside the mails: what a committee would look at."""
    stage.app.read_once()  # what came before the close may lie in the mailbox
    packet = submit(stage.office, petition_id, stage.clock(), checked_by=checked_by)
    folder = stage.folder / PACKET
    folder.mkdir(exist_ok=True)
    for part in packet.parts:
        (folder / part.name).write_bytes(part.content)
    counted = packet.case.counted.validated
    return f"{counted} signatures, {len(packet.case.mails)} mails behind them, each with its SHA-256 in the manifest"


def _decide(stage: Stage, petition_id: str, decision: str, *options: str) -> Sent:
    told = dict(zip(options[::2], options[1::2], strict=True))
    met_on = date.fromisoformat(told["--meeting"]) if "--meeting" in told else None
    approve, by, vote = decision == "--approve", told.get("--reported-by", ""), told.get("--vote", "")
    return committee.decide(stage.office, petition_id, approve, "", by, met_on, vote, stage.clock())


def _report(stage: Stage, petition_id: str) -> str:
    committee.report(stage.office, petition_id, "", stage.clock())
    return "the secretary of Council has the report"


_TAKEN: dict[tuple[str, ...], Callable[..., Done]] = {
    ("proposal", "add"): lambda stage, name: proposals.add_proposal(stage.office, _text(stage, name), stage.clock()),
    ("proposal", "open"): lambda stage, one: proposals.open_proposal(stage.office, one, stage.clock()),
    ("petition", "open"): lambda stage, one: petitions.open_petition(stage.office, one, stage.clock()),
    ("petition", "submit"): _submit,
    ("petition", "decide"): _decide,
    ("petition", "report"): _report,
    ("launch", "add"): lambda stage, name: launches.add_launch(stage.office, _text(stage, name), stage.clock()),
    ("launch", "slip"): _slip,
    ("launch", "set-date"): _set_date,
    ("launch", "launched"): lambda stage, one: launches.launched(stage.office, one, stage.clock()).id,
    ("notice", "add"): lambda stage, name: launches.add_notice(stage.office, _text(stage, name), stage.clock()),
    ("notice", "send"): _send,
}
