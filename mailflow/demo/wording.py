"""Words for what came in and what was made of it, for the story and the table at its end."""

from __future__ import annotations

from typing import Any

from mailflow.demo.story.act import Act, Step
from mailflow.domain.outcome import Verdict

MADE: dict[str, str] = {
    Verdict.SIGNED: "a signature that counts",
    Verdict.PENDING: "not counted: the address on file is asked",
    Verdict.NOT_IN_STANDING: "a signature that is kept and not counted",
    Verdict.ALREADY_SIGNED: "thanked again, counted once",
    Verdict.WITHDRAWN: "the signature is withdrawn",
    Verdict.UNDONE: "the signature is undone",
    Verdict.DECLINED: "a no, noted",
    Verdict.FEEDBACK: "feedback, thanked once",
    Verdict.QUESTION: "a question, sent on to its contact",
    Verdict.ANSWER: "an answer, relayed to the one who asked",
    Verdict.OBJECTION: "an objection to what staff did with a signature: a person decides",
    Verdict.UNSUBSCRIBED: "no more mail to many",
    Verdict.WINDOW_CLOSED: "too late, and told so",
    Verdict.ASKED: "asked once what is meant",
    Verdict.UNCLEAR: "held: a person decides",
    Verdict.NOT_PROVED: "held: the member on file is asked",
    Verdict.UNKNOWN_SENDER: "held: a person decides",
    Verdict.AMBIGUOUS: "held: a person decides",
    Verdict.NOT_OURS: "left where it lies, its owner told",
    Verdict.AUTOMATIC: "ignored, never answered",
    Verdict.BOUNCED: "no answer of anybody",
    Verdict.LOOP: "stopped: it went round",
    Verdict.DUPLICATE: "took effect once",
    Verdict.OVER_LIMIT: "held: too large",
    Verdict.FAILED: "parked: our own failure",
    Verdict.RESOLVED: "asked once, settled by the answer",
    Verdict.CONFIRMED_OTHER: "the mail that waited took effect",
    Verdict.NOT_THEM: "set aside: it was not they",
    Verdict.COMMAND: "a command, carried out or shown first",
    Verdict.NO_COMMAND: "no command: told what would do",
    Verdict.PROPOSED: "a proposal, drafted",
}
_CAME = {
    "sign": "a yes", "decline": "a no", "withdraw": "a change of mind", "unsubscribe": "asks for no more mail",
    "question": "a question", "comment": "a comment", "unclear": "neither yes nor no", "auto": "a machine's answer",
    "bounce": "a report of a mail server",
}  # fmt: skip
_STOPPED = "the address is stopped"


def came(row: Any) -> str:
    """Say what a mail that came in is."""
    if row.verdict == Verdict.NOT_OURS:
        return "mail to somebody else"
    if row.verdict in {Verdict.COMMAND, Verdict.NO_COMMAND}:
        return "a command"
    return _CAME.get(row.intent, "a machine's answer" if row.kind not in ("", "person") else "a mail")


def made(row: Any) -> str:
    """Say what was made of it."""
    if row.verdict == Verdict.BOUNCED and _STOPPED in row.reasons:
        return "returned for good: " + _STOPPED
    if row.verdict == Verdict.BOUNCED:
        return "a delay: nothing follows"
    return MADE.get(row.verdict, str(row.verdict))


def why(row: Any, most: int = 3) -> str:
    """Give the first reasons of a mail's reading in one line."""
    return "; ".join(row.reasons[:most])


def sentence(act: Act) -> str:
    """Tell an act in one line: who, what they write, and what the script has to say of it."""
    if not act.words:
        return f"mail to {act.who.name} comes back ({act.note})"
    return f"{act.who.name}: {quoted(act.words)}" + (f" ({act.note})" if act.note else "")


def command_of(step: Step) -> str:
    """Give the command that does a step, as it is typed."""
    words = (f'"{quoted(word, 24)[1:-1]}"' if " " in word else word for word in step.command)
    return f"mailflow {' '.join(words)}"


def quoted(words: str, most: int = 70) -> str:
    """Give somebody's words on one line, cut at a word."""
    line = " ".join(words.split())
    if len(line) > most:
        line = line[: most + 1].rpartition(" ")[0] + " …"
    return f"“{line}”"


def counted(count: int, one: str, many: str = "") -> str:
    """Give '1 signature' or '3 signatures'."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"
