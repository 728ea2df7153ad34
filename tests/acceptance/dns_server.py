"""A DNS server with the records that a test gives it; UDP on a free port of this machine."""

from __future__ import annotations

import socket
import threading
from dataclasses import dataclass, field
from types import TracebackType

import dns.flags
import dns.message
import dns.rcode
import dns.rrset


@dataclass
class DnsServer:
    """Use as a context manager. records: (name, kind) -> values in zone file form; other names do not exist.

    fails: every question is answered by SERVFAIL.
    """

    records: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    fails: bool = False
    asked: list[tuple[str, str]] = field(default_factory=list)

    def __enter__(self) -> DnsServer:
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.bind(("127.0.0.1", 0))
        self.port = int(self._socket.getsockname()[1])
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        self._socket.sendto(b"", ("127.0.0.1", self.port))
        self._thread.join(5)
        self._socket.close()

    def _serve(self) -> None:
        while True:
            data, peer = self._socket.recvfrom(4096)
            if not data:
                return
            self._socket.sendto(self._answer(data), peer)

    def _answer(self, data: bytes) -> bytes:
        question = dns.message.from_wire(data)
        asked = question.question[0]
        name, kind = asked.name.to_text(omit_final_dot=True).lower(), asked.rdtype.name
        self.asked.append((name, kind))
        answer = dns.message.make_response(question)
        answer.flags |= dns.flags.RA
        values = self.records.get((name, kind))
        if self.fails:
            answer.set_rcode(dns.rcode.SERVFAIL)
        elif values is not None:
            answer.answer.append(dns.rrset.from_text(asked.name, 60, "IN", kind, *values))
        elif not any(known == name for known, _ in self.records):
            answer.set_rcode(dns.rcode.NXDOMAIN)
        return answer.to_wire()
