from __future__ import annotations

import pytest

from mailflow.domain.relay import RelayAnswer, answer_to, connection_lost, refused_here
from mailflow.service.settling import refuses_us, says_address_is_bad, says_address_is_in_trouble


@pytest.mark.parametrize(
    ("answer", "is_bad", "is_of_us"),
    [
        pytest.param(answer_to("rcpt", 550, "5.1.1 no such user"), True, False, id="no such user"),
        pytest.param(answer_to("rcpt", 550, "5.1.2 no such host"), True, False, id="no such domain"),
        pytest.param(answer_to("rcpt", 550, "5.1.8 sender's domain"), False, False, id="5.1.8 is about the sender"),
        pytest.param(answer_to("rcpt", 550, "nobody here"), False, False, id="no enhanced code"),
        pytest.param(answer_to("rcpt", 554, "5.7.1 relaying denied"), False, True, id="policy at RCPT (R81)"),
        pytest.param(answer_to("mail", 550, "sender not allowed"), False, True, id="at MAIL"),
        pytest.param(answer_to("body", 554, "5.7.1 spam"), False, True, id="policy at the dot (R81)"),
        pytest.param(answer_to("body", 550, "5.1.1 no such user"), False, False, id="recipient refused at the dot"),
        pytest.param(answer_to("body", 552, "5.2.2 mailbox full"), False, False, id="mailbox full at the dot"),
        pytest.param(answer_to("rcpt", 450, "4.1.1 later"), False, False, id="temporary"),
        pytest.param(connection_lost("body", "reset"), False, False, id="no answer"),
        pytest.param(refused_here("a NUL", "5.6.0"), False, False, id="our own mistake"),
        pytest.param(answer_to("body", 250, "ok"), False, False, id="accepted"),
    ],
)
def test_whom_a_refusal_is_about(answer: RelayAnswer, is_bad: bool, is_of_us: bool) -> None:
    assert (says_address_is_bad(answer), refuses_us(answer)) == (is_bad, is_of_us)


@pytest.mark.parametrize(
    ("answer", "became", "counts"),
    [
        pytest.param(answer_to("rcpt", 552, "5.2.2 mailbox full"), "failed", True, id="full"),
        pytest.param(answer_to("body", 552, "5.2.2 mailbox full"), "failed", True, id="full, at the dot"),
        pytest.param(answer_to("rcpt", 450, "4.4.1 no route"), "failed", True, id="given up after five days"),
        pytest.param(answer_to("rcpt", 450, "4.4.1 no route"), "deferred", False, id="tried again"),
        pytest.param(answer_to("rcpt", 550, "5.1.1 no such user"), "failed", False, id="bad, not in trouble"),
        pytest.param(answer_to("rcpt", 554, "5.7.1 spam"), "failed", False, id="policy (R81)"),
        pytest.param(answer_to("body", 554, "5.6.0 content"), "failed", False, id="what we said"),
        pytest.param(answer_to("body", 250, "ok"), "accepted", False, id="accepted"),
    ],
)
def test_which_refusals_count_against_an_address(answer: RelayAnswer, became: str, counts: bool) -> None:
    """R80, R81."""
    assert says_address_is_in_trouble(answer, became) is counts
