"""The way out: mails to the relay over a few persistent connections, all served by the thread that uses them."""

from __future__ import annotations

import logging
import selectors
import ssl
import time
from collections.abc import Callable, Sequence

from mailflow.domain.relay import Mails, OnAnswer
from mailflow.errors import RelayError, RelayLoginError
from mailflow.gateways.relay_batch import Batch
from mailflow.gateways.relay_dialogue import Closing, Dialogue
from mailflow.gateways.relay_session import Lost, RelaySettings, Session, Timeouts

log = logging.getLogger(__name__)

_FRUITLESS_MAX = 3  # connections in a row that died before the relay answered for a single mail on them
_MAILS_A_CONNECTION = 20  # for fewer, another connection is not worth its greeting
Ended = Callable[[Session, Closing, Batch], None]
_READ, _READ_AND_WRITE = selectors.EVENT_READ, selectors.EVENT_READ | selectors.EVENT_WRITE


class SmtpRelay:
    """A relay as one thread uses it. Opens connections, at most so many, when first needed, and keeps them."""

    def __init__(
        self,
        settings: RelaySettings,
        timeouts: Timeouts | None = None,
        tls: ssl.SSLContext | None = None,
        connections: int = 1,
    ) -> None:
        self._settings, self._timeouts, self._tls = settings, timeouts or Timeouts(), tls
        self._at_most = connections
        self._sessions: list[Session] = []
        self._fruitless = 0

    def submit_batch(self, mails: Mails, on_answer: OnAnswer) -> None:
        """Offer the mails in order; on_answer(i, answer) comes once for each, as soon as its answer is known.

        Its True, or an exception, means that nothing more is to be offered; what is under way is finished then. Raises
        what on_answer raised, RelayError when the relay can't be used and RelayLoginError when it refuses the login;
        the mails without an answer by then were not accepted and may be offered again.
        """
        batch, self._fruitless = Batch(mails, on_answer), 0
        try:
            while batch.waiting and not batch.is_over:
                _Serving(batch, self._ready(batch.waiting), self._timeouts, self._ended).go()
        except BaseException:
            self._drop(self._sessions)
            raise
        if batch.is_over:
            self._drop(self._sessions)  # on some the relay waits for a mail that doesn't come
        if batch.error is not None:
            raise batch.error

    def check(self) -> None:
        """Connect and log in if need be; raises as submit_batch does."""
        self._ready(1)

    def close(self) -> None:
        """Say QUIT and close."""
        for session in self._sessions:
            session.quit()
        self._sessions = []

    def _ready(self, mails: int) -> Sequence[Session]:
        """Give connections for so many mails."""
        wanted = min(self._at_most, 1 + mails // _MAILS_A_CONNECTION)
        self._drop([session for session in self._sessions if session.is_stale()])
        while len(self._sessions) < wanted:
            session = Session(self._settings, self._timeouts, self._tls)
            try:
                session.open()
            except RelayError as error:
                if not self._sessions:
                    raise
                log.info("%d connections will do: %s", len(self._sessions), error)
                self._at_most = len(self._sessions)
                break
            session.stop_waiting()
            self._sessions.append(session)
        return self._sessions[:wanted]

    def _ended(self, session: Session, closing: Closing, batch: Batch) -> None:
        """Note that a connection has ended before the batch has."""
        self._drop([session])
        self._fruitless = 0 if session.has_been_useful else self._fruitless + 1
        if self._fruitless >= _FRUITLESS_MAX and batch.waiting:
            where = f"relay {self._settings.host}:{self._settings.port}"
            batch.end(RelayError(f"{where} closes every connection: {closing}"))

    def _drop(self, sessions: Sequence[Session]) -> None:
        for session in sessions:
            session.abandon()
        self._sessions = [session for session in self._sessions if session not in sessions]


class _Serving:
    """Some connections at work on a batch, until all of it is answered or each of them has ended."""

    def __init__(self, batch: Batch, sessions: Sequence[Session], timeouts: Timeouts, ended: Ended) -> None:
        self._batch, self._ended = batch, ended
        self._selector = selectors.DefaultSelector()
        self._going = {session: Dialogue(session, timeouts, batch) for session in sessions}
        self._writing: set[Session] = set()

    def go(self) -> None:
        """Serve whichever connection has something to say."""
        with self._selector:
            for session, dialogue in list(self._going.items()):
                self._selector.register(session, _READ, dialogue)
                self._serve(dialogue, 0)
            while self._going and not (self._batch.is_over and not self._has_body_out()):
                earliest_s = min(dialogue.overdue_s for dialogue in self._going.values())
                for key, events in self._selector.select(max(0.0, earliest_s - time.monotonic())):
                    self._serve(key.data, events)
                if earliest_s <= time.monotonic():
                    self._end_overdue()
        for dialogue in self._going.values():
            dialogue.let_go()

    def _has_body_out(self) -> bool:
        return any(dialogue.has_body_out for dialogue in self._going.values())

    def _serve(self, dialogue: Dialogue, events: int) -> None:
        session = dialogue.session
        try:
            try:
                if events & selectors.EVENT_WRITE:
                    session.flush()
                if events & selectors.EVENT_READ:
                    session.pull()
            except Lost as lost:
                dialogue.lose(lost)
            if dialogue.go_on():
                self._watch(dialogue)
            else:
                self._leave(dialogue)
        except Closing as closing:
            self._end(dialogue, closing)
        except RelayLoginError as error:
            self._batch.end(error)
            self._end(dialogue, Closing(str(error)))

    def _watch(self, dialogue: Dialogue) -> None:
        """Wait for room to write as well where what was said has not all left."""
        session = dialogue.session
        if bool(session.unsent) != (session in self._writing):
            self._writing ^= {session}
            self._selector.modify(session, _READ_AND_WRITE if session.unsent else _READ, dialogue)

    def _end_overdue(self) -> None:
        now_s = time.monotonic()
        for dialogue in [each for each in self._going.values() if each.overdue_s <= now_s]:
            try:
                dialogue.lose(Lost("no answer in time"))
            except Closing as closing:
                self._end(dialogue, closing)

    def _end(self, dialogue: Dialogue, closing: Closing) -> None:
        self._leave(dialogue)
        self._ended(dialogue.session, closing, self._batch)

    def _leave(self, dialogue: Dialogue) -> None:
        self._selector.unregister(dialogue.session)
        self._writing.discard(dialogue.session)
        del self._going[dialogue.session]
        dialogue.let_go()
