"""Who wrote? Design rule 3 as a table."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mailflow.domain.facts import ReplyFacts
from mailflow.domain.identity import identify
from mailflow.domain.model import Member, Proof
from mailflow.domain.reading import Dmarc
from tests.unit.domain.cast import ANN, BOB, SIGN, key_of

KEYLESS = replace(SIGN, key=None, owner=None, item=None)
STRANGER = replace(SIGN, senders=(), from_address="somebody@else.example.net")


@pytest.mark.parametrize(
    ("facts", "member", "proof", "asked"),
    [
        pytest.param(SIGN, ANN, Proof.KEY_FROM, None, id="her key, her address"),
        pytest.param(replace(SIGN, dmarc=Dmarc.UNKNOWN), ANN, Proof.KEY_FROM, None, id="R55 no stamp is no fail"),
        pytest.param(replace(SIGN, dmarc=Dmarc.FAIL), ANN, Proof.NONE, ANN, id="R49 her key, forged From"),
        pytest.param(replace(SIGN, senders=(BOB,)), BOB, Proof.DMARC, None, id="her key, his proved address: his mail"),
        pytest.param(
            replace(SIGN, senders=(BOB,), dmarc=Dmarc.NONE), BOB, Proof.NONE, BOB, id="her key, his bare address"
        ),
        pytest.param(STRANGER, None, Proof.NONE, ANN, id="R52 her key, nobody's address: she is asked"),
        pytest.param(KEYLESS, ANN, Proof.DMARC, None, id="no key, proved address"),
        pytest.param(replace(KEYLESS, dmarc=Dmarc.UNKNOWN), ANN, Proof.NONE, ANN, id="R55 no key, bare address"),
        pytest.param(replace(KEYLESS, dmarc=Dmarc.FAIL), ANN, Proof.NONE, ANN, id="no key, forged From"),
        pytest.param(replace(KEYLESS, senders=(ANN, BOB)), None, Proof.NONE, None, id="no key, a shared address"),
        pytest.param(replace(SIGN, senders=(ANN, BOB)), ANN, Proof.KEY_FROM, None, id="her key, a shared address"),
        pytest.param(replace(KEYLESS, senders=()), None, Proof.NONE, None, id="nobody we know"),
        pytest.param(replace(SIGN, from_problem="two From fields"), None, Proof.NONE, None, id="R43 no single author"),
        pytest.param(
            replace(SIGN, key=key_of(ANN, "signature_confirm"), dmarc=Dmarc.FAIL),
            ANN,
            Proof.CONFIRMED,
            None,
            id="the confirmation's key went to the address on file and nowhere else",
        ),
        pytest.param(
            replace(STRANGER, key=key_of(ANN, "signature_confirm")),
            None,
            Proof.NONE,
            ANN,
            id="R52 the confirmation's key from nobody's address",
        ),
    ],
)
def test_who_wrote(facts: ReplyFacts, member: Member | None, proof: Proof, asked: Member | None) -> None:
    who = identify(facts)
    assert (who.member, who.proof, who.ask) == (member, proof, asked)
    assert who.why
