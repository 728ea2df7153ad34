"""The mails of one batch, as the connections that carry them share them."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping

from mailflow.domain.relay import Envelope, Mails, OnAnswer, RelayAnswer
from mailflow.gateways.relay_wire import Transaction, transaction


class Batch:
    """Which mails wait for a connection, and whether any more is to be offered.

    on_answer's True means that nothing more is to be offered; so does an exception, which is kept as `error`.
    """

    def __init__(self, mails: Mails, on_answer: OnAnswer) -> None:
        self._mails, self._on_answer = mails, on_answer
        self._waiting = deque(range(len(mails)))
        self.is_over = False
        self.error: Exception | None = None

    @property
    def waiting(self) -> int:
        """How many mails no connection has."""
        return len(self._waiting)

    def take(self, extensions: Mapping[str, str]) -> tuple[int, Transaction] | None:
        """Give the next mail and its number; those that can't go on this wire are answered on the way."""
        while self._waiting and not self.is_over:
            index = self._waiting.popleft()
            mail = self._mails[index]
            ready = transaction(mail, extensions) if isinstance(mail, Envelope) else mail
            if isinstance(ready, Transaction):
                return index, ready
            self.tell(index, ready)
        return None

    def give_back(self, index: int) -> None:
        """Let another connection have a mail: next, for it was this one's turn."""
        self._waiting.appendleft(index)

    def tell(self, index: int, answer: RelayAnswer) -> None:
        """Hand on the answer to a mail."""
        try:
            if self._on_answer(index, answer):
                self.is_over = True
        except Exception as error:
            self.end(error)

    def end(self, error: Exception) -> None:
        """Offer nothing more; the first error is what the caller of the batch gets."""
        self.is_over = True
        self.error = self.error or error
