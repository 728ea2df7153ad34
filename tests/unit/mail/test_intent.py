"""What newly written words ask for: the phrasings of tests/corpus/intents, and the rules that no phrasing may break."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mailflow.domain.reading import Context, Intent
from mailflow.mail.intent import bare_subject, read_intent

FOLDER = Path(__file__).parents[2] / "corpus" / "intents"
ASKED = "Will you sign?"


def rows(name: str) -> list[list[str]]:
    lines = (FOLDER / name).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line.strip() and not line.startswith("#")]


ENGLISH = [["en", *row] for row in rows("en.tsv")]
OTHERS = rows("others.tsv")
HARD = [*rows("hard.tsv"), *rows("fresh.tsv"), *rows("remarks.tsv"), *rows("roundabout.tsv")]
SIGNS = [row[3] for row in ENGLISH if row[2] == "sign" and row[1] == "petition"]
ALL = [*ENGLISH, *OTHERS, *HARD]


@pytest.mark.parametrize(
    ("context", "expected", "text"), [row[1:] for row in ALL], ids=[f"{r[0]} {r[1]}: {r[3][:50]}" for r in ALL]
)
def test_a_phrasing_is_read_as_meant(context: str, expected: str, text: str) -> None:
    """R45: only what was newly written counts; doubt is unclear."""
    reading = read_intent(text.replace("\\n", "\n"), f"Re: {ASKED}", Context(context), ASKED)
    assert reading.intent.value in expected.split("|"), reading.reasons
    assert reading.reasons


@pytest.mark.parametrize("context", [Context.PROPOSAL, Context.LAUNCH])
def test_where_nothing_is_signed_nobody_signs(context: Context) -> None:
    for _, _, _, text in ALL:
        reading = read_intent(text.replace("\\n", "\n"), "SIGN", context, "Your comments, please")
        assert reading.intent not in (Intent.SIGN, Intent.DECLINE, Intent.WITHDRAW), text


@pytest.mark.parametrize(
    "text", [t for t in SIGNS if not set(t.replace("\\n", "?").rstrip(".!?")) & set("?.!")], ids=lambda t: t[:60]
)
@pytest.mark.parametrize(
    "frame", ["If you drop item two: {}", "{} - if my director agrees.", 'She said: "{}" and laughed at the letter.']
)
def test_a_condition_or_a_quotation_undoes_a_signature(frame: str, text: str) -> None:
    """Doubt is unclear: no frame of this kind ever leaves a signature."""
    reading = read_intent(frame.format(text.rstrip(".!?")), f"Re: {ASKED}", Context.PETITION, ASKED)
    assert reading.intent is not Intent.SIGN


@pytest.mark.parametrize(
    ("subject", "body", "context", "intent"),
    [
        ("SIGN", "", Context.PETITION, Intent.SIGN),
        ("Re: SIGN", "", Context.PETITION, Intent.SIGN),
        ("I sign", "Thanks\nBob", Context.PETITION, Intent.SIGN),
        ("sign", "Great initiative!", Context.PETITION, Intent.SIGN),
        ("Yes", "", Context.PETITION, Intent.SIGN),
        ("No", "", Context.PETITION, Intent.DECLINE),
        ("Withdraw", "", Context.PETITION, Intent.WITHDRAW),
        ("unsubscribe", "", Context.PETITION, Intent.UNSUBSCRIBE),
        ("unsubscribe", "", Context.PROPOSAL, Intent.UNSUBSCRIBE),
        ("unsubscribe", "", Context.NONE, Intent.UNSUBSCRIBE),
        ("SIGN", "Only if the dues stay the same.", Context.PETITION, Intent.UNCLEAR),
        ("SIGN", "I don't want to sign.", Context.PETITION, Intent.DECLINE),
        ("SIGN", "", Context.PROPOSAL, Intent.UNCLEAR),
        (f"Re: {ASKED}", "", Context.PETITION, Intent.UNCLEAR),
        (f"AW: {ASKED}", "", Context.PETITION, Intent.UNCLEAR),
        ("Yes", "", Context.NONE, Intent.UNCLEAR),
        ("A sign of the times", "", Context.PETITION, Intent.UNCLEAR),
    ],
)
def test_a_changed_subject_answers_where_the_body_does_not(
    subject: str, body: str, context: Context, intent: Intent
) -> None:
    assert read_intent(body, subject, context, ASKED).intent is intent


@pytest.mark.parametrize(
    ("subject", "intent"),
    [
        ("Re: Please sign the petition", Intent.UNCLEAR),
        ("Sign the petition today", Intent.UNCLEAR),
        ("Re: SIGN", Intent.SIGN),
    ],
)
def test_a_subject_that_may_be_our_own_signs_nothing(subject: str, intent: Intent) -> None:
    """R45: where the answered mail is not known, its subject may be the one that came back."""
    assert read_intent("", subject, Context.PETITION).intent is intent


def test_a_signature_with_a_question_is_both() -> None:
    reading = read_intent("I sign. When will the board vote?", "", Context.PETITION)
    assert (reading.intent, reading.has_question) == (Intent.SIGN, True)


@pytest.mark.parametrize("text", ["NOT ME", "not me!", "That wasn't me.", "Das war ich nicht.", "No fui yo"])
def test_not_me_undoes(text: str) -> None:
    reading = read_intent(text, "", Context.PETITION)
    assert reading.undoes
    assert reading.intent is Intent.WITHDRAW


@pytest.mark.parametrize(
    ("subject", "bare"),
    [
        ("Re: Will you sign?", "Will you sign?"),
        ("RE: AW: Fwd: Will you sign?", "Will you sign?"),
        ("回复：Will you sign?", "Will you sign?"),
        ("Re[2]: Will you sign?", "Will you sign?"),
        ("Petition: will you sign?", "Petition: will you sign?"),
    ],
)
def test_a_subject_is_stripped_of_its_prefixes(subject: str, bare: str) -> None:
    assert bare_subject(subject) == bare


PIECES = ["I", "sign", "yes", "no", "not", "if", "my", "name", "add", "please", "withdraw", "?", ".", ",", "oui", "ja"]
WORDS = st.sampled_from([*PIECES, *'署我\n"(¿👍'])


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(max_size=300), st.lists(WORDS, max_size=25).map(" ".join)), st.sampled_from(Context))
def test_no_text_makes_the_reader_raise(text: str, context: Context) -> None:
    reading = read_intent(text, text[:60], context, "")
    assert reading.reasons
    assert context in (Context.PETITION, Context.CONFIRM, Context.NONE) or reading.intent is not Intent.SIGN


@pytest.mark.parametrize(
    "unit",
    [
        "sign ",
        "if ",
        "not ",
        "\n",
        "?",
        "署名",
        "i sign, ",
        '"',
        "(",
        "a'b'c ",
        "+1",
        "no yes ",
        "no problem if ",
        "no, ",
        "signed,\n",
        "yes: ",
    ],
)
def test_long_repetitions_are_read(unit: str) -> None:
    """R42: a mail of 64 KB of anything ends."""
    assert read_intent(unit * (65_536 // len(unit)), "", Context.PETITION).reasons
