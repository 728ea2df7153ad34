"""What the association's own mail server writes on top of a mail when it takes it.

Return-Path and Delivered-To (RFC 5321 section 4.4), Received, and Authentication-Results (RFC 8601) with its verdict on
DMARC. Only this server's stamp is worth anything; one that a mail brought along stays below and proves nothing.
"""

from __future__ import annotations

import email
from datetime import datetime
from email.utils import format_datetime, parseaddr
from typing import Literal

from mailflow.demo.derive import token
from mailflow.mail.address import domain_of

AUTHSERV_ID = "mx.example.org"
Dmarc = Literal["pass", "fail", "none", None]


def stamp(
    raw: bytes, mail_from: str, rcpt_to: str, at: datetime, *, dmarc: Dmarc = "pass", authserv_id: str = AUTHSERV_ID,
    helo: str = "", deliver_to: str = "",
) -> bytes:  # fmt: skip
    """Give the mail as it lies in the mailbox. Line ends become CRLF.

    mail_from: "" is the null reverse-path. dmarc: the verdict on the From domain, None stamps nothing. helo: the host
    that brought the mail, by default one of mail_from's domain. deliver_to: what Delivered-To says, by default rcpt_to.
    """
    raw = raw.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
    from_domain = domain_of(parseaddr(str(email.message_from_bytes(raw)["From"] or ""))[1])
    helo = helo or f"out.{domain_of(mail_from) or from_domain or 'example.org'}"
    lines = [f"Return-Path: <{mail_from}>", f"Delivered-To: {deliver_to or rcpt_to}"]
    if dmarc is not None:
        lines += _authentication_results(authserv_id, dmarc, from_domain, domain_of(mail_from) or helo)
    lines += [
        f"Received: from {helo} ({helo} [192.0.2.{1 + len(helo) % 200}])",
        f"\tby {authserv_id} with ESMTPS id {token(11, raw, rcpt_to)}",
        f"\tfor <{rcpt_to}>; {format_datetime(at)}",
    ]
    return "\r\n".join(lines).encode("ascii", "replace") + b"\r\n" + raw


def _authentication_results(authserv_id: str, dmarc: str, from_domain: str, mail_domain: str) -> list[str]:
    dkim = {"pass": "pass", "fail": "fail", "none": "none"}[dmarc]
    spf = "pass" if dmarc == "pass" else "softfail" if dmarc == "fail" else "none"
    results = [f"dkim={dkim}" + (f" header.d={from_domain}" if dkim != "none" else "")]
    results += [f"spf={spf} smtp.mailfrom={mail_domain}", f"dmarc={dmarc} header.from={from_domain}"]
    return [f"Authentication-Results: {authserv_id};", *(f"\t{result};" for result in results[:-1]), f"\t{results[-1]}"]
