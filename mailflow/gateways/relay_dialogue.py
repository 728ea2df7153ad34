"""What is said over one connection: mail after mail of a batch, pipelined where it is offered (RFC 2920).

Pipelined, one write carries the body of a mail and the envelope of the next:

    us     MAIL RCPT DATA | body 1 . MAIL RCPT DATA |            | body 2 . MAIL RCPT DATA | ...
    relay                 250 250 354              250 250 250 354                        250 ...
                                                    ^ told of 1, before body 2 leaves

so that a journal written when an answer is told knows of every acceptance before that connection's next body (R87):
after a kill at most the mail in hand goes twice.

The dialogue is a generator: it yields where it has to wait for the relay, and how long it would.
"""

from __future__ import annotations

import time
from collections.abc import Generator

from mailflow.domain.relay import RelayAnswer, Stage, answer_to, connection_lost
from mailflow.errors import RelayLoginError
from mailflow.gateways.relay_batch import Batch
from mailflow.gateways.relay_session import Lost, Reply, Session, Timeouts
from mailflow.gateways.relay_wire import Transaction

_LOGIN_WANTED = frozenset({530, 534, 535, 538})  # RFC 4954 section 6: the settings are wrong, not the mail
_DATA = b"DATA\r\n"
_EMPTY_MAIL = b".\r\n"

Replies = Generator[float, None, Reply]
Steps = Generator[float, None, None]


class Closing(Exception):
    """The relay closes the connection (421), or it broke; what is unanswered may go over another."""


class Dialogue:
    """One connection at work on a batch, for as long as it lives."""

    def __init__(self, session: Session, timeouts: Timeouts, batch: Batch) -> None:
        self.session, self._timeouts, self._batch = session, timeouts, batch
        self._mails: list[int] = []  # numbers of the mails that are neither answered nor given back: in hand, following
        self._stage: Stage = "mail"
        self._body_ends = 0  # so many octets of the last write follow the body of the mail in hand
        self._has_pushed = self._has_told = False
        self._steps = self._pipelined() if "PIPELINING" in session.extensions else self._in_lock_step()
        self.overdue_s = 0.0  # when the relay has been silent for too long, on the monotonic clock

    @property
    def has_body_out(self) -> bool:
        """Tell whether the relay may have taken a mail that it has not answered for."""
        return self._stage == "body" and bool(self._mails)

    def go_on(self) -> bool:
        """Say what can be said now; False when there is nothing more to say. Raises Closing and RelayLoginError."""
        try:
            self.overdue_s = time.monotonic() + next(self._steps)
        except StopIteration:
            return False
        except Lost as lost:
            self.lose(lost)
        return True

    def lose(self, lost: Lost) -> None:
        """Answer for the mail in hand, unless another connection may simply try it first. Raises Closing."""
        has_left = self.session.unsent <= self._body_ends
        stage: Stage = "data" if self._stage == "body" and not has_left else self._stage
        # a relay that hangs up in the middle of the first body may do so because of it: not offered for ever (R91)
        is_suspect = self._stage == "body" and not self._has_told
        if self._mails and (stage == "body" or is_suspect or not self.session.has_been_useful):
            self._tell(connection_lost(stage, lost.problem))
        raise Closing(lost.problem) from None

    def let_go(self) -> None:
        """Give back what has no answer, so that another connection may have it."""
        while self._mails:
            self._batch.give_back(self._mails.pop())

    # -- the two ways ------------------------------------------------------------------------------------------

    def _pipelined(self) -> Steps:
        current = self._take()
        if current is None:
            return
        self._push(self._envelope(current))
        while True:
            refusal, has_data_open = yield from self._envelope_replies()
            if refusal is not None:
                self._tell(refusal)
            if self._batch.is_over:
                return
            body = self._body(current, refusal, has_data_open)
            following = self._take()
            envelope = self._envelope(following) if following is not None else b""
            self._body_ends = len(envelope)
            self._push(body + envelope)
            if body:
                yield from self._body_reply(refusal is None)
            if following is None:
                return
            current, self._stage = following, "mail"

    def _in_lock_step(self) -> Steps:
        while (current := self._take()) is not None:
            self._stage = "mail"
            if self.session.must_reset:
                self.session.must_reset = False
                self._push(b"RSET\r\n")
                yield from self._reply(self._timeouts.command_s)
            refusal = yield from self._envelope_in_lock_step(current)
            if refusal is not None:
                self.session.must_reset = True
                self._tell(refusal)
            elif self._batch.is_over:
                return
            else:
                self._push(self._body(current, None, True))
                yield from self._body_reply(True)

    def _envelope_in_lock_step(self, current: Transaction) -> Generator[float, None, RelayAnswer | None]:
        lines: tuple[tuple[Stage, bytes], ...] = (("mail", current.mail), ("rcpt", current.rcpt), ("data", _DATA))
        for stage, line in lines:
            self._stage = stage
            self._push(line)
            refusal = self._refusal(stage, (yield from self._reply(self._timeouts.command_s)))
            if refusal is not None:
                return refusal
        return None

    # -- their pieces ------------------------------------------------------------------------------------------

    def _take(self) -> Transaction | None:
        taken = self._batch.take(self.session.extensions)
        if taken is None:
            return None
        self._mails.append(taken[0])
        return taken[1]

    def _push(self, data: bytes) -> None:
        self._has_pushed = True
        self.session.push(data)

    def _reply(self, timeout_s: float) -> Replies:
        while (reply := self.session.next_reply()) is None:
            if not self._has_pushed:  # what we say acknowledges too
                self.session.acknowledge()
            self._has_pushed = False
            yield timeout_s
        return reply

    def _envelope(self, current: Transaction) -> bytes:
        """The commands of one group; DATA must be its last (RFC 2920 section 3.1)."""
        reset = b"RSET\r\n" if self.session.must_reset else b""
        return reset + current.mail + current.rcpt + _DATA

    def _envelope_replies(self) -> Generator[float, None, tuple[RelayAnswer | None, bool]]:
        """Read the replies to a group. The second value: the relay waits for a body, whatever it refused before."""
        if self.session.must_reset:
            yield from self._reply(self._timeouts.command_s)
            self.session.must_reset = False
        refusal: RelayAnswer | None = None
        has_data_open = False
        stages: tuple[Stage, ...] = ("mail", "rcpt", "data")
        for self._stage in stages:
            reply = self.session.next_reply() or (yield from self._reply(self._timeouts.command_s))
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
            raise RelayLoginError(
                f"the relay wants a login before it takes mail (code {reply.code}): set relay.username"
            )
        answer = answer_to(stage, reply.code, reply.text)
        if reply.code == 421:  # it closes; on a connection that has served, that is no word about this mail
            if not self.session.has_been_useful and self._mails:
                self._tell(answer)
            raise Closing(answer.text)
        return answer

    def _body(self, current: Transaction, refusal: RelayAnswer | None, has_data_open: bool) -> bytes:
        if refusal is None:
            self._stage = "body"
            self.session.has_been_useful = True
            return current.data
        # 354 although the recipient was refused: nothing may be sent but the dot (RFC 2920 section 3.1)
        self.session.must_reset = not has_data_open
        return _EMPTY_MAIL if has_data_open else b""

    def _body_reply(self, is_of_a_mail: bool) -> Steps:
        reply = yield from self._reply(self._timeouts.dot_s)
        if not is_of_a_mail:
            return
        if not (200 <= reply.code < 300 or 400 <= reply.code < 600):
            raise Lost(f"an answer out of turn: {reply.code}")
        self._tell(answer_to("body", reply.code, reply.text))
        if reply.code == 421:
            raise Closing(reply.text)

    def _tell(self, answer: RelayAnswer) -> None:
        """Hand on the answer to the mail in hand."""
        if answer.code not in (0, 421):
            self.session.has_been_useful = True
        self._has_told = True
        self._batch.tell(self._mails.pop(0), answer)
