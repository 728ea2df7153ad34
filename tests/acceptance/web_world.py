"""A service behind the pages that is a value: what the pages did to it can be compared."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from starlette.testclient import TestClient

from mailflow.domain.digest import Frequency
from mailflow.domain.model import ProposalState, SignatureState
from mailflow.domain.views import FrequencyView, PageVerdict, PersonalView, PetitionView, Site, UnsubscribeView

LINK = "abcdefghijklmnopqrstuvwxya"
OTHER_LINK = "b" * 25 + "a"
UNSUBSCRIBE = "c" * 25 + "a"
DIGEST = "e" * 25 + "a"
NO_SUCH = "d" * 25 + "a"

PETITION = PetitionView(
    id="mig-1",
    title="Diversity Member Initiative Group",
    kind_title="Membership Initiative Group",
    kind_description="Members with a common concern that no single unit is responsible for. It lasts three years.",
    kind_source="ALA Policy 6.12",
    state=ProposalState.PETITION_OPEN,
    is_collecting=True,
    act="I am a member in good standing, and I ask that this Membership Initiative Group be formed.",
    act_sha256="a" * 64,
    statement="# Purpose\n\nWe bring together *members* who want:\n\n- to learn from each other\n- to advise others\n",
    statement_sha256="5" * 64,
    threshold=100,
    validated=63,
    author_name="Alex Rivera",
    organizer_names=("Alex Rivera", "Sam Okafor"),
    liaison_name="Michelle Harrell Washington",
    online_document="https://docs.example.org/mig",
    opens_at=datetime(2013, 6, 24, 14, tzinfo=UTC),
    closes_at=datetime(2013, 8, 1, 5, tzinfo=UTC),
)
ME = PersonalView(PETITION, "Robin Lee", None, None, True, False, False)


@dataclass
class PagesWorld:
    """Implements web.app.Pages over plain values."""

    petition: PetitionView = PETITION
    me: PersonalView = ME
    member_number: str = "M-17"
    opted_out: set[str] = field(default_factory=set)
    choice: str = "nothing"
    frequency: Frequency = Frequency.DAILY
    invited: list[tuple[str, str]] = field(default_factory=list)
    signed: list[str] = field(default_factory=list)
    is_up: bool = True
    is_broken: bool = False
    client: TestClient | None = None  # a browser without cookies, made once

    site = Site(
        "American Library Association", "1 Sample Street, Springfield", "connect@lists.example.org", "America/Chicago"
    )

    def petition_view(self, petition_id: str) -> PetitionView | None:
        if self.is_broken:
            raise RuntimeError("could not connect to postgresql://user:hunter2@db for anna@example.org")
        return self.petition if petition_id == self.petition.id else None

    def personal_view(self, link_key: str) -> PersonalView | None:
        return replace(self.me, petition=self.petition) if link_key == LINK else None

    def sign_by_link(self, link_key: str, member_number: str) -> str:
        if self.me.asks_member_number and member_number != self.member_number:
            return PageVerdict.WRONG_NUMBER
        if self.me.signature is SignatureState.VALIDATED:
            return PageVerdict.ALREADY_SIGNED
        self.signed.append(link_key)
        signed_at = datetime(2013, 6, 25, 15, 4, tzinfo=UTC)
        self.me = replace(
            self.me, signature=SignatureState.VALIDATED, signed_at=signed_at, may_sign=False, may_withdraw=True
        )
        return PageVerdict.SIGNED

    def withdraw_by_link(self, link_key: str) -> str:
        if self.me.signature is not SignatureState.VALIDATED:
            return PageVerdict.NOT_SIGNED
        self.me = replace(self.me, signature=SignatureState.WITHDRAWN, may_sign=True, may_withdraw=False)
        return PageVerdict.WITHDRAWN

    def unsubscribe_view(self, key: str) -> UnsubscribeView | None:
        if key not in (UNSUBSCRIBE, LINK):
            return None
        is_off = key in self.opted_out
        return UnsubscribeView(is_off, self.petition.title, "petitions", self.choice if is_off else "nothing")

    def unsubscribe(self, key: str) -> bool:
        return key == UNSUBSCRIBE and self.choose(key, "all")

    def choose(self, key: str, choice: str) -> bool:
        if key not in (UNSUBSCRIBE, LINK):
            return False
        self.choice = str(choice)
        (self.opted_out.discard if choice == "nothing" else self.opted_out.add)(key)
        return True

    def frequency_view(self, key: str) -> FrequencyView | None:
        return FrequencyView(self.frequency) if key == DIGEST else None

    def choose_frequency(self, key: str, frequency: str) -> bool:
        if key == DIGEST:
            self.frequency = Frequency(frequency)
        return key == DIGEST

    def request_invitation(self, petition_id: str, address: str) -> None:
        self.invited.append((petition_id, address))

    def is_healthy(self) -> bool:
        return self.is_up

    def state(self) -> tuple[object, ...]:
        """Everything that could change."""
        return (self.petition, self.me, set(self.opted_out), list(self.invited), list(self.signed), self.frequency)
