"""What a mail that asks for no more mail is about."""

from __future__ import annotations

import pytest

from mailflow.domain.opt_out import ALL, scope_asked


@pytest.mark.parametrize(
    ("text", "scope"),
    [
        ("unsubscribe", ALL),
        ("Re: Diversity Member Initiative Group Please unsubscribe me.", ALL),
        ("unsubscribe mig-1", "mig-1"),
        ("Unsubscribe me from MIG-1, please.", "mig-1"),
        ("unsubscribe mig-10", ALL),
        ("unsubscribe me only from this", "mig-1"),
        ("Unsubscribe, but just this one.", "mig-1"),
        ("UNSUBSCRIBE (this petition only)", "mig-1"),
        ("unsubscribe me from this list", ALL),
        ("", ALL),
    ],
)
def test_unsubscribing_means_everything_unless_it_names_the_object(text: str, scope: str) -> None:
    assert scope_asked(text, "mig-1") == scope
