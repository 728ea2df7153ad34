"""What stands before every page: limits on what comes in, headers on what goes out."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import logging
from collections.abc import Mapping

from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException
from starlette.requests import ClientDisconnect, Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

BODY_MAX_BYTES = 8 * 1024
BODY_TIMEOUT_S = 10
FIELDS_MAX = 10

log = logging.getLogger(__name__)


def security_headers(style: str) -> dict[str, str]:
    """Give the headers of every answer. style: the one style sheet that pages carry; nothing else is ever loaded."""
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = (
        f"default-src 'none'; style-src 'sha256-{digest}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )
    return {
        "Content-Security-Policy": policy,
        "Referrer-Policy": "no-referrer",  # the address of a personal page is a key
        "X-Content-Type-Options": "nosniff",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
    }


class Front:
    """The outermost: security headers, no-store unless a page says that it may be kept, failures logged once."""

    def __init__(self, app: ASGIApp, headers: Mapping[str, str]) -> None:
        self._app, self._headers = app, headers

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as the app does, with our headers."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(self._headers)
                headers.setdefault("Cache-Control", "no-store")
            await send(message)

        try:
            await self._app(scope, receive, send_with_headers)
        except Exception as error:
            # Starlette has sent the page that says so before it raises
            log.error("a page under /%s failed", scope.get("path", "/")[1:2], exc_info=error)


class Form:
    """Reads a POST's form before the page is asked, as text only, and within limits.

    The pages are plain functions in worker threads; this is the one place that waits for a sender.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Put `form`, a dict of texts, into the request's state."""
        scope.setdefault("state", {})["form"] = await _form(scope, receive)
        await self._app(scope, receive, send)


async def _form(scope: Scope, receive: Receive) -> dict[str, str]:
    """Read urlencoded and multipart forms (RFC 8058 section 3.2 allows both); files are refused."""
    try:
        async with asyncio.timeout(BODY_TIMEOUT_S):
            request = Request(scope, _bounded(receive))
            async with request.form(max_files=0, max_fields=FIELDS_MAX) as form:
                return {name: value for name, value in form.multi_items() if isinstance(value, str)}
    except TimeoutError:
        raise HTTPException(408) from None
    except (MultiPartException, ClientDisconnect, ValueError):
        raise HTTPException(400) from None


def _bounded(receive: Receive) -> Receive:
    """Count what comes in, and stop at the limit."""
    taken = 0

    async def receive_bounded() -> Message:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        if taken > BODY_MAX_BYTES:
            raise HTTPException(413)
        return message

    return receive_bounded
