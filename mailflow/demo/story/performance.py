"""From an act of the script to the mail that lies in the association's mailbox because of it."""

from __future__ import annotations

import email
from collections.abc import Callable
from datetime import timedelta
from email.utils import parseaddr

from mailflow.demo.clients import machines, passed_on, reply, reports
from mailflow.demo.clients.original import read_original
from mailflow.demo.mta import stamp
from mailflow.demo.story.act import Act, Way

_Writer = Callable[[Act, bytes], bytes]


def _reply(act: Act, sent: bytes) -> bytes:
    address, subject = act.address or None, act.subject or None
    return reply(act.program, act.who, sent, act.words, act.at, from_address=address, subject=subject)


def _forwarded(act: Act, sent: bytes) -> bytes:
    """Answer a mail that a member passed on, to the key that stands in it."""
    forwarded = passed_on.forward(act.reader, act.who, sent, "Is this one for you?", act.at - timedelta(hours=3))
    return reply(act.program, act.who, forwarded, act.words, act.at, to=read_original(sent).reply_to)


_WRITERS: dict[Way, _Writer] = {
    Way.REPLY: _reply,
    Way.FORWARDED: _forwarded,
    Way.BUTTON: lambda act, sent: passed_on.answer_by_button(act.who, sent, act.at, words=act.words),
    Way.FORWARDED_BUTTON: lambda act, sent: passed_on.answer_by_button(act.who, sent, act.at, words=act.words),
    Way.OUT_OF_OFFICE: lambda act, sent: machines.out_of_office(act.who, sent, act.at),
    Way.OUT_OF_OFFICE_UNMARKED: lambda act, sent: machines.out_of_office(act.who, sent, act.at, marked=False),
    Way.ABWESENHEIT: lambda act, sent: machines.out_of_office(act.who, sent, act.at, language="de"),
    Way.ABWESENHEIT_UNMARKED: lambda act, sent: machines.out_of_office(
        act.who, sent, act.at, language="de", marked=False
    ),
    Way.EXCHANGE: lambda act, sent: machines.exchange_auto_reply(act.who, sent, act.at),
    Way.TICKET: lambda act, sent: machines.ticket_system(act.who, sent, act.at),
    Way.REACTION: lambda act, sent: machines.outlook_reaction(act.who, sent, act.at),
    Way.RECEIPT: lambda act, sent: reports.read_receipt(act.who, sent, act.at),
    Way.BOUNCE: lambda act, sent: reports.hard_bounce(act.who.address, sent, act.at),
    Way.DELAYED: lambda act, sent: reports.delayed(act.who.address, sent, act.at),
}
_NULL_PATH = frozenset({Way.OUT_OF_OFFICE, Way.ABWESENHEIT, Way.EXCHANGE, Way.RECEIPT, Way.BOUNCE, Way.DELAYED})
WITHOUT_MAIL = frozenset({Way.LINK, Way.SCAN})


def mail_of(act: Act, sent: bytes, association: str) -> bytes:
    """Write the mail of an act and stamp it as the association's mail server does.

    sent: the newest mail of the notice that is answered which `act.reader` received; b"" where nothing is answered.
    association: the address that new mail goes to. Raises KeyError for an act that is no mail (WITHOUT_MAIL).
    """
    if act.way is Way.NEW:
        raw = passed_on.new_mail(act.who, association, act.subject, act.words, act.at, from_address=act.address)
    else:
        raw = _WRITERS[act.way](act, sent)
    header = email.message_from_bytes(raw)
    sender, receiver = (parseaddr(str(header[name]))[1] for name in ("From", "To"))
    return stamp(raw, "" if act.way in _NULL_PATH else sender, receiver, act.at, dmarc=act.dmarc)
