"""What machines and strangers send while the petition is open, and what lay in the mailbox before the first day."""

from __future__ import annotations

from mailflow.demo.story.act import Act, Effect, Way, on
from mailflow.demo.story.casting import Casting
from mailflow.demo.story.people import STRANGER
from mailflow.demo.story.petition_acts import NOTICE

_MACHINES = (
    (Way.OUT_OF_OFFICE, "an absence, marked as RFC 3834 asks"),
    (Way.OUT_OF_OFFICE_UNMARKED, "an absence that nothing marks"),
    (Way.ABWESENHEIT, "an absence in German, marked"),
    (Way.ABWESENHEIT_UNMARKED, "an absence in German that nothing marks"),
    (Way.EXCHANGE, "the automatic reply of an Exchange mailbox"),
    (Way.TICKET, "a help desk's ticket"),
    (Way.REACTION, "a thumb pressed in Outlook"),
    (Way.RECEIPT, "a read receipt"),
    (Way.DELAYED, "a mail that still waits at a host"),
)


def machine_acts(casting: Casting) -> list[Act]:
    """Give what machines answer to the invitation, and the mail that comes back."""
    acts = [
        Act(on(2013, 6, 24, 8, 50 + n, 20), casting.pick(), "", way, NOTICE, Effect.IS_IGNORED, note)
        for n, (way, note) in enumerate(_MACHINES)
    ]
    gone = Act(
        on(2013, 6, 24, 9, 5), casting.pick(), "", Way.BOUNCE, NOTICE, Effect.STOPS_ADDRESS,
        "an address that is gone: nothing more is sent there",
    )  # fmt: skip
    return [*acts, gone]


def stray_acts() -> list[Act]:
    """Give mail that answers nothing: it stays where it lies, and the owner of the mailbox is told."""
    return [
        Act(
            on(2013, 6, 26, 4, 44), STRANGER, "New shelving at low prices. Sign up for our newsletter today!", Way.NEW,
            "", Effect.IS_LEFT, "an advertisement", subject="Shelving sale",
        ),
        Act(
            on(2013, 7, 8, 11, 30), STRANGER, "Who is responsible for booth space at the conference?", Way.NEW,
            "", Effect.IS_LEFT, "a question to the office", subject="Booth space",
        ),
    ]  # fmt: skip


def old_acts() -> list[Act]:
    """Give mail that lies in the mailbox when the program is started for the first time: none of it is touched."""
    return [
        Act(
            on(2012, 9, 3 + n, 10, 0), STRANGER, "I sign. Yes. Unsubscribe.", Way.NEW, "", Effect.IS_LEFT,
            "older than the program", subject=f"Old mail {n}",
        )
        for n in range(3)
    ]  # fmt: skip
