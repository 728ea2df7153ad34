"""Every mail that we send, rendered with sample facts and looked over."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email import message_from_bytes, policy
from itertools import pairwise
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from mailflow.domain.model import (
    Author,
    Contact,
    Kind,
    Launch,
    LaunchState,
    Meeting,
    Notice,
    NoticeState,
    Organizer,
    Proposal,
    ProposalState,
    Resource,
    Slip,
)
from mailflow.errors import TemplateError
from mailflow.mail.compose import Frame, fill
from mailflow.mail.skeleton import Rendered
from mailflow.service.item_facts import common_facts, launch_facts, notice_facts, proposal_facts
from mailflow.service.notices import COMMON, DIGEST_ITEM, LAUNCH, NOTICES, PROPOSAL, SLOTS
from mailflow.service.speech import template_folder
from mailflow.service.templates import Templates
from tests.unit.service.sample_facts import FACTS, FIELDS, facts_of

ALL = sorted(NOTICES)
TO_MANY = sorted(name for name, spec in NOTICES.items() if spec.to_many)
TEMPLATES = Templates()
FRAME = Frame(
    "petitions@example.org", "Association", "sam@example.org", "<k@example.org>", datetime(2013, 6, 24, tzinfo=UTC)
)


def written(notice: str, **other: object) -> Rendered:
    return TEMPLATES.render(notice, facts_of(notice) | other).words(FIELDS)


# -- each mail -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("notice", ALL)
def test_a_mail_has_a_subject_a_text_and_a_page(notice: str) -> None:
    """R99: a text part always; R48: strict, so that nothing is missing without notice."""
    skeleton = TEMPLATES.render(notice, facts_of(notice))
    words = skeleton.words(FIELDS)
    assert 10 <= len(words.subject) <= 160
    assert "\n" not in words.subject
    assert words.text.startswith(FIELDS["greeting"] + "\n\n")
    assert "\n\n\n" not in words.text
    assert not re.search(r"<[a-z/]|&[a-z]+;|\{[{%]", words.text.replace("<idea>", "").replace("<pat@example.org>", ""))
    assert "None" not in words.text + words.html
    assert skeleton.slots == set(NOTICES[notice].slots)
    message = message_from_bytes(fill(skeleton, FRAME, FIELDS), policy=policy.default)
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]


@pytest.mark.parametrize("notice", ALL)
def test_a_mail_ends_with_one_reference_line_in_both_parts(notice: str) -> None:
    words = written(notice)
    assert words.text.endswith(f"\nReference: {FIELDS['key']}\n")
    assert words.text.count("Reference:") - words.text.count("> Reference: [key]") == 1
    assert words.html.count(f"<p>Reference: {FIELDS['key']}</p>") == 1


@pytest.mark.parametrize("notice", ALL)
def test_a_page_loads_nothing_and_follows_nobody(notice: str) -> None:
    """R98: no open pixel, no click redirect, nothing from elsewhere; R96: no form, no script."""
    page = HTMLParser(written(notice).html)
    pictures = [image.attributes["src"] or "" for image in page.css("img")]
    assert all(source.startswith("cid:") for source in pictures), "a picture comes with the mail, from nowhere else"
    assert not page.css("picture, video, audio, iframe, object, embed, link, script, form, input, base, svg")
    assert not re.search(r"url\(|@import|src=.(?!cid:)|http-equiv|\son[a-z]+=", page.html or "")
    pages = {FIELDS[name] for name in ("page_url", "unsubscribe_url", "frequency_url")}
    allowed = {*pages, *_addresses_in(FACTS)}
    for link in page.css("a"):
        address = link.attributes["href"] or ""
        assert address in allowed or address.startswith(f"mailto:{FIELDS['reply_to']}?")


def _addresses_in(value: object) -> set[str]:
    return set(re.findall(r"https://[^\s'\")]+", str(value)))


@pytest.mark.parametrize("notice", ALL)
def test_a_page_can_be_read_by_everybody(notice: str) -> None:
    """R99: language, title, one h1, headings in order, links that say where they lead."""
    page = HTMLParser(written(notice).html)
    html = page.css_first("html")
    assert html is not None
    assert html.attributes["lang"] == "en"
    assert (page.css_first("title") or html).text(strip=True)
    assert page.css_first("meta[name=viewport]") is not None
    levels = [int(node.tag[1]) for node in page.css("h1, h2, h3, h4, h5, h6")]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(below - above <= 1 for above, below in pairwise(levels))
    for link in page.css("a"):
        words = link.text(strip=True).lower()
        assert words not in ("here", "click here", "link", "more")
        assert not words.startswith("http")
        assert len(words) > 3


@pytest.mark.parametrize("notice", ALL)
def test_colours_keep_the_contrast_that_wcag_aa_asks_for(notice: str) -> None:
    """R99: 4.5:1 for text, in the light and in the dark."""
    html = written(notice).html
    pairs = set(re.findall(r"background:\s?(#[0-9a-f]{6})[^;{}]*;\s?color:\s?(#[0-9a-f]{6})", html))
    pairs |= {("#ffffff", colour) for colour in re.findall(r'class="quiet" style="[^"]*color:(#[0-9a-f]{6})', html)}
    pairs |= {("#16181c", colour) for colour in re.findall(r"\.quiet \{ color: (#[0-9a-f]{6})", html)}
    pairs |= {("#16181c", colour) for colour in re.findall(r"\n  a \{ color: (#[0-9a-f]{6})", html)}
    assert len(pairs) >= 4
    for background, colour in pairs:
        assert _contrast(background, colour) >= 4.5, (background, colour)


def _contrast(one: str, other: str) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("notice", TO_MANY)
def test_a_mail_to_many_says_how_to_get_no_more(notice: str) -> None:
    """R97: the link in the body leads to a page with a button, the one-click address stands in the header only."""
    words = written(notice)
    assert FIELDS["unsubscribe_url"] in words.text
    assert "UNSUBSCRIBE" in words.text
    assert f'href="{FIELDS["unsubscribe_url"]}"' in words.html


@pytest.mark.parametrize("notice", sorted(set(ALL) - set(TO_MANY)))
def test_an_answer_offers_no_unsubscribing(notice: str) -> None:
    assert "UNSUBSCRIBE" not in written(notice).text


def test_what_answers_a_mail_is_marked_so() -> None:
    """R72: auto-replied for what a mail brought about, auto-generated for the rest (RFC 3834 section 5)."""
    replied = {name for name, spec in NOTICES.items() if spec.auto_submitted == "auto-replied"}
    assert {"feedback_thanks", "signature_recorded", "petition_closed", "unclear_ask", "question_received"} <= replied
    assert not replied & {*TO_MANY, "digest", "share_kit", "owner_copy", "alert", "answer", "question"}


def test_every_folder_is_a_notice_and_the_other_way_round() -> None:
    folders = {path.name for path in (template_folder() / "email").iterdir() if not path.name.startswith("_")}
    assert folders == set(ALL)
    assert all(set(spec.slots) <= set(SLOTS) for spec in NOTICES.values())


# -- the invitation ------------------------------------------------------------------------------------------------


def _buttons(html: str) -> dict[str, str]:
    nodes = HTMLParser(html).css("a.button")
    return {node.text(strip=True): node.attributes["href"] or "" for node in nodes}


def test_the_invitation_shows_what_by_when_and_two_buttons_before_anything_else() -> None:
    html = written("petition_invitation").html
    assert _buttons(html) == {
        "Sign by mail": f"mailto:{FIELDS['reply_to']}?subject=SIGN&body=SIGN",
        "Open my page": FIELDS["page_url"],
    }
    order = [
        "Will you sign? Diversity",
        FIELDS["closes_words"],
        "Sign by mail",
        "Open my page",
        str(FACTS["act"]),
        "A group of members with",
        "Version 0123456789ab",
        "Who sees your name",
        "Who sends this",
        str(FACTS["public_url"]),
    ]
    body = html[html.index("<body") :]
    positions = [body.index(words) for words in order]
    assert positions == sorted(positions)
    assert len(HTMLParser(body[: body.index("Open my page")]).text(strip=True)) < 400


def test_without_sub_addresses_the_sign_button_carries_the_key_in_its_text() -> None:
    buttons = _buttons(written("petition_invitation", sub_addressing=False).html)
    address, _, question = buttons["Sign by mail"].partition("?")
    assert address == f"mailto:{FIELDS['reply_to']}"
    assert question == f"subject=SIGN&body=SIGN%0D%0A%0D%0AReference:%20{FIELDS['key']}"


def test_the_public_link_is_offered_for_passing_on_and_the_mail_is_not() -> None:
    text = written("petition_invitation").text
    assert f"Please send this public link, not this mail: {FACTS['public_url']}" in text
    assert FIELDS["key"] not in written("share_kit").text.partition("A SHORT TEXT")[2].partition("-----")[0]


@pytest.mark.parametrize("notice", TO_MANY)
def test_a_copy_for_a_mailing_list_has_no_key_and_no_personal_link(notice: str) -> None:
    skeleton = TEMPLATES.render(notice, facts_of(notice) | {"to_list": True})
    assert not skeleton.slots & {"key", "reply_to", "page_url", "unsubscribe_url"}
    words = skeleton.words({"greeting": "Hello,", "closes_words": "Sunday"})
    assert "yours alone" not in words.text + words.html
    if notice == "petition_invitation":
        assert _buttons(words.html) == {"Get my own invitation": str(FACTS["public_url"])}


def test_the_proposal_is_mailed_in_full() -> None:
    text = written("proposal_open").text
    for fact in ("author_name", "online_document", "liaison_name", "petition_opens_words", "kind_source"):
        assert str(FACTS[fact]) in text
    for words in (
        "Room 5",
        "Alex Rivers and Kim Stone",
        "answer this mail",
        "short-term group",
        "Meet twice a year",
        FIELDS["closes_words"],
    ):
        assert words in text


@pytest.mark.parametrize(
    ("notice", "other", "there", "gone"),
    [
        ("feedback_thanks", {"late": True}, "arrived after", "next summary"),
        ("feedback_thanks", {"for_staff": True}, "Only staff will read it", "next summary"),
        ("feedback_thanks", {"item_kind": "launch"}, "goes to Robin Lake", "organizer"),
        ("signature_recorded", {"undo": False}, "WITHDRAW", "NOT ME"),
        ("signature_recorded", {"undo": True}, "NOT ME within 72 hours", "{{"),
        ("unclear_ask", {"can_sign": False}, "in a sentence of your own", "SIGN"),
        ("delay_notice", {"planned_words": ""}, "as soon as there is a firm date", "new date"),
        ("petition_invitation", {"petition_closes_words": ""}, "no closing date", FIELDS["closes_words"]),
        ("proposal_open", {"feedback_closes_words": ""}, "Tell us what you think.", FIELDS["closes_words"]),
        (
            "proposal_open",
            {"petition_opens_words": "when the organizer is ready"},
            "Kim Stone, when the organizer is ready",
            " on when",
        ),
        ("digest", {"items": [{**FACTS["items"][0], "tally": None}]}, "New feedback", "Signatures that count"),  # type: ignore[index]
        ("owner_copy", {"items": [FACTS["items"][0]] * 2}, "These mails answer", "This mail answers"),  # type: ignore[index]
    ],
)
def test_words_follow_the_facts(notice: str, other: dict[str, object], there: str, gone: str) -> None:
    text = written(notice, **other).text
    assert there in text
    assert gone not in text


# -- user text is data ---------------------------------------------------------------------------------------------

HOSTILE = "{{ 7*7 }} {% for x in y %} <script>alert(1)</script> </title> \ufdd0 ${x} \" ' &amp;"


@pytest.mark.parametrize("notice", ALL)
def test_user_text_is_never_template_source_and_never_html(notice: str) -> None:
    """R48: `{{7*7}}` stays, a tag becomes letters, in every fact of every mail."""
    facts = {
        name: HOSTILE if isinstance(value, str) and name != "language" else value
        for name, value in facts_of(notice).items()
    }
    words = TEMPLATES.render(notice, facts).words(FIELDS)
    assert "49" not in words.text
    assert "<script" not in words.html
    assert not HTMLParser(words.html).css("script")
    assert "{{ 7*7 }}" in words.text


def test_an_address_that_is_none_makes_no_link() -> None:
    page = HTMLParser(written("proposal_open", online_document="javascript:alert(1)").html)
    assert "javascript:alert(1)" in page.text()
    assert not any("javascript" in (link.attributes["href"] or "") for link in page.css("a"))


def test_keys_in_what_people_wrote_are_not_passed_on() -> None:
    """R59"""
    text = written("question").text
    assert "> Reference: [key]" in text


# -- mistakes in templates -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("part", "source", "told"),
    [
        pytest.param(
            "body.txt", "fine\n{{ no_such_fact }}\n", r"notice/body\.txt, line 2: .*no_such_fact", id="unknown fact"
        ),
        pytest.param("body.html", "<p>\n\n{% if %}\n", r"notice/body\.html, line 3", id="syntax"),
        pytest.param("subject.txt", "{{ subject_line|no_such }}", r"notice/subject\.txt, line 1", id="unknown filter"),
        pytest.param(
            "body.txt", "a\n{{ 1 / 0 }}", r"notice/body\.txt, line 2: division", id="an expression that fails"
        ),
        pytest.param(
            "body.txt",
            "{% if greeting %}x{% endif %}",
            r"body\.txt, line 1: the slot 'greeting' can't be asked",
            id="slot in a condition",
        ),
        pytest.param(
            "body.txt",
            "{{ greeting|upper }}",
            r"body\.txt, line 1: the slot 'greeting' can't be changed",
            id="slot through a filter",
        ),
        pytest.param("body.txt", "{% extends 'gone.txt' %}", "no template gone.txt", id="missing layout"),
        pytest.param("body.html", "<a href={{ key }}>x</a>", "built otherwise", id="R92: attribute without quotes"),
        pytest.param(
            "body.html",
            "<p>{{ key|safe }}</p>",
            r"body\.html, line 1: the slot 'key' can't be changed",
            id="R92: unescaped slot",
        ),
    ],
)
def test_a_mistake_in_a_template_is_told_with_file_and_line(tmp_path: Path, part: str, source: str, told: str) -> None:
    folder = tmp_path / "email" / "notice"
    folder.mkdir(parents=True)
    (folder / part).write_text(source)
    with pytest.raises(TemplateError, match=told):
        Templates(override=tmp_path).render("notice", facts_of("notice"))


def test_a_fact_that_was_not_given_is_named() -> None:
    with pytest.raises(TemplateError, match="notice: no value was given for subject_line"):
        TEMPLATES.render("notice", {k: v for k, v in facts_of("notice").items() if k != "subject_line"})
    with pytest.raises(TemplateError, match="no mail called 'newsletter'"):
        TEMPLATES.render("newsletter", {})


def test_the_associations_own_words_go_before_ours_and_translations_by_language(tmp_path: Path) -> None:
    for folder, word in (("notice", "Ours"), ("notice/es", "Nuestro")):
        (tmp_path / "email" / folder).mkdir(parents=True)
        (tmp_path / "email" / folder / "subject.txt").write_text(f"{word}: {{{{ subject_line }}}}")
    templates = Templates(override=tmp_path)
    subjects = {
        language: templates.render("notice", facts_of("notice") | {"language": language})
        for language in ("en", "es", "es-MX", "fr", "../x")
    }
    assert {language: skeleton.words(FIELDS).subject for language, skeleton in subjects.items()} == {
        "en": "Ours: New opening hours",
        "es": "Nuestro: New opening hours",
        "es-MX": "Nuestro: New opening hours",
        "fr": "Ours: New opening hours",
        "../x": "Ours: New opening hours",
    }


# -- facts from values ---------------------------------------------------------------------------------------------

PROPOSED = Proposal(
    id="mig-1",
    kind=Kind("mig", "Membership Initiative Group", act="I ask for it."),
    title="Diversity",
    state=ProposalState.FEEDBACK_OPEN,
    author=Author("Alex Rivers", "alex@example.org"),
    organizers=(Organizer("Alex Rivers", "alex@example.org", "7 Secret Street"),),
    staff_liaison=Contact("Michelle Hill", "michelle@example.org"),
    statement="Words.",
    statement_sha256="ab" * 32,
    act_sha256="cd" * 32,
    zone="America/Chicago",
    audience="good",
    meetings=(Meeting(datetime(2013, 6, 28, 21, tzinfo=UTC), None, "Room 5"),),
    feedback_closes_at=datetime(2013, 6, 24, 5, tzinfo=UTC),
    petition_opens_at=datetime(2013, 6, 24, 14, tzinfo=UTC),
)


def test_the_facts_of_a_proposal_are_what_its_mails_need_and_hold_nobodys_address() -> None:
    facts = common_facts("Association", "") | proposal_facts(PROPOSED)
    assert set(PROPOSAL) == set(facts)
    assert facts["feedback_closes_words"] == "Sunday, June 23, 2013, end of the day (Chicago time)"
    assert facts["petition_opens_words"] == "Monday, June 24, 2013, 9:00 AM (Chicago time)"
    assert facts["statement_version"] == "abababababab"
    words = TEMPLATES.render("proposal_open", facts).words(FIELDS)
    assert "Secret Street" not in words.text + words.html
    assert "@example.org" not in words.text + words.html


def test_the_facts_of_launches_and_notices_are_what_their_mails_need() -> None:
    contact = Contact("Robin Lake", "robin@example.org", "Community specialist")
    slip = Slip(datetime(2018, 4, 20, tzinfo=UTC), datetime(2018, 4, 25).date(), None, "Faults were found.")  # noqa: DTZ001
    launch = Launch(
        "launch-1",
        "Connect",
        LaunchState.DELAYED,
        None,
        "connect",
        "members",
        (Resource("Training", "https://x.example"),),
        "Text",
        (slip,),
    )
    common = common_facts("Association", "1 Street")
    facts = common | launch_facts(launch, contact)
    assert set(facts) == {*LAUNCH, "previous_words", "reason"}
    text = TEMPLATES.render("delay_notice", facts).words(FIELDS).text
    assert "It was to be ready on Wednesday, April 25, 2018; that date no longer holds." in text
    assert "robin@example.org" not in text
    notice = Notice("notice-1", "notice", NoticeState.PREPARED, "Hours", "members", "connect", "We are *open*.")
    assert "We are open." in TEMPLATES.render("notice", common | notice_facts(notice, contact)).words(FIELDS).text
    assert set(FACTS["items"][0]) >= set(DIGEST_ITEM)  # type: ignore[index]
    assert set(COMMON) == set(common)


@pytest.mark.parametrize(
    ("names", "words"),
    [((), "Nobody"), (("Ann",), "Ann"), (("Ann", "Bo"), "Ann and Bo"), (("Ann", "Bo", "Cy"), "Ann, Bo and Cy")],
)
def test_names_stand_in_a_row_as_people_write_them(names: tuple[str, ...], words: str) -> None:
    said = Templates()._speaking("en").from_string('{{ names|in_a_row or "Nobody" }}').render(names=list(names))
    assert said == words
