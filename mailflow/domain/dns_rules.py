"""What the DNS should say about the domain that we write from. Pure: lookups are given."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from mailflow.domain.check import Check, ok, problem, unknown, warning

SPF_LOOKUPS_MAX = 10  # RFC 7208 section 4.6.4
_SHOWN_MAX = 120


@dataclass(frozen=True, slots=True)
class Answer:
    """What the DNS said: the records, none where there are none. why_unknown: why nothing could be asked."""

    values: tuple[str, ...] = ()
    why_unknown: str = ""


Lookup = Callable[[str], Answer]


def check_mx(domain: str, mx: Lookup) -> Check:
    """Say whether mail finds its way to the mailbox (RFC 5321 section 5.1, RFC 7505)."""
    answer = mx(domain)
    if answer.why_unknown:
        return unknown("MX", answer.why_unknown)
    if not answer.values:
        return warning("MX", f"{domain} has no MX record", f"add one that names the mail server of {domain}")
    if any(value.split()[-1] == "." for value in answer.values):
        return problem("MX", f"{domain} says that it takes no mail (null MX)", "name its mail server instead")
    return ok("MX", f"{domain}: " + ", ".join(sorted(answer.values)))


def check_spf(domain: str, txt: Lookup) -> Check:
    """Say whether SPF lets the relay write for the domain of our envelope senders (RFC 7208)."""
    answer = txt(domain)
    if answer.why_unknown:
        return unknown("SPF", answer.why_unknown)
    records = [value for value in answer.values if re.match(r"v=spf1(?: |$)", value, re.I)]
    if not records:
        remedy = f'add a TXT record to {domain}: "v=spf1 ... -all", with the addresses that your relay sends from'
        return problem("SPF", f"{domain} has no SPF record", remedy)
    if len(records) > 1:
        return problem("SPF", f"{domain} has {len(records)} SPF records, so none counts", "keep one of them")
    terms = records[0].lower().split()[1:]
    lookups = sum(
        bool(re.match(r"[+?~-]?(?:include:|a(?:[:/]|$)|mx(?:[:/]|$)|ptr|exists:)|redirect=", t)) for t in terms
    )
    if lookups > SPF_LOOKUPS_MAX:
        remedy = f"at most {SPF_LOOKUPS_MAX} are allowed: name addresses (ip4:, ip6:) instead"
        return problem("SPF", f"{domain}: its SPF record needs {lookups} lookups", remedy)
    if "+all" in terms or "all" in terms:
        return problem("SPF", f"{domain} lets everybody write in its name (+all)", 'end it with "-all" or "~all"')
    if not any(t.endswith("all") or t.startswith("redirect=") for t in terms):
        return warning("SPF", f"{domain}: {_shown(records[0])} has no end", 'end it with "-all" or "~all"')
    return ok("SPF", f"{domain}: {_shown(records[0])}")


def check_dkim(domain: str, selector: str, txt: Lookup, public_key: str = "") -> Check:
    """Say whether the key that our mail is signed with can be found. public_key: ours (p=), "" for any."""
    name = f"{selector}._domainkey.{domain}"
    answer = txt(name)
    if answer.why_unknown:
        return unknown("DKIM", answer.why_unknown)
    records = [_tags(value) for value in answer.values if "p=" in value]
    wanted = (
        f'a TXT record "v=DKIM1; p={public_key}"' if public_key else "the TXT record that your relay's manual shows"
    )
    if not records:
        return problem("DKIM", f"there is no key at {name}", f"add {wanted}")
    if not records[0].get("p"):
        return problem("DKIM", f"the key at {name} is revoked (p is empty)", f"add {wanted}")
    if public_key and public_key not in [record.get("p") for record in records]:
        return problem("DKIM", f"the key at {name} is not the one of relay.dkim.key", f"put there {wanted}")
    if "y" in records[0].get("t", "").split(":"):
        return warning("DKIM", f"{name} says that it is a test (t=y)", "take t=y away when signatures verify")
    return ok("DKIM", f"{name} has the key")


def check_dmarc(domain: str, txt: Lookup) -> Check:
    """Say whether the domain, or one above it, has a DMARC policy (RFC 7489 section 6)."""
    for name in _upwards(domain):
        answer = txt(f"_dmarc.{name}")
        if answer.why_unknown:
            return unknown("DMARC", answer.why_unknown)
        records = [value for value in answer.values if re.match(r"v=DMARC1\s*(?:;|$)", value, re.I)]
        if len(records) > 1:
            return problem("DMARC", f"_dmarc.{name} has {len(records)} records, so none counts", "keep one of them")
        if records:
            policy = _tags(records[0]).get("p", "")
            if policy not in ("none", "quarantine", "reject"):
                remedy = "write p=none, p=quarantine or p=reject into it"
                return problem("DMARC", f"_dmarc.{name} has no policy that is known: {_shown(records[0])}", remedy)
            return ok("DMARC", f"_dmarc.{name}: p={policy}")
    remedy = f'add a TXT record to _dmarc.{domain}: "v=DMARC1; p=none; rua=mailto:..."; large providers ask for one'
    return problem("DMARC", f"{domain} has no DMARC record", remedy)


def _upwards(domain: str) -> Iterable[str]:
    labels = domain.split(".")
    return [".".join(labels[i:]) for i in range(max(1, len(labels) - 1))]


def _tags(record: str) -> dict[str, str]:
    """Read `a=b; c=d` (RFC 6376 section 3.2)."""
    pairs = (part.partition("=") for part in record.split(";"))
    return {name.strip().lower(): "".join(value.split()) for name, _, value in pairs}


def _shown(record: str) -> str:
    return record if len(record) <= _SHOWN_MAX else record[:_SHOWN_MAX] + "..."
