"""The whole demo: the stage is set up, the story is played and told, and the program is held against the script."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from mailflow.demo.keeping import keep_mails
from mailflow.demo.narrator import Line, Narrator
from mailflow.demo.play import FIRST_START, PETITION, Play
from mailflow.demo.reckoning import Account, Check, account, checks
from mailflow.demo.stage import Stage
from mailflow.demo.story.script import Script, write_script
from mailflow.domain.outcome import Verdict
from mailflow.service.petitions import show_petition
from mailflow.store import inbox

Tell = Callable[[Line], None]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of the story. tally: as `petition show` gives it. counts: mails by what was made of them, and more."""

    seed: int
    tally: dict[str, int]
    counts: dict[str, int]
    mails_in: int
    mails_out: int
    accounts: list[Account]
    checks: list[Check]

    @property
    def differences(self) -> list[str]:
        """Give everything in which the program and the script differ."""
        return [f"{check.what}: {difference}" for check in self.checks for difference in check.differences]

    def document(self) -> dict[str, Any]:
        """Give it as `demo --json` shows it."""
        return {
            "seed": self.seed,
            "tally": self.tally,
            "counts": self.counts,
            "mails": {"in": self.mails_in, "out": self.mails_out},
            "read_as": [asdict(one) for one in self.accounts],
            "checks": [{"what": check.what, "holds": not check.differences} for check in self.checks],
            "differences": self.differences,
        }


def play_all(folder: Path, seed: int, tell: Tell, *, keep: bool) -> Outcome:
    """Play the story of a seed in a folder, and say what came of it. keep: leave the mails there as files."""
    script = write_script(seed)
    with Stage(folder, script.cast, FIRST_START) as stage:
        tell(Line("sum", _opening(script, stage)))
        play = Play(stage, script)
        for line in Narrator().tell(play.scenes()):
            tell(line)
        outcome = _outcome(play)
        if keep:
            keep_mails(stage)
    return outcome


def _opening(script: Script, stage: Stage) -> str:
    people = len(script.cast.members)
    return (
        f"Seed {script.cast.seed}: {people} invented members and their mail programs, a mail server to read from and"
        f" one to send through, both on this machine, and {len(script.old)} old mails in the mailbox that are no"
        " business of ours."
    )


def _outcome(play: Play) -> Outcome:
    stage = play.stage
    with stage.db.read() as work:
        rows = inbox.rows(work)
    tally = show_petition(stage.office, PETITION)["tally"]
    verdicts = [row.verdict for row in rows]
    counts = {
        "members": len(play.script.cast.members),
        "feedback": verdicts.count(Verdict.FEEDBACK),
        "questions": verdicts.count(Verdict.QUESTION),
        "answers": verdicts.count(Verdict.ANSWER),
        "digests": sum(left.notice == "digest" for left in stage.left),
        "left_alone": verdicts.count(Verdict.NOT_OURS) + len(play.script.old),
    }
    mails_in, mails_out = len(stage.came), len(stage.left)
    return Outcome(play.script.cast.seed, tally, counts, mails_in, mails_out, account(rows), checks(play, play.reads))
