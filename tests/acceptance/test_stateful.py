"""Replies, withdrawals, duplicates, confirmations, rosters, clocks, staff, restarts and replays in any order.

After each step: one live signature a member, states and moves that the life of a petition knows, a counter that is the
rows, mails that say what is so, every mail accounted for, a ledger that verifies. MAILFLOW_TORTURE=1
plays 300 lives, each time others, instead of the few of `make test`.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from contextlib import suppress
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, initialize, invariant, precondition, rule

from mailflow.domain.lifecycle import LIFE
from mailflow.domain.model import COLLECTING, LIVE, ProposalState, SignatureState
from mailflow.domain.verification import Which
from mailflow.errors import InputError, Refused
from mailflow.service import evidence, petitions
from mailflow.service.erasure import erase
from mailflow.service.reading import replay
from mailflow.service.roster import import_members
from mailflow.service.schedule import run_due
from mailflow.service.verification import enter_signatures, invalidate
from mailflow.store import health
from mailflow.store import tables as t
from tests.acceptance.way_in import (
    PETITION,
    URL_FILE,
    WayIn,
    address_of,
    home_of,
    open_way_in,
    reopen,
    roster_of,
)

MEMBERS, THRESHOLD = 3, 2
IS_TORTURE = bool(os.environ.get("MAILFLOW_TORTURE"))
member = st.integers(1, MEMBERS)
dmarc = st.sampled_from(["pass", "pass", "none", "fail", None])
WORDS = (
    "SIGN",
    "Yes, I sign.",
    "I withdraw my signature.",
    "No, thank you.",
    "NOT ME",
    "YES",
    "NO",
    "Where would the group meet?",
    "Hm.",
)
# what a mail says of a signature: the state that the mail which it answers must have led to; None: to no change
SAYS = {
    "signature_recorded": SignatureState.VALIDATED,
    "signature_not_in_standing": SignatureState.NOT_IN_GOOD_STANDING,
    "signature_confirm": SignatureState.PENDING,
    "signature_withdrawn": SignatureState.WITHDRAWN,
    "signature_undone": SignatureState.INVALIDATED,
    "signature_already": None,
    "petition_closed": None,
    "confirmation_late": None,
}


@cache
def world() -> tuple[Path, WayIn]:
    """A petition that is open and whose members are invited; each life begins with a copy of its database."""
    folder = Path(tempfile.mkdtemp(prefix="mailflow-stateful-"))
    way_in = open_way_in(folder, MEMBERS, threshold=THRESHOLD)
    way_in.db.close()
    return folder, way_in


def _reachable() -> dict[ProposalState, set[ProposalState]]:
    """Where the clock and people can have brought a petition by any number of moves."""
    steps = {(frm, move.to) for move in LIFE for frm in move.frm if move.to is not None}
    # an extension gives back what a closed petition was
    steps |= {(ProposalState.CLOSED, state) for state in (ProposalState.PETITION_OPEN, ProposalState.QUALIFIED)}
    found = {state: {state} for state in ProposalState}
    for _ in ProposalState:
        for state in ProposalState:
            found[state] |= {to for frm, to in steps if frm in found[state]}
    return found


REACHABLE = _reachable()


class Life(RuleBasedStateMachine):
    """One petition's life."""

    mails = Bundle("mails")

    @initialize()
    def begin(self) -> None:
        source, first = world()
        self.folder = Path(tempfile.mkdtemp(prefix="mailflow-life-"))
        shutil.copy(source / "mailflow.db", self.folder / "mailflow.db")
        (self.folder / URL_FILE).write_text(f"sqlite:///{self.folder / 'mailflow.db'}", "utf-8")
        self.first, self.uid = first, 1000
        self.house = reopen(self.folder, like=first, threshold=THRESHOLD)
        self.house.relay.offered = list(first.relay.offered)
        self.house.clock.at = first.clock.at
        # as the member has it, whatever we still know of it
        self.invitations = {
            n: next(e.body for e in first.relay.offered if e.rcpt_to == address_of(n)) for n in range(1, MEMBERS + 1)
        }
        self.erased = False
        self.state, self.looked_at, self.standing = ProposalState.PETITION_OPEN, 0, dict[int, str]()

    def teardown(self) -> None:
        self.house.db.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    # --- mail that comes ---
    @rule(target=mails, n=member)
    def sign(self, n: int) -> bytes:
        return self._come(self.house.answer(n, "SIGN", to=self.invitations[n]), is_read=True)

    @rule(target=mails, n=member, words=st.sampled_from(("I withdraw my signature.", "NOT ME")))
    def take_back(self, n: int, words: str) -> bytes:
        return self._come(self.house.answer(n, words, to=self.invitations[n]), is_read=True)

    @rule(
        target=mails, n=member, words=st.sampled_from(WORDS), stamp=dmarc, is_home=st.booleans(), is_read=st.booleans()
    )
    def reply(self, n: int, words: str, stamp: Any, is_home: bool, is_read: bool) -> bytes:
        """A member answers the invitation, maybe from the second address; it may be read later."""
        raw = self.house.answer(
            n, words, to=self.invitations[n], from_=home_of(n) if is_home else address_of(n), dmarc=stamp
        )
        return self._come(raw, is_read)

    @rule(target=mails, n=member, words=st.sampled_from(WORDS), stamp=dmarc)
    def write_without_key(self, n: int, words: str, stamp: Any) -> bytes:
        subject = "Diversity Member Initiative Group"
        return self._come(self.house.answer(n, words, to=b"", subject=subject, dmarc=stamp), is_read=True)

    @rule(target=mails, n=member, other=member, words=st.sampled_from(WORDS), stamp=dmarc)
    def answer_a_forwarded_mail(self, n: int, other: int, words: str, stamp: Any) -> bytes:
        """Another member, or a stranger, answers with n's key."""
        sender = address_of(other) if other != n else "stranger@else.example.org"
        return self._come(self.house.answer(n, words, to=self.invitations[n], from_=sender, dmarc=stamp), is_read=True)

    @rule(target=mails, n=member, words=st.sampled_from(("YES", "NO", "NOT ME")), stamp=dmarc, which=st.integers(0, 9))
    def answer_another_mail(self, n: int, words: str, stamp: Any, which: int) -> bytes:
        """A member answers what we sent them since: a confirmation, 'was that you?', a thank-you."""
        self.house.deliver()
        ours = [e.body for e in self.house.relay.offered if e.rcpt_to == address_of(n)]
        raw = self.house.answer(n, words, to=ours[-1 - which % len(ours)], dmarc=stamp)
        return self._come(raw, is_read=True)

    @rule(target=mails, n=member, seconds=st.sampled_from((-1, 0, 1)))
    def confirm_around_the_end(self, n: int, seconds: int) -> bytes:
        """A member says yes to a confirmation, at the last instant for it or just past it; the clock may lag behind."""
        self.house.deliver()
        asked = [row.key for row in self.house.outbox("signature_confirm") if row.member_id == f"m{n}"]
        sent = [e.body for e in self.house.relay.offered if asked and asked[-1].encode() in e.body]
        closes_at = self.house.petition["closes_at"]
        ends_at = closes_at + timedelta(hours=72, seconds=seconds)
        raw = self.house.answer(n, "YES", to=sent[-1] if sent else self.invitations[n])
        before = self._signatures().get(f"m{n}")
        is_over = self.house.petition["state"] not in COLLECTING | {ProposalState.CLOSED}
        self._come(raw, is_read=True, at=ends_at)
        if before == "pending" and (seconds >= 0 or is_over):
            assert self._signatures()[f"m{n}"] == "pending"
        return raw

    @rule(raw=mails)
    def come_again(self, raw: bytes) -> None:
        """The same mail lies at another place."""
        self.house.read()
        before, owed = self._signatures(), len(self.house.outbox())
        self._come(raw, is_read=True)
        assert self._signatures() == before
        assert len(self.house.outbox()) == owed

    @rule(raw=consumes(mails))
    def come_late(self, raw: bytes) -> None:
        """The same words in another mail, with another Message-ID, when the clock says so."""
        self._come(raw.replace(b"client.example.org", b"late%d.example.org" % self.uid), is_read=True)

    def _come(self, raw: bytes, is_read: bool, at: datetime | None = None) -> bytes:
        self.uid += 1
        from mailflow.service import intake

        intake.receive(self.house.office, [self.house.arrival(raw, at, uid=self.uid)], self.house.clock())
        if is_read:
            self.house.read()
        return raw

    # --- what else happens ---
    @rule(n=member, is_good=st.booleans())
    def import_a_roster(self, n: int, is_good: bool) -> None:
        self.standing[n] = "good" if is_good else "lapsed"
        path = self.folder / "roster.csv"
        path.write_text(roster_of(MEMBERS, {m: {"standing": s} for m, s in self.standing.items()}), "utf-8")
        self.house.clock.pass_(1)
        import_members(self.house.db, path, self.house.clock())

    @rule(hours=st.sampled_from((1, 1, 25, 80, 24 * 12)))
    def pass_time(self, hours: int) -> None:
        self.house.clock.at += timedelta(hours=hours)

    @rule(what=st.sampled_from(("the clock", "the outbox", "the inbox")))
    def work(self, what: str) -> None:
        if what == "the clock":
            run_due(self.house.office, self.house.clock())
        elif what == "the outbox":
            self.house.deliver()
        else:
            self.house.read()

    @rule()
    def restart(self) -> None:
        old = self.house
        old.db.close()
        self.house = reopen(self.folder, like=old, threshold=THRESHOLD)
        self.house.relay, self.house.clock = old.relay, old.clock
        self.house._id, self.house._uid = old._id, old._uid

    @rule()
    def replay_all(self) -> None:
        """Everything is read again with today's rules; what took effect does so once."""
        self.house.read()
        before = self._signatures()
        ns = [row.n for row in self.house.rows(t.inbox, t.inbox.c.state == "read")]
        replay(self.house.office, ns, self.house.clock())
        assert self._signatures() == before

    @rule(days=st.sampled_from((0, 7, 20, 40)))
    def close_or_extend(self, days: int) -> None:
        now = self.house.clock()
        with suppress(Refused, InputError):  # said why; what must be so still is
            if days:
                petitions.extend_petition(self.house.office, PETITION, now + timedelta(days=days), now, "more time")
            else:
                petitions.close_petition(self.house.office, PETITION, now)

    @rule(n=member, words=st.sampled_from(("I did sign that.", "SIGN", "Fine.")), is_answered=st.booleans())
    def invalidate(self, n: int, words: str, is_answered: bool) -> None:
        """Staff take a signature out of the count; what its member answers to that changes nothing by itself."""
        with suppress(Refused):
            invalidate(self.house.office, PETITION, Which(frozenset({f"m{n}"})), "not theirs", self.house.clock())
        self.house.deliver()
        told = [row.key for row in self.house.outbox("signature_invalidated") if row.member_id == f"m{n}"]
        sent = [e.body for e in self.house.relay.offered if told and told[-1].encode() in e.body]
        if is_answered and sent:
            before = self._signatures()
            self._come(self.house.answer(n, words, to=sent[-1]), is_read=True)
            assert self._signatures() == before

    @rule(n=member, words=st.sampled_from(("YES", "NOT ME", "")))
    def enter_from_paper(self, n: int, words: str) -> None:
        """Staff enter a signature from paper; its member is told, and may confirm it or take it away."""
        path = self.folder / "paper.csv"
        path.write_text(f"member\nm{n}\n", "utf-8")
        with suppress(Refused, InputError):
            enter_signatures(self.house.office, PETITION, path, self.house.clock())
        self.house.deliver()
        told = [row.key for row in self.house.outbox("signature_entered") if row.member_id == f"m{n}"]
        sent = [e.body for e in self.house.relay.offered if told and told[-1].encode() in e.body]
        if words and sent:
            self._come(self.house.answer(n, words, to=sent[-1], dmarc="none"), is_read=True)

    @precondition(lambda self: self.house.rows(t.signature) and not self.erased)
    @rule(n=member)
    def erase_somebody(self, n: int) -> None:
        self.erased = True
        erase(self.house.office, f"m{n}", self.house.clock())

    # --- what must be so ---
    def _signatures(self) -> dict[str, str]:
        return {row.member_id: row.state for row in self.house.rows(t.signature)}

    @invariant()
    def one_live_signature_a_member(self) -> None:
        rows = self.house.rows(t.signature)
        assert all(SignatureState(row.state) for row in rows)
        living = [row.member_id for row in rows if row.state in LIVE]
        assert len(living) == len(set(living))

    @invariant()
    def states_that_a_life_knows(self) -> None:
        state = ProposalState(self.house.petition["state"])
        assert state in REACHABLE[self.state], f"{self.state} -> {state}"
        self.state = state
        told = self.house.petition
        if state is ProposalState.QUALIFIED:
            assert told["qualified_at"] is not None

    @invariant()
    def the_counter_is_the_rows(self) -> None:
        told = self.house.petition
        assert told["counter"] == told["tally"]["validated"]
        if told["counter"] >= THRESHOLD:
            assert told["qualified_at"] is not None

    @invariant()
    def every_mail_is_accounted_for(self) -> None:
        with self.house.db.read() as work:
            assert health.unaccounted(work, self.house.clock() - timedelta(days=1000), 10) == {}
            assert health.without_effect(work, self.house.clock() - timedelta(days=1000), 10) == {}

    @invariant()
    def mails_say_what_is_so(self) -> None:
        """Each answer about a signature was caused by a mail that led to just that."""
        changes: dict[int, list[str]] = {}
        for row in self.house.rows(t.signature_history):
            changes.setdefault(row.inbox_n, []).append(row.to_state)
        for row in self.house.rows(t.outbox, t.outbox.c.id > self.looked_at):
            self.looked_at = row.id
            if row.notice in SAYS:
                said, led_to = SAYS[row.notice], changes.get(row.about_n, [])
                assert (said in led_to) if said else not led_to, (row.notice, row.member_id, row.about_n, led_to)
            if row.notice in {"signature_invalidated", "signature_entered"}:
                assert row.member_id in self._signatures()
            if row.notice == "petition_qualified":
                assert self.house.petition["qualified_at"] is not None

    @invariant()
    def the_ledger_verifies(self) -> None:
        found = evidence.verify(self.house.office, getattr(self, "head", ""))
        assert found["problems"] == (), found["problems"]
        self.head = found["head"]


Life.TestCase.settings = settings(
    max_examples=300 if IS_TORTURE else 12,
    stateful_step_count=40 if IS_TORTURE else 25,
    deadline=None,
    derandomize=not IS_TORTURE,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


class TestLives(Life.TestCase):  # type: ignore[name-defined,misc]
    """No order of events breaks what must be so."""
