"""A petition goes to the committee and comes back: the packet, its evidence, the decision, and who is told what."""

from __future__ import annotations

import base64
import csv
import io
import json
import sys
from collections.abc import Callable
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from mailflow.domain.model import ProposalState
from mailflow.errors import InputError, Refused, UsageError
from mailflow.service import committee, erasure, packet_pages, petitions, submitting
from mailflow.service.evidence import receipt
from mailflow.service.office import Office
from mailflow.service.packet import Case, Packet, make_packet
from mailflow.service.packet_check import check_packet
from mailflow.service.proposals import show_proposal
from mailflow.service.submitting import preview_submission, submit
from mailflow.store import health
from mailflow.store import packet as packet_store
from mailflow.store import tables as t
from tests.acceptance.way_in import LIAISON, ORGANIZER, PETITION, WayIn, open_way_in, parsed, text_of

COO, COUNCIL = "coo@staff.example.org", "secretary@council.example.org"
KIND = '3\nrequired = ["statement", "organizers", "organizers.address", "overlap_check"]'
CONTACTS = f"""
[contacts.committee]
name = "Committee on Organization"
email = "{COO}"
[contacts.council]
name = "Secretary of Council"
email = "{COUNCIL}"
"""
CHECKED = "Kim Stone"


@pytest.fixture
def office(tmp_path: Path) -> WayIn:
    """Three signed, the threshold is three; a fourth member is silent, the fifth's dues have lapsed."""
    way_in = open_way_in(
        tmp_path, threshold=KIND, more=CONTACTS, roster={2: {"name": "=cmd()"}, 5: {"standing": "lapsed"}}
    )
    way_in.arrive(*(way_in.answer(n, "I sign") for n in (1, 2, 3, 5)))
    way_in.deliver()
    return way_in


def submitted(way_in: WayIn) -> Packet:
    made = submit(way_in.office, PETITION, way_in.clock(), checked_by=CHECKED)
    way_in.deliver()
    return made


def decide(way_in: WayIn, approve: bool, reason: str = "", **more: Any) -> None:
    values = {"by": "Robin Lake", "meeting": None, "vote": ""} | more
    committee.decide(
        way_in.office, PETITION, approve, reason, values["by"], values["meeting"], values["vote"], way_in.clock()
    )
    way_in.deliver()


def files_of(packet: Packet) -> dict[str, bytes]:
    return {part.name: part.content for part in packet.parts}


# --- submitted, or not -------------------------------------------------------------------------------------------
def test_every_rule_that_is_not_met_is_told_at_once_and_nothing_changes(tmp_path: Path) -> None:
    way_in = open_way_in(tmp_path, threshold=KIND, more=CONTACTS)
    way_in.arrive(way_in.answer(1, "I sign"), way_in.answer(2, "I sign"))
    petitions.close_petition(way_in.office, PETITION, way_in.clock())
    before = way_in.everything()
    with pytest.raises(Refused) as refused:
        submit(way_in.office, PETITION, way_in.clock())
    assert "1 more are needed" in str(refused.value) and "--checked-by NAME" in str(refused.value)
    assert "close: the mailbox was not read since it closed" in str(refused.value)
    assert way_in.everything() == before


def test_mail_in_transit_at_the_close_is_waited_for_and_the_instant_is_told(office: WayIn) -> None:
    """R67: what arrived before the close and was not read may change the count, either way."""
    closed_at = office.clock()
    petitions.close_petition(office.office, PETITION, closed_at)
    for hours, told in ((0, "from Monday, June 24, 2013, 11:00.AM"), (1, "`mailflow run --once` reads the mailbox")):
        office.clock.at = closed_at + timedelta(hours=hours)
        with pytest.raises(Refused, match=told):
            submit(office.office, PETITION, office.clock(), checked_by=CHECKED)
    with office.db.write() as work:
        health.note_good_poll(work, office.clock() - timedelta(seconds=1))
    with pytest.raises(Refused, match="the mailbox was last read Monday, June 24, 2013"):
        submit(office.office, PETITION, office.clock(), checked_by=CHECKED)
    with office.db.write() as work:
        health.note_good_poll(work, office.clock())
    assert submitted(office).case.counted.validated == 3


def test_the_packet_is_made_while_nobody_waits_and_made_anew_when_something_changed(
    office: WayIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[int] = []

    def make(house: Office, case: Case) -> Packet:
        """A fourth member signs while the first packet is made: the database is not locked."""
        if not made:
            office.arrive(office.answer(4, "I sign"))
        made.append(case.counted.validated)
        return make_packet(house, case)

    monkeypatch.setattr(submitting, "make_packet", make)
    assert submitted(office).case.counted.validated == 4
    assert made == [3, 4]
    assert office.petition["state"] is ProposalState.SUBMITTED


def test_what_goes_on_without_end_does_not_keep_a_petition_from_being_submitted(
    office: WayIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = iter(range(100))
    monkeypatch.setattr(packet_store, "version_of", lambda _work, _id: next(seen))
    assert submitted(office).case.counted.validated == 3


def test_who_lapses_before_the_committee_meets_stands_in_the_packet(tmp_path: Path) -> None:
    way_in = open_way_in(
        tmp_path, threshold="2\ncommittee_meets = 2013-08-12", more=CONTACTS, roster={1: {"paid_through": "2013-08-11"}}
    )
    way_in.arrive(*(way_in.answer(n, "I sign") for n in (1, 2, 3)))
    told = "1 of them lapses before the committee meets on Monday, August 12, 2013; 2 are left on that day."
    packet = submitted(way_in)
    assert json.loads(files_of(packet)["manifest.json"])["outlook"] == packet.case.outlook == told
    assert told in " ".join(text_of(parsed(way_in.sent(COO, "submission"))).split())
    shown = petitions.show_petition(way_in.office, PETITION, way_in.clock())["forecast"]
    assert (shown["by"], shown["lapsing"], shown["missing"], shown["is_meeting"]) == (date(2013, 8, 12), 1, 0, True)


def test_signatures_that_can_still_be_undone_are_waited_for(tmp_path: Path) -> None:
    """Design rule 3: the third signature came by key and From alone and can be undone for 72 hours."""
    way_in = open_way_in(tmp_path, threshold=KIND, more=CONTACTS)
    way_in.arrive(way_in.answer(1, "I sign"), way_in.answer(2, "I sign"), way_in.answer(3, "I sign", dmarc="none"))
    with pytest.raises(Refused, match=r"can be submitted from Thursday, June 27, 2013, 10:00.AM \(Chicago time\)"):
        submit(way_in.office, PETITION, way_in.clock(), checked_by=CHECKED)
    way_in.clock.pass_(72 * 3600)
    assert submitted(way_in).case.counted.firm == 3
    assert way_in.petition["state"] is ProposalState.SUBMITTED


def test_a_signature_undone_meanwhile_is_missing_again(tmp_path: Path) -> None:
    way_in = open_way_in(tmp_path, threshold=KIND, more=CONTACTS)
    way_in.arrive(way_in.answer(1, "I sign"), way_in.answer(2, "I sign"), way_in.answer(3, "I sign", dmarc="none"))
    way_in.deliver()
    way_in.arrive(way_in.answer(3, "NOT ME", to=way_in.sent(3, "signature_recorded")))
    way_in.clock.pass_(72 * 3600)
    with pytest.raises(Refused, match="1 more are needed"):
        submit(way_in.office, PETITION, way_in.clock(), checked_by=CHECKED)


def test_before_it_collects_or_once_it_is_there_a_petition_is_not_submitted(office: WayIn) -> None:
    submitted(office)
    with pytest.raises(Refused, match="mig-1 is submitted"):
        submit(office.office, PETITION, office.clock(), checked_by=CHECKED)


def test_without_an_address_of_the_committee_the_remedy_is_told(tmp_path: Path) -> None:
    way_in = open_way_in(tmp_path, threshold="1")
    way_in.arrive(way_in.answer(1, "I sign"))
    with pytest.raises(UsageError, match=r"--to ADDRESS, or contacts\.committee"):
        submit(way_in.office, PETITION, way_in.clock())
    submit(way_in.office, PETITION, way_in.clock(), to="other@committee.example.org")
    way_in.deliver()
    assert parsed(way_in.sent("other@committee.example.org", "submission"))["Subject"].startswith("Submission")


def test_without_the_extra_one_line_says_what_to_install(office: WayIn, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "typst", None)
    before = office.everything()
    with pytest.raises(Refused) as refused:
        submit(office.office, PETITION, office.clock(), checked_by=CHECKED)
    assert str(refused.value) == packet_pages.MISSING and "\n" not in packet_pages.MISSING
    assert office.everything() == before


# --- the packet --------------------------------------------------------------------------------------------------
def test_the_mail_to_the_committee_carries_each_part_as_the_manifest_has_it(office: WayIn) -> None:
    packet = submitted(office)
    for reader in (COO, LIAISON):
        mail = parsed(office.sent(reader, "submission"))
        found = {p.get_filename(): p.get_payload(decode=True) for p in mail.iter_attachments()}
        assert found == files_of(packet)
    listed = {part["name"]: part["sha256"] for part in json.loads(files_of(packet)["manifest.json"])["parts"]}
    assert listed == {n: sha256(c).hexdigest() for n, c in files_of(packet).items() if not n.startswith("manifest")}
    words = text_of(parsed(office.sent(COO, "submission")))
    assert packet.case.ledger_head in words and all(digest in words for digest in listed.values())
    assert "approve" in words and "approve" not in text_of(parsed(office.sent(LIAISON, "submission")))


def test_the_manifest_has_the_digest_of_each_raw_mail_of_the_roster_and_of_what_was_signed(office: WayIn) -> None:
    """R104: from each signature to the mail behind it."""
    about = json.loads(files_of(submitted(office))["manifest.json"])
    raws = {row.n: sha256(row.raw).hexdigest() for row in office.rows(t.inbox_raw)}
    assert {mail["n"]: mail["sha256"] for mail in about["mails"]} == {n: raws[n] for n in (1, 2, 3)}
    roster = "".join(f"m{n}\t{'lapsed' if n == 5 else 'good'}\t\n" for n in range(1, 7))
    assert about["roster"]["sha256"] == sha256(roster.encode()).hexdigest() and about["roster"]["members"] == 6
    assert about["by_proof"] == {"key+from": 3} and about["overlap_checked_by"] == CHECKED
    assert about["act"] == "I ask that this group be formed."
    assert about["tally"] == {"not_in_good_standing": 1, "validated": 3}


def test_the_csv_lists_who_counts_and_runs_nothing(office: WayIn) -> None:
    """R100: a member whose name is a formula."""
    rows = list(csv.DictReader(io.StringIO(files_of(submitted(office))["mig-1-signatures.csv"].decode())))
    assert [row["member_id"] for row in rows] == ["m1", "m2", "m3"]
    assert rows[1]["name"] == "'=cmd()"
    assert all(row["proof"] == "key+from" and row["standing"].startswith("good") for row in rows)
    codes = {row.code for row in office.rows(t.ledger, t.ledger.c.subject != "")}
    assert {row["receipt"] for row in rows} <= codes


def test_the_pages_are_a_tagged_pdf_and_the_same_state_gives_the_same_bytes(office: WayIn) -> None:
    at = office.clock()
    one, again = (preview_submission(office.office, PETITION, CHECKED, at) for _ in range(2))
    assert one.parts == again.parts
    pages = one.parts[0].content
    assert pages.startswith(b"%PDF-") and b"/StructTreeRoot" in pages
    other = preview_submission(office.office, PETITION, "Somebody Else", at)
    assert other.parts[0].content != pages


def test_names_and_statements_are_never_taken_for_markup(tmp_path: Path) -> None:
    """R48: a name that is code of the typesetter, and one in another script."""
    names = {1: {"name": '#panic("x") $ ] *_'}, 2: {"name": "李小龍 محمد"}}
    way_in = open_way_in(tmp_path, threshold="2", more=CONTACTS, roster=names)
    way_in.arrive(way_in.answer(1, "I sign"), way_in.answer(2, "I sign"))
    assert submitted(way_in).parts[0].content.startswith(b"%PDF-")


# --- tampering ---------------------------------------------------------------------------------------------------
def test_a_packet_that_is_as_it_was_is_whole(office: WayIn) -> None:
    packet = submitted(office)
    decide(office, True)
    assert check_packet(office.office, files_of(packet)) == {
        "id": PETITION, "is_whole": True, "problems": [], "mails": 3, "gone": [],
    }  # fmt: skip


def _change(table: sa.Table, where: Any, **values: Any) -> Callable[[WayIn], None]:
    def change(way_in: WayIn) -> None:
        with way_in.db.write() as work:
            work.execute(table.update().where(where).values(**values))

    return change


@pytest.mark.parametrize(
    ("change", "told"),
    [
        pytest.param(
            _change(t.inbox_raw, t.inbox_raw.c.n == 2, raw=b"other"), "mail 2 is not what it was", id="a mail"
        ),
        pytest.param(
            _change(t.member_standing, t.member_standing.c.member_id == "m5", standing="good"),
            "the roster of",
            id="the roster",
        ),
        pytest.param(_change(t.ledger, t.ledger.c.n == 2, object_id="mig-2"), "entry 2 was changed", id="an entry"),
        pytest.param(
            _change(t.signature, t.signature.c.member_id == "m5", state="validated"),
            "a signature is validated, and the ledger says not_in_good_standing",
            id="a signature",
        ),
    ],
)
def test_what_was_changed_behind_a_packet_is_found(office: WayIn, change: Any, told: str) -> None:
    packet = submitted(office)
    change(office)
    found = check_packet(office.office, files_of(packet))
    assert not found["is_whole"] and any(told in problem for problem in found["problems"])


def test_a_manifest_made_anew_over_a_changed_part_is_not_the_one_in_the_ledger(office: WayIn) -> None:
    files = files_of(submitted(office))
    changed = files["mig-1-signatures.csv"].replace(b"m3", b"m4")
    about = json.loads(files["manifest.json"])
    about["parts"][1]["sha256"] = sha256(changed).hexdigest()
    files |= {"mig-1-signatures.csv": changed, "manifest.json": json.dumps(about).encode()}
    problems = check_packet(office.office, files)["problems"]
    assert problems == ["no packet with this manifest was submitted: the ledger does not have its SHA-256"]


def test_a_mail_that_is_kept_no_longer_is_told_and_is_no_tampering(office: WayIn) -> None:
    packet = submitted(office)
    with office.db.write() as work:
        work.execute(t.inbox_raw.delete().where(t.inbox_raw.c.n == 3))
    found = check_packet(office.office, files_of(packet))
    assert found["is_whole"] and found["gone"] == [3]


def test_a_receipt_tells_in_which_packets_its_signature_stands(office: WayIn) -> None:
    code = submitted(office).case.lines[0].receipt
    at = office.clock()
    assert receipt(office.office, code)["in_packets_of"] == [at]
    decide(office, False, "More detail.")
    petitions.extend_petition(office.office, PETITION, office.clock() + timedelta(days=60), office.clock())
    office.arrive(office.answer(1, "Please withdraw my signature."), office.answer(4, "I sign"))
    office.clock.pass_(3600)
    second = submit(office.office, PETITION, office.clock())
    assert receipt(office.office, code)["in_packets_of"] == [at]
    assert receipt(office.office, second.case.lines[0].receipt)["in_packets_of"] == [at, office.clock()]
    lapsed = next(row.code for row in office.rows(t.ledger, t.ledger.c.kind == "not_in_good_standing"))
    assert receipt(office.office, lapsed)["in_packets_of"] == []


def test_erasing_a_signatory_takes_the_packet_out_of_our_books_and_leaves_it_verifiable(office: WayIn) -> None:
    """R101: what was mailed can't be called back; what is kept here goes."""
    packet = submitted(office)
    name = base64.b64encode(files_of(packet)["mig-1-signatures.csv"])[:60].decode()
    assert any(name in json.dumps(row.skeletons) for row in office.rows(t.mailing))
    erasure.erase(office.office, "m3", office.clock())
    assert not any(name in json.dumps(row.skeletons) for row in office.rows(t.mailing))
    found = check_packet(office.office, files_of(packet))
    assert found["is_whole"] and found["gone"] == [3]


# --- who is told -------------------------------------------------------------------------------------------------
def test_organizers_are_told_without_the_name_of_a_signatory(office: WayIn) -> None:
    """R102: names of signatories stand in the packet alone, and in no mail to anybody else."""
    submitted(office)
    decide(office, True)
    told = text_of(parsed(office.sent(ORGANIZER, "submission_told")))
    assert "3 signatures" in told and "Committee on Organization" in told
    for envelope in office.relay.offered:
        others = [f"Robin Sample{n}" for n in range(1, 7) if envelope.rcpt_to != f"m{n}@library.example.org"]
        if envelope.rcpt_to not in {COO, LIAISON}:
            assert not any(name in text_of(parsed(envelope.body)) for name in others)


def test_an_approval_is_told_to_each_signatory_once_and_to_the_organizers(office: WayIn) -> None:
    submitted(office)
    committee.acknowledge(office.office, PETITION, "Robin Lake", office.clock())
    decide(office, True, meeting=date(2013, 8, 12), vote="7 to 1")
    assert office.petition["state"] is ProposalState.APPROVED
    readers = [row.member_id for row in office.outbox("outcome_approved")]
    assert readers == ["m1", "m2", "m3", "m5"]
    assert "Monday, August 12, 2013, by a vote of 7 to 1" in text_of(parsed(office.sent(1, "outcome_approved")))
    for reader in (ORGANIZER, LIAISON):
        assert "Recorded as reported by Robin Lake" in text_of(parsed(office.sent(reader, "outcome_told")))
    assert [e["act"] for e in show_proposal(office.office, PETITION)["history"]][-2:] == ["acknowledge", "approve"]


def test_an_organizer_who_has_signed_is_told_the_outcome_once(tmp_path: Path) -> None:
    """One person, one mail: the organizer's, which says more."""
    way_in = open_way_in(tmp_path, threshold="2", more=CONTACTS, roster={1: {"other_emails": ORGANIZER}})
    way_in.arrive(way_in.answer(1, "I sign"), way_in.answer(2, "I sign"))
    submitted(way_in)
    shown = committee.preview_outcome(way_in.office, PETITION, True, "", "", way_in.clock())
    assert shown.recipients == 1
    decide(way_in, True)
    assert [row.member_id for row in way_in.outbox("outcome_approved")] == ["m2"]
    assert sorted(r.address for r in way_in.outbox("outcome_told")) == sorted([ORGANIZER, LIAISON, COUNCIL])
    assert "1 signatory is told by mail" in text_of(parsed(way_in.sent(ORGANIZER, "outcome_told")))


def test_who_wants_no_more_mail_is_not_told_the_outcome(office: WayIn) -> None:
    office.arrive(office.answer(1, "Unsubscribe"))
    submitted(office)
    decide(office, True)
    assert [row.member_id for row in office.outbox("outcome_approved")] == ["m2", "m3", "m5"]


def test_the_report_goes_to_councils_secretary_with_the_statement(office: WayIn) -> None:
    submitted(office)
    decide(office, True, meeting=date(2013, 8, 12), vote="7 to 1")
    committee.report(office.office, PETITION, "", office.clock())
    office.deliver()
    report = text_of(parsed(office.sent(COUNCIL, "council_report")))
    assert "We ask that a group be formed" in report and "Vote: 7 to 1" in report and "reported by Robin Lake" in report
    assert office.petition["state"] is ProposalState.REPORTED
    assert ORGANIZER not in report and "7 Hidden Lane" not in report


@pytest.mark.parametrize("address", [COO, "other@committee.example.org"], ids=["the contact", "--to"])
def test_the_committee_answers_its_mail_and_that_is_all_it_takes(office: WayIn, address: str) -> None:
    submit(office.office, PETITION, office.clock(), to=address, checked_by=CHECKED)
    office.deliver()
    mail = office.sent(address, "submission")
    office.arrive(office.answer(address, "acknowledge", to=mail))
    assert office.petition["state"] is ProposalState.ACKNOWLEDGED
    office.arrive(office.answer(address, "approve: at the meeting of August 12, 7 to 1", to=mail))
    office.deliver()
    assert office.petition["state"] is ProposalState.ACKNOWLEDGED
    office.arrive(office.answer(address, "yes", to=office.sent(address, "command_confirm")))
    assert office.petition["state"] is ProposalState.APPROVED
    office.deliver()
    assert "August 12, 2013, by a vote of 7 to 1" in text_of(parsed(office.sent(1, "outcome_approved")))


def test_the_liaison_who_has_a_copy_of_the_packet_does_not_decide(office: WayIn) -> None:
    submitted(office)
    office.arrive(office.answer(LIAISON, "approve", to=office.sent(LIAISON, "submission")))
    assert office.petition["state"] is ProposalState.SUBMITTED


def test_a_return_needs_its_reason(office: WayIn) -> None:
    submitted(office)
    with pytest.raises(InputError, match="what is missing"):
        decide(office, False, " ")


def test_a_returned_petition_is_mended_and_submitted_again(office: WayIn) -> None:
    first = submitted(office)
    decide(office, False, "Four signatures would be better.")
    assert "Four signatures would be better." in text_of(parsed(office.sent(1, "outcome_returned")))
    assert "Four signatures" in text_of(parsed(office.sent(ORGANIZER, "outcome_told")))
    office.clock.pass_(3600)
    petitions.extend_petition(office.office, PETITION, office.clock() + timedelta(days=60), office.clock())
    assert office.petition["state"] is ProposalState.QUALIFIED
    office.arrive(office.answer(4, "I sign"))
    office.clock.pass_(3600)
    second = submit(office.office, PETITION, office.clock())  # who checked for an overlap is remembered
    office.deliver()
    assert second.case.checked_by == CHECKED and second.case.counted.validated == 4
    assert [row.version for row in office.outbox("submission") if row.address == COO] == [
        "submission-1",
        "submission-2",
    ]
    decide(office, True)
    assert len(office.outbox("outcome_approved")) == 5
    for packet in (first, second):
        assert check_packet(office.office, files_of(packet))["is_whole"]


@pytest.mark.parametrize("approve", [True, False], ids=["approve", "return"])
def test_a_decision_on_what_was_not_submitted_is_refused(office: WayIn, approve: bool) -> None:
    with pytest.raises(Refused, match="mig-1 is qualified"):
        decide(office, approve, "because")


def test_a_decision_twice_is_refused_and_told_once(office: WayIn) -> None:
    submitted(office)
    decide(office, True)
    with pytest.raises(Refused, match="mig-1 is approved"):
        decide(office, True)
    assert len(office.outbox("outcome_approved")) == 4


def test_a_withdrawal_after_the_return_is_allowed_again(office: WayIn) -> None:
    submitted(office)
    decide(office, False, "More detail.")
    office.arrive(office.answer(1, "Please withdraw my signature."))
    assert office.signatures["m1"]["state"] == "withdrawn"


def test_moves_and_digests_stand_in_the_ledger_without_a_name(office: WayIn) -> None:
    packet = submitted(office)
    decide(office, False, "Sam Lee's address is missing")
    told = {row.kind: row.data for row in office.rows(t.ledger, t.ledger.c.object_id == PETITION)}
    assert told["submitted"] == {"manifest_sha256": packet.manifest_sha256, "validated": 3}
    assert told["decided"]["approved"] is False and "Sam Lee" not in json.dumps(list(told.values()))
