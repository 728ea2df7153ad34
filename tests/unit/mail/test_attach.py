"""Files that go with a mail, read back by the standard library."""

from __future__ import annotations

from datetime import UTC, datetime
from email import message_from_bytes, policy

import pytest

from mailflow.domain.packet import Attachment
from mailflow.mail.attach import frozen, thawed, with_attachments
from mailflow.mail.compose import Frame, Rendered, Skeleton, UnsafeValue, fill

SKELETON = Skeleton.read("submission", Rendered("Subject", "Words — here\n", "<p>Words</p>\n"), "=_inner")
FRAME = Frame("a@example.org", "A", "b@example.org", "<k@example.org>", datetime(2013, 7, 1, tzinfo=UTC))
FILES = (
    Attachment("mig-1-packet.pdf", "application/pdf", bytes(range(256)) * 40),
    Attachment("mig-1.csv", "text/csv", b"a,b\r\nlone\nend"),
    Attachment("empty.txt", "text/plain", b""),
)


def test_words_and_files_come_out_as_they_went_in() -> None:
    raw = fill(SKELETON, FRAME, {}, FILES)
    message = message_from_bytes(raw, policy=policy.default)
    assert message.get_content_type() == "multipart/mixed"
    assert str(message.get_body(("plain",)).get_content()).strip() == "Words — here"
    assert str(message.get_body(("html",)).get_content()).strip() == "<p>Words</p>"
    found = [(p.get_filename(), p.get_content_type(), p.get_payload(decode=True)) for p in message.iter_attachments()]
    assert found == [(one.name, one.media_type, one.content) for one in FILES]
    assert not message.defects and message["MIME-Version"] == "1.0"


def test_lines_are_short_seven_bit_and_end_in_crlf() -> None:
    """R92: what a relay may pass on unchanged."""
    raw = fill(SKELETON, FRAME, {}, FILES)
    assert raw.isascii() and raw.count(b"\n") == raw.count(b"\r\n")
    assert max(map(len, raw.split(b"\r\n"))) <= 78


def test_without_files_a_mail_stays_as_it_was() -> None:
    assert fill(SKELETON, FRAME, {}, ()) == fill(SKELETON, FRAME, {})


def test_the_same_files_give_the_same_bytes_after_the_database_kept_them() -> None:
    """R85: a retry sends the same mail."""
    assert thawed(frozen(FILES)) == FILES and thawed("") == ()
    assert fill(SKELETON, FRAME, {}, thawed(frozen(FILES))) == fill(SKELETON, FRAME, {}, FILES)


@pytest.mark.parametrize(
    ("name", "media_type"),
    [
        ('a"b.pdf', "application/pdf"),
        ("a\r\nBcc: x@example.org", "application/pdf"),
        ("", "application/pdf"),
        ("../a.pdf", "application/pdf"),
        ("a.pdf", "application/pdf\r\nX: y"),
    ],
)
def test_a_name_or_type_that_could_change_the_mail_is_refused(name: str, media_type: str) -> None:
    """R92."""
    with pytest.raises(UnsafeValue):
        with_attachments("", [Attachment(name, media_type, b"")])
