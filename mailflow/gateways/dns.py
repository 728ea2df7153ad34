"""Asks the DNS. Whatever goes wrong, an Answer comes back: a machine without DNS gets 'unknown'."""

from __future__ import annotations

from collections.abc import Sequence

import dns.exception
import dns.rdatatype
import dns.resolver

from mailflow.domain.dns_rules import Answer

TIMEOUT_S = 5.0


class Dns:
    """Asks these servers, or the machine's own; remembers what it was told, also that nobody answers."""

    def __init__(self, servers: Sequence[str] = (), port: int = 53, timeout_s: float = TIMEOUT_S) -> None:
        self._servers, self._port, self._timeout_s = list(servers), port, timeout_s
        self._resolver: dns.resolver.Resolver | None = None
        self._dead = ""

    def txt(self, name: str) -> Answer:
        """Give the TXT records of a name, each joined from its strings (RFC 7208 section 3.3)."""
        return self._ask(name, "TXT")

    def mx(self, name: str) -> Answer:
        """Give the MX records of a name as 'PREFERENCE HOST'."""
        return self._ask(name, "MX")

    def _ask(self, name: str, kind: str) -> Answer:
        if self._dead:
            return Answer(why_unknown=self._dead)
        try:
            found = self._ready().resolve(name, kind, search=False)
        except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
            return Answer()
        except (dns.exception.Timeout, dns.resolver.NoNameservers, dns.resolver.NoResolverConfiguration, OSError):
            self._dead = f"no DNS server answers here (asked for {kind} of {name})"
            return Answer(why_unknown=self._dead)
        except (dns.exception.DNSException, ValueError) as error:
            return Answer(why_unknown=f"{name} can't be asked for: {type(error).__name__}")
        return Answer(tuple(_text(record) for record in found))

    def _ready(self) -> dns.resolver.Resolver:
        if self._resolver is None:
            self._resolver = dns.resolver.Resolver(configure=not self._servers)
            if self._servers:
                self._resolver.nameservers = list(self._servers)
                self._resolver.port = self._port
            self._resolver.lifetime = self._timeout_s
        return self._resolver


def _text(record: object) -> str:
    strings = getattr(record, "strings", None)
    if strings is not None:
        return b"".join(strings).decode("utf-8", "replace")
    return f"{getattr(record, 'preference', '')} {getattr(record, 'exchange', '')}".strip()
