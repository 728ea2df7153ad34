"""The way out: mails to the relay over one persistent connection, pipelined where it is offered (RFC 2920).

Pipelined, one write carries the body of a mail and the envelope of the next:

    us     MAIL RCPT DATA | body 1 . MAIL RCPT DATA |            | body 2 . MAIL RCPT DATA | ...
    relay                 250 250 354              250 250 250 354                        250 ...
                                                    ^ on_answer(1), before body 2 leaves

so that a journal written in on_answer knows of every acceptance before that connection's next body (R87): after a
kill at most the mail in hand goes twice.
"""

from __future__ import annotations

import ssl
from collections.abc import Callable, Sequence

from mailflow.domain.relay import Envelope, RelayAnswer, Stage, answer_to, connection_lost
from mailflow.errors import RelayError, RelayLoginError
from mailflow.gateways.relay_session import Lost, RelaySettings, Reply, Session, Timeouts
from mailflow.gateways.relay_wire import Transaction, transaction

OnAnswer = Callable[[int, RelayAnswer], None]

_FRUITLESS_MAX = 3  # connections in a row that died before the relay answered for a single mail on them
_LOGIN_WANTED = frozenset({530, 534, 535, 538})  # RFC 4954 section 6: the settings are wrong, not the mail
_DATA = b"DATA\r\n"
_EMPTY_MAIL = b".\r\n"


class _Closing(Exception):
    """The relay closes the connection (421), or it broke; what is unanswered may go over another."""


class SmtpRelay:
    """A relay as one thread uses it. Opens a connection when first needed and keeps it."""

    def __init__(
        self, settings: RelaySettings, timeouts: Timeouts | None = None, tls: ssl.SSLContext | None = None
    ) -> None:
        self._settings, self._timeouts, self._tls = settings, timeouts or Timeouts(), tls
        self._session: Session | None = None

    def submit_batch(self, envelopes: Sequence[Envelope], on_answer: OnAnswer) -> None:
        """Offer the mails in order; on_answer(i, answer) comes once for each, as soon as its answer is known.

        Raises RelayError when the relay can't be used and RelayLoginError when it refuses the login; the mails
        without an answer by then were not accepted and may be offered again.
        """
        answered, fruitless = [False] * len(envelopes), 0
        while not all(answered):
            session = self._ready()
            try:
                _Run(session, self._timeouts, envelopes, answered, on_answer).go()
            except _Closing as closing:
                self._drop()
                fruitless = 0 if session.has_been_useful else fruitless + 1
                if fruitless >= _FRUITLESS_MAX and not all(answered):
                    where = f"relay {self._settings.host}:{self._settings.port}"
                    raise RelayError(f"{where} closes every connection: {closing}") from None
            except BaseException:
                self._drop()
                raise

    def check(self) -> None:
        """Connect and log in if need be; raises as submit_batch does."""
        self._ready()

    def close(self) -> None:
        """Say QUIT and close."""
        if self._session is not None:
            self._session.quit()
            self._session = None

    def _ready(self) -> Session:
        if self._session is not None and self._session.is_stale():
            self._drop()
        if self._session is None:
            session = Session(self._settings, self._timeouts, self._tls)
            session.open()
            self._session = session
        return self._session

    def _drop(self) -> None:
        if self._session is not None:
            self._session.abandon()
            self._session = None


class _Run:
    """The unanswered mails of one batch over one connection, for as long as that lives."""

    def __init__(
        self,
        session: Session,
        timeouts: Timeouts,
        envelopes: Sequence[Envelope],
        answered: list[bool],
        on_answer: OnAnswer,
    ) -> None:
        self._session, self._timeouts, self._envelopes = session, timeouts, envelopes
        self._answered, self._on_answer = answered, on_answer
        self._in_hand: int | None = None
        self._stage: Stage = "mail"
        self._body_octets = 0  # how much of the last write is the body of the mail in hand

    def go(self) -> None:
        """Submit what is unanswered; raises _Closing when the connection ends first."""
        try:
            if "PIPELINING" in self._session.extensions:
                self._pipelined()
            else:
                self._in_lock_step()
        except Lost as lost:
            self._settle_lost(lost)
            raise _Closing(lost.problem) from None

    # -- the two ways ------------------------------------------------------------------------------------------

    def _pipelined(self) -> None:
        index, current = self._next(0)
        if current is not None:
            self._take_in_hand(index)
            self._session.write(self._envelope(current))
        while current is not None:
            refusal, has_data_open = self._envelope_replies()
            if refusal is not None:
                self._tell(index, refusal)
            following_index, following = self._next(index + 1)
            body = self._body(current, refusal, has_data_open)
            self._session.write(body + (self._envelope(following) if following is not None else b""))
            if body:
                self._body_reply(index)
            index, current = following_index, following
            self._take_in_hand(index)

    def _in_lock_step(self) -> None:
        index, current = self._next(0)
        while current is not None:
            self._take_in_hand(index)
            if self._session.must_reset:
                self._session.must_reset = False
                self._session.command(b"RSET")
            refusal = self._envelope_in_lock_step(current)
            if refusal is not None:
                self._session.must_reset = True
                self._tell(index, refusal)
            else:
                self._session.write(self._body(current, None, True))
                self._body_reply(index)
            index, current = self._next(index + 1)

    def _envelope_in_lock_step(self, current: Transaction) -> RelayAnswer | None:
        lines: tuple[tuple[Stage, bytes], ...] = (("mail", current.mail), ("rcpt", current.rcpt), ("data", _DATA))
        for stage, line in lines:
            self._stage = stage
            self._session.write(line)
            refusal = self._refusal(stage, self._session.reply(self._timeouts.command_s))
            if refusal is not None:
                return refusal
        return None

    # -- their pieces ------------------------------------------------------------------------------------------

    def _next(self, index: int) -> tuple[int, Transaction | None]:
        """Find the next unanswered mail from index on; those that can't go on this wire are answered on the way."""
        for i in range(index, len(self._envelopes)):
            if self._answered[i]:
                continue
            ready = transaction(self._envelopes[i], self._session.extensions)
            if isinstance(ready, Transaction):
                return i, ready
            self._tell(i, ready)
        return len(self._envelopes), None

    def _take_in_hand(self, index: int) -> None:
        self._in_hand, self._stage, self._body_octets = index, "mail", 0

    def _envelope(self, current: Transaction) -> bytes:
        """The commands of one group; DATA must be its last (RFC 2920 section 3.1)."""
        reset = b"RSET\r\n" if self._session.must_reset else b""
        return reset + current.mail + current.rcpt + _DATA

    def _envelope_replies(self) -> tuple[RelayAnswer | None, bool]:
        """Read the replies to a group. The second value: the relay waits for a body, whatever it refused before."""
        if self._session.must_reset:
            self._session.reply(self._timeouts.command_s)
            self._session.must_reset = False
        refusal: RelayAnswer | None = None
        has_data_open = False
        stages: tuple[Stage, ...] = ("mail", "rcpt", "data")
        for self._stage in stages:
            reply = self._session.reply(self._timeouts.command_s)
            has_data_open = reply.code == 354
            if refusal is None:
                refusal = self._refusal(self._stage, reply)
        return refusal, has_data_open

    def _refusal(self, stage: Stage, reply: Reply) -> RelayAnswer | None:
        if reply.code == (354 if stage == "data" else 250) or (stage == "rcpt" and reply.code == 251):
            return None
        if reply.code < 400:
            raise Lost(f"an answer out of turn: {reply.code}")
        if stage == "mail" and reply.code in _LOGIN_WANTED:
            raise RelayLoginError(f"the relay wants a login before it takes mail (code {reply.code})")
        answer = answer_to(stage, reply.code, reply.text)
        if reply.code == 421:  # it closes; on a connection that has served, that is no word about this mail
            if not self._session.has_been_useful and self._in_hand is not None:
                self._tell(self._in_hand, answer)
            raise _Closing(answer.text)
        return answer

    def _body(self, current: Transaction, refusal: RelayAnswer | None, has_data_open: bool) -> bytes:
        if refusal is None:
            self._stage, self._body_octets = "body", len(current.data)
            self._session.has_been_useful = True
            return current.data
        # 354 although the recipient was refused: nothing may be sent but the dot (RFC 2920 section 3.1)
        self._session.must_reset = not has_data_open
        return _EMPTY_MAIL if has_data_open else b""

    def _body_reply(self, index: int) -> None:
        reply = self._session.reply(self._timeouts.dot_s)
        if self._answered[index]:
            return
        if not (200 <= reply.code < 300 or 400 <= reply.code < 600):
            raise Lost(f"an answer out of turn: {reply.code}")
        self._tell(index, answer_to("body", reply.code, reply.text))
        if reply.code == 421:
            raise _Closing(reply.text)

    def _settle_lost(self, lost: Lost) -> None:
        """Answer for the mail in hand, unless another connection may simply try it first."""
        index = self._in_hand
        if index is None or index >= len(self._envelopes) or self._answered[index]:
            return
        has_left = lost.written is None or lost.written >= self._body_octets
        stage: Stage = "data" if self._stage == "body" and not has_left else self._stage
        if stage == "body" or not self._session.has_been_useful:
            self._tell(index, connection_lost(stage, lost.problem))

    def _tell(self, index: int, answer: RelayAnswer) -> None:
        self._answered[index] = True
        if answer.stage != "local" and answer.code not in (0, 421):
            self._session.has_been_useful = True
        self._on_answer(index, answer)
