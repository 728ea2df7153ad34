"""Pictures that stand in a mail's HTML: a composed body wrapped in multipart/related (RFC 2387). Pure.

Like attachments they are frozen with the mailing, as JSON beside its skeletons, so that a retry sends the same bytes.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from mailflow.mail.header import UnsafeValue

KEPT_AS = "+pictures"
_MIME_VERSION = "MIME-Version: 1.0\r\n"
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,60}@[A-Za-z0-9.-]{1,60}")


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG. content_id: without brackets; the HTML says src="cid:…"."""

    content_id: str
    content: bytes


def with_pictures(body: str, pictures: Sequence[Picture]) -> str:
    """Give the MIME headers and body of a mail with its pictures. body: as Skeleton.body gives it."""
    if not pictures:
        return body
    digest = sha256(b"".join(sha256(one.content).digest() for one in pictures)).hexdigest()
    boundary = f"=_related{digest[:24]}"
    kind = f'multipart/related;\r\n type="multipart/alternative"; boundary="{boundary}"'
    head = f"{_MIME_VERSION}Content-Type: {kind}\r\n\r\n--{boundary}\r\n"
    parts = "".join(f"\r\n--{boundary}\r\n{_part(one)}" for one in pictures)
    return f"{head}{body.removeprefix(_MIME_VERSION)}{parts}\r\n--{boundary}--\r\n"


def _part(one: Picture) -> str:
    if not _ID.fullmatch(one.content_id):
        raise UnsafeValue(f"a picture can't be called {one.content_id!r}")
    name = one.content_id.partition("@")[0] + ".png"
    content = base64.encodebytes(one.content).decode("ascii").replace("\n", "\r\n")
    return (
        f'Content-Type: image/png; name="{name}"\r\nContent-Transfer-Encoding: base64\r\n'
        f'Content-ID: <{one.content_id}>\r\nContent-Disposition: inline; filename="{name}"\r\n\r\n{content}'
    )


def frozen(pictures: Sequence[Picture]) -> str:
    """Give pictures as JSON text."""
    return json.dumps([[one.content_id, base64.b64encode(one.content).decode("ascii")] for one in pictures])


def thawed(text: str) -> tuple[Picture, ...]:
    """Take pictures back from their JSON text; "" is none."""
    rows = json.loads(text) if text else []
    return tuple(Picture(content_id, base64.b64decode(content)) for content_id, content in rows)
