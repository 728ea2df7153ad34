"""Every act of the script becomes a mail that says what the act says."""

from __future__ import annotations

import pytest

from mailflow.demo.story.act import Act, Effect, Way
from mailflow.demo.story.performance import WITHOUT_MAIL, mail_of
from mailflow.demo.story.script import write_script
from mailflow.domain.reading import Dmarc
from mailflow.mail.classify import classify
from mailflow.mail.key import candidate_keys
from mailflow.mail.message import MailKind, SentText
from mailflow.mail.parse import parse
from mailflow.mail.proof import Trust, read_dmarc
from mailflow.mail.quote import divide
from tests.unit.demo.sample import HTML, KEY, MESSAGE_ID, SUBJECT, TEXT, sent_mail

SENT = sent_mail()
SENT_TEXT = SentText(text=TEXT, html=HTML, subject=SUBJECT, message_id=MESSAGE_ID)
ACTS = [act for act in write_script(1).acts if act.way not in WITHOUT_MAIL]
BY_PEOPLE = frozenset({Way.REPLY, Way.BUTTON, Way.NEW, Way.FORWARDED, Way.FORWARDED_BUTTON})
ANSWERS = [act for act in ACTS if act.way in {Way.REPLY, Way.BUTTON, Way.FORWARDED_BUTTON}]


def _named(acts: list[Act]) -> list[object]:
    return [pytest.param(act, id=f"{act.way} {act.program} {n}") for n, act in enumerate(acts)]


def test_all_that_people_write_is_read_as_their_words() -> None:
    """R45: over the whole script, each new text is the words of the act."""
    wrong = []
    for act in ANSWERS:
        division = divide(parse(mail_of(act, SENT, "connect@example.org")), SENT_TEXT)
        if "".join(division.new_text.split()) != "".join(act.words.split()):
            wrong.append((act.program, act.words, division.new_text))
    assert not wrong


def test_people_are_taken_for_people_and_machines_for_machines() -> None:
    """R71"""
    kinds = {
        act.way: classify(parse(mail_of(act, SENT, "connect@example.org")), frozenset({"connect@example.org"})).kind
        for act in ACTS
    }
    assert {way for way, kind in kinds.items() if kind is MailKind.PERSON} == BY_PEOPLE & set(kinds)


def test_every_answer_carries_the_key_and_a_new_mail_carries_none() -> None:
    for act in ACTS:
        keys = candidate_keys(parse(mail_of(act, SENT, "connect@example.org")), "connect@example.org", "+")
        assert keys == (() if act.way is Way.NEW else (KEY,))


def test_the_stamp_says_what_the_script_wants() -> None:
    verdicts = {"pass": Dmarc.PASS, "fail": Dmarc.FAIL, "none": Dmarc.NONE, None: Dmarc.UNKNOWN}
    for act in ACTS:
        message = parse(mail_of(act, SENT, "connect@example.org"))
        assert read_dmarc(message, Trust("mx.example.org")) is verdicts[act.dmarc]


@pytest.mark.parametrize("act", _named([act for act in ACTS if act.expected is Effect.IS_HELD]))
def test_what_is_held_comes_from_no_address_of_the_key_s_owner(act: Act) -> None:
    """R52"""
    message = parse(mail_of(act, SENT, "connect@example.org"))
    assert message.from_ is not None
    owned = {act.member.address, *act.member.other_addresses}
    assert act.way is Way.NEW or message.from_.address not in owned
