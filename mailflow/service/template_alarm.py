"""A template with a mistake stops a mailing before a single mail leaves; the mailbox's owner is told file and line."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from hashlib import sha256

from mailflow.domain.outcome import Owed
from mailflow.domain.phrase import say
from mailflow.errors import TemplateError
from mailflow.service.addressees import MAILTO
from mailflow.service.office import Office
from mailflow.service.owing import owe

log = logging.getLogger(__name__)


def alarm(office: Office, error: TemplateError, now: datetime) -> list[Owed]:
    """Give what the owner is owed of a mistake, once a day for the same one; nothing where there is no owner."""
    owner = office.settings.mailbox.owner
    if not owner:
        return []
    facts = {
        "what": say("A mail can't be written: its template has a mistake."),
        "details": [str(error), say("Nothing of that mailing was queued.")],
        "remedy": say("Mend the file that is named, then send again."),
    }
    version = f"template-{sha256(str(error).encode()).hexdigest()[:16]}-{office.today(now)}"
    return [Owed("alert", "", MAILTO + owner, version, facts=facts)]


def tell(office: Office, error: TemplateError, now: datetime) -> None:
    """Tell the owner, in a transaction of its own."""
    try:
        with office.db.write() as work:
            owe(work, office, alarm(office, error, now), {}, now)
    except TemplateError:
        log.exception("the owner can't be told either")


@contextmanager
def told(office: Office, now: datetime) -> Iterator[None]:
    """Tell the owner of a template's mistake that stops what is done here; it goes on to whoever asked."""
    try:
        yield
    except TemplateError as error:
        log.error("%s", error)
        tell(office, error, now)
        raise
