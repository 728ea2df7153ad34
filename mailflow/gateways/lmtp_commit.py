"""Group commit: mails that come over several connections at once are kept in one transaction, off the event loop."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence

from mailflow.domain.arrival import Arrival
from mailflow.errors import StoreAway

log = logging.getLogger(__name__)

Keep = Callable[[Sequence[Arrival]], object]  # commits; the same place again adds nothing

BATCH_MAX = 200
BATCH_MAX_BYTES = 20_000_000
WAITING_MAX = 1_000
REPLY_WITHIN_S = 4.5  # R37: then the client is told to come again; what is committed later is known by its content


class Committer:
    """Keeps what is handed over, a batch at a time; while one is committed, the next gathers."""

    def __init__(self, keep: Keep, kept: Callable[[], None] = lambda: None) -> None:
        self._keep, self._kept = keep, kept
        self._waiting: list[tuple[Arrival, asyncio.Future[None]]] = []
        self._task: asyncio.Task[None] | None = None

    async def keep(self, arrival: Arrival) -> None:
        """Return when the mail is committed, or raise why not. Whoever waits may go away: the commit goes on (R35)."""
        if len(self._waiting) >= WAITING_MAX:
            raise StoreAway("too many mails wait to be committed")
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((arrival, done))
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._work())
        try:
            await asyncio.wait_for(asyncio.shield(done), REPLY_WITHIN_S)
        except TimeoutError:
            self._waiting = [one for one in self._waiting if one[1] is not done]  # it will be brought again
            raise

    async def finish(self) -> None:
        """Return when nothing is under way."""
        if self._task is not None:
            await self._task

    async def _work(self) -> None:
        await asyncio.sleep(0)  # what is ready to be handed over now joins the first batch
        while self._waiting:
            batch = self._take()
            error = await self._commit([arrival for arrival, _ in batch])
            if error is None or len(batch) == 1 or isinstance(error, StoreAway):
                _answer(batch, error)
                continue
            for one in batch:  # one mail that can't be kept is no reason to refuse another
                _answer([one], await self._commit([one[0]]))

    def _take(self) -> list[tuple[Arrival, asyncio.Future[None]]]:
        taken, size = 0, 0
        for arrival, _ in self._waiting[:BATCH_MAX]:
            size += len(arrival.raw)
            if taken and size > BATCH_MAX_BYTES:
                break
            taken += 1
        batch, self._waiting = self._waiting[:taken], self._waiting[taken:]
        return batch

    async def _commit(self, arrivals: list[Arrival]) -> Exception | None:
        try:
            await asyncio.to_thread(self._keep, arrivals)
        except Exception as error:
            return error
        self._kept()
        return None


def _answer(batch: Sequence[tuple[Arrival, asyncio.Future[None]]], error: Exception | None) -> None:
    for _, done in batch:
        if done.done():
            continue
        if error is None:
            done.set_result(None)
        else:
            done.set_exception(error)
            done.exception()  # seen: nobody may be waiting any more
