"""Fetches key records for the check of DKIM signatures, within a time limit, and remembers them for a while."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Mapping, Sequence

from mailflow.domain.dns_rules import Answer
from mailflow.gateways.dns import Dns

log = logging.getLogger(__name__)

ANSWER_S = 3.0  # for one question
BATCH_S = 10.0  # for all questions of a batch of mails
KEPT_S = 3600.0  # keys are rotated in days
PAUSE_S = 300.0  # after nobody answered
KEPT_MAX = 2_000


class DnsKeys:
    """Callable: names of TXT records to those that were found. Used by one thread at a time.

    dns: makes a resolver, which gives up after the first question that nobody answers. monotonic: seconds.
    """

    def __init__(self, dns: Callable[[], Dns], monotonic: Callable[[], float] = time.monotonic) -> None:
        self._dns, self._monotonic = dns, monotonic
        self._kept: dict[str, tuple[float, str]] = {}
        self._quiet_until_s = 0.0

    def __call__(self, names: Sequence[str]) -> Mapping[str, str]:
        """Ask for what is not known yet; whatever goes wrong, the mails are read without."""
        now_s = self._monotonic()
        self._forget(now_s)
        missing = [name for name in names if name not in self._kept]
        if missing and now_s >= self._quiet_until_s:
            self._ask(missing, now_s + BATCH_S)
        return {name: self._kept[name][1] for name in names if name in self._kept and self._kept[name][1]}

    def _ask(self, names: Sequence[str], until_s: float) -> None:
        dns = self._dns()
        for name in names:
            if self._monotonic() >= until_s:
                log.info("key records: %d of %d names were asked for, then time was up", names.index(name), len(names))
                return
            answer = dns.txt(name)
            if answer.why_unknown:
                self._quiet_until_s = self._monotonic() + PAUSE_S
                log.info("key records: %s; signatures are not checked for %d s", answer.why_unknown, int(PAUSE_S))
                return
            self._kept[name] = (self._monotonic() + KEPT_S, _record(answer))

    def _forget(self, now_s: float) -> None:
        if len(self._kept) > KEPT_MAX:
            self._kept.clear()
        self._kept = {name: kept for name, kept in self._kept.items() if kept[0] > now_s}


def _record(answer: Answer) -> str:
    """The key record among the TXT records (RFC 6376 section 3.6.2.2); two of them are no answer."""
    keys = [value for value in answer.values if "p=" in value]
    return keys[0] if len(keys) == 1 else ""
