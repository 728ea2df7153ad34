"""The audience language: text to terms and back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailflow.domain.audience import (
    TERMS_MAX,
    TEXT_MAX,
    Audience,
    Term,
    TermKind,
    is_nameable,
    parse_audience,
)
from mailflow.errors import InputError

GOOD = Term(TermKind.GOOD)
MEMBERS = Term(TermKind.MEMBERS)


def unit(value: str, **kw: bool) -> Term:
    return Term(TermKind.UNIT, value, **kw)


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        pytest.param("members", [MEMBERS], id="everybody"),
        pytest.param("  good ", [GOOD], id="spaces around"),
        pytest.param("good - unit:alsc", [GOOD, unit("alsc", is_taken_away=True)], id="an operator between spaces"),
        pytest.param("good+unit:x", [GOOD, unit("x")], id="an operator without spaces"),
        pytest.param("members-good", [MEMBERS, Term(TermKind.GOOD, is_taken_away=True)], id="after a word without id"),
        pytest.param(
            "unit:a-unit:b", [unit("a"), unit("b", is_taken_away=True)], id="right before a term with a colon"
        ),
        pytest.param("unit:common-good", [unit("common-good")], id="an id that ends like a term"),
        pytest.param("unit:a-b+c", [unit("a-b+c")], id="operators inside an id"),
        pytest.param("unit:a-b + unit:c-d", [unit("a-b"), unit("c-d")], id="ids with hyphens, joined"),
        pytest.param("unit:a +good", [unit("a"), GOOD], id="a space on one side is enough"),
        pytest.param(
            "unit:Reading Circle! + good", [unit("Reading Circle", is_alone=True), GOOD], id="alone, with space"
        ),
        pytest.param(
            "unit:x!-unit:y", [unit("x", is_alone=True), unit("y", is_taken_away=True)], id="alone, no spaces"
        ),
        pytest.param("tag:youth", [Term(TermKind.TAG, "youth")], id="a tag"),
        pytest.param(
            "unsigned:mig-1 - feedback:mig-1",
            [Term(TermKind.UNSIGNED, "mig-1"), Term(TermKind.FEEDBACK, "mig-1", is_taken_away=True)],
            id="ids of objects have a hyphen",
        ),
        pytest.param(
            "list:a-b+c@lists.example.org + good",
            [Term(TermKind.LIST, "a-b+c@lists.example.org"), GOOD],
            id="an address with both operators",
        ),
    ],
)
def test_text_reads_as_these_terms(text: str, terms: list[Term]) -> None:
    assert parse_audience(text).terms == tuple(terms)


@pytest.mark.parametrize(
    ("text", "named", "remedy"),
    [
        pytest.param("", "empty", "write members", id="empty"),
        pytest.param("god", "'god'", "write members, good", id="a word that is no term"),
        pytest.param("good unit:x", "'good unit:x'", "joined by + and -", id="no operator"),
        pytest.param("unit:x unit:y", "'unit:x unit:y'", "put + or -", id="no operator after an id"),
        pytest.param("group:x", "'group:x'", "unit:ID", id="an unknown name"),
        pytest.param("unit:", "'unit:'", "unit:ID", id="no id"),
        pytest.param("unit:!", "'unit:!'", "unit:ID", id="alone without id"),
        pytest.param("unit:a!b", "'unit:a!b'", "put + or -", id="an exclamation mark inside"),
        pytest.param("- good", "missing", "begin with who is meant", id="nothing to take from"),
        pytest.param("good +", "missing", "on both sides", id="ends with an operator"),
        pytest.param("good + + members", "missing", "on both sides", id="two operators"),
        pytest.param("list:nobody", "'list:nobody'", "list:NAME@DOMAIN", id="no address"),
        pytest.param("list:a@example.org+good", "'list:a@example.org+good'", "with spaces", id="a joint in an address"),
        pytest.param("good - list:a@example.org", "can't be taken away", "leave the term out", id="list taken away"),
        pytest.param("unit:a\nb", "'unit:a\\nb'", "not one term", id="a line break"),
        pytest.param("members+" * TERMS_MAX + "good", "51 terms", "tag", id="too many terms"),
        pytest.param("x" * (TEXT_MAX + 1), "2001 characters", "2000", id="too long"),
    ],
)
def test_bad_term_is_named_with_what_would_do(text: str, named: str, remedy: str) -> None:
    with pytest.raises(InputError) as error:
        parse_audience(text)
    assert named in str(error.value)
    assert remedy in str(error.value)


def test_all_bad_terms_are_told_at_once() -> None:
    with pytest.raises(InputError) as error:
        parse_audience("foo + good - bar:x")
    assert len(error.value.problems) == 2


def test_lists_get_one_copy_each() -> None:
    audience = parse_audience("list:a@example.org + good + list:b@example.org + list:a@example.org")
    assert audience.lists == ("a@example.org", "b@example.org")


@pytest.mark.parametrize("unit_id", ["alsc", "common-good", "a+b", "Reading Circle", "Ü-1"])
def test_unit_can_be_named(unit_id: str) -> None:
    assert is_nameable(unit_id)


@pytest.mark.parametrize("unit_id", ["", "-", " a", "a!", "a - b", "a -b", "a-unit:b", "a\tb", "x unit:y"])
def test_unit_that_no_audience_can_name_is_told_apart(unit_id: str) -> None:
    assert not is_nameable(unit_id)


ids = st.text(st.characters(codec="utf-8"), min_size=1, max_size=12).filter(is_nameable)
terms = st.one_of(
    st.builds(Term, st.sampled_from([TermKind.MEMBERS, TermKind.GOOD]), is_taken_away=st.booleans()),
    st.builds(Term, st.just(TermKind.UNIT), ids, st.booleans(), st.booleans()),
    st.builds(Term, st.sampled_from([TermKind.TAG, TermKind.SIGNED, TermKind.SILENT]), ids, st.booleans()),
)


@given(st.lists(terms, min_size=1, max_size=6))
def test_what_is_written_reads_back_as_itself(chosen: list[Term]) -> None:
    first = Term(chosen[0].kind, chosen[0].value, False, chosen[0].is_alone)
    audience = Audience((first, *chosen[1:]))
    assert parse_audience(str(audience)) == audience


@given(st.text(st.sampled_from("members good unit:+-!ax@."), max_size=40))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        audience = parse_audience(text)
    except InputError:
        return
    assert parse_audience(str(audience)) == audience
