"""Files that go with a mail: a composed body wrapped in multipart/mixed (RFC 2046 section 5.1.3). Pure.

Attachments are frozen with the mailing, as JSON beside its skeletons, so that a retry sends the same bytes (R85).
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Sequence
from hashlib import sha256

from mailflow.domain.packet import Attachment
from mailflow.mail.header import UnsafeValue

KEPT_AS = "+attachments"
"""Where the skeletons of a mailing keep what goes with each of its mails; no language is called so."""

_MIME_VERSION = "MIME-Version: 1.0\r\n"
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,100}")
_TYPE = re.compile(r"[a-z]+/[a-z0-9.+-]{1,80}")


def with_attachments(body: str, attachments: Sequence[Attachment]) -> str:
    """Give the MIME headers and body of a mail with the files behind its words. body: as Skeleton.body gives it."""
    if not attachments:
        return body
    digest = sha256("".join(part.sha256 for part in attachments).encode()).hexdigest()
    boundary = f"=_mixed{digest[:24]}"
    head = f'{_MIME_VERSION}Content-Type: multipart/mixed;\r\n boundary="{boundary}"\r\n\r\n--{boundary}\r\n'
    parts = "".join(f"\r\n--{boundary}\r\n{_part(one)}" for one in attachments)
    return f"{head}{body.removeprefix(_MIME_VERSION)}{parts}\r\n--{boundary}--\r\n"


def _part(one: Attachment) -> str:
    if not _NAME.fullmatch(one.name) or not _TYPE.fullmatch(one.media_type):
        raise UnsafeValue(f"an attachment can't be called {one.name!r} or be of the type {one.media_type!r}")
    # base64 and not text, whatever the type: a relay that changes line ends would change the SHA-256
    content = base64.encodebytes(one.content).decode("ascii").replace("\n", "\r\n")
    return (
        f'Content-Type: {one.media_type}; name="{one.name}"\r\nContent-Transfer-Encoding: base64\r\n'
        f'Content-Disposition: attachment; filename="{one.name}"\r\n\r\n{content}'
    )


def frozen(attachments: Sequence[Attachment]) -> str:
    """Give attachments as JSON text."""
    rows = [[one.name, one.media_type, base64.b64encode(one.content).decode("ascii")] for one in attachments]
    return json.dumps(rows)


def thawed(text: str) -> tuple[Attachment, ...]:
    """Take attachments back from their JSON text; "" is none."""
    rows = json.loads(text) if text else []
    return tuple(Attachment(name, media_type, base64.b64decode(content)) for name, media_type, content in rows)
