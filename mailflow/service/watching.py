"""What is watched while mail to many goes out: what comes back, and what paused by itself is told to the owner."""

from __future__ import annotations

from datetime import datetime

from mailflow.domain.phrase import say
from mailflow.domain.rate import fails_too_often
from mailflow.service.office import Office
from mailflow.service.owner_mail import alert_owner
from mailflow.service.pausing import pause, words
from mailflow.store import pauses


def watch_mailings(office: Office, now: datetime) -> None:
    """Pause what comes back too often, and tell the owner of each mailing that is paused, once a pause."""
    with office.db.read() as work:
        lately = pauses.bounced_lately(work, now - pauses.LATELY, now - pauses.STILL_OUT)
        came = {each: pauses.outcomes(work, each) for each in lately}
    for mailing_id, (answers, failed) in came.items():
        if fails_too_often(answers, failed):
            with office.db.write() as work:
                pause(work, mailing_id, words(answers, failed), now)
    with office.db.read() as work:
        paused = pauses.pauses(work)
    for each in paused:
        alert_owner(
            office,
            say("A mailing stopped by itself: %(notice)s about %(id)s.", notice=each.notice, id=each.object_id),
            [say("%(why)s. %(n)s mails of it wait.", why=each.why, n=each.waiting)],
            say(
                "`mailflow outbox release --mailing %(number)s` lets it go on; first see who refuses it, and why.",
                number=str(each.mailing_id),
            ),
            f"paused-{each.mailing_id}-{each.at.isoformat()}",
            now,
        )
