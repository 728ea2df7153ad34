"""Organizers, liaisons, contacts and the committee act by mail: commands, previews, and everything that is none."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from mailflow.service import committee, launches
from mailflow.service.digests import send_digests
from mailflow.service.launches import add_launch, list_notices, show_launch
from mailflow.service.proposals import show_proposal
from mailflow.service.schedule import run_due
from mailflow.service.submitting import submit
from mailflow.store import proposals
from mailflow.store import tables as t
from tests.acceptance.way_in import (
    LAUNCH,
    LIAISON,
    ORGANIZER,
    OWNER,
    PETITION,
    TITLE,
    WayIn,
    open_way_in,
    parsed,
    text_of,
)

HELP = "help@staff.example.org"
COMMITTEE = '[contacts.committee]\nname = "Committee on Organization"\nemail = "coo@staff.example.org"\n'


@pytest.fixture
def way_in(tmp_path: Path) -> WayIn:
    return open_way_in(tmp_path, more=COMMITTEE)


def command(way_in: WayIn, words: str, *, who: str = ORGANIZER, to: str = "share_kit", **more: Any) -> Any:
    """Answer the last mail of that name with a command; gives what the inbox says, and sends what follows."""
    row = way_in.arrive(way_in.answer(who, words, to=way_in.sent(who, to), **more))[0]
    way_in.deliver()
    return row


def answer(way_in: WayIn, notice: str = "command_answer", who: str = ORGANIZER) -> str:
    """The words of the last mail of that name."""
    return text_of(parsed(way_in.sent(who, notice)))


def state(way_in: WayIn) -> str:
    return str(way_in.petition["state"])


def counts(way_in: WayIn, notice: str) -> int:
    return len(way_in.outbox(notice))


# -- the flow of a yes ---------------------------------------------------------------------------------------------


def test_an_extension_is_previewed_confirmed_and_told_to_those_who_have_not_answered(way_in: WayIn) -> None:
    way_in.arrive(way_in.answer(1, "SIGN"), way_in.answer(2, "No, thank you."))
    row = command(way_in, "Extend to August 4: the mail server was down\n\nThanks, Alex")
    assert (row.verdict, row.state, row.object_id, row.proof) == ("command", "read", PETITION, "key+from")
    preview = answer(way_in, "command_confirm")
    assert "Nothing has been done yet" in preview
    assert "It would go to 4 members" in preview
    assert "Sunday, August 4, 2013, end of the day" in preview
    assert counts(way_in, "window_extended") == 0
    command(way_in, "yes", to="command_confirm")
    assert way_in.petition["closes_at"].isoformat() == "2013-08-05T05:00:00+00:00"
    told = way_in.outbox("window_extended")
    assert sorted(r.member_id for r in told) == ["m3", "m4", "m5", "m6"]
    assert "The reason: the mail server was down" in text_of(parsed(way_in.sent(3, "window_extended")))
    assert "4 members are told" in answer(way_in)
    assert [r.address for r in way_in.outbox("organizer_note")] == [LIAISON]
    last = show_proposal(way_in.office, PETITION)["history"][-1]
    assert (last["act"], last["by"]) == ("extend the petition", "Alex Rivera (organizer), by mail")
    assert last["reason"] == "the mail server was down"
    # the same yes again, in a new mail: nothing more
    command(way_in, "yes", to="command_confirm")
    assert counts(way_in, "window_extended") == 4
    assert "Nothing was done" in answer(way_in)


def test_who_is_told_of_more_time_can_sign_by_answering(way_in: WayIn) -> None:
    command(way_in, "extend to August 4")
    command(way_in, "YES", to="command_confirm")
    way_in.arrive(way_in.answer(3, "SIGN", to=way_in.sent(3, "window_extended")))
    assert way_in.tally == {"signed": 1, "validated": 1}


def test_a_no_to_the_preview_leaves_everything_as_it_is(way_in: WayIn) -> None:
    command(way_in, "close")
    assert "Yes or no? Close the petition now?" in parsed(way_in.sent(ORGANIZER, "command_confirm"))["Subject"]
    command(way_in, "no", to="command_confirm")
    assert state(way_in) == "petition_open"
    assert "everything stays as it is" in answer(way_in)


def test_closing_takes_a_yes(way_in: WayIn) -> None:
    command(way_in, "close it, please")
    assert state(way_in) == "petition_open"
    command(way_in, "yes", to="command_confirm")
    assert state(way_in) == "closed"
    assert "extend to June 30: the reason" in answer(way_in)


def test_the_organizer_opens_the_petition_with_a_word(tmp_path: Path) -> None:
    way_in = open_way_in(tmp_path, proposal="feedback.closes = 2013-06-28", is_petition=False)
    way_in.arrive(way_in.answer(1, "Good idea.", to=way_in.sent(1, "proposal_open")))
    send_digests(way_in.office, way_in.clock(), is_due_only=False)
    way_in.deliver()
    assert '"open"' in answer(way_in, "digest")
    command(way_in, "open", to="digest")
    assert "Will you sign?" in answer(way_in, "command_confirm")
    assert state(way_in) == "feedback_open"
    command(way_in, "yes", to="command_confirm")
    assert state(way_in) == "petition_open"
    assert counts(way_in, "petition_invitation") == 6
    assert "6 mails are on their way" in answer(way_in)


# -- status, help, and what is no command --------------------------------------------------------------------------


def test_status_tells_the_numbers_and_no_names(way_in: WayIn) -> None:
    way_in.arrive(*(way_in.answer(n, "SIGN") for n in (1, 2, 3)))
    command(way_in, "status")
    said = answer(way_in)
    assert "3 signed, 3 of them count; 97 more would make it safe." in said
    assert "Robin Sample" not in said
    assert "Sunday, July 21, 2013, 4:30 PM" in said


def test_help_lists_what_can_be_said_now_and_nothing_else(way_in: WayIn) -> None:
    command(way_in, "help")
    said = answer(way_in)
    assert '"close"' in said
    assert '"approve"' not in said
    assert '"open"' not in said


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("extnd to June 30", "did you mean 'extend'?"),
        ("publish", "'publish' is no command"),
        ("extend to someday", "is no day that can be told"),
        ("extend to July 1", "is not later than now and than the petition's end"),
        ("approve", "is not yours to say about mig-1"),
        ("slip to TBA: tests", "is not yours to say"),
        ("open", "it can't open the petition now"),
        ("close mig-7", "mig-7 is nothing that you have a part in"),
        ("yes", "there is nothing here to say yes to"),
    ],
)
def test_a_wrong_command_is_answered_with_what_would_do_and_does_nothing(way_in: WayIn, words: str, told: str) -> None:
    before = way_in.petition
    row = command(way_in, words)
    assert row.state == "read"
    said = answer(way_in)
    assert "Nothing was done" in said
    assert told.casefold() in " ".join(said.split()).casefold()
    assert "What you can answer".upper() in said
    assert way_in.petition == before
    assert counts(way_in, "window_extended") == 0


@pytest.mark.parametrize("words", ["Thanks a lot, that is great news!", "Who are the ones that have not signed yet?"])
def test_what_an_organizer_writes_besides_goes_to_a_person(way_in: WayIn, words: str) -> None:
    row = command(way_in, words)
    assert row.state == "held"
    assert counts(way_in, "command_answer") == 0


# -- who may -------------------------------------------------------------------------------------------------------


def test_a_strangers_command_with_the_organizers_key_is_held_and_answered_by_silence(way_in: WayIn) -> None:
    row = command(way_in, "close", from_="stranger@elsewhere.example.org")
    assert (row.state, row.verdict) == ("held", "unknown_sender")
    assert counts(way_in, "command_answer") + counts(way_in, "command_confirm") == 0


def test_a_member_with_the_organizers_key_commands_nothing(way_in: WayIn) -> None:
    raw = way_in.answer(1, "close", to=way_in.sent(ORGANIZER, "share_kit"))
    assert way_in.arrive(raw)[0].state == "held"
    assert counts(way_in, "command_answer") + counts(way_in, "command_confirm") == 0


def test_a_forged_from_does_nothing(way_in: WayIn) -> None:
    """R55: a DMARC fail undoes key and From; the yes to a preview that was sent before is not taken either."""
    command(way_in, "close")
    row = command(way_in, "yes", to="command_confirm", dmarc="fail")
    assert (row.state, row.verdict) == ("held", "unknown_sender")
    assert state(way_in) == "petition_open"
    row = command(way_in, "close", dmarc="fail")
    assert row.state == "held"


def test_an_automatic_mail_commands_nothing(way_in: WayIn) -> None:
    command(way_in, "close")
    row = command(way_in, "yes", to="command_confirm", headers=[("Auto-Submitted", "auto-replied")])
    assert row.verdict == "automatic"
    assert state(way_in) == "petition_open"


def test_a_members_own_key_is_no_office(tmp_path: Path) -> None:
    way_in = open_way_in(tmp_path, roster={1: {"email": ORGANIZER}})
    way_in.arrive(way_in.answer(ORGANIZER, "close"))
    assert state(way_in) == "petition_open"
    assert counts(way_in, "command_confirm") == 0


def test_staff_command_from_the_owners_mail(way_in: WayIn) -> None:
    way_in.arrive(way_in.answer("nobody@elsewhere.example.org", "SIGN", to=way_in.sent(1)))
    from mailflow.service.owner_mail import tell_owner

    way_in.clock.pass_(86400)
    tell_owner(way_in.office, way_in.clock())
    way_in.deliver()
    command(way_in, "status", who=OWNER, to="held_summary")
    assert f"mig-1, {TITLE}: collecting signatures." in answer(way_in, who=OWNER)


def test_only_newly_written_words_command(way_in: WayIn) -> None:
    """The lists of commands that we send come back as quotes; they command nothing."""
    command(way_in, "help")
    row = command(way_in, "Thank you, that helps me a lot.", to="command_answer")
    assert row.state == "held"
    assert state(way_in) == "petition_open"


# -- launches ------------------------------------------------------------------------------------------------------


@pytest.fixture
def with_launch(way_in: WayIn) -> WayIn:
    launch = add_launch(way_in.office, LAUNCH, way_in.clock())
    launches.slip(way_in.office, launch, None, "tests failed", way_in.clock())
    way_in.deliver()
    return way_in


def test_a_contact_gets_the_notice_to_look_at_and_sends_it_with_a_word(with_launch: WayIn) -> None:
    way_in = with_launch
    shown = answer(way_in, "notice_preview", HELP)
    assert "It would go to 6 recipients" in shown
    assert '"send"' in shown
    row = command(way_in, "Send", who=HELP, to="notice_preview")
    assert row.verdict == "command"
    assert counts(way_in, "delay_notice") == 6
    command(way_in, "send", who=HELP, to="notice_preview")
    assert counts(way_in, "delay_notice") == 6
    assert "only a prepared notice can be sent" in answer(way_in, who=HELP)


def test_slips_and_dates_by_mail_prepare_and_do_not_send(with_launch: WayIn) -> None:
    way_in = with_launch
    command(way_in, "slip to TBA: the search is broken", who=HELP, to="notice_preview")
    assert "has no date already" in answer(way_in, who=HELP)
    command(way_in, "set date July 15, 2013", who=HELP, to="notice_preview")
    shown = show_launch(way_in.office, "launch-1")
    assert (str(shown["planned_on"]), shown["state"]) == ("2013-07-15", "firm")
    command(way_in, "slip to 2013-07-22: the search is broken", who=HELP, to="notice_preview")
    command(way_in, "launched", who=HELP, to="notice_preview")
    assert show_launch(way_in.office, "launch-1")["state"] == "launched"
    assert [n["state"] for n in list_notices(way_in.office, way_in.clock())] == [*["replaced"] * 3, "prepared"]
    assert counts(way_in, "firm_date_notice") + counts(way_in, "launch_notice") + counts(way_in, "delay_notice") == 0
    command(way_in, "yes", who=HELP, to="notice_preview")
    assert counts(way_in, "launch_notice") == 6


def test_a_stale_preview_sends_nothing(with_launch: WayIn) -> None:
    way_in = with_launch
    old = way_in.sent(HELP, "notice_preview")
    command(way_in, "set date July 15, 2013", who=HELP, to="notice_preview")
    way_in.arrive(way_in.answer(HELP, "send", to=old))
    way_in.deliver()
    assert counts(way_in, "delay_notice") == 0
    assert "notice-1 is replaced" in answer(way_in, who=HELP)


def test_hold_stops_what_has_not_left(with_launch: WayIn) -> None:
    way_in = with_launch
    row = way_in.arrive(way_in.answer(HELP, "send", to=way_in.sent(HELP, "notice_preview")))[0]
    assert row.verdict == "command"
    way_in.arrive(way_in.answer(HELP, "hold", to=way_in.sent(HELP, "notice_preview")))
    way_in.deliver()
    assert {r.state for r in way_in.outbox("delay_notice")} == {"suppressed"}


# -- everything twice is once --------------------------------------------------------------------------------------


def test_the_same_mail_twice_is_one_command(way_in: WayIn) -> None:
    command(way_in, "extend to August 4")
    raw = way_in.answer(ORGANIZER, "yes", to=way_in.sent(ORGANIZER, "command_confirm"))
    way_in.arrive(raw)
    assert way_in.arrive(raw)[0].verdict == "duplicate"
    assert counts(way_in, "window_extended") == 6
    assert len(way_in.rows(t.proposal_event)) == 2


def test_a_refused_command_leaves_no_trace(way_in: WayIn) -> None:
    before = way_in.everything("inbox", "inbox_raw", "outbox", "mailing", "ledger", "meta")
    command(way_in, "extend to July 2")
    assert way_in.everything("inbox", "inbox_raw", "outbox", "mailing", "ledger", "meta") == before


# -- the committee -------------------------------------------------------------------------------------------------

COO = "coo@staff.example.org"


@pytest.fixture
def submitted(tmp_path: Path) -> WayIn:
    way_in = open_way_in(tmp_path, more=f"{COMMITTEE}{COUNCIL}", threshold=2)
    way_in.arrive(way_in.answer(1, "SIGN"), way_in.answer(2, "SIGN"))
    way_in.deliver()
    submit(way_in.office, PETITION, way_in.clock())
    way_in.deliver()
    return way_in


def test_the_committee_acknowledges_at_once_and_decides_after_a_yes(submitted: WayIn) -> None:
    way_in = submitted
    command(way_in, "Acknowledged", who=COO, to="submission")
    assert state(way_in) == "acknowledged"
    command(way_in, "approve: meeting of June 24, 5 to 2", who=COO, to="submission")
    shown = " ".join(answer(way_in, "command_confirm", COO).split())
    assert "The meeting: Monday, June 24, 2013" in shown
    assert "The vote: 5 to 2" in shown
    assert state(way_in) == "acknowledged"
    command(way_in, "yes", who=COO, to="command_confirm")
    assert state(way_in) == "approved"
    event = next(e for e in show_proposal(way_in.office, PETITION)["history"] if e["act"] == "approve")
    assert event["by"] == "Committee on Organization (committee), by mail"
    assert (event["details"]["meeting"], event["details"]["vote"]) == ("2013-06-24", "5 to 2")
    assert event["reason"] == ""  # the day and the vote are told by themselves
    command(way_in, "return: too late", who=COO, to="submission")
    assert "it can't return now" in answer(way_in, who=COO)


def test_a_return_says_what_is_missing(submitted: WayIn) -> None:
    way_in = submitted
    command(way_in, "return", who=COO, to="submission")
    assert "what is missing?" in answer(way_in, who=COO).casefold()
    command(way_in, "return: the addresses of the organizers", who=COO, to="submission")
    command(way_in, "YES", who=COO, to="command_confirm")
    assert state(way_in) == "returned"


def test_the_liaison_who_has_a_copy_does_not_decide(submitted: WayIn) -> None:
    way_in = submitted
    command(way_in, "approve", who=LIAISON, to="submission")
    assert "is not yours to say" in answer(way_in, who=LIAISON)
    assert state(way_in) == "submitted"


# -- submitted by mail ---------------------------------------------------------------------------------------------


@pytest.fixture
def ready(tmp_path: Path) -> WayIn:
    """Two have signed, two are needed; somebody must have checked for an overlap, and one organizer has no address."""
    kind = 'required = ["organizers.address", "overlap_check"]'
    way_in = open_way_in(tmp_path, more=f"{COMMITTEE}{COUNCIL}", threshold=2, kind=kind, proposal=KIM)
    with way_in.db.write() as work:
        organizers = proposals.proposal(work, way_in.office.kinds, PETITION).organizers
        proposals.set_organizers(work, PETITION, [replace(o, address="") if "Kim" in o.name else o for o in organizers])
    way_in.arrive(way_in.answer(1, "SIGN"), way_in.answer(2, "SIGN"))
    way_in.deliver()
    return way_in


SECRETARY = "secretary@council.example.org"
COUNCIL = f'[contacts.council]\nname = "Secretary of Council"\nemail = "{SECRETARY}"\n'
KIM = '[[organizers]]\nname = "Kim Stone"\nemail = "kim@stone.example.org"\naddress = "1 Old Road"\n'


def one_line(text: str) -> str:
    return " ".join(text.split())


def test_an_organizer_submits_by_mail_what_is_missing_is_told_and_a_yes_does_it(ready: WayIn) -> None:
    way_in = ready
    assert '"submit: checked by NAME"' in answer(way_in, "petition_qualified")
    command(way_in, "submit", to="petition_qualified")
    said = one_line(answer(way_in))
    assert "It can't be submitted yet" in said
    assert "no postal address of Kim Stone; 'address of Kim Stone: the street, the town' notes it" in said
    assert "nobody is named who checked; 'submit: checked by NAME' does" in said
    command(way_in, "address of Kim: 3 Quiet Street, Springfield")
    assert "Noted: the postal address of Kim Stone" in answer(way_in)
    command(way_in, "Submit: checked by Robin Lake")
    assert "Submit it? Diversity Member Initiative Group" in answer(way_in, "command_confirm")
    assert "checked by Robin Lake" in one_line(answer(way_in, "command_confirm"))
    assert counts(way_in, "submission") == 0
    command(way_in, "yes", to="command_confirm")
    assert (state(way_in), counts(way_in, "submission")) == ("qualified", 0)
    run_due(way_in.office, way_in.clock())
    way_in.deliver()
    assert state(way_in) == "submitted"
    assert sorted(r.address for r in way_in.outbox("submission")) == sorted([COO, LIAISON])
    event = next(e for e in show_proposal(way_in.office, PETITION)["history"] if e["act"] == "submit")
    assert (event["by"], event["details"]["checked_by"]) == ("Alex Rivera (organizer), by mail", "Robin Lake")
    run_due(way_in.office, way_in.clock())
    assert counts(way_in, "submission") == 2


def test_what_can_t_be_submitted_after_all_is_told_to_who_ordered_it(ready: WayIn) -> None:
    way_in = ready
    command(way_in, "address of Kim: 3 Quiet Street", to="petition_qualified")
    command(way_in, "submit: checked by Robin Lake")
    command(way_in, "yes", to="command_confirm")
    way_in.arrive(way_in.answer(1, "I withdraw my signature."))
    for _ in range(2):
        run_due(way_in.office, way_in.clock())
        way_in.deliver()
    assert (state(way_in), counts(way_in, "submission")) == ("qualified", 0)
    said = one_line(answer(way_in))
    assert "It could not be submitted" in said and "1 more are needed" in said
    assert len([r for r in way_in.outbox("command_answer") if r.version.startswith("dropped-")]) == 1


def test_the_liaison_submits_too_and_a_member_or_the_committee_does_not(ready: WayIn) -> None:
    way_in = ready
    way_in.arrive(way_in.answer(3, "submit: checked by Robin Lake"))
    assert counts(way_in, "command_confirm") == 0
    send_digests(way_in.office, way_in.clock(), is_due_only=False)
    way_in.deliver()
    command(way_in, "submit: checked by Robin Lake", who=LIAISON, to="digest")
    assert "no postal address of Kim Stone" in one_line(answer(way_in, who=LIAISON))


def test_a_postal_address_goes_to_nobody_but_the_committee(ready: WayIn) -> None:
    """Design rule 11: it leaves the house in the packet alone; that it was changed is told."""
    way_in = ready
    command(way_in, "address of Kim: 3 Quiet Street, Springfield", to="petition_qualified")
    assert not any(b"Quiet Street" in e.body for e in way_in.relay.offered)
    assert "Of Kim Stone this was changed: postal address" in one_line(answer(way_in, "organizer_note", LIAISON))
    command(way_in, "address of Pat: 3 Quiet Street")
    assert "'Pat' is no organizer of mig-1; they are: Kim Stone, Alex Rivera" in answer(way_in)
    command(way_in, "address: 9 Loud Street")
    known = {one["name"]: one["address"] for one in way_in.rows(t.proposal)[0].details["organizers"]}
    assert known == {"Alex Rivera": "9 Loud Street", "Kim Stone": "3 Quiet Street, Springfield"}


def test_council_s_secretary_is_told_and_reports(submitted: WayIn) -> None:
    way_in = submitted
    committee.decide(way_in.office, PETITION, True, "", "Robin Lake", None, "", way_in.clock())
    way_in.deliver()
    assert '"reported"' in answer(way_in, "outcome_told", LIAISON)
    assert "REPORTED" in answer(way_in, "outcome_told", SECRETARY)
    command(way_in, "return: no", who=SECRETARY, to="outcome_told")
    assert "is not yours to say" in answer(way_in, who=SECRETARY)
    command(way_in, "Reported: Council of June 30", who=SECRETARY, to="outcome_told")
    assert state(way_in) == "reported"
    event = show_proposal(way_in.office, PETITION)["history"][-1]
    assert (event["by"], event["reason"]) == ("Secretary of Council (council), by mail", "Council of June 30")
    assert counts(way_in, "council_report") == 0  # who says so needs no report


def test_the_liaison_reports_and_the_secretary_gets_the_report(submitted: WayIn) -> None:
    way_in = submitted
    committee.decide(way_in.office, PETITION, True, "", "Robin Lake", None, "", way_in.clock())
    way_in.deliver()
    command(way_in, "report", who=LIAISON, to="outcome_told")
    assert state(way_in) == "reported"
    assert [r.address for r in way_in.outbox("council_report")] == [SECRETARY]
