"""The script of the demo: the dates of the story, enough signatures, and every case that it promises to show."""

from __future__ import annotations

import tomllib
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from mailflow.config import load
from mailflow.demo.client_names import Client
from mailflow.demo.story.act import Act, Effect, Step, Way, on
from mailflow.demo.story.documents import LAUNCH, PROPOSAL, UPDATE, document, settings, write_documents
from mailflow.demo.story.expected import Tally, feedback, states, stopped, tally
from mailflow.demo.story.launch_acts import is_concerned
from mailflow.demo.story.script import THRESHOLD, Script, write_script
from mailflow.domain.launch_file import read_launch, read_notice
from mailflow.domain.proposal_file import read_proposal

SEEDS = (1, 2, 3, 20130624)


@pytest.fixture(params=SEEDS, ids=lambda seed: f"seed {seed}")
def script(request: pytest.FixtureRequest) -> Script:
    return write_script(request.param)


def _config(tmp_path: Path) -> Path:
    path = tmp_path / "config.toml"
    ports = {"imap_port": 1143, "smtp_port": 1025, "web_port": 8080}
    path.write_text(settings(address="connect@example.org", username="connect", password="demo", **ports), "utf-8")
    return path


def test_the_threshold_is_passed_with_a_margin(script: Script) -> None:
    assert THRESHOLD + 3 <= tally(script.acts).validated <= THRESHOLD + 12


def test_two_seeds_give_two_tallies() -> None:
    assert len({tally(write_script(seed).acts) for seed in SEEDS}) == len(SEEDS)


def test_the_same_seed_gives_the_same_script() -> None:
    assert write_script(5) == write_script(5)


@pytest.mark.parametrize("effect", list(Effect))
def test_every_effect_is_shown(script: Script, effect: Effect) -> None:
    assert any(act.expected is effect for act in (*script.acts, *script.old))


@pytest.mark.parametrize("way", list(Way))
def test_every_way_of_writing_is_shown(script: Script, way: Way) -> None:
    assert any(act.way is way for act in script.acts)


@pytest.mark.parametrize("client", list(Client))
def test_somebody_signs_with_every_mail_program(script: Script, client: Client) -> None:
    signing = [act for act in script.acts if act.expected is Effect.SIGNS and act.way is Way.REPLY]
    assert any(act.program is client for act in signing)


def test_signatures_come_in_five_languages_beside_english(script: Script) -> None:
    signing = {act.who.language for act in script.acts if act.expected is Effect.SIGNS and act.way is Way.REPLY}
    assert {"fr", "es", "de", "ja", "pt"} <= signing


def test_no_two_things_happen_at_the_same_second(script: Script) -> None:
    assert max(Counter(event.at for event in script.events).values()) == 1


def test_whoever_signs_in_time_does_so_while_the_petition_is_open(script: Script) -> None:
    times = [act.at for act in script.acts if act.expected in {Effect.SIGNS, Effect.IS_ASKED_TO_CONFIRM}]
    assert on(2013, 6, 24, 8, 30) < min(times) and max(times) < on(2013, 7, 22, 0, 0)
    assert all(act.at >= on(2013, 7, 22, 0, 0) for act in script.acts if act.expected is Effect.IS_LATE)


def test_feedback_is_in_time_until_the_end_of_sunday_june_23(script: Script) -> None:
    """R67: the last day belongs to the window."""
    given = [act for act in script.acts if act.answers == "proposal_open"]
    in_time = [act.at for act in given if act.expected is Effect.GIVES_FEEDBACK]
    late = [act.at for act in given if act.expected is Effect.GIVES_LATE_FEEDBACK]
    assert max(in_time) < on(2013, 6, 24, 0, 0) <= min(late)
    assert feedback(script.acts) == Counter({False: len(in_time), True: len(late)})


def test_the_steps_have_the_dates_of_the_story() -> None:
    days = {(step.command[0], step.command[1]): step.at.date() for step in write_script(1).steps}
    assert days["petition", "open"] == date(2013, 6, 24)
    assert days["petition", "open"].strftime("%A") == "Monday"
    assert tomllib.loads(document(LAUNCH).split("+++")[1])["planned_on"] == date(2018, 4, 25)
    assert (days["petition", "submit"], days["petition", "decide"]) == (date(2013, 7, 26), date(2013, 8, 12))
    assert days["launch", "slip"] < date(2018, 4, 25) < days["launch", "launched"]


def test_events_are_in_the_order_of_the_clock(script: Script) -> None:
    times = [event.at for event in script.events]
    assert times == sorted(times) and len(times) == len(script.acts) + len(script.steps)
    assert isinstance(script.events[0], Step)


def test_an_answer_to_an_answer_comes_a_day_after_what_it_follows(script: Script) -> None:
    """So that a reader of mail who looks once a day has sent what is answered."""
    follow_ups = {"was_that_you", "signature_confirm", "signature_recorded", "unclear_ask", "question", "answer"}
    for act in script.acts:
        if act.answers in follow_ups:
            before = [a.at for a in script.acts if a.at < act.at and act.reader in (a.member, a.reader)]
            if act.answers not in {"question", "answer"}:
                assert (act.at - max(before)).total_seconds() >= 20 * 3600


def test_nobody_to_whom_mail_has_stopped_answers_a_later_mail(script: Script) -> None:
    for member_id in stopped(script.acts):
        acts = [act for act in script.acts if act.who.member_id == member_id]
        assert acts[-1].expected in {Effect.UNSUBSCRIBES, Effect.STOPS_ADDRESS}


def test_only_members_whom_the_launch_concerns_answer_its_notices(script: Script) -> None:
    notices = {"delay_notice", "firm_date_notice", "launch_notice"}
    assert all(is_concerned(act.who) for act in script.acts if act.answers in notices)


def test_the_count_follows_each_member_through_their_acts() -> None:
    """Sign, withdraw, sign again; a pending one that is disowned; each member is counted once."""
    script = write_script(1)
    one, other = (act.who for act in script.acts if act.expected is Effect.WITHDRAWS)
    found = states(script.acts)
    assert {found[one.member_id], found[other.member_id]} == {"withdrawn", "validated"}
    assert sum(tally(script.acts).__getattribute__(name) for name in Tally.__slots__) == len(found)


def test_a_pending_signature_that_is_confirmed_counts() -> None:
    script = write_script(1)
    confirmed = [
        a.who.member_id for a in script.acts if a.answers == "signature_confirm" and a.expected is Effect.SIGNS
    ]
    assert confirmed and all(states(script.acts)[member_id] == "validated" for member_id in confirmed)


def test_what_lies_in_the_mailbox_before_is_older_than_the_program(script: Script) -> None:
    assert script.old and all(act.at < script.steps[0].at for act in script.old)


def test_the_settings_are_taken_as_they_are(tmp_path: Path) -> None:
    loaded = load(_config(tmp_path))
    assert loaded.kinds["mig"].threshold == THRESHOLD
    assert loaded.mailbox.imap is not None and loaded.mailbox.imap.port == 1143


def test_the_proposal_is_taken_with_its_dates(tmp_path: Path) -> None:
    loaded = load(_config(tmp_path))
    proposal = read_proposal(document(PROPOSAL), loaded.kinds, loaded.association.timezone)
    assert proposal.feedback_closes_at == on(2013, 6, 24, 0, 0)
    assert proposal.petition_opens_at == on(2013, 6, 24, 9, 0)
    assert proposal.petition_closes_at == on(2013, 7, 22, 0, 0)
    assert len(proposal.organizers) == 3 and proposal.meetings and proposal.author.picture


def test_the_launch_and_the_update_are_taken(tmp_path: Path) -> None:
    contacts = load(_config(tmp_path)).contacts
    assert read_launch(document(LAUNCH), contacts).planned_on == date(2018, 4, 25)
    assert read_notice(document(UPDATE), contacts).launch_id == "launch-1"


def test_the_documents_are_written_where_the_steps_look_for_them(tmp_path: Path) -> None:
    write_documents(tmp_path)
    named = [word for step in write_script(1).steps for word in step.command if word.endswith(".md")]
    assert sorted(named) == sorted(path.name for path in tmp_path.iterdir())


def _mails(script: Script) -> list[Act]:
    return [act for act in script.acts if act.way not in {Way.LINK, Way.SCAN}]


def test_every_person_who_writes_has_words_and_a_machine_has_none(script: Script) -> None:
    people = {Way.REPLY, Way.BUTTON, Way.NEW, Way.FORWARDED, Way.FORWARDED_BUTTON}
    assert all(bool(act.words) == (act.way in people) for act in _mails(script))
