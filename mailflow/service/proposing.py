"""A proposal that comes by mail, as a file or in plain sentences: drafted, and opened by a yes of the staff."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from mailflow.domain.commands import Role, answers
from mailflow.domain.decide_command import possible_about
from mailflow.domain.model import Contact, Member, Proposal
from mailflow.domain.outcome import Draft, MailState, Outcome, Owed, Verdict
from mailflow.domain.phrase import say
from mailflow.domain.plain_proposal import PlainProposal, Proposer, read_plain, title_in
from mailflow.domain.proposal_file import read_proposal
from mailflow.domain.reading import Dmarc
from mailflow.errors import InputError, Refused
from mailflow.mail.documents import markdown_attachment
from mailflow.mail.message import Message
from mailflow.mail.reader import Reading
from mailflow.service import petitions, proposals
from mailflow.service.addressees import MAILTO
from mailflow.service.office import Office
from mailflow.store import inbox, outbox
from mailflow.store.engine import Work

MISSING = "proposal_missing"
ROUNDS_MAX = 5  # answers to 'what is missing?' that are read together


@dataclass(frozen=True, slots=True)
class Mailed:
    """A mail that may hold a proposal. sent_to: the member whom our question went to, "" when it answers none."""

    n: int
    raw: bytes
    message: Message
    new_text: str
    senders: tuple[Member, ...]
    dmarc: Dmarc
    about_n: int = 0
    sent_to: str = ""


def mailed_of(n: int, raw: bytes, reading: Reading, senders: tuple[Member, ...], about: tuple[int, str]) -> Mailed:
    """Put together what is known of a mail. about: the number and member of the question that it answers, (0, "")."""
    return Mailed(n, raw, reading.message, reading.new_text, senders, reading.dmarc, *about)


def propose(work: Work, office: Office, mail: Mailed, now: datetime) -> Outcome | None:
    """Say what follows from a mail that proposes something; None when it does not. Nothing is written."""
    document = _document(mail)
    texts = [] if document else _texts(work, mail)
    subject = mail.message.subject
    if texts and mail.about_n:
        subject = str(inbox.row(work, _first_n(work, mail)).subject)
    if not document and (not texts or (title_in(subject) is None and not mail.about_n)):
        return None
    sender = _sender(mail)
    if sender is None:
        why = "a proposal, but not provably from a member: a person decides"
        return Outcome(Verdict.PROPOSED, MailState.HELD, (why,))
    standby = _standby(office, document)
    if not document:
        plain = read_plain(
            subject,
            texts,
            office.kinds,
            Proposer(sender.name, _address(mail, sender), sender.postal_address),
            standby,
            now,
            office.zone,
        )
        if plain.asks:
            return _ask(mail, sender, plain)
        document = plain.document
    return _drafted(office, mail, sender, document)


def _document(mail: Mailed) -> str:
    if mail.new_text.lstrip().startswith("+++"):
        return mail.new_text.lstrip()
    return markdown_attachment(mail.raw) if mail.message.attachments or "+++" in mail.message.text else ""


def _texts(work: Work, mail: Mailed) -> list[str]:
    """Give the words of the first mail and of the answers to what was asked, the oldest first."""
    texts, n = [mail.new_text], mail.about_n
    for _ in range(ROUNDS_MAX):
        row = inbox.row(work, n) if n else None
        if row is None:
            break
        texts.insert(0, row.new_text)
        n = _asked_about(work, row)
    return texts


def _first_n(work: Work, mail: Mailed) -> int:
    n = mail.about_n
    for _ in range(ROUNDS_MAX):
        row = inbox.row(work, n)
        earlier = _asked_about(work, row) if row is not None else 0
        if not earlier:
            break
        n = earlier
    return n


def _asked_about(work: Work, row: object) -> int:
    key = str(getattr(row, "key", ""))
    fact = outbox.key_facts(work, [key]).get(key) if key else None
    return fact.about_n if fact is not None and fact.notice == MISSING else 0


def _sender(mail: Mailed) -> Member | None:
    """Give the member who sent it: vouched for by our mail server, or answering what we mailed to them."""
    if len(mail.senders) != 1 or mail.dmarc is Dmarc.FAIL or mail.message.from_problem:
        return None
    sender = mail.senders[0]
    is_answer = bool(mail.sent_to) and mail.sent_to == sender.member_id
    return sender if is_answer or mail.dmarc is Dmarc.PASS else None


def _address(mail: Mailed, sender: Member) -> str:
    return mail.message.from_.address if mail.message.from_ is not None else sender.address


def _standby(office: Office, _document: str) -> Contact | None:
    """Give who stands for a proposal that names no liaison: the contact of a kind, else the mailbox's owner."""
    for kind in office.kinds.values():
        if (contact := office.contact(kind.contact)) is not None and contact.email:
            return contact
    owner = office.settings.mailbox.owner
    return Contact("Staff", owner) if owner else None


def _staff(office: Office) -> set[str]:
    """Give the addresses that may say yes to a mailed proposal: contacts and the owner, nobody a member names."""
    known = {contact.email.casefold() for contact in office.settings.contacts.values() if contact.email}
    return (known | {office.settings.mailbox.owner.casefold()}) - {""}


def _ask(mail: Mailed, sender: Member, plain: PlainProposal) -> Outcome:
    asked = Owed(
        MISSING,
        "",
        sender.member_id,
        version=str(mail.n),
        facts={"asks": list(plain.asks), "understood": list(plain.understood)},
        in_reply_to=mail.message.message_id,
        about_n=mail.n,
        is_answer=True,
    )
    why = f"a proposal in plain sentences; {len(plain.asks)} things are missing: the sender is asked, in one mail"
    return Outcome(Verdict.PROPOSED, reasons=(why,), owed=(asked,), member_id=sender.member_id, proof="dmarc")


def _drafted(office: Office, mail: Mailed, sender: Member, document: str) -> Outcome:
    problems: list[str] = []
    try:
        draft = read_proposal(document, office.kinds, office.zone)
    except InputError as error:
        problems = error.problems
    else:
        problems = [say("id: leave it out, it is given here")] if draft.id else []
        liaison = draft.staff_liaison.email.casefold()
        if liaison and liaison not in _staff(office):
            problems.append(
                say("%(name)s is not known here as staff; leave the liaison out", name=draft.staff_liaison.name)
            )
    if problems:
        return _ask(mail, sender, PlainProposal(document, tuple(problems), ()))
    standby = _standby(office, document)
    approver = draft.staff_liaison.email or (standby.email if standby else "")
    if not approver:
        return Outcome(Verdict.PROPOSED, MailState.HELD, ("a proposal, and nobody is named who could say yes to it",))
    record = Draft(document, approver, sender.member_id, mail.message.message_id)
    why = "a proposal that can be drafted: the staff are asked for their yes"
    return Outcome(Verdict.PROPOSED, reasons=(why,), records=(record,), member_id=sender.member_id, proof="dmarc")


def draft(work: Work, office: Office, record: Draft, now: datetime) -> list[Owed]:
    """Add the draft; gives the mails to the one who says yes, and to the sender."""
    from mailflow.store import roster

    added = proposals.add_now(work, office, read_proposal(record.document, office.kinds, office.zone), now)
    sender = roster.member(work, record.member_id)
    facts = {**_would_reach(work, office, added, now), "sender_name": sender.name if sender else ""}
    facts["answers"] = answers(possible_about(added, frozenset({Role.LIAISON})))
    return [
        Owed("proposal_drafted", added.id, MAILTO + record.approver, facts=facts),
        Owed("proposal_received", added.id, record.member_id, in_reply_to=record.in_reply_to, is_answer=True),
    ]


def _would_reach(work: Work, office: Office, added: Proposal, now: datetime) -> dict[str, object]:
    preview_now = proposals.preview_now if added.feedback_closes_at is not None else petitions.preview_now
    try:
        preview = preview_now(work, office, added, now)
    except (Refused, InputError):
        return {"recipients": 0, "left_out": {}}
    return {"recipients": preview.recipients, "left_out": preview.left_out}
