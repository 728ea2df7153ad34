"""Staff verify: standing after each roster, invalid signatures, paper, and a statement that was changed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from mailflow.domain.verification import Which
from mailflow.errors import InputError, Refused
from mailflow.service.amending import amend
from mailflow.service.digests import send_digests
from mailflow.service.owner_mail import tell_owner
from mailflow.service.petitions import list_signatures, recount_all, show_petition
from mailflow.service.proposals import show_proposal
from mailflow.service.reading import resolve
from mailflow.service.roster import import_members
from mailflow.service.schedule import run_due
from mailflow.service.submitting import preview_submission
from mailflow.service.verification import (
    enter_signatures,
    find_members,
    invalidate,
    preview_invalidation,
    recheck_standing,
    show_bursts,
)
from mailflow.store import ledger
from mailflow.store import tables as t
from tests.acceptance.way_in import (
    LIAISON,
    ORGANIZER,
    PETITION,
    PROPOSAL,
    TITLE,
    WayIn,
    open_way_in,
    parsed,
    roster_of,
    text_of,
)


def import_roster(way_in: WayIn, changes: dict[int, dict[str, str]], members: int = 6) -> None:
    path = way_in.folder / "again.csv"
    path.write_text(roster_of(members, changes), "utf-8")
    import_members(way_in.db, path, way_in.clock())


def whole(way_in: WayIn) -> bool:
    with way_in.db.read() as work:
        return not ledger.audit(work).problems


@pytest.fixture
def way_in(tmp_path: Path) -> WayIn:
    """Six members, of whom four have signed."""
    way_in = open_way_in(tmp_path, threshold=4, kind='standing_as_of = "closing"')
    way_in.arrive(*(way_in.answer(n, "SIGN") for n in (1, 2, 3, 4)))
    way_in.deliver()
    return way_in


# -- standing ------------------------------------------------------------------------------------------------------


def test_standing_is_checked_again_after_each_roster(way_in: WayIn) -> None:
    """R64: the state moves with history, ledger and counter, and back when the member has paid."""
    assert way_in.petition["state"] == "qualified"
    way_in.clock.pass_(3600)
    import_roster(way_in, {1: {"standing": "lapsed"}, 2: {"paid_through": "2013-07-01"}})
    run_due(way_in.office, way_in.clock())
    assert way_in.tally == {"signed": 4, "validated": 2, "not_in_good_standing": 2}
    assert way_in.petition["counter"] == 2
    assert "lapsed" in way_in.signatures["m1"]["reason"]
    history = way_in.rows(t.signature_history)
    assert [(h.from_state, h.to_state) for h in history[-2:]] == [("validated", "not_in_good_standing")] * 2
    run_due(way_in.office, way_in.clock())
    assert len(way_in.rows(t.signature_history)) == len(history)
    way_in.clock.pass_(3600)
    import_roster(way_in, {1: {"standing": "good"}, 2: {"paid_through": "2013-12-31"}})
    assert [(r.lapsed, r.regained) for r in recheck_standing(way_in.office, way_in.clock(), is_due_only=True)] == [
        (0, 2)
    ]
    assert way_in.tally == {"signed": 4, "validated": 4}
    assert whole(way_in)


def test_standing_as_of_signing_does_not_move_with_later_rosters(tmp_path: Path) -> None:
    way_in = open_way_in(tmp_path)
    way_in.arrive(way_in.answer(1, "SIGN"))
    way_in.clock.pass_(3 * 86400)
    import_roster(way_in, {1: {"standing": "lapsed"}})
    assert recheck_standing(way_in.office, way_in.clock()) == []
    assert way_in.tally == {"signed": 1, "validated": 1}


def test_who_lapsed_since_does_not_carry_the_threshold(tmp_path: Path) -> None:
    """R64: member 50 lapses at 99 signatures; the next, which comes before the clock has looked, is not the 100th."""
    way_in = open_way_in(tmp_path, 101, threshold=100, kind='standing_as_of = "closing"')
    way_in.arrive(*(way_in.answer(n, "SIGN") for n in range(1, 100)))
    assert way_in.petition["counter"] == 99
    way_in.clock.pass_(3600)
    import_roster(way_in, {50: {"standing": "lapsed"}}, members=101)
    way_in.arrive(way_in.answer(100, "SIGN"))
    assert (way_in.petition["state"], way_in.petition["counter"]) == ("petition_open", 99)
    assert way_in.tally == {"signed": 100, "validated": 99, "not_in_good_standing": 1}
    assert way_in.signatures["m50"]["reason"].startswith("the roster says: lapsed")
    assert way_in.outbox("petition_qualified") == []
    way_in.arrive(way_in.answer(101, "SIGN"))
    assert (way_in.petition["state"], way_in.petition["counter"]) == ("qualified", 100)
    assert len(way_in.outbox("petition_qualified")) == 1
    assert whole(way_in)


def test_at_the_crossing_the_day_that_counts_is_that_of_the_kind(tmp_path: Path) -> None:
    """R64: where standing counts as of signing, who lapses later has signed all the same."""
    way_in = open_way_in(tmp_path, threshold=2)
    way_in.arrive(way_in.answer(1, "SIGN"))
    way_in.clock.pass_(2 * 86400)
    import_roster(way_in, {1: {"standing": "lapsed"}})
    way_in.arrive(way_in.answer(2, "SIGN"))
    assert way_in.petition["state"] == "qualified"


def test_a_missed_crossing_that_heals_is_checked_too(way_in: WayIn) -> None:
    """R63, R64: the sweep counts nobody either who lapsed since."""
    with way_in.db.write() as work:
        work.execute(t.proposal.update().values(state="petition_open", qualified_at=None, validated=2))
    way_in.clock.pass_(3600)
    import_roster(way_in, {3: {"standing": "lapsed"}})
    recount_all(way_in.office, way_in.clock())
    assert (way_in.petition["state"], way_in.petition["counter"]) == ("petition_open", 3)


def test_a_day_that_was_moved_by_an_extension_is_checked_again(way_in: WayIn) -> None:
    way_in.clock.pass_(3600)
    import_roster(way_in, {1: {"paid_through": "2013-07-25"}})
    run_due(way_in.office, way_in.clock())
    assert way_in.tally["validated"] == 4
    way_in.arrive(way_in.answer(ORGANIZER, "extend to July 31", to=way_in.sent(ORGANIZER, "share_kit")))
    way_in.deliver()
    way_in.arrive(way_in.answer(ORGANIZER, "yes", to=way_in.sent(ORGANIZER, "command_confirm")))
    run_due(way_in.office, way_in.clock())
    assert way_in.tally == {"signed": 4, "validated": 3, "not_in_good_standing": 1}


def test_the_forecast_says_who_lapses_and_how_many_more_are_needed(tmp_path: Path) -> None:
    roster = {1: {"paid_through": "2013-07-10"}, 2: {"paid_through": "2013-07-21"}}
    way_in = open_way_in(tmp_path, threshold=3, roster=roster)
    way_in.arrive(*(way_in.answer(n, "SIGN") for n in (1, 2, 3)))
    way_in.deliver()
    shown = show_petition(way_in.office, PETITION, way_in.clock())["forecast"]
    assert {k: shown[k] for k in ("signed", "in_standing", "lapsing", "missing")} == {
        "signed": 3,
        "in_standing": 3,
        "lapsing": 1,
        "missing": 1,
    }
    way_in.arrive(way_in.answer(ORGANIZER, "status", to=way_in.sent(ORGANIZER, "share_kit")))
    way_in.deliver()
    said = " ".join(text_of(parsed(way_in.sent(ORGANIZER, "command_answer"))).split())
    assert (
        "3 signed, 3 of them count, 1 of those lapses before Sunday, July 21, 2013; 1 more would make it safe." in said
    )


def test_who_lapses_before_the_committee_meets_is_told_in_status_and_digest(tmp_path: Path) -> None:
    """The day to look to is the committee's first after the close: `committee_meets` of the kind."""
    kind = "committee_meets = [2013-07-21, 2013-08-12, 2014-01-25]"
    way_in = open_way_in(tmp_path, threshold=3, kind=kind, roster={1: {"paid_through": "2013-08-11"}})
    way_in.arrive(*(way_in.answer(n, "SIGN") for n in (1, 2, 3)))
    way_in.deliver()
    line = (
        "3 signed, 3 of them count, 1 of those lapses before the committee meets on Monday, August 12, 2013;"
        " 1 more would make it safe."
    )
    way_in.arrive(way_in.answer(ORGANIZER, "status", to=way_in.sent(ORGANIZER, "share_kit")))
    send_digests(way_in.office, way_in.clock(), is_due_only=False)
    way_in.deliver()
    for notice in ("command_answer", "digest"):
        assert line in " ".join(text_of(parsed(way_in.sent(ORGANIZER, notice))).split())


# -- invalidating --------------------------------------------------------------------------------------------------


def test_staff_invalidate_with_a_reason_and_nothing_is_deleted(way_in: WayIn) -> None:
    """R65"""
    which = Which(find_members(way_in.office, ["m1@home.example.org"]))
    assert preview_invalidation(way_in.office, PETITION, which) == {"signatures": 1, "by_state": {"validated": 1}}
    assert invalidate(way_in.office, PETITION, which, "rang up: it was not they", way_in.clock()) == 1
    assert way_in.tally == {"signed": 3, "validated": 3, "invalidated": 1}
    assert way_in.signatures["m1"]["reason"] == "rang up: it was not they"
    event = show_proposal(way_in.office, PETITION)["history"][-1]
    assert (event["act"], event["reason"], event["details"]["signatures"]) == (
        "invalidate signatures",
        "rang up: it was not they",
        1,
    )
    assert invalidate(way_in.office, PETITION, which, "again", way_in.clock()) == 0
    assert whole(way_in)


def test_many_are_invalidated_by_condition_and_never_without_one(way_in: WayIn) -> None:
    """R70, R60: at least one condition; a domain is met on label boundaries."""
    with pytest.raises(Refused, match="at least one condition"):
        preview_invalidation(way_in.office, PETITION, Which())
    with pytest.raises(Refused, match="at least one condition"):
        invalidate(way_in.office, PETITION, Which(), "x", way_in.clock())
    with pytest.raises(InputError, match="a reason is needed"):
        invalidate(way_in.office, PETITION, Which(via="mail"), " ", way_in.clock())
    for domain, n in (("y.example.org", 0), ("library.example.org", 4), ("example.org", 4)):
        assert preview_invalidation(way_in.office, PETITION, Which(domain=domain))["signatures"] == n
    late = Which(domain="example.org", signed_from=way_in.clock() + timedelta(hours=1))
    assert preview_invalidation(way_in.office, PETITION, late)["signatures"] == 0
    assert invalidate(way_in.office, PETITION, Which(domain="example.org"), "forged", way_in.clock()) == 4
    assert way_in.petition["counter"] == 0
    with pytest.raises(InputError, match="nobody on the roster"):
        find_members(way_in.office, ["m99"])


def test_a_burst_is_shown_and_not_judged(way_in: WayIn) -> None:
    """R69"""
    assert [(b.domain, b.signatures) for b in show_bursts(way_in.office, PETITION, 4)] == [("library.example.org", 4)]
    assert show_bursts(way_in.office, PETITION, 5) == []
    assert way_in.tally["validated"] == 4


def test_who_loses_a_signature_is_told_why_and_an_objection_waits_for_a_person(way_in: WayIn) -> None:
    """R65: the reason, how to object, and the way back; whatever the answer says, a person decides."""
    which = Which(find_members(way_in.office, ["m1", "m2"]))
    invalidate(way_in.office, PETITION, which, "the number is another member's", way_in.clock())
    way_in.deliver()
    said = " ".join(text_of(parsed(way_in.sent(1, "signature_invalidated"))).split())
    assert "the number is another member's" in said
    assert "Answer this mail in your own words" in said
    signed_at = way_in.signatures["m1"]["signed_at"]
    way_in.clock.pass_(3600)
    rows = way_in.arrive(
        way_in.answer(1, "Yes, I signed that myself!", to=way_in.sent(1, "signature_invalidated")),
        way_in.answer(2, "Thank you, that is right.", to=way_in.sent(2, "signature_invalidated")),
    )
    assert [(row.state, row.verdict, row.member_id) for row in rows] == [
        ("held", "objection", "m1"),
        ("held", "objection", "m2"),
    ]
    assert way_in.tally == {"signed": 2, "validated": 2, "invalidated": 2}
    tell_owner(way_in.office, way_in.clock())
    assert [row.version for row in way_in.outbox("held_summary")] == [f"question-{rows[1].n}"]
    resolve(way_in.office, rows[0].n, "sign", way_in.clock(), reason="rang up")
    assert (way_in.signatures["m1"]["state"], way_in.signatures["m1"]["signed_at"]) == ("validated", signed_at)
    assert way_in.notices(1)[-1] == "signature_recorded"  # who objected is told that it counts again
    assert whole(way_in)


# -- paper ---------------------------------------------------------------------------------------------------------


def paper(way_in: WayIn, text: str) -> Path:
    path = way_in.folder / "paper.csv"
    path.write_text(text, "utf-8")
    return path


def test_paper_signatures_have_their_own_proof_and_wait_where_the_kind_does_not_count_it(way_in: WayIn) -> None:
    path = paper(way_in, "member,signed_on\nm5,2013-06-24\nm1,2013-06-24\n")
    looked = enter_signatures(way_in.office, PETITION, path, way_in.clock(), dry_run=True)
    assert (looked.pending, looked.already) == (1, 1)
    assert "m5" not in way_in.signatures
    assert enter_signatures(way_in.office, PETITION, path, way_in.clock()) == looked
    entered = way_in.signatures["m5"]
    assert (entered["state"], entered["proof"], entered["via"]) == ("pending", "paper", "paper")
    assert enter_signatures(way_in.office, PETITION, path, way_in.clock()).already == 2
    assert whole(way_in)


def test_who_signed_on_paper_is_told_and_takes_it_away_with_a_word(tmp_path: Path) -> None:
    """Design rule 3: the member did not see it entered; it is firm when they could have said NOT ME."""
    way_in = open_way_in(tmp_path, threshold=2, kind='proof_that_counts = ["key+from", "paper"]')
    enter_signatures(way_in.office, PETITION, paper(way_in, "member,signed_on\nm1,2013-06-24\nm2,\n"), way_in.clock())
    way_in.deliver()
    told = " ".join(text_of(parsed(way_in.sent(1, "signature_entered"))).split())
    assert "The day on it: Monday, June 24, 2013" in told and "Answer this mail with NOT ME" in told
    assert "The day on it" not in text_of(parsed(way_in.sent(2, "signature_entered")))
    with pytest.raises(Refused, match=r"can be submitted from Thursday, June 27, 2013, 10:00.AM"):
        preview_submission(way_in.office, PETITION, "", way_in.clock())
    row = way_in.arrive(way_in.answer(1, "Not me", to=way_in.sent(1, "signature_entered")))[0]
    assert (row.verdict, way_in.signatures["m1"]["state"]) == ("undone", "invalidated")
    assert way_in.notices(1)[-1] == "signature_undone"
    assert whole(way_in)


def test_a_yes_to_that_mail_makes_paper_count_where_paper_alone_does_not(way_in: WayIn) -> None:
    enter_signatures(way_in.office, PETITION, paper(way_in, "member,signed_on\nm5,2013-06-24\n"), way_in.clock())
    way_in.deliver()
    signed_at = way_in.signatures["m5"]["signed_at"]
    told = " ".join(text_of(parsed(way_in.sent(5, "signature_entered"))).split())
    assert "does not count under the rules of this petition" in told and "with the one word YES" in told
    way_in.clock.pass_(86400)
    row = way_in.arrive(way_in.answer(5, "Yes", to=way_in.sent(5, "signature_entered"), dmarc="none"))[0]
    entered = way_in.signatures["m5"]
    assert (row.verdict, entered["state"], entered["proof"]) == ("signed", "validated", "confirmed")
    assert entered["signed_at"] == signed_at


def test_a_dry_run_tells_nobody(way_in: WayIn) -> None:
    path = paper(way_in, "member\nm5\n")
    enter_signatures(way_in.office, PETITION, path, way_in.clock(), dry_run=True)
    assert way_in.outbox("signature_entered") == []


def test_paper_counts_where_the_kind_says_so(tmp_path: Path) -> None:
    way_in = open_way_in(tmp_path, threshold=2, kind='proof_that_counts = ["key+from", "paper"]')
    path = paper(way_in, "member,signed_on,note\nm1@home.example.org,,sheet 3\nm2,2013-06-24,\n")
    assert enter_signatures(way_in.office, PETITION, path, way_in.clock()).validated == 2
    assert way_in.petition["state"] == "qualified"
    assert way_in.outbox("petition_qualified")


def test_a_bad_row_enters_nothing_and_is_named(way_in: WayIn) -> None:
    way_in.arrive(way_in.answer(4, "I withdraw my signature."))
    good = enter_signatures(way_in.office, PETITION, paper(way_in, "member,signed_on\nm4,\n"), way_in.clock())
    assert good.withdrew == 1
    text = "member,signed_on\nm5,2013-06-24\nm99,2013-06-24\nm5,2013-06-24\nm6,2013-05-01\nm6,soon\n"
    with pytest.raises(InputError) as raised:
        enter_signatures(way_in.office, PETITION, paper(way_in, text), way_in.clock())
    told = str(raised.value)
    for line in ("line 3, column member: 'm99'", "line 4, column member: 'm5' stands on line 2", "before the petition"):
        assert line in told
    assert "m5" not in way_in.signatures


# -- a changed statement -------------------------------------------------------------------------------------------


def statement(words: str) -> str:
    document = PROPOSAL.format(title=TITLE, liaison=LIAISON, organizer=ORGANIZER, more="")
    return document.replace("We ask that a group be formed whose members learn from each other.", words)


TYPO = "We ask that a group be formed, whose members learn from each other."
OTHER = "We ask that a division be founded which levies dues of fifty dollars a year."


def test_a_typo_is_a_correction_and_signatures_stay(way_in: WayIn) -> None:
    old = way_in.petition["statement_sha256"]
    done = amend(way_in.office, PETITION, statement(TYPO), "a comma", way_in.clock(), is_material=False)
    assert (done.asked, way_in.tally) == (0, {"signed": 4, "validated": 4})
    assert way_in.petition["statement_sha256"] == done.statement_sha256 != old
    assert {s["statement_sha256"] for s in list_signatures(way_in.office, PETITION)} == {old}
    assert {v.statement_sha256 for v in way_in.rows(t.statement_version)} == {old, done.statement_sha256}
    # an invitation that showed the old words can still be answered
    way_in.arrive(way_in.answer(5, "SIGN"))
    assert way_in.tally["validated"] == 5


def test_a_correction_that_changes_the_meaning_is_refused(way_in: WayIn) -> None:
    with pytest.raises(Refused, match="more than a typo"):
        amend(way_in.office, PETITION, statement(OTHER), "", way_in.clock(), is_material=False)


def test_a_material_change_asks_each_signatory_to_affirm_it(way_in: WayIn) -> None:
    done = amend(way_in.office, PETITION, statement(OTHER), "Council asked for it", way_in.clock(), is_material=True)
    assert done.asked == 4
    assert way_in.tally == {"pending": 4}
    assert (way_in.petition["state"], way_in.petition["counter"]) == ("petition_open", 0)
    way_in.deliver()
    asked = text_of(parsed(way_in.sent(1, "affirm_ask")))
    assert "fifty dollars" in asked
    assert "Why it was changed: Council asked for it" in asked
    way_in.arrive(
        way_in.answer(1, "SIGN", to=way_in.sent(1, "affirm_ask")),
        way_in.answer(2, "No.", to=way_in.sent(2, "affirm_ask")),
        way_in.answer(3, "Yes", to=way_in.sent(3, "affirm_ask"), dmarc="none"),
    )
    assert way_in.tally == {"signed": 2, "validated": 2, "pending": 1, "withdrawn": 1}
    assert way_in.signatures["m1"]["statement_sha256"] == done.statement_sha256
    assert whole(way_in)


def test_an_answer_to_the_old_words_does_not_sign_the_new_ones(way_in: WayIn) -> None:
    """A signature belongs to the version that was shown (design rule 5)."""
    old = way_in.sent(5)
    amend(way_in.office, PETITION, statement(OTHER), "", way_in.clock(), is_material=True)
    way_in.deliver()
    row = way_in.arrive(way_in.answer(5, "SIGN", to=old))[0]
    assert row.verdict == "pending"
    assert way_in.signatures["m5"]["state"] == "pending"
    way_in.deliver()
    way_in.arrive(way_in.answer(5, "SIGN", to=way_in.sent(5, "affirm_ask")))
    assert way_in.signatures["m5"]["state"] == "validated"
    # and one who had signed can't affirm by answering the old invitation either
    way_in.arrive(way_in.answer(1, "SIGN", to=way_in.sent(1)))
    assert way_in.signatures["m1"]["state"] == "pending"


def test_what_was_decided_on_is_not_changed(way_in: WayIn) -> None:
    way_in.arrive(way_in.answer(ORGANIZER, "close", to=way_in.sent(ORGANIZER, "share_kit")))
    way_in.deliver()
    way_in.arrive(way_in.answer(ORGANIZER, "yes", to=way_in.sent(ORGANIZER, "command_confirm")))
    with pytest.raises(Refused, match="it can't amend the statement now"):
        amend(way_in.office, PETITION, statement(TYPO), "", datetime(2013, 7, 2, tzinfo=UTC), is_material=False)
