"""Who wrote? End to end: forged, forwarded and second addresses, keys of others, keys for something else."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest

from mailflow.store import tables as t
from tests.acceptance.way_in import (
    ADDRESS,
    PETITION,
    WayIn,
    address_of,
    home_of,
    key_in,
    open_way_in,
    parsed,
    quoted,
    text_of,
)

STRANGER = "stranger@else.example.org"
NO_SUCH_KEY = "z" * 25 + "a"


@pytest.fixture
def way_in(tmp_path: Path) -> WayIn:
    return open_way_in(tmp_path)


@pytest.mark.parametrize(
    ("has_key", "is_theirs", "dmarc"), list(product([True, False], [True, False], ["pass", "none", "fail"]))
)
def test_what_counts_of_key_and_from_and_dmarc(way_in: WayIn, has_key: bool, is_theirs: bool, dmarc: str) -> None:
    """R49: key or none, From of its member or a stranger's, what our mail server says of it: 2 x 2 x 3."""
    key = None if has_key else NO_SUCH_KEY
    sender = address_of(1) if is_theirs else STRANGER
    [mail] = way_in.arrive(way_in.answer(1, "SIGN", from_=sender, key=key, dmarc=dmarc))  # type: ignore[arg-type]
    counts = is_theirs and (dmarc == "pass" or (has_key and dmarc == "none"))
    assert way_in.tally.get("validated", 0) == counts
    state = way_in.signatures.get("m1", {}).get("state")
    assert state == ("validated" if counts else "pending" if is_theirs else None)
    if counts:
        assert mail.proof == ("key+from" if has_key else "dmarc")
        assert way_in.notices(1) == ["signature_recorded"]
        # a key without DMARC pass proves possession of a mail only: told at once, with the one-word undo
        assert ("NOT ME" in text_of(parsed(_told(way_in)))) == (dmarc != "pass")
    elif is_theirs:
        assert way_in.notices(1) == ["signature_confirm"]
    else:
        assert (mail.state, mail.verdict) == ("held", "not_proved" if has_key else "unknown_sender")
    assert way_in.notices(STRANGER) == []


def _told(way_in: WayIn) -> bytes:
    way_in.deliver()
    return way_in.sent(1, "signature_recorded")


@pytest.mark.parametrize("words", ["YES", "Yes, that was me. I sign."])
def test_a_bare_from_is_pending_until_the_address_on_file_says_yes(way_in: WayIn, words: str) -> None:
    """R49, R55: no stamp of our mail server is never a pass; the confirmation's own key is what counts."""
    way_in.arrive(way_in.answer(1, "SIGN", to=b"", subject="Diversity Member Initiative Group", dmarc=None))
    assert way_in.tally == {"pending": 1}
    signed_at = way_in.signatures["m1"]["signed_at"]
    way_in.deliver()
    way_in.clock.pass_(3600)
    confirm = way_in.sent(1, "signature_confirm")
    way_in.arrive(way_in.answer(1, words, to=confirm, dmarc=None))
    assert way_in.tally == {"signed": 1, "validated": 1}
    assert way_in.signatures["m1"]["proof"] == "confirmed"
    assert way_in.signatures["m1"]["signed_at"] == signed_at


def test_a_no_to_the_confirmation_takes_the_pending_signature_away(way_in: WayIn) -> None:
    way_in.arrive(way_in.answer(1, "SIGN", to=b"", subject="Diversity Member Initiative Group", dmarc=None))
    way_in.deliver()
    way_in.arrive(way_in.answer(1, "NO", to=way_in.sent(1, "signature_confirm")))
    assert "validated" not in way_in.tally
    assert "pending" not in way_in.tally


def test_a_forged_from_with_the_owners_forwarded_key_and_dmarc_fail_does_not_count(way_in: WayIn) -> None:
    """R49, R55: fail never counts at once; the address on file is asked and can end it."""
    [mail] = way_in.arrive(way_in.answer(1, "SIGN", dmarc="fail", mail_from="evil@else.example.org"))
    assert way_in.tally == {"pending": 1}
    assert (mail.proof, way_in.notices(1)) == ("", ["signature_confirm"])
    way_in.deliver()
    way_in.arrive(way_in.answer(1, "NOT ME", to=way_in.sent(1, "signature_confirm")))
    assert "pending" not in way_in.tally
    assert way_in.petition["counter"] == 0


@pytest.mark.parametrize(
    "forged",
    [
        pytest.param(("Reply-To", address_of(1)), id="Reply-To"),
        pytest.param(("Sender", address_of(1)), id="Sender"),
        pytest.param(("X-Original-From", address_of(1)), id="X-Original-From"),
        pytest.param(("X-Sender", address_of(1)), id="X-Sender"),
        pytest.param(("X-From", address_of(1)), id="X-From"),
        pytest.param(("Resent-From", address_of(1)), id="Resent-From"),
        pytest.param(("Return-Path", f"<{address_of(1)}>"), id="Return-Path"),
        pytest.param(("X-Envelope-From", address_of(1)), id="X-Envelope-From"),
        pytest.param(("On-Behalf-Of", address_of(1)), id="On-Behalf-Of"),
    ],
)
def test_a_forged_header_does_not_identify_the_member(way_in: WayIn, forged: tuple[str, str]) -> None:
    """R44"""
    keyless = way_in.answer(1, "SIGN", from_=STRANGER, headers=[forged], key=NO_SUCH_KEY, mail_from=address_of(1))
    keyed = way_in.answer(1, "SIGN", from_=STRANGER, headers=[forged], mail_from=address_of(1))
    assert [mail.state for mail in way_in.arrive(keyless, keyed)] == ["held", "held"]
    assert way_in.tally == {}


def test_a_quoted_or_forwarded_from_does_not_identify_the_member(way_in: WayIn) -> None:
    """R44"""
    words = f"SIGN\n\n---------- Forwarded message ---------\nFrom: Robin Sample1 <{address_of(1)}>\n\nI sign."
    raw = way_in.answer(STRANGER, words, to=b"", subject="Fwd: Diversity Member Initiative Group")
    assert [mail.state for mail in way_in.arrive(raw)] == ["held"]
    assert way_in.tally == {}


@pytest.mark.parametrize(
    "author",
    [
        pytest.param(f'"{address_of(1)}" <{STRANGER}>', id="the name is a member's address"),
        pytest.param(f"{STRANGER}, {address_of(1)}", id="two authors"),
        pytest.param(f"=?utf-8?q?m1=40library=2Eexample=2Eorg=3E?= <{STRANGER}>", id="encoded words hold an address"),
        pytest.param(f"{address_of(1)}.evil.example.org", id="the member's address is only the beginning"),
    ],
)
def test_a_from_that_only_looks_like_the_members_does_not_sign(way_in: WayIn, author: str) -> None:
    """R43"""
    [mail] = way_in.arrive(way_in.answer(1, "SIGN", from_=author, dmarc="none", mail_from=STRANGER))
    assert mail.state == "held"
    assert way_in.tally == {}


def test_the_same_reply_again_is_no_second_signature(way_in: WayIn) -> None:
    """R51: replayed as it was, and again with another Message-ID."""
    raw = way_in.answer(1, "SIGN")
    first, again = way_in.arrive(raw), way_in.arrive(raw, way_in.answer(1, "SIGN"))
    assert [mail.verdict for mail in (*first, *again)] == ["signed", "duplicate", "already_signed"]
    assert way_in.tally == {"signed": 1, "validated": 1}
    assert len(way_in.rows(t.signature_history)) == 1


def test_every_key_works_for_its_own_member_alone(way_in: WayIn) -> None:
    """R51: the cross matrix; a key of A in a mail of B is read as B's mail without a key."""
    for of, by in product(range(1, 4), range(1, 4)):
        key = key_in(way_in.sent(of))
        [mail] = way_in.arrive(way_in.answer(by, "SIGN", key=key, dmarc="none"))
        if of != by:
            assert mail.member_id != f"m{of}"
            assert mail.proof == ""
    assert {s["member_id"]: s["proof"] for s in way_in.signatures.values()} == {f"m{n}": "key+from" for n in (1, 2, 3)}
    assert way_in.tally["validated"] == 3


@pytest.mark.parametrize("column", ["link_key", "unsubscribe_key"])
def test_a_key_for_another_purpose_is_no_reply_key(way_in: WayIn, column: str) -> None:
    """R51: the personal link's key and the unsubscribe key are not the key of a reply."""
    [row] = [row for row in way_in.outbox("petition_invitation") if row.member_id == "m1"]
    [mail] = way_in.arrive(way_in.answer(1, "SIGN", key=getattr(row, column), dmarc="none"))
    assert (mail.proof, mail.key) == ("", "")
    assert way_in.tally == {"pending": 1}


def test_a_forwarded_key_tells_the_one_who_uses_it_nothing(way_in: WayIn) -> None:
    """R52: no effect, no answer to them; the member on file is asked, and nothing of the other mail is in it (R75)."""
    [mail] = way_in.arrive(way_in.answer(1, "I sign, MARKER-WORD.", from_=STRANGER, subject="Re: MARKER-SUBJECT"))
    assert (mail.state, mail.verdict, way_in.tally) == ("held", "not_proved", {})
    assert way_in.notices(STRANGER) == []
    [asked] = way_in.deliver()
    assert asked.rcpt_to == address_of(1)
    for word in (b"MARKER", STRANGER.encode(), b"else.example.org"):
        assert word not in asked.body


@pytest.mark.parametrize(
    ("words", "verdict", "tally"), [("YES", "signed", {"signed": 1, "validated": 1}), ("NO", "not_them", {})]
)
def test_the_member_on_file_settles_whether_it_was_they(
    way_in: WayIn, words: str, verdict: str, tally: dict[str, int]
) -> None:
    """R52: what waited takes effect by the member's own word, or never."""
    [waits] = way_in.arrive(way_in.answer(1, "I sign.", from_=STRANGER))
    way_in.deliver()
    [mail] = way_in.arrive(way_in.answer(1, words, to=way_in.sent(1, "was_that_you")))
    assert mail.verdict == verdict
    assert way_in.tally == tally
    assert way_in.mail(waits.n).state == "read"


@pytest.mark.parametrize("field", ["In-Reply-To", "References"])
def test_an_invented_message_id_in_our_form_leads_nowhere(way_in: WayIn, field: str) -> None:
    """R53: CVE-2026-47123 in small: a thread id that anyone can make up must not route or prove."""
    invented = f"<{NO_SUCH_KEY}.x@lists.example.org>"
    for made_up in (invented, f"<{PETITION}.1@lists.example.org>", f"<{PETITION}@lists.example.org>"):
        signs = way_in.answer(STRANGER, "SIGN", to=b"", headers=[(field, made_up)])
        says = way_in.answer(1, "Lunch was lovely.", to=b"", headers=[(field, made_up)])
        held, stray = way_in.arrive(signs, says)
        assert (held.key, held.proof, held.verdict) == ("", "", "unknown_sender")
        assert (stray.key, stray.object_id, stray.verdict) == ("", "", "not_ours")
    assert way_in.tally == {}


@pytest.mark.parametrize(
    "stamped",
    [
        pytest.param("mx.evil.example.org; dmarc=pass header.from=library.example.org", id="another server's"),
        pytest.param("mx.example.org.evil.org; dmarc=pass header.from=library.example.org", id="a longer name"),
        pytest.param("MX.EXAMPLE.ORG.evil; dmarc=pass header.from=library.example.org", id="our name is its beginning"),
        pytest.param("evil.org; x=mx.example.org; dmarc=pass header.from=library.example.org", id="our name inside"),
        pytest.param("(mx.example.org) evil.org; dmarc=pass header.from=library.example.org", id="our name a comment"),
        pytest.param("mx.example.org; dmarc=pass header.from=else.example.org", id="a pass for another domain"),
        pytest.param(
            'mx.example.org; dmarc="none" reason="dmarc=pass header.from=library.example.org"', id="in a reason"
        ),
    ],
)
def test_a_stamp_that_is_not_our_mail_servers_vouches_for_nothing(way_in: WayIn, stamped: str) -> None:
    """R54, R55"""
    raw = way_in.answer(1, "SIGN", to=b"", subject="Diversity Member Initiative Group", dmarc=None)
    way_in.arrive(f"Authentication-Results: {stamped}\r\n".encode() + raw)
    assert way_in.tally == {"pending": 1}


def test_microsofts_stamp_is_believed_where_the_profile_says_so(tmp_path: Path) -> None:
    """R54: Exchange Online stamps without a name; only the topmost field counts."""
    way_in = open_way_in(tmp_path, trust='profile = "microsoft365"')
    form = "Authentication-Results: spf=pass smtp.mailfrom=x; dkim=pass; dmarc={} header.from={};compauth=pass\r\n"
    passed = form.format("pass", "library.example.org").encode()
    failed = form.format("fail", "library.example.org").encode()
    bare = way_in.answer(1, "SIGN", to=b"", subject="Diversity Member Initiative Group", dmarc=None)
    forged = way_in.answer(2, "SIGN", to=b"", subject="Diversity Member Initiative Group", dmarc=None)
    way_in.arrive(passed + bare, failed + passed + forged)
    assert {n: s["state"] for n, s in way_in.signatures.items()} == {"m1": "validated", "m2": "pending"}


@pytest.mark.parametrize("place", ["In-Reply-To", "References", "reference line"])
def test_without_sub_addressing_the_key_is_found_elsewhere(tmp_path: Path, place: str) -> None:
    way_in = open_way_in(tmp_path, sub_addressing="false")
    sent = way_in.sent(1)
    assert parsed(sent)["Reply-To"] == ADDRESS
    others = [name for name in ("In-Reply-To", "References") if name != place]
    words = "SIGN\n\n" + quoted(text_of(parsed(sent))) if place == "reference line" else "SIGN"
    [mail] = way_in.arrive(way_in.answer(1, words, without=others, quote=False, dmarc="none"))
    assert (mail.proof, mail.key) == ("key+from", key_in(sent))
    assert way_in.tally == {"signed": 1, "validated": 1}


def test_six_spellings_of_an_address_are_one_member_and_one_row(way_in: WayIn) -> None:
    """R61"""
    spellings = (
        "m1@library.example.org",
        "M1@Library.Example.ORG",
        "Robin Sample1 <m1@library.example.org>",
        '"Sample1, Robin" <M1@LIBRARY.EXAMPLE.ORG>',
        "m1+reading@library.example.org",
        "<m1@library.example.org>",
    )
    mails = way_in.arrive(*(way_in.answer(1, "SIGN", from_=spelled) for spelled in spellings))
    assert [mail.verdict for mail in mails] == ["signed"] + ["already_signed"] * 5
    assert way_in.tally == {"signed": 1, "validated": 1}
    assert len(way_in.rows(t.signature)) == 1


def test_two_addresses_of_one_member_are_one_row(way_in: WayIn) -> None:
    """R61: the answer and its thanks are the member's, whichever address it came from."""
    way_in.arrive(way_in.answer(1, "SIGN", from_=home_of(1)), way_in.answer(1, "SIGN"))
    assert way_in.tally == {"signed": 1, "validated": 1}
    assert way_in.signatures["m1"]["address"] == address_of(1)
    assert way_in.notices(home_of(1)) == []


def test_an_unknown_sender_waits_for_a_person_and_gets_no_answer(way_in: WayIn) -> None:
    raw = way_in.answer(STRANGER, "I sign.", to=b"", subject="Re: Diversity Member Initiative Group")
    [mail] = way_in.arrive(raw)
    assert (mail.state, mail.verdict) == ("held", "unknown_sender")
    assert way_in.notices(STRANGER) == []


def test_two_members_of_one_address_are_not_told_apart_without_a_key(tmp_path: Path) -> None:
    shared = {1: {"email": "desk@library.example.org"}, 2: {"email": "desk@library.example.org"}}
    way_in = open_way_in(tmp_path, roster=shared)
    raw = way_in.answer("desk@library.example.org", "I sign.", to=b"", subject="Diversity Member Initiative Group")
    [mail] = way_in.arrive(raw)
    assert mail.state == "held"
    assert way_in.tally == {}
    keys = {row.member_id: row.key for row in way_in.outbox("petition_invitation")}
    for member in ("m1", "m2"):
        way_in.arrive(way_in.answer(3, "SIGN", from_="desk@library.example.org", key=keys[member]))
    assert set(way_in.signatures) == {"m1", "m2"}
