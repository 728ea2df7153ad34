"""Tries the relay step by step: connect, TLS, login, and what it offers."""

from __future__ import annotations

from collections.abc import Iterator

from mailflow.config import Relay
from mailflow.domain.check import Check, ok, problem, warning
from mailflow.errors import RelayError, RelayLoginError
from mailflow.gateways.relay_session import Session, Timeouts

TIMEOUTS = Timeouts(connect_s=15, command_s=30, dot_s=60)
LOOPBACK = ("localhost", "127.0.0.1", "::1")


def check_relay(relay: Relay) -> Iterator[Check]:
    """Say how the relay is."""
    session = Session(relay, TIMEOUTS, None)
    try:
        session.open()
    except RelayLoginError as error:
        yield problem("relay", str(error), "check relay.username and relay.password")
        return
    except RelayError as error:
        yield problem("relay", str(error), "check relay.host, relay.port and relay.security")
        return
    offered = session.extensions
    session.quit()
    secured = {"tls": "TLS", "starttls": "STARTTLS"}.get(relay.security, "no TLS")
    login = f"logged in as {relay.username}" if relay.username else "no login"
    yield ok("relay", f"{relay.host}:{relay.port}, {secured}, {login}")
    if relay.security == "none" and relay.host not in LOOPBACK:
        detail = f"mail goes to {relay.host} in clear"
        yield warning("relay TLS", detail, 'set relay.security to "starttls" or "tls"')
    if "PIPELINING" in offered:
        yield ok("relay PIPELINING", "offered")
    else:
        yield warning("relay PIPELINING", "not offered: mail goes step by step", "nothing must be done; it is slower")
