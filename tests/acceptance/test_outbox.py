"""The outbox as a table: queued once, claimed with a fence, settled once."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from mailflow.domain.model import KeyFact
from mailflow.errors import NotFound
from mailflow.mail.key import message_id_for
from mailflow.store import outbox
from mailflow.store.outbox import Settled
from tests.acceptance.outbox_house import DOMAIN, House, key_of, mail_to, open_house

LEASE_S = 600


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    house = open_house(tmp_path)
    yield house
    house.db.close()


def claim(house: House, limit: int = 10) -> list[outbox.ClaimedMail]:
    with house.db.write() as work:
        return outbox.claim(work, house.clock(), limit, LEASE_S)


def settle(house: House, mails: list[outbox.ClaimedMail], state: str = "accepted") -> int:
    with house.db.write() as work:
        return outbox.settle(work, [Settled(m.id, m.fence, state, None, 250, "ok") for m in mails], house.clock())


def test_a_mail_that_is_owed_twice_is_queued_once(house: House) -> None:
    """R84: the unique (notice, object, recipient, version) makes the second cause a no-op."""
    assert house.enqueue(mail_to(n) for n in range(5)) == 5
    assert house.enqueue(mail_to(n, key=key_of(100 + n), link_key=None, unsubscribe_key=None) for n in range(7)) == 2
    assert house.counts() == {"queued": 7}


def test_another_version_is_another_mail(house: House) -> None:
    house.enqueue([mail_to(1)])
    assert house.enqueue([mail_to(1, key=key_of(2), link_key=None, unsubscribe_key=None)], version="2") == 1
    assert house.enqueue([mail_to(1, key=key_of(3), link_key=None, unsubscribe_key=None, version="3")]) == 1


def test_the_same_mailing_again_is_the_one_that_is_there(house: House) -> None:
    for _ in range(2):
        house.enqueue([mail_to(1)])
    house.enqueue([mail_to(1)], text="other words")
    house.enqueue([mail_to(1)])
    with house.db.read() as work:
        assert set(outbox.mailings(work, {1, 2})) == {1, 2}
        with pytest.raises(NotFound, match="no mailing 3"):
            outbox.mailing(work, 3)


def test_a_rolled_back_cause_leaves_nothing(house: House) -> None:
    with pytest.raises(ZeroDivisionError), house.db.write() as work:
        mailing_id = outbox.add_mailing(work, outbox.NewMailing("notice", "notice-1", "1"), house.clock())
        outbox.enqueue(work, mailing_id, [mail_to(1)], house.clock())
        raise ZeroDivisionError
    assert house.counts() == {}


def test_enqueueing_streams(house: House) -> None:
    """Memory stays flat: 20,000 mails from a generator leave far less than they weigh."""
    house.enqueue([mail_to(0)])
    tracemalloc.start()
    assert house.enqueue(mail_to(n) for n in range(1, 20_001)) == 20_000
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 8_000_000


def test_answers_go_before_single_mails_and_those_before_mail_to_many(house: House) -> None:
    house.enqueue([mail_to(n) for n in range(50)])
    house.clock.pass_(60)
    house.enqueue([mail_to(100)], notice="question", is_to_many=False)
    house.enqueue([mail_to(101, is_answer=True)], notice="signature_confirm", object_id="mig-1", is_to_many=False)
    assert [mail.recipient for mail in claim(house, 4)] == ["m101", "m100", "m0", "m1"]


def test_nothing_is_claimed_before_it_is_due(house: House) -> None:
    house.enqueue([mail_to(1, due_at=house.clock() + timedelta(seconds=1)), mail_to(2)])
    assert [mail.recipient for mail in claim(house)] == ["m2"]
    house.clock.pass_(1)
    assert [mail.recipient for mail in claim(house)] == ["m1"]


def test_a_claim_is_nobody_elses_until_its_lease_is_over(house: House) -> None:
    """R86: claim is lease, attempt and fence; the next worker may have it when the lease ran out."""
    house.enqueue([mail_to(1)])
    first = claim(house)[0]
    assert (first.fence, first.attempts) == (1, 1)
    assert claim(house) == []
    house.clock.pass_(LEASE_S)
    second = claim(house)[0]
    assert (second.fence, second.attempts) == (2, 2)


def test_a_result_that_comes_after_another_claim_is_dropped(house: House) -> None:
    """R86: the stale write is rejected by the fence, and is counted."""
    house.enqueue([mail_to(1), mail_to(2)])
    stale = claim(house)
    house.clock.pass_(LEASE_S)
    fresh = claim(house)
    assert settle(house, stale, "failed") == 2
    assert house.counts() == {"claimed": 2}
    assert settle(house, fresh) == 0
    assert settle(house, fresh, "failed") == 2
    assert house.counts() == {"accepted": 2}


def test_a_released_claim_did_not_cost_an_attempt(house: House) -> None:
    house.enqueue([mail_to(1)])
    mails = claim(house)
    with house.db.write() as work:
        assert outbox.release_claims(work, [(m.id, m.fence) for m in mails], house.clock()) == 1
    assert house.counts() == {"queued": 1}
    again = claim(house)[0]
    assert (again.fence, again.attempts) == (2, 1)


def test_the_message_keeps_its_date_and_key_however_often_it_is_claimed(house: House) -> None:
    """R85."""
    house.enqueue([mail_to(1)])
    seen = set()
    for _ in range(3):
        mail = claim(house)[0]
        seen.add((mail.key, mail.message_date))
        house.clock.pass_(LEASE_S)
    assert len(seen) == 1


def test_what_is_known_of_a_key(house: House) -> None:
    house.enqueue([mail_to(1, about_n=7)])
    expected = KeyFact(
        key_of(1), "notice", "notice-1", "m1", "m1@example.org", message_id_for(key_of(1), DOMAIN), 7, "s", "a"
    )
    with house.db.read() as work:
        assert outbox.key_facts(work, [key_of(1), key_of(9), key_of(1)], DOMAIN) == {key_of(1): expected}
        assert outbox.by_link_key(work, key_of(10_000_001), DOMAIN) == expected
        assert outbox.by_unsubscribe_key(work, key_of(20_000_001), DOMAIN) == expected


def test_a_key_serves_one_purpose(house: House) -> None:
    """Design rule 8: a reply key is no link, a link no unsubscribe key, and none is a reply key."""
    house.enqueue([mail_to(1)])
    reply, link, unsubscribe = key_of(1), key_of(10_000_001), key_of(20_000_001)
    with house.db.read() as work:
        assert [outbox.by_link_key(work, key) for key in (reply, unsubscribe)] == [None, None]
        assert [outbox.by_unsubscribe_key(work, key) for key in (reply, link)] == [None, None]
        assert outbox.key_facts(work, [link, unsubscribe]) == {}


def test_the_words_a_key_went_out_in(house: House) -> None:
    house.enqueue([mail_to(1, fields={"greeting": "Dear Sam,", "language": "de"})])
    with house.db.read() as work:
        sent = outbox.sent_text(work, key_of(1))
        assert outbox.sent_text(work, key_of(2)) is None
    assert sent is not None
    assert sent.fields["greeting"] == "Dear Sam,"
    assert "News." in sent.skeleton


@pytest.mark.parametrize(
    ("language", "skeleton"), [("pt-BR", "Brasil"), ("pt-PT", "pt"), ("fi", "default"), ("", "default")]
)
def test_the_skeleton_of_a_language(language: str, skeleton: str) -> None:
    assert outbox.skeleton_for({"pt-BR": "Brasil", "pt": "pt", "": "default", "en": "en"}, language) == skeleton


def test_answers_are_counted_for_the_limits(house: House) -> None:
    """R73, R74: by address and notice since an instant, and all of them lately; other mail does not count."""
    since = house.clock()
    house.enqueue([mail_to(1)])
    for n in range(3):
        house.enqueue(
            [mail_to(1, key=key_of(50 + n), link_key=None, unsubscribe_key=None, is_answer=True)], "thanks", f"mig-{n}"
        )
    house.clock.pass_(700)
    house.enqueue([mail_to(1, key=key_of(60), link_key=None, unsubscribe_key=None, is_answer=True)], "unclear_ask")
    lately = house.clock() - timedelta(minutes=10)
    with house.db.read() as work:
        assert outbox.answers_to(work, "m1@example.org", since) == {"thanks": 3, "unclear_ask": 1}
        assert outbox.answers_to(work, "m2@example.org", since) == {}
        assert outbox.answers_since(work, lately) == 1
        assert outbox.answers_since(work, since, {"thanks"}) == 3


def test_the_stop_switch_stays_until_it_is_released(house: House) -> None:
    with house.db.write() as work:
        outbox.hold(work, house.clock())
        outbox.hold(work, house.clock())
    with house.db.read() as work:
        assert outbox.is_held(work)
    with house.db.write() as work:
        outbox.release(work)
        assert not outbox.is_held(work)


def test_what_waits_is_listed_in_the_order_it_goes(house: House) -> None:
    house.enqueue([mail_to(1), mail_to(2)])
    house.enqueue([mail_to(3, is_answer=True)], notice="thanks")
    settle(house, claim(house, 1))
    with house.db.read() as work:
        assert [each.recipient for each in outbox.list_waiting(work, 10)] == ["m1", "m2"]
        assert outbox.count_due(work, house.clock(), 10) == 2
