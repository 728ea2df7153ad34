"""One copy to a mailing list: what its readers answer, to us and through the list, and what list servers say."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from mailflow.demo.mta import stamp
from mailflow.service.petitions import open_petition
from mailflow.service.proposals import add_proposal
from mailflow.store import tables as t
from tests.acceptance.list_copy import LIST, NOTICES, SYSTEMS, ListSystem, distributed, machine, reply
from tests.acceptance.way_in import (
    ADDRESS,
    LIAISON,
    OPENED,
    ORGANIZER,
    PETITION,
    PROPOSAL,
    WayIn,
    address_of,
    open_way_in,
    parsed,
    text_of,
)

AUDIENCE = f'audience = "members + list:{LIST}"'


@pytest.fixture
def way_in(tmp_path: Path) -> WayIn:
    return open_way_in(tmp_path, members=30, proposal=AUDIENCE)


@pytest.fixture
def ours(way_in: WayIn) -> bytes:
    """The copy that the list got."""
    [envelope] = [e for e in way_in.relay.offered if e.rcpt_to == LIST]
    return envelope.body


def test_the_copy_carries_nothing_that_is_one_persons(way_in: WayIn, ours: bytes) -> None:
    """Contract: audience: one copy, no key, no personal link, no one-click."""
    message, [row] = parsed(ours), [r for r in way_in.outbox() if r.address == LIST]
    assert str(message["Reply-To"]) == ADDRESS
    assert message["List-Unsubscribe"] is None and message["List-Unsubscribe-Post"] is None
    assert (row.link_key, row.unsubscribe_key, row.member_id) == (None, None, "")
    assert row.key not in text_of(message) and "/m/" not in text_of(message) and "/u/" not in text_of(message)
    assert f"https://petitions.example.org/p/{PETITION}" in text_of(message)


SIGNING = ("SIGN", "I sign.", "Yes, I sign this petition!", "Count me in, please add my name.", "I sign")
TALK = (
    "I signed already, great initiative!",
    "Who else will sign?",
    "Please sign, everybody.",
    "I sign. And you, Robin?",
    "I would not sign this.",
    "Yes.",
    "Unsubscribe me from this list please",
    "+1",
    "How do I get off this list?",
    "Sign me up for the lunch, not for this.",
)


def replies(copy: Any, system: ListSystem) -> list[tuple[bytes, bool]]:
    """Thirty answers, as they lie in our mailbox; True: a member wrote to us, and their own host vouches for it."""
    found: list[tuple[bytes, bool]] = []
    for n in range(1, 31):
        words = (SIGNING + TALK)[(n - 1) % 15]
        is_through_list = n % 5 != 0  # the others write to us alone
        options = {"is_through_list": is_through_list, "rewrites": n % 2 == 0, "bottom": n % 3 == 0}
        to = LIST if is_through_list else ADDRESS
        raw = reply(
            copy,
            f"Robin Sample{n}",
            address_of(n),
            words,
            to=to,
            keeps_threads=n % 7 != 0,
            n=n,
            system=system,
            **options,
        )
        # a list that leaves From alone breaks the author's signature, or leaves the mail as it was
        dmarc = "pass" if not is_through_list or n % 4 else "fail"
        sender = "talk-bounces@lists.example.net" if is_through_list else address_of(n)
        found.append((stamp(raw, sender, ADDRESS, OPENED, dmarc=dmarc), not is_through_list))
    return found


@pytest.mark.parametrize("system", SYSTEMS, ids=[system.name for system in SYSTEMS])
def test_thirty_answers_to_a_list_copy_sign_only_where_a_member_wrote_to_us(
    way_in: WayIn, ours: bytes, system: ListSystem
) -> None:
    """No signature by mail through the list, none from a quote or footer; no mail to the list, ever."""
    answers = replies(distributed(ours, system), system)
    before = len(way_in.relay.offered)
    rows = way_in.arrive(*(raw for raw, _ in answers))
    way_in.deliver()
    direct = {n for n, (_, is_direct) in enumerate(answers, 1) if is_direct}
    signing = {n for n in direct if (n - 1) % 15 < len(SIGNING)}
    assert {int(m[1:]) for m in way_in.signatures} == signing == {5, 20}
    assert way_in.tally == {"signed": 2, "validated": 2}
    assert {row.verdict for n, row in enumerate(rows, 1) if n not in direct} <= {"not_ours", "automatic"}
    sent = [e.rcpt_to for e in way_in.relay.offered[before:]]
    assert LIST not in sent and not [each for each in sent if each.endswith("lists.example.net")]
    assert [row.address for row in way_in.outbox() if row.address == LIST] == [LIST]  # the one copy
    opted_out = {row.member_id for row in way_in.rows(t.opt_out)}
    assert opted_out <= {f"m{n}" for n in direct}


@pytest.mark.parametrize(("author", "subject", "text", "fields"), [n[1:] for n in NOTICES], ids=[n[0] for n in NOTICES])
def test_what_list_servers_say_is_read_and_not_answered(
    author: str, subject: str, text: str, fields: tuple[tuple[str, str], ...], way_in: WayIn, ours: bytes
) -> None:
    """R71: to the key of the copy, which its envelope sender carried, and to the bare address."""
    key = next(r.key for r in way_in.outbox() if r.address == LIST)
    before = len(way_in.outbox())
    for to in (f"connect+{key}@lists.example.org", ADDRESS):
        raw = machine(author, to, subject, text, *fields, ("In-Reply-To", str(parsed(ours)["Message-ID"])))
        [row] = way_in.arrive(stamp(raw, "", to, way_in.clock(), dmarc="none"))
        assert row.state in {"read", "held"} and row.member_id == ""
    assert len(way_in.outbox()) == before
    assert way_in.tally == {}


def test_a_list_address_that_bounces_gets_no_more_copies(way_in: WayIn) -> None:
    """R78: a bounce of the one copy stops the list's address, and no member's."""
    key = next(r.key for r in way_in.outbox() if r.address == LIST)
    bounce = (
        f"From: MAILER-DAEMON@mx.example.net\nTo: connect+{key}@lists.example.org\nSubject: Undelivered Mail\n"
        "MIME-Version: 1.0\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\n\n"
        "--b\nContent-Type: text/plain\n\nNo such list.\n"
        "--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example.net\n\n"
        f"Final-Recipient: rfc822; {LIST}\nAction: failed\nStatus: 5.1.1\n\n--b--\n"
    )
    to = f"connect+{key}@lists.example.org"
    [row] = way_in.arrive(stamp(bounce.encode(), "", to, way_in.clock(), dmarc=None))
    assert row.verdict == "bounced"
    assert [each.address_norm for each in way_in.rows(t.suppression)] == [LIST]
    second = PROPOSAL.format(title="Second Group of All", liaison=LIAISON, organizer=ORGANIZER, more=AUDIENCE)
    add_proposal(way_in.office, second, way_in.clock())
    open_petition(way_in.office, "mig-2", way_in.clock())
    assert LIST not in {e.rcpt_to for e in way_in.deliver()}
