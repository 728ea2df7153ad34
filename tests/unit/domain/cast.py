"""Values that the tests of rules begin from: one petition, three members, a reply."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from mailflow.domain.facts import ReplyFacts
from mailflow.domain.model import (
    Author,
    Contact,
    KeyFact,
    Kind,
    Member,
    Organizer,
    Proof,
    Proposal,
    ProposalState,
    Signature,
    SignatureState,
)
from mailflow.domain.reading import Dmarc, Intent, IntentReading

OPENED = datetime(2013, 6, 24, 14, tzinfo=UTC)
CLOSES = datetime(2013, 8, 1, 5, tzinfo=UTC)
NOW = datetime(2013, 6, 25, 12, tzinfo=UTC)

ANN = Member("M1", "Ann Lee", ("ann@one.example.org", "ann@home.example.org"), "good")
BOB = Member("M2", "Bob Ray", ("bob@two.example.org",), "good")
CY = Member("M3", "Cy Fox", ("cy@three.example.org",), "lapsed")

PETITION = Proposal(
    id="mig-1",
    kind=Kind("mig", "Membership Initiative Group"),
    title="Diversity Member Initiative Group",
    state=ProposalState.PETITION_OPEN,
    author=Author("Alexandra Rivera", "organizer@example.org"),
    organizers=(Organizer("Alexandra Rivera", "organizer@example.org", "1 Street"),),
    staff_liaison=Contact("Michelle Harrell Washington", "liaison@example.org"),
    statement="We want a group.",
    statement_sha256="s" * 64,
    act_sha256="a" * 64,
    zone="America/Chicago",
    audience="good",
    feedback_opened_at=OPENED - timedelta(days=20),
    feedback_closes_at=OPENED - timedelta(days=1),
    petition_opened_at=OPENED,
    petition_closes_at=CLOSES,
)
PROPOSAL = replace(
    PETITION,
    state=ProposalState.FEEDBACK_OPEN,
    petition_opened_at=None,
    feedback_closes_at=NOW + timedelta(days=3),
)


def key_of(member: Member, notice: str = "petition_invitation", about_n: int = 0) -> KeyFact:
    """A key that went to a member's address on file."""
    return KeyFact(
        "k" * 26, notice, "mig-1", member.member_id, member.address, "<k.x@example.org>", about_n, "s" * 64, "a" * 64
    )


def says(intent: Intent, **more: bool) -> IntentReading:
    """What was read from the words."""
    return IntentReading(intent, (f"says {intent}",), "en", **more)


STANDING = {
    ("mig-1", "M1"): ("good", None, date(2013, 6, 25)),
    ("mig-1", "M2"): ("good", date(2014, 1, 1), date(2013, 6, 25)),
    ("mig-1", "M3"): ("good", date(2013, 1, 1), date(2013, 6, 25)),
}

SIGN = ReplyFacts(
    inbox_n=7,
    arrived_at=NOW,
    from_address="ann@one.example.org",
    reading=says(Intent.SIGN),
    message_id="<reply@one.example.org>",
    subject="Re: Will you sign?",
    new_text="SIGN",
    dmarc=Dmarc.PASS,
    key=key_of(ANN),
    owner=ANN,
    senders=(ANN,),
    item=PETITION,
    windows=(PETITION,),
    standing=STANDING,
    contacts={"mig-1": "organizer@example.org"},
)


def signature(state: SignatureState = SignatureState.VALIDATED, member: Member = ANN) -> Signature:
    """A signature that is there already."""
    return Signature(
        petition_id="mig-1",
        member_id=member.member_id,
        name=member.name,
        address=member.address,
        state=state,
        signed_at=NOW - timedelta(hours=5),
        via="mail",
        proof=Proof.KEY_FROM,
        statement_sha256="s" * 64,
        act_sha256="a" * 64,
        inbox_n=3,
    )


def signed(facts: ReplyFacts, state: SignatureState = SignatureState.VALIDATED, member: Member = ANN) -> ReplyFacts:
    """The same reply from somebody who has a signature in that state."""
    return replace(facts, signatures={("mig-1", member.member_id): signature(state, member)})
