"""Imported once by the server that the killed processes are forked from: everything loaded, phrase tables compiled."""

from __future__ import annotations

import logging

import psycopg  # noqa: F401  -- loaded before the fork

from mailflow.domain.reading import Context
from mailflow.mail.proof import Trust
from mailflow.mail.reader import read_mail, read_reply
from tests.torture import children  # noqa: F401

logging.getLogger().addHandler(logging.NullHandler())
_SAMPLE = b"From: m1@library.example.org\r\nSubject: Re: x\r\n\r\nI sign.\r\n"
read_reply(
    read_mail(_SAMPLE, address="connect@lists.example.org", delimiter="+", own=frozenset(), trust=Trust()),
    None,
    Context.PETITION,
)
