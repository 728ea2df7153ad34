"""What must come of a script, counted from the script alone: nothing here knows the program."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from mailflow.demo.story.act import ZONE, Act, Effect


@dataclass(frozen=True, slots=True)
class Tally:
    """Signatures by state, as `petition show` counts them (contract)."""

    validated: int
    pending: int
    not_in_good_standing: int
    withdrawn: int
    invalidated: int

    @property
    def signed(self) -> int:
        """Proved signatures, counted or not."""
        return self.validated + self.not_in_good_standing


def states(acts: Iterable[Act]) -> dict[str, str]:
    """Give the state in which the script leaves each member's signature, by member number."""
    states: dict[str, str] = {}
    for act in sorted(acts, key=lambda act: act.at):
        member = act.member
        if act.expected is Effect.SIGNS:
            good = member.in_good_standing(act.at.astimezone(ZONE).date())
            states[member.member_id] = "validated" if good else "not_in_good_standing"
        elif act.expected is Effect.IS_ASKED_TO_CONFIRM:
            states.setdefault(member.member_id, "pending")
        elif act.expected is Effect.WITHDRAWS:
            states[member.member_id] = "withdrawn"
        elif act.expected is Effect.UNDOES:
            states[member.member_id] = "invalidated"
    return states


def tally(acts: Iterable[Act]) -> Tally:
    """Count the signatures that the script leaves, by state."""
    count = Counter(states(acts).values())
    return Tally(
        count["validated"], count["pending"], count["not_in_good_standing"], count["withdrawn"], count["invalidated"]
    )


def feedback(acts: Iterable[Act], answers: str = "proposal_open") -> Counter[bool]:
    """Count the feedback to a notice: True for what came late, False for what came in time."""
    late = {Effect.GIVES_FEEDBACK: False, Effect.GIVES_LATE_FEEDBACK: True}
    return Counter(late[act.expected] for act in acts if act.expected in late and act.answers == answers)


def stopped(acts: Iterable[Act]) -> set[str]:
    """Give the numbers of the members to whom no more mail goes: unsubscribed, or their address is gone."""
    ends = {Effect.UNSUBSCRIBES, Effect.STOPS_ADDRESS}
    return {act.member.member_id for act in acts if act.expected in ends}
