"""Rules of a submission: which are met, what is said of those that are not, and the numbers of the packet."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from mailflow.domain.model import (
    Author,
    Contact,
    Kind,
    Organizer,
    Proof,
    Proposal,
    ProposalState,
    Signature,
    SignatureState,
)
from mailflow.domain.submission import BARS_MAX, Count, bars, by_proof, count, rules_of, unmet

NOW = datetime(2013, 7, 26, 15, tzinfo=UTC)
KIND = Kind("mig", "Group", threshold=2, required=("statement", "organizers", "organizers.address", "overlap_check"))
PETITION = Proposal(
    id="mig-1",
    kind=KIND,
    title="A group",
    state=ProposalState.CLOSED,
    author=Author("Alex Rivers"),
    organizers=(Organizer("Alex Rivers", "alex@example.org", "7 Hidden Lane"),),
    staff_liaison=Contact("Michelle Hill", "hill@example.org"),
    statement="We ask for a group.",
    statement_sha256="ab" * 32,
    act_sha256="cd" * 32,
    zone="America/Chicago",
    audience="members",
)


def signature(n: int, undo_in_hours: float | None = None, **changes: object) -> Signature:
    undo_until = NOW + timedelta(hours=undo_in_hours) if undo_in_hours is not None else None
    signed_at = NOW - timedelta(days=n)
    values: dict[str, object] = {
        "petition_id": "mig-1", "member_id": f"m{n}", "name": f"Sam {n}", "address": f"m{n}@example.org",
        "state": SignatureState.VALIDATED, "signed_at": signed_at, "via": "mail", "proof": Proof.DMARC,
        "statement_sha256": "ab" * 32, "act_sha256": "cd" * 32, "undo_until": undo_until,
    }  # fmt: skip
    return Signature(**(values | changes))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("signatures", "expected"),
    [
        pytest.param([], Count(0, 0, None), id="none"),
        pytest.param([signature(1)], Count(1, 1, None), id="too few: never by waiting"),
        pytest.param([signature(1), signature(2)], Count(2, 2, NOW), id="enough"),
        pytest.param([signature(1), signature(2, -1)], Count(2, 2, NOW), id="the time to undo is over"),
        pytest.param([signature(1), signature(2, 0)], Count(2, 2, NOW), id="it ends this instant"),
        pytest.param(
            [signature(1), signature(2, 30), signature(3, 10)],
            Count(3, 1, NOW + timedelta(hours=10)),
            id="one more is needed: the first that gets firm",
        ),
        pytest.param(
            [signature(2, 30), signature(3, 10)], Count(2, 0, NOW + timedelta(hours=30)), id="both are needed: the last"
        ),
        pytest.param(
            [signature(1), signature(2, state=SignatureState.NOT_IN_GOOD_STANDING)],
            Count(1, 1, None),
            id="only those in standing",
        ),
        pytest.param(
            [signature(1), signature(2, state=SignatureState.PENDING)], Count(1, 1, None), id="only those proved"
        ),
    ],
)
def test_signatures_that_can_still_be_undone_do_not_carry_the_threshold(
    signatures: list[Signature], expected: Count
) -> None:
    """Design rule 3: a petition is not submitted while signatures inside their undo_hours are needed for it."""
    assert count(signatures, 2, NOW) == expected


FIRM = Count(2, 2, NOW)


@pytest.mark.parametrize(
    ("petition", "counted", "checked_by", "missing"),
    [
        pytest.param(PETITION, FIRM, "Kim Stone", [], id="all is there"),
        pytest.param(PETITION, Count(1, 1, None), "Kim Stone", ["1 more are needed"], id="too few"),
        pytest.param(
            PETITION, Count(2, 1, NOW), "Kim Stone", ["can be submitted from Friday"], id="enough, some can be undone"
        ),
        pytest.param(replace(PETITION, statement=" "), FIRM, "Kim Stone", ["statement: there is none"], id="statement"),
        pytest.param(PETITION, FIRM, "", ["--checked-by NAME"], id="nobody checked for an overlap"),
        pytest.param(replace(PETITION, organizers=()), FIRM, "Kim", ["nobody is named"], id="no organizers"),
        pytest.param(
            replace(PETITION, organizers=(Organizer("Alex Rivers", "alex@example.org"),)),
            FIRM,
            "Kim",
            ["no postal address of Alex Rivers"],
            id="an organizer without an address",
        ),
        pytest.param(
            replace(PETITION, organizers=()),
            Count(0, 0, None),
            "",
            ["2 more are needed", "nobody is named", "--checked-by NAME"],
            id="all at once",
        ),
        pytest.param(
            replace(PETITION, organizers=(), kind=replace(KIND, required=())), FIRM, "", [], id="what the kind asks"
        ),
    ],
)
def test_each_rule_that_is_not_met_is_told_with_what_would_do(
    petition: Proposal, counted: Count, checked_by: str, missing: list[str]
) -> None:
    told = unmet(rules_of(petition, counted, checked_by, "Friday"))
    assert len(told) == len(missing)
    assert all(words in line for words, line in zip(missing, told, strict=True))


def test_proofs_are_counted_so_that_one_can_be_set_aside() -> None:
    signed = [signature(1), signature(2, proof=Proof.LINK), signature(3), signature(4, state=SignatureState.WITHDRAWN)]
    assert by_proof(signed) == {"dmarc": 2, "link": 1}


def test_a_chart_has_a_bar_for_each_day_of_the_window_in_the_associations_zone() -> None:
    opened, closes = datetime(2013, 6, 24, 14, tzinfo=UTC), datetime(2013, 6, 28, 5, tzinfo=UTC)
    late_evening = datetime(2013, 6, 26, 3, tzinfo=UTC)  # still the 25th in Chicago
    found = bars([opened, late_evening, late_evening], "America/Chicago", opened, closes)
    assert [(bar.on, bar.signed, bar.so_far) for bar in found] == [
        (date(2013, 6, 24), 1, 1),
        (date(2013, 6, 25), 2, 3),
        (date(2013, 6, 26), 0, 3),
        (date(2013, 6, 27), 0, 3),
    ]


@pytest.mark.parametrize("days", [1, 45, 46, 200, 3_000])
def test_a_long_petition_is_shown_in_longer_steps_and_loses_no_signature(days: int) -> None:
    first = datetime(2013, 1, 1, 12, tzinfo=UTC)
    found = bars([first + timedelta(days=n) for n in range(days)], "UTC", first, None)
    assert len(found) <= BARS_MAX
    assert sum(bar.signed for bar in found) == found[-1].so_far == days


def test_without_signatures_there_is_no_chart() -> None:
    assert bars([], "UTC", NOW, None) == []
