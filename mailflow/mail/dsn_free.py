"""Bounces in free form: what qmail, exim, old postfix and sendmail, Exchange, Domino and large hosts write.

Addresses stand in lines of their own or beside a reply code, after an announcement and before the returned mail.
"""

from __future__ import annotations

import re

from mailflow.mail.message import DeliveryStatus, Message

TEXT_MAX = 32 * 1024
LINES_MAX = 400

_ADDRESS = re.compile(r"[\w.!#$%&'*+/=?^`{|}~\-]{1,64}@[A-Za-z0-9\-]{1,63}(?:\.[A-Za-z0-9\-]{1,63}){0,9}")
_ENHANCED = re.compile(r"(?<![\d.])([245])\.(\d{1,3})\.(\d{1,3})(?![\d.])")
_REPLY = re.compile(r"(?<![\d.\-:#])([45])(\d\d)(?=[ \-:;,.]|$)")


def _any(*parts: str, flags: re.RegexFlag = re.IGNORECASE) -> re.Pattern[str]:
    return re.compile("|".join(parts), flags)


# from here on the mail is ours again
_RETURNED = re.compile(
    r"^[ \t>]*(?:"
    r"-{2,}[^\n]{0,20}(?:this is a copy|below this line|returned message|original message|forwarded message|"
    r"unsent message|undelivered message|message header|message text|body of|the header)|"
    r"return-path:|received: |message headers|original message (?:headers|details|as received)|old message:|"
    r"-{3,}[ \t]*(?:original|returned|unsent)|original message follows|the text of the message|date:[ \t]+\w{3}, |"
    r"this is a copy|copy of (?:the|your) message|the message (?:header|text)|-----begin)",
    re.IGNORECASE | re.MULTILINE,
)
_DELAY = _any(
    "warning message only", "do not need to resend", r"will (?:keep|continue) (?:on )?try", "not yet been delivered",
    "will retry", r"delivery (?:is |has been )?delayed", r"temporar(?:y|ily)", r"still (?:undelivered|trying|being)",
    "deferred", "no action is required", "will be retried", "attempts will continue", "will continue to", "postponed",
    "could not send message for past", "delivery incomplete", "has been delayed", "wird weiter", "weitere zustell",
)  # fmt: skip
_PERMANENT = _any(
    "permanent", "given up", "giving up", "(?<!non-)fatal error", "unknown user", "user unknown",
    r"no such (?:user|mailbox|account|address)", r"does ?n.t exist", "not found", "has failed",
    r"after \d+ (?:delivery )?attempt", r"retry time(?:out)? (?:exceeded|not)", "too old", "expired", "undeliverable",
)  # fmt: skip
_FULL = _any(
    "quota", "exceeds allowed", r"mailbox (?:is )?(?:full|over)", r"over (?:its |the )?(?:limit|quota)", "storage",
    "full mailbox",
    "too full", r"boîte[^\n]{0,30}pleine", "voll",
)  # fmt: skip
_GONE = _any(
    "user unknown", r"unknown (?:user|address|recipient|account)", "no such", r"does ?n.t exist", "does not exist",
    "not exist", "no mailbox", r"invalid (?:user|recipient|mailbox|address)", "address not found",
    r"not (?:listed|found|a valid|our customer)", "disabled", "discontinued", "inactive", "unavailable", "rejected",
    "n.existe pas", "no existe", "não existe", "non esiste", "не существует", "不存在", "見つかりません",
    "存在しません",
    "couldn.t be found", "wasn.t found",
)  # fmt: skip

_NO_HOST = _any(
    "host or domain name not found", "name service error", "host not found", r"domain (?:name )?does not exist",
    r"unknown (?:host|domain)", r"no (?:mx|dns|such (?:host|domain))", "nxdomain",
    "bad destination host", r"couldn.t find any host",
)  # fmt: skip


def free_statuses(message: Message, text: str) -> list[DeliveryStatus]:
    """Read a bounce without a delivery status part."""
    header = message.header("x-failed-recipients")
    own = own_part(text)
    status, action = _overall(message.subject + "\n" + own)
    named = _ADDRESS.findall(header[:8000])
    found = named or _addresses(message, own) or _local_names(message, own)
    return [
        DeliveryStatus(a.rstrip(".'"), action, _code_near(own, a) or status, _near(own, a))
        for a in dict.fromkeys(found)
    ]


def own_part(text: str) -> str:
    """The mail system's own words: the text before the returned mail."""
    text = text[:TEXT_MAX]
    match = _RETURNED.search(text, 40)
    return text[: match.start()] if match else text


def _overall(text: str) -> tuple[str, str]:
    """Status and action that the whole text speaks of."""
    code = _ENHANCED.search(text)
    reply = _REPLY.search(text)
    delayed = _DELAY.search(text) is not None and _PERMANENT.search(text) is None
    if code:
        return code[0], "delayed" if delayed else "failed"
    if delayed:
        return "4.0.0", "delayed"
    if _FULL.search(text):
        return ("5.2.2" if reply and reply[1] == "5" else "4.2.2"), "failed"
    if reply:
        return f"{reply[1]}.0.0", "failed"
    if _NO_HOST.search(text):
        return "5.4.4", "failed"
    return ("5.1.1" if _GONE.search(text) else "5.0.0"), "failed"


def _addresses(message: Message, text: str) -> list[str]:
    """Addresses in the mail system's words that are not its own, ours, or a contact; named recipients first."""
    skip = {message.from_.address.lower()} if message.from_ else set()
    skip |= {address.lower() for address in message.to}
    ours = {address.lower() for address in message.delivered_to}
    # some hosts note the failed address where others note ours
    return _ranked(text, skip | ours) or (_ranked(text, skip) if ours - skip else [])


def _ranked(text: str, skip: set[str]) -> list[str]:
    marker = _RECIPIENTS.search(text)
    ranked: list[tuple[int, str]] = []
    at = 0
    for line in text.split("\n")[:LINES_MAX]:
        follows = marker is not None and at + len(line) >= marker.end()
        for match in _ADDRESS.finditer(line[:1000]):
            address = _PREFIX.sub("", match[0].rstrip(".'").lstrip("'="))
            if _SENDER.search(line[max(0, match.start() - 40) : match.start()]):
                continue  # 'not accepting mail from' names us
            if address.lower() not in skip and address.partition("@")[0].lower() not in _CONTACTS:
                # 'the address to which your message was addressed, …' is surer than any place
                named = _NAMED.search(line[max(0, match.start() - 40) : match.start()]) is not None
                ranked.append((-1 if named else _rank(line, address, follows), address))
        at += len(line) + 1
    best = min((rank for rank, _ in ranked), default=0)
    found = [address for rank, address in ranked if rank == best]
    return found if best < 3 else found[:5]


def _local_names(message: Message, text: str) -> list[str]:
    """Some hosts name their own users without a domain, in a line of their own under the announcement."""
    marker = _RECIPIENTS.search(text)
    domain = message.from_.address.rpartition("@")[2] if message.from_ else ""
    if marker is None or not domain:
        return []
    for line in text[marker.end() :].split("\n")[1:6]:
        if re.fullmatch(r"[ \t]{1,8}[\w.\-]{2,40}\s*", line):
            return [f"{line.strip()}@{domain}"]
    return []


def _rank(line: str, address: str, follows: bool) -> int:
    """How surely an address is a recipient: 0 in a line of its own after the announcement, 4 anywhere before it."""
    alone = line.strip(" \t\r<>:;.,*-\"'()[]").lower() == address.lower()
    marked = _MARKED.match(line) is not None or "(expanded from" in line
    return (0 if follows else 2) + (0 if alone or marked else 1) + (1 if not follows and not alone else 0)


_CONTACTS = frozenset(("postmaster", "mailer-daemon", "abuse", "support", "helpdesk"))
_SENDER = re.compile(r"\b(?:mail|message|messages|e-?mails?|sent|post) (?:from|by) <?\Z", re.I)
_NAMED = re.compile(r"\byour (?:message|mail|e-?mail) (?:was |had been )?addressed(?: to)?,? [<\"']?\Z", re.I)
_PREFIX = re.compile(r"^(?:smtp|to|rfc822|for|rcpt)=", re.I)
_MARKED = re.compile(
    r"[\s*\-|>]*(?:[<\[\"'(]|to:|(?:intended |original |failed )?recipient|user|(?:original )?address|mailto|"
    r"final-recipient|c=\w\w;a=|\(expanded|\S{1,320}@\S{1,255}(?:[ \t:]|\.\.\.|$))",
    re.IGNORECASE,
)
# what announces the recipients
_RECIPIENTS = _any(
    "did not reach the following", r"the following (?:recipient|address|user|e-?mail|mail|destination)",
    r"following \d", r"(?:not|n.t) (?:be |been )?delivered to", r"delivery (?:has |to )?(?:failed|the following)",
    "has failed to th", "failed addresses", "intended recipient", "addressed to", "an folgende", "suivant",
    "siguiente", "seguinte", "seguent", "получател", "адресат", "收件人", "あて先", "宛先", "받는",
)  # fmt: skip


def _line_index(text: str, address: str) -> int:
    return text.lower().find(address.lower())


def _near(text: str, address: str) -> str:
    at = _line_index(text, address)
    return " ".join(text[at : at + 400].split())[:300] if at >= 0 else ""


def _code_near(text: str, address: str) -> str:
    at = _line_index(text, address)
    code = _ENHANCED.search(text, at, at + 500) if at >= 0 else None
    return code[0] if code else ""
