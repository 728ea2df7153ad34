"""All of `doctor`'s looks, in the order an operator would mend what is wrong."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from datetime import datetime

from mailflow.config import Settings
from mailflow.domain.check import Check, State, unknown
from mailflow.domain.dns_rules import check_dkim, check_dmarc, check_mx, check_spf
from mailflow.gateways.dns import Dns
from mailflow.gateways.probe_mailbox import check_mailbox
from mailflow.gateways.probe_relay import check_relay
from mailflow.gateways.round_trip import NAME, RoundTrip, go_round
from mailflow.mail.border import check_border, check_stamps, signed_by
from mailflow.mail.key import encode_key
from mailflow.mail.message import Message
from mailflow.mail.proof import Trust
from mailflow.service.doctor import check_address, check_configuration, check_trust, database, no_database

WAIT_S = 60.0


def examine(
    settings: Settings, now: datetime, *, dns: Dns | None = None, wait_s: float = WAIT_S, has_round_trip: bool = True
) -> Iterator[Check]:
    """Look at everything, each check as soon as it is known. wait_s: how long the mail of the round trip may take."""
    yield from check_configuration(settings)
    with database(settings) as (db, checks):
        yield from checks
        ways: list[Check] = []
        for check in _ways(settings):
            ways.append(check)
            yield check
        trip = _round_trip(settings, now, wait_s, ways, has_round_trip)
        yield trip.check
        yield from _trust(settings, trip)
        if trip.message is None or not settings.trust.authserv_id:
            yield check_trust(db, settings) if db is not None else no_database("trust")
        yield check_address(db, settings, now) if db is not None else no_database("address")
    yield from _dns(settings, dns or Dns(settings.dns.servers), trip.message)


def _ways(settings: Settings) -> Iterator[Check]:
    if settings.mailbox.imap is not None:
        yield from check_mailbox(settings.mailbox.imap)
    yield from check_relay(settings.relay)


def _round_trip(settings: Settings, now: datetime, wait_s: float, ways: list[Check], is_wanted: bool) -> RoundTrip:
    if not is_wanted:
        return RoundTrip(unknown(NAME, "left out (--no-round-trip)"))
    if any(check.state is State.PROBLEM for check in ways):
        return RoundTrip(unknown(NAME, "not tried: the mailbox or the relay can't be used"))
    return go_round(settings, encode_key(secrets.token_bytes(16)), now, wait_s)


def _trust(settings: Settings, trip: RoundTrip) -> Iterator[Check]:
    """The mail that has just come is the best witness of what our mail server does."""
    if trip.message is None or not settings.trust.authserv_id:
        return
    trust = settings.trust
    believed = Trust(trust.authserv_id, trust.profile, trust.arc_sealers)
    border = check_border(trip.message, believed, trip.marker)
    yield border
    if border.state is not State.PROBLEM:  # else the stamp that would be believed is the forged one
        yield check_stamps([trip.message], believed)


def _dns(settings: Settings, dns: Dns, arrived: Message | None) -> Iterator[Check]:
    domain = settings.mailbox.address.rpartition("@")[2].lower()
    yield check_mx(domain, dns.mx)
    yield check_spf(domain, dns.txt)
    yield _dkim(settings, domain, dns, arrived)
    yield check_dmarc(domain, dns.txt)


def _dkim(settings: Settings, domain: str, dns: Dns, arrived: Message | None) -> Check:
    ours = settings.relay.dkim
    if ours is not None:
        return check_dkim(ours.domain, ours.selector, dns.txt, _public_key(settings))
    if arrived is None:
        return unknown("DKIM", "no mail of ours has come back whose signature would name the key")
    found = signed_by(arrived, domain)
    if found is None:
        detail = f"the mail came back without a DKIM signature of {domain}"
        remedy = "let the relay sign, or set relay.dkim; a relay may leave out mail that stays on its own machine"
        return Check("DKIM", State.WARNING, detail, remedy)
    return check_dkim(*found, dns.txt)


def _public_key(settings: Settings) -> str:
    from mailflow.mail.dkim_sign import signer

    dkim = settings.relay.dkim
    assert dkim is not None
    try:
        return signer(dkim.domain, dkim.selector, dkim.key).public_key
    except ValueError:
        return ""  # told by the configuration's check
