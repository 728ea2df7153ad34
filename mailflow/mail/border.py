"""Whether our own mail server stamps what comes in, and takes away stamps that somebody else wrote (RFC 8601). Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from mailflow.domain.check import Check, ok, problem, unknown, warning
from mailflow.domain.reading import Dmarc
from mailflow.mail.address import fold_domain
from mailflow.mail.message import Message
from mailflow.mail.proof import Trust, parse_stamp, read_dmarc

_STAMP = "authentication-results"


def check_stamps(messages: Iterable[Message], trust: Trust) -> Check:
    """Say whether recent mails carry the stamp that `trust` believes."""
    mails = list(messages)
    seen = Counter(name for m in mails for name in _topmost(m))
    shown = ", ".join(f"{name} ({n} of {len(mails)})" for name, n in seen.most_common(3)) or "none on recent mail"
    if not trust.authserv_id and not trust.profile:
        detail = f"nobody's Authentication-Results are believed, so no mail is proved by DMARC; seen: {shown}"
        return warning("trust", detail, "set trust.authserv_id to the name that your own mail server stamps with")
    believed = trust.authserv_id or trust.profile
    if not mails:
        return unknown("trust", f"no mail has come yet that could carry the stamp of {believed}")
    stamped = sum(read_dmarc(m, trust) is not Dmarc.UNKNOWN for m in mails)
    if not stamped:
        detail = f"none of the last {len(mails)} mails carries the stamp of {believed}; seen: {shown}"
        return problem("trust", detail, "check trust.authserv_id against the Authentication-Results of a mail")
    return ok("trust", f"{stamped} of the last {len(mails)} mails carry the stamp of {believed}")


def check_border(message: Message, trust: Trust, marker: str) -> Check:
    """Say whether a stamp that doctor forged was taken away on its way (R54). marker: stands in the forged one."""
    wanted = fold_domain(trust.authserv_id)
    stamps = [(field, parse_stamp(field)) for field in message.all_headers(_STAMP)]
    ours = [field for field, stamp in stamps if stamp is not None and stamp.authserv_id == wanted]
    if not any(marker in field for field in ours):
        return ok("border", f"a forged stamp of {trust.authserv_id} was taken away on its way")
    remedy = (
        f"let your mail server remove Authentication-Results fields that say {trust.authserv_id} from all mail that"
        " comes in (RFC 8601 section 5)"
    )
    if marker in ours[0]:
        detail = f"a forged stamp of {trust.authserv_id} came through as the topmost one: it would be believed"
        return problem("border", detail, remedy)
    return warning("border", f"a forged stamp of {trust.authserv_id} came through, below the true one", remedy)


def signed_by(message: Message, domain: str) -> tuple[str, str] | None:
    """Give domain and selector of a DKIM signature that is aligned with a domain (RFC 7489 section 3.1.1)."""
    for field in message.all_headers("dkim-signature"):
        pairs = (part.partition("=") for part in field.split(";"))
        tags = {name.strip(): "".join(value.split()).lower() for name, _, value in pairs}
        signer = tags.get("d", "")
        is_aligned = signer == domain or domain.endswith("." + signer) or signer.endswith("." + domain)
        if signer and tags.get("s") and is_aligned:
            return signer, tags["s"]
    return None


def _topmost(message: Message) -> list[str]:
    fields = message.all_headers(_STAMP)
    stamp = parse_stamp(fields[0]) if fields else None
    return [stamp.authserv_id] if stamp is not None and stamp.authserv_id else []
