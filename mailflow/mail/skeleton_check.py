"""Does a skeleton stay itself, whatever stands in its holes? Asked once for each mailing, before its first mail (R92).

Each hostile value is filled in, the bytes are parsed again by the standard library, and headers, both texts and the
build of the HTML page are compared with what they should be.
"""

from __future__ import annotations

from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from html.parser import HTMLParser

from mailflow.errors import TemplateError
from mailflow.mail.compose import Frame, fill
from mailflow.mail.header import UnsafeValue
from mailflow.mail.skeleton import Skeleton

HOSTILE_VALUES = (
    "",
    " ",
    ".",
    "Zoë Ωmega 🖋️ नाम",
    "A \"quoted\\\" <name@example.org>, & 'more'; (x)",
    "=0D=0ABcc: x@example.org",
    "=?utf-8?q?=0ABcc:_x@example.org?=",
    "%0d%0aBcc:x@example.org",
    "{{ 7*7 }}{% raw %}",
    "</p></a><script>alert(1)</script><!--",
    "\" onclick='x' style=\"",
    "--boundary--",
    "two  spaces and one behind ",
    "long " * 200,
    "x" * 700,
    "\u2028\x85\x0b\x1c",
)
BREAKING_VALUES = ("a\r\nBcc: x@example.org", "a\nb", "a\rb", "a\0b")

_FRAME = Frame(
    from_address="petitions@example.org",
    from_name="Association",
    to_address="member@example.org",
    message_id="<check@example.org>",
    date=datetime(2013, 6, 24, 14, tzinfo=UTC),
)


class _Build(HTMLParser):
    """The tags of a page with the names of their attributes: what no value may change."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, tuple[str, ...]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, tuple(name for name, _ in attrs)))

    def handle_endtag(self, tag: str) -> None:
        self.tags.append(("/" + tag, ()))


def check(skeleton: Skeleton) -> None:
    """Raise TemplateError when a value could change anything of a mail but its own place."""
    build = _tags(skeleton.words(dict.fromkeys(skeleton.slots, "plain")).html)
    for value in HOSTILE_VALUES:
        fields = dict.fromkeys(skeleton.slots, value)
        problem = _difference(skeleton, fields, build)
        if problem:
            raise TemplateError(f"{skeleton.notice}: with the value {value[:40]!r} {problem}")
    for value in BREAKING_VALUES if skeleton.slots else ():
        try:
            fill(skeleton, _FRAME, dict.fromkeys(skeleton.slots, value))
        except UnsafeValue:
            continue
        raise TemplateError(f"{skeleton.notice}: the value {value!r} was not refused")


def _difference(skeleton: Skeleton, fields: dict[str, str], build: list[tuple[str, tuple[str, ...]]]) -> str:
    expected = skeleton.words(fields)
    raw = fill(skeleton, _FRAME, fields)
    if not _is_wire_text(raw):
        return "a line can't leave as it is"
    parsed = message_from_bytes(raw, EmailMessage, policy=policy.SMTPUTF8)
    if [name.lower() for name in parsed] != _EXPECTED_FIELDS:
        return f"the headers are {parsed.keys()}"
    if " ".join(str(parsed["Subject"]).split()) != " ".join(expected.subject.split()):
        return "the subject reads otherwise"
    parts = [part for part in parsed.walk() if not part.is_multipart()]
    if [part.get_content_type() for part in parts] != ["text/plain", "text/html"]:
        return "the mail has other parts"
    for part, text in zip(parts, (expected.text, expected.html), strict=True):
        payload = part.get_payload(decode=True)
        if not isinstance(payload, bytes) or payload.decode("utf-8").replace("\r\n", "\n") != text:
            return f"the {part.get_content_type()} part reads otherwise"
    return "" if _tags(expected.html) == build else "the HTML is built otherwise (is an attribute without quotes?)"


def _is_wire_text(raw: bytes) -> bool:
    """Tell whether a mail needs no more than the final dot (domain.relay.Envelope)."""
    lines = raw.split(b"\r\n")
    is_fit = all(len(line) <= 998 and line[:1] != b"." and not set(line) & set(b"\r\n\0") for line in lines)
    return is_fit and not lines[-1] and raw.isascii()


def _tags(page: str) -> list[tuple[str, tuple[str, ...]]]:
    parser = _Build()
    parser.feed(page)
    parser.close()
    return parser.tags


_EXPECTED_FIELDS = [
    "message-id",
    "date",
    "to",
    "subject",
    "from",
    "auto-submitted",
    "x-auto-response-suppress",
    "x-loop",
    "mime-version",
    "content-language",
    "content-type",
]
