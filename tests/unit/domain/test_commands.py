"""Commands in many spellings, and the sentences that only look like them."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from mailflow.domain.commands import (
    ANSWERS,
    EVERYBODY,
    MAY,
    Command,
    Role,
    Verb,
    allowed,
    answers,
    first_line,
    mistyped,
    read_command,
)

ZONE = "America/Chicago"
NOW = datetime(2013, 6, 20, 15, tzinfo=UTC)
END_OF_JUNE = datetime(2013, 7, 1, 5, tzinfo=UTC)


def read(line: str) -> Command | None:
    return read_command(line, NOW, ZONE)


@pytest.mark.parametrize(
    ("line", "verb", "object_id"),
    [
        ("open", Verb.OPEN, ""),
        ("  OPEN.  ", Verb.OPEN, ""),
        ("*Open*", Verb.OPEN, ""),
        ("Open the petition, please!", Verb.OPEN, ""),
        ("open it now, thanks", Verb.OPEN, ""),
        ("open mig-1", Verb.OPEN, "mig-1"),
        ("Close the petition", Verb.CLOSE, ""),
        ("close mig-12.", Verb.CLOSE, "mig-12"),
        ("send", Verb.SEND, ""),
        ("Send it out", Verb.SEND, ""),
        ("hold", Verb.HOLD, ""),
        ("Hold it, please", Verb.HOLD, ""),
        ("launched", Verb.LAUNCHED, ""),
        ("Launched!", Verb.LAUNCHED, ""),
        ("acknowledged", Verb.ACKNOWLEDGE, ""),
        ("approve", Verb.APPROVE, ""),
        ("Approved.", Verb.APPROVE, ""),
        ("status", Verb.STATUS, ""),
        ("Status mig-1", Verb.STATUS, "mig-1"),
        ("help", Verb.HELP, ""),
        ("?", Verb.HELP, ""),
        ("YES", Verb.YES, ""),
        ("“yes”", Verb.YES, ""),
        ("no, thanks", Verb.NO, ""),
        ("cancel", Verb.NO, ""),
    ],
)
def test_a_word_is_a_command(line: str, verb: Verb, object_id: str) -> None:
    command = read(line)
    assert command is not None
    assert (command.verb, command.object_id, command.problem) == (verb, object_id, "")


@pytest.mark.parametrize(
    ("line", "until", "reason"),
    [
        ("extend to June 30", END_OF_JUNE, ""),
        ("Extend until June 30, 2013: the mail server was down", END_OF_JUNE, "the mail server was down"),
        ("extend the petition to 30 June because of the holiday", END_OF_JUNE, "of the holiday"),
        ("extend mig-1 to June 30: 12 members asked", END_OF_JUNE, "12 members asked"),
        ("EXTEND TO JUNE 30, 4:30 PM: so", datetime(2013, 6, 30, 21, 30, tzinfo=UTC), "so"),
        ("extend June 30", END_OF_JUNE, ""),
    ],
)
def test_an_extension_has_its_day_and_its_reason(line: str, until: datetime, reason: str) -> None:
    command = read(line)
    assert command is not None
    assert (command.verb, command.until, command.reason, command.problem) == (Verb.EXTEND, until, reason, "")


@pytest.mark.parametrize(
    ("line", "to_on", "reason"),
    [
        ("slip to TBA: the search is broken", None, "the search is broken"),
        ("slip: the search is broken", None, "the search is broken"),
        ("slip launch-1 to 2018-06-05: tests failed", date(2018, 6, 5), "tests failed"),
        ("Postpone to June 5, 2018: tests failed at 4:30", date(2018, 6, 5), "tests failed at 4:30"),
    ],
)
def test_a_slip_has_its_day_or_none_and_its_reason(line: str, to_on: date | None, reason: str) -> None:
    command = read(line)
    assert command is not None
    assert (command.verb, command.to_on, command.reason, command.problem) == (Verb.SLIP, to_on, reason, "")


@pytest.mark.parametrize(
    ("line", "to_on"),
    [
        ("set date June 5, 2018", date(2018, 6, 5)),
        ("Set the date to 2018-06-05", date(2018, 6, 5)),
        ("set date launch-1 2018-06-05", date(2018, 6, 5)),
    ],
)
def test_a_firm_date_is_read(line: str, to_on: date) -> None:
    command = read(line)
    assert command is not None
    assert (command.verb, command.to_on, command.problem) == (Verb.SET_DATE, to_on, "")


@pytest.mark.parametrize(
    ("line", "verb", "reason"),
    [
        ("return: the organizers' addresses are missing", Verb.RETURN, "the organizers' addresses are missing"),
        ("Returned mig-1: see below", Verb.RETURN, "see below"),
        ("approve: meeting of August 12, 5 to 2", Verb.APPROVE, "meeting of August 12, 5 to 2"),
    ],
)
def test_a_decision_has_its_reason(line: str, verb: Verb, reason: str) -> None:
    command = read(line)
    assert command is not None
    assert (command.verb, command.reason, command.problem) == (verb, reason, "")


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("extend", "until when"),
        ("extend to soon", "no day"),
        ("extend to June 31", "no such day"),
        ("slip to TBA", "a reason is needed"),
        ("slip to soonish: tests", "no day"),
        ("set date", "no day"),
        ("return", "what is missing"),
    ],
)
def test_half_a_command_says_what_it_lacks(line: str, told: str) -> None:
    command = read(line)
    assert command is not None
    assert told in command.problem


@pytest.mark.parametrize(
    "line",
    [
        "",
        "Thank you very much for the digest.",
        "Open questions remain about the budget.",
        "Open to suggestions",
        "Close to a hundred already, great!",
        "Send me the list of names, please",
        "Hold on, who are these people?",
        "Approve of the wording so far",
        "Return the books by Friday",
        "Status looks good to me",
        "Help me understand the second paragraph",
        "No idea what this means",
        "Yes but who pays?",
        "Set up a call with Pam",
        "I would like you to open the petition",
        "x" * 500,
    ],
)
def test_a_sentence_is_a_sentence(line: str) -> None:
    assert read(line) is None


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("opne", "did you mean 'open'"),
        ("extnd to June 30", "did you mean 'extend'"),
        ("publish", "is no command"),
        ("open sesame", "can't be read"),
        ("thanks", ""),
        ("Thanks!", ""),
        ("Who signed?", ""),
        ("How many more do we need until Sunday, and who is still silent?", ""),
        ("That is good news for all of us", ""),
    ],
)
def test_what_was_meant_as_a_command_is_told_from_talk(line: str, told: str) -> None:
    found = mistyped(line)
    assert told in found
    assert bool(told) == bool(found)


def test_the_first_line_with_words_is_the_command() -> None:
    assert first_line("\n \n  extend  to June 30 \n\nThanks, Alex") == "extend to June 30"
    assert first_line("") == ""


def test_every_verb_has_its_words_and_its_owner() -> None:
    assert set(ANSWERS) == set(Verb)
    assert EVERYBODY.union(*MAY.values()) == set(Verb)
    assert Verb.APPROVE not in allowed([Role.ORGANIZER])
    assert Verb.SEND not in allowed([Role.LIAISON, Role.ORGANIZER])
    assert [a["word"] for a in answers([Verb.HELP, Verb.OPEN])] == ["open", "help"]
    assert all(read(line["word"]) is not None for line in answers(Verb) if line["word"] != "no")


def test_reading_is_linear_in_what_a_stranger_wrote() -> None:
    for hostile in ("open " * 80, "extend to " + ":" * 380, "slip to " + "a-1 " * 90, "*" * 10_000):
        read(hostile)
        mistyped(hostile)


@pytest.mark.parametrize(
    ("line", "number", "begins", "reason"),
    [
        ("move meeting to June 29, 2013, 5 pm: the room is taken", 0, (29, 22), "the room is taken"),
        ("Move the meeting to June 29 at 5:00 pm.", 0, (29, 22), ""),
        ("meeting 2 to 2013-06-29T17:00: more can come", 2, (29, 22), "more can come"),
        ("move mig-1 meeting to June 29 at noon", 0, (29, 17), ""),
        ("cancel meeting: too few can come", 0, None, "too few can come"),
        ("Cancel the meeting, please", 0, None, ""),
        ("cancel meeting 2", 2, None, ""),
    ],
)
def test_a_meeting_is_moved_or_called_off(line: str, number: int, begins: tuple[int, int] | None, reason: str) -> None:
    command = read(line)
    assert command is not None and command.verb is Verb.MEETING and not command.problem
    at = datetime(2013, 6, *begins, tzinfo=UTC) if begins else None
    assert (command.number, command.until, command.reason) == (number, at, reason)


@pytest.mark.parametrize(
    "line", ["move meeting", "move meeting to June 29", "move meeting to someday", "meeting 2 to July"]
)
def test_a_meeting_needs_a_day_and_a_time(line: str) -> None:
    command = read(line)
    assert command is not None and command.problem


@pytest.mark.parametrize(
    "line",
    [
        "Move on, please.",
        "Meeting you was nice",
        "Cancel my subscription",
        "The meeting is too late for me",
        "Meetings are a bore",
        "Cancel meeting or not, I come",
    ],
)
def test_words_about_meetings_are_words(line: str) -> None:
    assert read(line) is None
