"""The chain of evidence: whatever is changed, cut, swapped or made anew is seen."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from mailflow.domain.ledger import GENESIS, Entry, chained, commitment, folded_code, receipt_code, verify

AT = datetime(2013, 6, 24, 14, tzinfo=UTC)


def chain(length: int = 5, salt: str = "") -> list[Entry]:
    made: list[Entry] = []
    for n in range(length):
        last = made[-1] if made else None
        made.append(
            chained(
                n, last.hash if last else GENESIS, AT + timedelta(n), "signed", "mig-1", salt, {"state": "validated"}
            )
        )
    return made


WHOLE = chain()
HEAD = WHOLE[-1].hash


def edited(entries: list[Entry]) -> list[Entry]:
    return [*entries[:2], replace(entries[2], data={"state": "withdrawn"}), *entries[3:]]


@pytest.mark.parametrize(
    ("entries", "head", "known", "words"),
    [
        pytest.param(edited(WHOLE), HEAD, "", "entry 3 was changed", id="one row edited"),
        pytest.param(WHOLE[:-1], HEAD, "", "not with the head", id="the tail cut, the head left"),
        pytest.param(WHOLE[:-1], WHOLE[-2].hash, HEAD, "stands nowhere", id="the tail cut and the head with it"),
        pytest.param(chain(5, "x"), chain(5, "x")[-1].hash, HEAD, "stands nowhere", id="the whole chain rebuilt"),
        pytest.param([WHOLE[0], WHOLE[2], WHOLE[1], *WHOLE[3:]], HEAD, "", "is missing", id="two rows swapped"),
        pytest.param([*WHOLE[:2], *WHOLE[3:]], HEAD, "", "entry 3 is missing", id="one row taken out"),
    ],
)
def test_tampering_is_seen(entries: list[Entry], head: str, known: str, words: str) -> None:
    assert words in " ".join(verify(entries, head, known).problems)


def test_a_whole_chain_has_no_problems_whatever_earlier_head_is_held_against_it() -> None:
    for known in ("", *(entry.hash for entry in WHOLE)):
        assert verify(WHOLE, HEAD, known).problems == ()


def test_a_commitment_names_nobody_and_differs_from_object_to_object() -> None:
    assert commitment("salt", "M1", "mig-1") != commitment("salt", "M1", "mig-2")
    assert commitment("salt", "M1", "mig-1") != commitment("other", "M1", "mig-1")


def test_a_receipt_can_be_typed_as_people_type() -> None:
    code = receipt_code(HEAD)
    assert folded_code(code.upper().replace("-", " ")) == code
