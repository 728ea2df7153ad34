"""How long a browser may take to say what it wants: uvicorn itself waits for ever for the end of a request's header."""

from __future__ import annotations

import asyncio
from typing import Any

from uvicorn.protocols.http.h11_impl import H11Protocol

HEAD_TIMEOUT_S = 10.0


class Patient(H11Protocol):
    """Drops a connection whose request's header is not whole within 10 s, however steadily it trickles in.

    The limit on the body is the guard's; between two requests the shorter keep-alive timeout counts.
    """

    _head_timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: Any) -> None:
        """Begin to wait for the first request."""
        super().connection_made(transport)
        self._watch_head()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait for nothing more."""
        self._end_watch()
        super().connection_lost(exc)

    def handle_events(self) -> None:
        """Take what came; when a request's header is whole, the wait for it is over."""
        super().handle_events()
        if self.cycle is None or self.cycle.response_complete:  # none yet, or the last one is answered
            self._watch_head()
        else:
            self._end_watch()

    def _watch_head(self) -> None:
        if self._head_timer is None:
            self._head_timer = self.loop.call_later(HEAD_TIMEOUT_S, self._give_up)

    def _end_watch(self) -> None:
        if self._head_timer is not None:
            self._head_timer.cancel()
            self._head_timer = None

    def _give_up(self) -> None:
        self._head_timer = None
        if not self.transport.is_closing():
            self.transport.abort()
