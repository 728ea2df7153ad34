"""Composed mails, read back by the standard library as the oracle."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.utils import parseaddr, parsedate_to_datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mailflow.errors import TemplateError
from mailflow.mail.compose import Frame, Rendered, Skeleton, UnsafeValue, fill
from mailflow.mail.header import date_time
from mailflow.mail.skeleton import marker
from mailflow.mail.skeleton_check import check

NONCE = "0123456789abcdef"
KEY = "abcdefghijklmnopqrstuvwxya"
NOW = datetime(2013, 6, 24, 14, 0, 5, tzinfo=UTC)
FRAME = Frame(
    from_address="petitions@example.org",
    from_name="Example Library Association",
    to_address="sam@example.org",
    to_name="Sam Lee",
    message_id=f"<{KEY}.x@example.org>",
    date=NOW,
    reply_to=f"petitions+{KEY}@example.org",
    list_id="mig-1.petitions.example.org",
    unsubscribe_mailto="petitions+u@example.org?subject=unsubscribe",
    unsubscribe_url="https://www.example.org/one-click/q2w3",
    one_click=True,
)


def _t(slot: str) -> str:
    return marker(slot, "text", NONCE)


def _h(slot: str) -> str:
    return marker(slot, "html", NONCE)


RENDERED = Rendered(
    f"A word, {_t('name')}?",
    f"Dear {_t('name')},\n\n.{_t('name')}\nA long line: {'wörd = ' * 30}\n"
    f"{_t('page_url')}\ntrailing \nReference: {_t('key')}\n",
    f'<p title="{_h("name")}">Dear {_h("name")}</p>\n'
    f'<p><a href="mailto:{marker("reply_to", "mailto", NONCE)}?subject=SIGN&amp;'
    f'body={marker("key", "url", NONCE)}">Sign</a>'
    f' <a href="{_h("page_url")}">Page</a></p>\n',
)
SKELETON = Skeleton.read("petition_invitation", RENDERED, "=_b0", NONCE)
FIELDS = {
    "name": "Sam",
    "key": KEY,
    "page_url": "https://www.example.org/my/a?b=1&c=2",
    "reply_to": f"petitions+{KEY}@example.org",
}


def parsed(raw: bytes) -> EmailMessage:
    message = message_from_bytes(raw, EmailMessage, policy=policy.SMTPUTF8)
    assert not message.defects
    return message


def bodies(raw: bytes) -> tuple[str, str]:
    text, page = (part for part in parsed(raw).walk() if not part.is_multipart())
    assert (text.get_content_type(), page.get_content_type()) == ("text/plain", "text/html")
    decoded = [part.get_payload(decode=True).decode("utf-8").replace("\r\n", "\n") for part in (text, page)]
    return decoded[0], decoded[1]


def is_safe_for_any_relay(raw: bytes) -> bool:
    lines = raw.split(b"\r\n")
    has_no_breaks = not any(b"\r" in x or b"\n" in x or b"\0" in x or x[:1] == b"." for x in lines)
    return raw.isascii() and has_no_breaks and max(map(len, lines)) <= 998 and raw.endswith(b"\r\n")


def test_a_filled_mail_reads_as_it_was_written() -> None:
    raw = fill(SKELETON, FRAME, FIELDS)
    text, page = bodies(raw)
    assert text.startswith("Dear Sam,\n\n.Sam\nA long line: wörd = wörd")
    assert text.endswith(f"{FIELDS['page_url']}\ntrailing \nReference: {KEY}\n")
    assert f'<a href="mailto:petitions+{KEY}@example.org?subject=SIGN&amp;body={KEY}">Sign</a>' in page
    assert '<a href="https://www.example.org/my/a?b=1&amp;c=2">Page</a>' in page
    assert parsed(raw)["Subject"] == "A word, Sam?"
    assert is_safe_for_any_relay(raw)
    assert all(len(line) <= 78 for line in raw.split(b"\r\n"))


def test_the_header_of_a_mail_to_many_is_what_the_contract_asks_for() -> None:
    """R72: Auto-Submitted, X-Auto-Response-Suppress, X-Loop; RFC 8058 and RFC 2369."""
    message = parsed(fill(SKELETON, FRAME, FIELDS))
    assert dict(message.items()) == {
        "Message-ID": f"<{KEY}.x@example.org>",
        "Date": "Mon, 24 Jun 2013 14:00:05 +0000",
        "To": "Sam Lee <sam@example.org>",
        "Subject": "A word, Sam?",
        "From": "Example Library Association <petitions@example.org>",
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
        "X-Loop": "petitions@example.org",
        "List-Id": "<mig-1.petitions.example.org>",
        "Reply-To": f"petitions+{KEY}@example.org",
        "List-Unsubscribe": "<mailto:petitions+u@example.org?subject=unsubscribe>, <https://www.example.org/one-click/q2w3>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "MIME-Version": "1.0",
        "Content-Language": "en",
        "Content-Type": 'multipart/alternative; boundary="=_b0"',
    }


def test_an_answer_to_one_person_says_so_and_cannot_be_unsubscribed_from() -> None:
    """R72"""
    frame = Frame(
        "p@example.org",
        "",
        "sam@example.org",
        "<k@example.org>",
        NOW,
        auto_submitted="auto-replied",
        in_reply_to="<a@b.example>",
    )
    message = parsed(fill(SKELETON, frame, FIELDS))
    assert message["Auto-Submitted"] == "auto-replied"
    assert (message["In-Reply-To"], message["References"]) == ("<a@b.example>", "<a@b.example>")
    assert (message["From"], message["To"]) == ("p@example.org", "sam@example.org")
    assert not any(name.startswith("List-") for name in message)


def test_one_click_is_promised_only_where_there_is_an_address_to_post_to() -> None:
    message = parsed(fill(SKELETON, replace(FRAME, unsubscribe_url=""), FIELDS))
    assert "List-Unsubscribe-Post" not in message
    assert message["List-Unsubscribe"] == "<mailto:petitions+u@example.org?subject=unsubscribe>"


def test_composing_again_gives_the_same_bytes() -> None:
    """R85: Message-ID and Date are arguments, so that a retry is the same mail."""
    thawed = Skeleton.from_json(SKELETON.to_json())
    assert thawed == SKELETON
    assert fill(thawed, FRAME, FIELDS) == fill(SKELETON, FRAME, FIELDS)


def test_the_standard_library_builds_a_mail_that_reads_the_same() -> None:
    """EmailMessage is the oracle: same header values, same parts."""
    words = SKELETON.words(FIELDS)
    built = EmailMessage(policy=policy.SMTP)
    built["Subject"] = words.subject
    built["To"] = "Sam Lee <sam@example.org>"
    built.set_content(words.text, cte="quoted-printable")
    built.add_alternative(words.html, subtype="html", cte="quoted-printable")
    raw = fill(SKELETON, FRAME, FIELDS)
    assert bodies(raw) == bodies(built.as_bytes())
    for name in ("Subject", "To", "MIME-Version"):
        assert parsed(raw)[name] == parsed(built.as_bytes())[name]


ONE_LINE = st.text(st.characters(exclude_characters="\r\n\0", exclude_categories=["Cs"]), max_size=300)


@settings(max_examples=60, deadline=None)
@given(name=ONE_LINE, url=ONE_LINE, key=ONE_LINE)
def test_whatever_stands_in_a_slot_reads_back_as_itself(name: str, url: str, key: str) -> None:
    """R92: at wire level, by a parser that is not ours."""
    fields = {"name": name, "page_url": url, "key": key, "reply_to": name}
    raw = fill(SKELETON, FRAME, fields)
    words = SKELETON.words(fields)
    assert bodies(raw) == (words.text, words.html)
    assert f"Dear {name}," in words.text
    assert is_safe_for_any_relay(raw)
    assert list(parsed(raw)) == list(parsed(fill(SKELETON, FRAME, FIELDS)))


# Characters that the oracle itself can't read back from an encoded word in an address or unfolds as white space
PLAIN_LINE = st.text(
    st.characters(min_codepoint=32, exclude_characters="\x7f", exclude_categories=["Cs", "Cc", "Zl", "Zp", "Zs"])
    | st.just(" "),
    max_size=120,
).map(lambda s: " ".join(s.split()))


@settings(max_examples=60, deadline=None)
@given(PLAIN_LINE)
def test_a_name_and_a_subject_read_back_as_themselves(value: str) -> None:
    """R92: encoded words (RFC 2047) and quoted names."""
    raw = fill(SKELETON, replace(FRAME, to_name=value, from_name=value), {**FIELDS, "name": value})
    message = parsed(raw)
    assert str(message["Subject"]) == f"A word, {value}?"
    for name, address in (("To", "sam@example.org"), ("From", "petitions@example.org")):
        # not message[name]: that header class keeps the space between encoded words (RFC 2047 section 6.2)
        phrase, spec = parseaddr(str(message_from_bytes(raw)[name]).replace("\r\n", ""))
        assert (str(make_header(decode_header(phrase))), spec) == (value, address)


@pytest.mark.parametrize(
    "name",
    ["a\r\nBcc: x@example.org", "a\nBcc: x@example.org", "a\rb", "a\0b", "\n", "\r\n\r\n<script>"],
    ids=["CRLF", "LF", "CR", "NUL", "lone LF", "end of header"],
)
def test_line_breaks_and_nul_are_refused_everywhere(name: str) -> None:
    """R92: in header values and in every slot."""
    for slot in FIELDS:
        with pytest.raises(UnsafeValue):
            fill(SKELETON, FRAME, {**FIELDS, slot: name})
    for header in (
        "from_address",
        "from_name",
        "to_address",
        "to_name",
        "reply_to",
        "message_id",
        "list_id",
        "in_reply_to",
        "unsubscribe_mailto",
        "unsubscribe_url",
    ):
        with pytest.raises(UnsafeValue):
            fill(SKELETON, replace(FRAME, **{header: name}), FIELDS)
    for extra in (("X-A", name), (f"X-A{name}", "b")):
        with pytest.raises(UnsafeValue):
            fill(SKELETON, replace(FRAME, extra_headers=(extra,)), FIELDS)


@pytest.mark.parametrize("name", ["=?utf-8?q?=0ABcc:_x@example.org?=", "=0ABcc: x@example.org", "=?utf-8?b?Cg==?="])
def test_an_encoded_line_break_stays_the_letters_it_is(name: str) -> None:
    """R92: the =0A case: a value that looks like an encoded word is encoded again, not passed on."""
    message = parsed(fill(SKELETON, replace(FRAME, to_name=name), {**FIELDS, "name": name}))
    assert message["Subject"] == f"A word, {name}?"
    assert message["To"].addresses[0].display_name == name
    assert "Bcc" not in message


@pytest.mark.parametrize(
    "address",
    [
        "",
        "sam",
        "a@b@c",
        "sam @example.org",
        "<sam@example.org>",
        "a@example.org, b@example.org",
        "a@example.org>",
        "\ud800@example.org",
    ],
)
def test_what_is_no_address_makes_no_header(address: str) -> None:
    """R91: this mail fails, no other."""
    with pytest.raises(UnsafeValue):
        fill(SKELETON, replace(FRAME, to_address=address), FIELDS)


def test_an_address_in_another_script_has_its_domain_for_the_dns() -> None:
    raw = fill(SKELETON, replace(FRAME, to_address="sam@bücher.example"), FIELDS)
    assert b"<sam@xn--bcher-kva.example>" in raw
    assert raw.isascii()
    assert 'To: "Sam Lee" <zoë@example.org>\r\n'.encode() in fill(
        SKELETON, replace(FRAME, to_address="zoë@example.org"), FIELDS
    )


def test_an_extra_header_cannot_replace_one_of_the_frame() -> None:
    assert b"X-Note: yes\r\n" in fill(SKELETON, replace(FRAME, extra_headers=(("X-Note", "yes"),)), FIELDS)
    with pytest.raises(UnsafeValue, match="Bcc"):
        fill(SKELETON, replace(FRAME, extra_headers=(("Bcc", "x@example.org"),)), FIELDS)


@pytest.mark.parametrize("hours", [-12, -5.5, 0, 5.75, 14])
def test_dates_are_read_back_as_the_same_instant(hours: float) -> None:
    at = datetime(2013, 6, 3, 4, 5, 6, tzinfo=timezone(timedelta(hours=hours)))
    assert parsedate_to_datetime(date_time(at)) == at


def test_a_date_without_its_offset_is_refused() -> None:
    with pytest.raises(UnsafeValue):
        date_time(datetime(2013, 6, 24))  # noqa: DTZ001


def test_a_missing_field_is_named() -> None:
    with pytest.raises(TemplateError, match=r"petition_invitation.*'name'"):
        fill(SKELETON, FRAME, {})


def test_words_of_a_user_that_look_like_a_slot_are_words() -> None:
    """R48: a marker holds a number that nobody can know."""
    forged = marker("key", "text", "ffffffffffffffff")
    skeleton = Skeleton.read("notice", Rendered("s", f"{forged} {{{{ key }}}}", "<p></p>"), "=_b", NONCE)
    assert not skeleton.slots
    assert skeleton.words({}).text == "ffffffffffffffff:text:key {{ key }}"


@pytest.mark.parametrize("dots", [".", "..", ".hidden", "." * 80, "a\n.\n..\n...x\n" + "." * 200 + "\n.", ".\n"])
def test_no_line_begins_with_a_dot_that_a_relay_would_take_for_the_end(dots: str) -> None:
    """RFC 5321 section 4.5.2: what is composed needs no dots doubled; quoted-printable lines keep to 76 octets."""
    skeleton = Skeleton.read("notice", Rendered("s", f"{dots}{_t('name')}\n{dots}\n", f"{dots}"), "=_b", NONCE)
    fields = {"name": dots.replace("\n", " ")}
    raw = fill(skeleton, FRAME, fields)
    assert bodies(raw) == (skeleton.words(fields).text, skeleton.words(fields).html)
    assert is_safe_for_any_relay(raw)
    assert max(map(len, raw.split(b"\r\n\r\n", 1)[1].split(b"\r\n"))) <= 76


def test_the_boundary_stands_in_no_part() -> None:
    """A value that is the boundary itself, at the beginning of a line, ends no part."""
    fields = dict.fromkeys(FIELDS, "--=_b0--")
    assert bodies(fill(SKELETON, FRAME, fields)) == (SKELETON.words(fields).text, SKELETON.words(fields).html)


@pytest.mark.parametrize(
    ("rendered", "problem"),
    [
        pytest.param(
            Rendered("s", "t", f"<a href={_h('page_url')}>x</a>"), "built otherwise", id="attribute without quotes"
        ),
        pytest.param(Rendered("s", "t", f'<a href="{_t("page_url")}">x</a>'), "built otherwise", id="text in a page"),
    ],
)
def test_a_skeleton_that_a_value_could_break_out_of_is_refused_before_the_first_mail(
    rendered: Rendered, problem: str
) -> None:
    """R92: each mailing's skeleton is filled with hostile values and parsed again."""
    check(SKELETON)
    with pytest.raises(TemplateError, match=problem):
        check(Skeleton.read("notice", rendered, "=_b", NONCE))


def test_a_slot_that_a_filter_has_changed_is_refused() -> None:
    with pytest.raises(TemplateError, match="changed by a filter"):
        Skeleton.read("notice", Rendered("s", _t("name").replace("name", "NAME"), ""), "=_b", NONCE)
    with pytest.raises(TemplateError, match="subject"):
        Skeleton.read("notice", Rendered(_h("name"), "", ""), "=_b", NONCE)
