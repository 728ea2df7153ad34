"""What the pages show and do: read by anybody who has the address, acted on by a button alone (design rule 8)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cached_property

from mailflow.domain.digest import Frequency
from mailflow.domain.model import SIGNED, KeyFact, Member, Proof, Proposal, ProposalState, Signature, SignatureState
from mailflow.domain.opt_out import Choice
from mailflow.domain.outcome import ONCE, ChangeSignature, Owed, PutSignature
from mailflow.domain.petition import (
    BEFORE_SUBMISSION,
    is_collecting,
    is_live,
    is_told_with_undo,
    may_confirm,
    new_signature,
)
from mailflow.domain.reading import Dmarc
from mailflow.domain.views import (
    FrequencyView,
    LaunchView,
    PageVerdict,
    PersonalView,
    PetitionView,
    Site,
    UnsubscribeView,
)
from mailflow.service import preferences
from mailflow.service.applying import apply_records
from mailflow.service.items import standings
from mailflow.service.launch_facts import launch_view
from mailflow.service.metrics import Metrics
from mailflow.service.office import Office
from mailflow.service.owing import owe
from mailflow.service.previews import SAMPLE_KEY
from mailflow.store import launches, meta, outbox, proposals, roster, signatures
from mailflow.store.engine import Work

WRONG_NUMBERS_MAX = 10  # a day and link: a member number is no secret to guess at
OWN_INVITATIONS_MAX, OWN_INVITATIONS_A_DAY = 5, 3  # an address and petition (R76)
HIDDEN = frozenset({ProposalState.DRAFT})


@dataclass(frozen=True)
class OfficePages:
    """The pages of one office. now: the clock."""

    office: Office
    now: Callable[[], datetime]

    @cached_property
    def _metrics(self) -> Metrics:
        return Metrics(self.office)

    @property
    def site(self) -> Site:
        """Say what every page says of the house."""
        association = self.office.settings.association
        where = (self.office.address, self.office.zone)
        return Site(association.name, association.postal_address, *where, association.language)

    def is_healthy(self) -> bool:
        """Tell whether the database answers."""
        try:
            with self.office.db.read() as work:
                meta.get(work, "health")
        except Exception:  # whatever is wrong with it, the answer is no
            return False
        return True

    def metrics(self) -> str:
        """Give the numbers in Prometheus' text format."""
        return self._metrics.text(self.now())

    def petition_view(self, petition_id: str) -> PetitionView | None:
        """Give a petition that is public, None for drafts and unknown ids."""
        with self.office.db.read() as work:
            found = proposals.proposals(work, self.office.kinds, [petition_id]).get(petition_id)
        return self._public(found) if found is not None and found.state not in HIDDEN else None

    def launch_view(self, launch_id: str) -> LaunchView | None:
        """Give a launch as it stands now, None for unknown ids."""
        with self.office.db.read() as work:
            found = launches.launches(work, [launch_id]).get(launch_id)
            return launch_view(self.office, found) if found is not None else None

    def personal_view(self, link_key: str) -> PersonalView | None:
        """Give what a personal link shows, None for an unknown key."""
        with self.office.db.read() as work:
            known = self._known(work, link_key)
            return self._personal(work, *known) if known is not None else None

    def sign_by_link(self, link_key: str, member_number: str) -> str:
        """Sign by the page's button (proof `link`); the address on file is told at once (design rule 3)."""
        with self.office.db.write() as work:
            known = self._known(work, link_key)
            if known is None:
                return PageVerdict.UNKNOWN
            return self._sign(work, *known, link_key, member_number)

    def withdraw_by_link(self, link_key: str) -> str:
        """Withdraw by the page's button; the address on file is told at once."""
        with self.office.db.write() as work:
            known = self._known(work, link_key)
            if known is None:
                return PageVerdict.UNKNOWN
            _, member, petition = known
            signature = self._signature(work, petition, member)
            if not is_live(signature):
                return PageVerdict.NOT_SIGNED
            if petition.state not in BEFORE_SUBMISSION:
                return PageVerdict.TOO_LATE
            why = "withdrawn on the member's page"
            change = ChangeSignature(petition.id, member.member_id, SignatureState.WITHDRAWN, why)
            apply_records(work, self.office, [change], 0, self.now())
            self._tell(work, "signature_withdrawn", petition, member, f"link-{self.now().isoformat()}")
            return PageVerdict.WITHDRAWN

    def unsubscribe_view(self, key: str) -> UnsubscribeView | None:
        """Give what an unsubscribe link is about, None for an unknown key."""
        if key == SAMPLE_KEY:
            return preferences.SAMPLE
        with self.office.db.read() as work:
            fact = self._unsubscribing(work, key)
            if fact is None:
                return None
            return preferences.view(work, self.office, fact)

    def unsubscribe(self, key: str) -> bool:
        """Unsubscribe by one click (RFC 8058): from all mail to many, at once; the header's key alone does it."""
        with self.office.db.write() as work:
            fact = outbox.by_unsubscribe_key(work, key)
            return fact is not None and preferences.choose(work, self.office, fact, Choice.ALL, self.now())

    def choose(self, key: str, choice: str) -> bool:
        """Do what a button of the preferences page says, at once and as often as asked; False for an unknown key."""
        with self.office.db.write() as work:
            fact = self._unsubscribing(work, key)
            return fact is not None and preferences.choose(work, self.office, fact, Choice(choice), self.now())

    def frequency_view(self, key: str) -> FrequencyView | None:
        """Give what a digest's link leads to, None for an unknown key."""
        if key == SAMPLE_KEY:
            return preferences.SAMPLE_FREQUENCY
        with self.office.db.read() as work:
            fact = outbox.by_link_key(work, key)
            return preferences.frequency_view(work, fact) if fact is not None else None

    def choose_frequency(self, key: str, frequency: str) -> bool:
        """Do what a button of that page says, as often as asked; False for an unknown key."""
        with self.office.db.write() as work:
            fact = outbox.by_link_key(work, key)
            chosen = Frequency(frequency)
            return fact is not None and preferences.choose_frequency(work, self.office, fact, chosen, self.now())

    def request_invitation(self, petition_id: str, address: str) -> None:
        """Mail a member their own invitation; silent about whether there is such a member (R57, R76)."""
        now = self.now()
        with self.office.db.write() as work:
            petition = proposals.proposals(work, self.office.kinds, [petition_id]).get(petition_id)
            members = roster.members_by_address(work, [address], self.office.settings.mailbox.delimiter).get(
                address, []
            )
            if petition is None or len(members) != 1 or not is_collecting(petition, now):
                return
            recipient = members[0].member_id
            asked_at = outbox.own_invitations(work, petition_id, recipient)
            today = [at for at in asked_at if at > now - timedelta(days=1)]
            if len(asked_at) >= OWN_INVITATIONS_MAX or len(today) >= OWN_INVITATIONS_A_DAY:
                return
            owed = Owed("petition_invitation", petition_id, recipient, version=f"own-{len(asked_at) + 1}")
            owe(work, self.office, [owed], {petition_id: petition}, now)

    # --- behind them ------------------------------------------------------------------------------------------------
    def _known(self, work: Work, link_key: str) -> tuple[KeyFact, Member, Proposal] | None:
        fact = outbox.by_link_key(work, link_key)
        if fact is None:
            return None
        member = roster.member(work, fact.member_id)
        petition = proposals.proposals(work, self.office.kinds, [fact.object_id]).get(fact.object_id)
        if member is None or petition is None or petition.state in HIDDEN:
            return None
        return fact, member, petition

    def _unsubscribing(self, work: Work, key: str) -> KeyFact | None:
        fact = outbox.by_unsubscribe_key(work, key) or outbox.by_link_key(work, key)
        return fact if fact is not None and fact.member_id else None

    def _signature(self, work: Work, petition: Proposal, member: Member) -> Signature | None:
        found = signatures.signatures_of(work, [petition.id], [member.member_id])
        return found.get((petition.id, member.member_id))

    def _sign(
        self, work: Work, fact: KeyFact, member: Member, petition: Proposal, link_key: str, member_number: str
    ) -> str:
        now, kind = self.now(), petition.kind
        before = self._signature(work, petition, member)
        if not is_collecting(petition, now) and not may_confirm(petition, before, now):
            return PageVerdict.WINDOW_CLOSED
        if before is not None and before.state in SIGNED:
            return PageVerdict.ALREADY_SIGNED
        if kind.link_asks_member_number and (problem := self._wrong_number(work, link_key, member, member_number)):
            return problem
        signed_at = before.signed_at if before is not None and before.state is SignatureState.PENDING else now
        standing = standings(work, petition, [member.member_id], signed_at, now)[member.member_id]
        shown = (fact.statement_sha256, fact.act_sha256)
        new = new_signature(petition, member, Proof.LINK, standing, arrived_at=now, via="link", shown=shown)
        new = replace(new, signed_at=signed_at)
        follow = apply_records(work, self.office, [PutSignature(new)], 0, now)
        owe(work, self.office, follow, {petition.id: petition}, now)
        version = ONCE if before is None or is_live(before) else f"link-{now.isoformat()}"
        undo = is_told_with_undo(Proof.LINK, Dmarc.UNKNOWN, kind)
        notice, verdict = {
            SignatureState.PENDING: ("signature_confirm", PageVerdict.PENDING),
            SignatureState.NOT_IN_GOOD_STANDING: ("signature_not_in_standing", PageVerdict.NOT_IN_STANDING),
        }.get(new.state, ("signature_recorded", PageVerdict.SIGNED))
        self._tell(work, notice, petition, member, version, undo=undo)
        return verdict

    def _wrong_number(self, work: Work, link_key: str, member: Member, member_number: str) -> PageVerdict | None:
        name = f"wrong-numbers:{link_key}:{self.office.today(self.now())}"
        wrong = int(meta.get(work, name, "0"))
        if wrong >= WRONG_NUMBERS_MAX:
            return PageVerdict.OVER_LIMIT
        if member_number.strip().casefold() == member.member_id.casefold():
            return None
        meta.put(work, name, str(wrong + 1))
        return PageVerdict.WRONG_NUMBER

    def _tell(self, work: Work, notice: str, petition: Proposal, member: Member, version: str, **said: object) -> None:
        told = Owed(notice, petition.id, member.member_id, version=version, facts=said, is_answer=True)
        owe(work, self.office, [told], {petition.id: petition}, self.now())

    def _public(self, petition: Proposal) -> PetitionView:
        return PetitionView(
            id=petition.id,
            title=petition.title,
            kind_title=petition.kind.title,
            kind_description=petition.kind.description,
            kind_source=petition.kind.source,
            state=petition.state,
            is_collecting=is_collecting(petition, self.now()),
            act=petition.kind.act,
            act_sha256=petition.act_sha256,
            statement=petition.statement,
            statement_sha256=petition.statement_sha256,
            threshold=petition.threshold,
            validated=petition.validated,
            author_name=petition.author.name,
            organizer_names=tuple(o.name for o in petition.organizers),
            liaison_name=petition.staff_liaison.name,
            online_document=petition.online_document,
            opens_at=petition.petition_opened_at or petition.petition_opens_at,
            closes_at=petition.petition_closes_at,
        )

    def _personal(self, work: Work, _fact: KeyFact, member: Member, petition: Proposal) -> PersonalView:
        signature = self._signature(work, petition, member)
        has_signed = signature is not None and signature.state in SIGNED
        return PersonalView(
            petition=self._public(petition),
            member_name=member.name,
            signature=signature.state if signature is not None else None,
            signed_at=signature.signed_at if signature is not None else None,
            may_sign=not has_signed
            and (is_collecting(petition, self.now()) or may_confirm(petition, signature, self.now())),
            may_withdraw=is_live(signature) and petition.state in BEFORE_SUBMISSION,
            asks_member_number=petition.kind.link_asks_member_number,
            language=member.language,
        )
