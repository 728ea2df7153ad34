"""Bounces in free form: what qmail, exim, old postfix and sendmail, Exchange, Domino, GroupWise and large hosts write."""

from __future__ import annotations

import re

from mailflow.mail.message import DeliveryStatus, Message

TEXT_MAX = 32 * 1024
LINES_MAX = 400

_ADDRESS = re.compile(r"[\w.!#$%&'*+/=?^`{|}~\-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.\-]{0,251}[A-Za-z0-9])?")
_ENHANCED = re.compile(r"(?<![\d.])([245])\.(\d{1,3})\.(\d{1,3})(?![\d.])")
_REPLY = re.compile(r"(?<![\d.\-:#])([45])(\d\d)(?=[ \-:;,.]|$)")
# from here on the mail is ours again
_RETURNED = re.compile(
    r"^[ \t>]*(?:-{2,}[^\n]{0,20}(?:this is a copy|below this line|returned message|original message|forwarded message|"
    r"unsent message|undelivered message|message header|message text|body of|the header)|return-path:|received: |"
    r"message headers|original message headers|the original message was received|-{3,}[ \t]*(?:original|returned|unsent)|"
    r"original message follows|the text of the message|date:[ \t]+\w{3}, |"
    r"this is a copy|copy of (?:the|your) message|the message (?:header|text)|-----begin)",
    re.I | re.M,
)
_DELAY = re.compile(
    r"warning message only|do not need to resend|will (?:keep|continue) (?:on )?try|not yet been delivered|will retry|"
    r"delivery (?:is |has been )?delayed|temporar(?:y|ily)|still (?:undelivered|trying|being)|deferred|no action is required|"
    r"will be retried|could not send message for past|delivery incomplete|has been delayed|wird weiter|weitere zustell",
    re.I,
)
_PERMANENT = re.compile(
    r"permanent|given up|giving up|fatal error|unknown user|user unknown|no such (?:user|mailbox|account|address)|does ?n.t exist|"
    r"not found|has failed|retry time(?:out)? (?:exceeded|not)|too old|expired|undeliverable",
    re.I,
)
_FULL = re.compile(
    r"quota|mailbox (?:is )?(?:full|over)|over (?:its |the )?(?:limit|quota)|storage|full mailbox|too full|boîte[^\n]{0,30}pleine|voll",
    re.I,
)
_GONE = re.compile(
    r"user unknown|unknown (?:user|address|recipient|account)|no such|does ?n.t exist|does not exist|not exist|no mailbox|invalid (?:user|recipient|mailbox|address)|"
    r"address (?:was |could ?n.t be )?(?:not )?found|not (?:listed|found|a valid|our customer)|disabled|discontinued|inactive|unavailable|"
    r"n.existe pas|no existe|não existe|non esiste|не существует|不存在|見つかりません|存在しません|couldn.t be found|wasn.t found|rejected",
    re.I,
)


def free_statuses(message: Message, text: str) -> list[DeliveryStatus]:
    """Read a bounce without a delivery status part."""
    header = message.header("x-failed-recipients")
    own = own_part(text)
    status, action = _overall(message.subject + "\n" + own)
    if header:
        found = _ADDRESS.findall(header[:8000])
    else:
        found = _addresses(message, own)
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
    delayed = _DELAY.search(text) and not _PERMANENT.search(text)
    if code and code[1] in "45":
        delayed = delayed or (code[1] == "4" and bool(_DELAY.search(text)))
        return code[0], "delayed" if delayed else "failed"
    if delayed:
        return "4.0.0", "delayed"
    if _FULL.search(text):
        return ("5.2.2" if reply and reply[1] == "5" else "4.2.2"), "failed"
    if reply:
        return f"{reply[1]}.0.0", "failed"
    return ("5.1.1" if _GONE.search(text) else "5.0.0"), "failed"


def _addresses(message: Message, text: str) -> list[str]:
    """Addresses in the mail system's words that are not its own, ours, or a contact."""
    skip = {message.from_.address.lower()} if message.from_ else set()
    skip |= {address.lower() for address in (*message.to, *message.delivered_to)}
    good: list[str] = []
    rest: list[str] = []
    for line in text.splitlines()[:LINES_MAX]:
        for match in _ADDRESS.finditer(line[:1000]):
            address = match[0].rstrip(".'").lstrip("'=")
            local = address.partition("@")[0].lower()
            if address.lower() in skip or local in ("postmaster", "mailer-daemon", "abuse", "support", "helpdesk"):
                continue
            alone = line.strip(" \t<>:;.,*-\"'()[]").lower() == address.lower()
            marked = bool(
                re.match(
                    r"[\s*\-]*(?:<|to:|recipient|user|address|mailto|final-recipient|failed recipient)", line, re.I
                )
            )
            (good if alone or marked else rest).append(address)
    return good or rest[:5]


def _line_index(text: str, address: str) -> int:
    return text.lower().find(address.lower())


def _near(text: str, address: str) -> str:
    at = _line_index(text, address)
    return " ".join(text[at : at + 400].split())[:300] if at >= 0 else ""


def _code_near(text: str, address: str) -> str:
    at = _line_index(text, address)
    code = _ENHANCED.search(text, at, at + 500) if at >= 0 else None
    return code[0] if code else ""
