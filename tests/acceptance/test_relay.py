"""The way out against relays that behave and misbehave: fault rows 25 to 29 of the reliability page."""

from __future__ import annotations

import socket
import ssl
import threading
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Session
from aiosmtpd.smtp import Envelope as TakenEnvelope

from mailflow.domain.relay import Envelope, RelayAnswer
from mailflow.errors import RelayError, RelayLoginError
from mailflow.gateways.relay import SmtpRelay
from mailflow.gateways.relay_session import Timeouts
from tests.acceptance.certificates import contexts
from tests.acceptance.relay_server import DROP, WAIT, RelayServer, Script


@pytest.fixture
def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


QUICK = Timeouts(connect_s=5, command_s=5, dot_s=5)
WAYS = [
    pytest.param(("PIPELINING", "8BITMIME", "SMTPUTF8"), id="pipelined"),
    pytest.param(("8BITMIME", "SMTPUTF8"), id="lock-step"),
]
Extensions = tuple[str, ...]


def mail(name: str, body: bytes = b"") -> Envelope:
    return Envelope(
        "petitions+key@example.org", f"{name}@example.org", body or f"Subject: {name}\r\n\r\nHello\r\n".encode()
    )


def mails(count: int) -> list[Envelope]:
    return [mail(f"m{i}") for i in range(count)]


def submit(server: RelayServer, envelopes: Sequence[Envelope], timeouts: Timeouts = QUICK) -> dict[int, RelayAnswer]:
    answers: dict[int, RelayAnswer] = {}
    relay = SmtpRelay(server, timeouts)
    try:
        relay.submit_batch(envelopes, answers.__setitem__)
    finally:
        relay.close()
    return answers


def results(answers: dict[int, RelayAnswer]) -> list[str]:
    return [answers[i].result for i in sorted(answers)]


def recipients(server: RelayServer) -> list[str]:
    return [taken.rcpt.removeprefix("RCPT TO:<").partition("@")[0] for taken in server.mails]


def at(stage: str, reply: str, name: str = "", connection: int = 0) -> Script:
    """A relay that answers so at a stage, for one recipient or connection or for all."""

    def script(number: int, at_stage: str, line: str) -> str | None:
        is_meant = at_stage == stage and name in line and connection in (0, number)
        return reply if is_meant else None

    return script


# -- the two ways --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("extensions", WAYS)
def test_every_mail_arrives_once_and_in_order_over_one_connection(extensions: Extensions) -> None:
    with RelayServer(extensions=extensions) as server:
        answers = submit(server, mails(30))
        assert results(answers) == ["accepted"] * 30
        assert recipients(server) == [f"m{i}" for i in range(30)]
        assert server.mails[7].body == mails(30)[7].body
        assert server.connections == 1
        assert server.stages()[-1] == "quit"


@pytest.mark.parametrize("extensions", WAYS)
def test_an_acceptance_is_told_before_the_next_body_leaves(extensions: Extensions) -> None:
    """R87: a journal line for each acceptance stands before that connection's next body."""
    with RelayServer(extensions=extensions) as server:
        SmtpRelay(server, QUICK).submit_batch(mails(10), lambda i, _: server.events.append(("told", i)))
        order = [name for name, _ in server.events if name in ("dot", "told")]
        assert order == ["dot", "told"] * 10


def test_a_body_and_the_next_envelope_leave_in_one_write() -> None:
    with RelayServer() as server:
        submit(server, mails(3))
        together = [read for read in server.reads if b"\r\n.\r\nMAIL FROM:" in read]
        assert len(together) == 2
        assert all(read.endswith(b"DATA\r\n") for read in together)


def test_without_pipelining_nothing_is_sent_before_its_turn() -> None:
    with RelayServer(extensions=()) as server:
        submit(server, mails(3))
        assert all(read.count(b"\r\n") == 1 or read.endswith(b"\r\n.\r\n") for read in server.reads)


def test_a_server_that_knows_only_helo_is_served() -> None:
    with RelayServer(at("ehlo", "502 what?")) as server:
        assert results(submit(server, mails(2))) == ["accepted"] * 2


class _Keeper:
    def __init__(self) -> None:
        self.subjects: list[bytes] = []

    async def handle_DATA(self, server: SMTP, session: Session, envelope: TakenEnvelope) -> str:
        assert isinstance(envelope.content, bytes)
        self.subjects.append(envelope.content.split(b"\r\n")[0])
        return "250 kept"


def test_a_server_that_is_not_ours_takes_the_mails(free_port: int) -> None:
    keeper = _Keeper()
    controller = Controller(keeper, hostname="127.0.0.1", port=free_port)
    controller.start()
    try:
        server = RelayServer(host="127.0.0.1", port=free_port)
        assert results(submit(server, mails(20))) == ["accepted"] * 20
    finally:
        controller.stop()
    assert keeper.subjects == [f"Subject: m{i}".encode() for i in range(20)]


# -- each recipient's own answer -----------------------------------------------------------------------------------


@pytest.mark.parametrize("extensions", WAYS)
@pytest.mark.parametrize(
    ("stage", "reply", "result"),
    [
        pytest.param("dot", "451 4.3.0 later", "transient", id="row 27: 4xx at the dot"),
        pytest.param("dot", "550 5.7.1 spam", "permanent", id="row 27: 550 after DATA"),
        pytest.param("rcpt", "550 5.1.1 no such user", "permanent", id="row 27: 5xx at RCPT"),
        pytest.param("rcpt", "552 too many recipients", "transient", id="R90: 552 at RCPT"),
        pytest.param("rcpt", "450-4.2.0 greylisted\r\n450 4.2.0 come again", "transient", id="an answer of two lines"),
        pytest.param("data", "452 4.3.1 disk full", "transient", id="4xx at DATA"),
        pytest.param("data", "554 5.5.1 no valid recipients", "permanent", id="5xx at DATA"),
    ],
)
def test_one_refused_recipient_fails_no_other(stage: str, reply: str, result: str, extensions: Extensions) -> None:
    """R88, fault row 28: the one in the middle is refused, the rest is accepted."""
    met = Counter[str]()

    def script(number: int, at_stage: str, line: str) -> str | None:
        met[at_stage] += 1
        return reply if at_stage == stage and met[stage] == 3 else None

    with RelayServer(script, extensions) as server:
        answers = submit(server, mails(6))
        assert results(answers) == ["accepted", "accepted", result, "accepted", "accepted", "accepted"]
        assert answers[2].code == int(reply[:3])
        assert answers[2].stage == ("body" if stage == "dot" else stage)
        assert recipients(server) == ["m0", "m1", "m3", "m4", "m5"]
        assert server.connections == 1


@pytest.mark.parametrize("extensions", WAYS)
def test_a_sender_refused_for_one_mail_fails_that_mail(extensions: Extensions) -> None:
    """R88: what the relay says to the RCPT and DATA that were sent along does not matter."""
    state = {"mails": 0, "open": False}

    def strict(number: int, stage: str, line: str) -> str | None:
        if stage == "mail":
            state["mails"] += 1
            state["open"] = state["mails"] != 2
            return None if state["open"] else "553 5.1.8 not you"
        return "503 5.5.1 MAIL first" if stage in ("rcpt", "data") and not state["open"] else None

    with RelayServer(strict, extensions) as server:
        answers = submit(server, mails(4))
        assert results(answers) == ["accepted", "permanent", "accepted", "accepted"]
        assert answers[1].code == 553


def test_a_relay_that_wants_a_body_for_a_refused_recipient_gets_none() -> None:
    """RFC 2920 section 3.1: only the dot follows, never the mail."""
    with RelayServer(at("rcpt", "550 5.1.1 unknown", "m1@")) as server:
        answers = submit(server, mails(3))
        assert results(answers) == ["accepted", "permanent", "accepted"]
        assert recipients(server) == ["m0", "m2"]
        assert not any(b"Subject: m1" in read for read in server.reads)


@pytest.mark.parametrize("extensions", WAYS)
def test_a_transaction_left_open_is_reset_before_the_next(extensions: Extensions) -> None:
    """R88: a relay that refuses a second MAIL inside a transaction takes the mail after a refused one."""
    state = {"open": False}

    def nesting(number: int, stage: str, line: str) -> str | None:
        if stage == "mail" and state["open"]:
            return "503 5.5.1 nested MAIL"
        state["open"] = {"mail": True, "rset": False, "dot": False}.get(stage, state["open"])
        if stage == "rcpt" and "m1@" in line:
            return "550 5.1.1 unknown"
        return "554 5.5.1 no recipients" if stage == "data" and "rcpt" in state and state["rcpt"] else None

    def script(number: int, stage: str, line: str) -> str | None:
        if stage == "rcpt":
            state["rcpt"] = "m1@" in line
        return nesting(number, stage, line)

    with RelayServer(script, extensions) as server:
        assert results(submit(server, mails(4))) == ["accepted", "permanent", "accepted", "accepted"]
        assert "rset" in server.stages()


# -- connections that end ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("extensions", WAYS)
def test_a_drop_after_the_dot_is_unknown_and_the_rest_goes_over_another_connection(extensions: Extensions) -> None:
    """R89, fault row 25: never taken for a refusal, never repeated here."""
    with RelayServer(at("dot", DROP, "m2@"), extensions) as server:
        answers = submit(server, mails(5))
        assert results(answers) == ["accepted", "accepted", "unknown", "accepted", "accepted"]
        assert recipients(server) == ["m0", "m1", "m3", "m4"]
        assert [line for stage, line in server.events if stage == "dot"].count("RCPT TO:<m2@example.org>") == 1


def test_a_relay_that_drops_after_every_dot_gets_each_mail_once() -> None:
    """R89"""
    with RelayServer(at("dot", DROP)) as server:
        assert results(submit(server, mails(5))) == ["unknown"] * 5
        assert Counter(line for stage, line in server.events if stage == "dot").most_common(1)[0][1] == 1


@pytest.mark.parametrize("extensions", WAYS)
def test_no_answer_in_time_after_the_dot_is_unknown(extensions: Extensions) -> None:
    """R89, fault row 26: looks the same as a drop."""
    with RelayServer(at("dot", WAIT, "m1@"), extensions) as server:
        answers = submit(server, mails(3), Timeouts(connect_s=5, command_s=5, dot_s=0.1))
        assert results(answers) == ["accepted", "unknown", "accepted"]
        assert answers[1].text == "no answer in time"


def test_the_final_dot_is_waited_for_ten_minutes() -> None:
    """R89: RFC 5321 section 4.5.3.2.6; fault row 26."""
    assert Timeouts().dot_s == 600


@pytest.mark.parametrize("extensions", WAYS)
@pytest.mark.parametrize("reply", ["421 4.7.0 too many mails on this connection", DROP])
@pytest.mark.parametrize("stage", ["mail", "rcpt", "data"])
def test_a_connection_that_ends_before_a_body_costs_no_mail_an_attempt(
    stage: str, reply: str, extensions: Extensions
) -> None:
    """R90: after mails were served, the mail in hand simply goes over a new connection."""
    met = Counter[tuple[int, str]]()

    def script(number: int, at_stage: str, line: str) -> str | None:
        met[number, at_stage] += 1
        return reply if at_stage == stage and met[number, stage] == 3 else None

    with RelayServer(script, extensions) as server:
        assert results(submit(server, mails(6))) == ["accepted"] * 6
        assert recipients(server) == [f"m{i}" for i in range(6)]
        assert server.connections == 3


@pytest.mark.parametrize("extensions", WAYS)
def test_a_mail_in_whose_middle_the_relay_hangs_up_is_put_off_and_the_rest_goes_out(extensions: Extensions) -> None:
    """R91: a filter that ends the connection when it sees something; the same mail is not offered for ever."""

    def drops(number: int, stage: str, line: str) -> str | None:
        return DROP if stage == "body" and "m1@" in line and number < 20 else None

    large = mail("m1", b"Subject: m1\r\n\r\n" + b"More than a socket holds.\r\n" * 500_000)
    with RelayServer(drops, extensions=extensions) as server:
        answers = submit(server, [mail("m0"), large, mail("m2")])
    assert results(answers) == ["accepted", "transient", "accepted"]
    assert recipients(server) == ["m0", "m2"]
    assert server.connections <= 3


@pytest.mark.parametrize("extensions", WAYS)
def test_what_a_relay_says_before_it_hangs_up_in_a_mail_is_heard(extensions: Extensions) -> None:
    """R90: it is too large, and that is final."""
    large = mail("m1", b"Subject: m1\r\n\r\n" + b"More than a socket holds.\r\n" * 500_000)
    with RelayServer(at("body", "552 5.3.4 too large", "m1@"), extensions=extensions) as server:
        answers = submit(server, [mail("m0"), large, mail("m2")])
    assert results(answers) == ["accepted", "permanent", "accepted"]
    assert (recipients(server), server.connections) == (["m0", "m2"], 2)


@pytest.mark.parametrize("reply", ["421 4.3.2 shutting down", DROP])
def test_a_relay_that_ends_every_connection_at_once_is_left_alone(reply: str) -> None:
    """Fault row 27, 421 at MAIL: three mails are deferred, the rest keeps its attempts."""
    with RelayServer(at("mail", reply)) as server:
        answers: dict[int, RelayAnswer] = {}
        with pytest.raises(RelayError, match="closes every connection"):
            SmtpRelay(server, QUICK).submit_batch(mails(10), answers.__setitem__)
        assert results(answers) == ["transient"] * 3
        assert server.connections == 3


def test_421_after_the_dot_is_that_mails_answer() -> None:
    """Fault row 27"""
    with RelayServer(at("dot", "421 4.3.2 shutting down", "m1@")) as server:
        assert results(submit(server, mails(3))) == ["accepted", "transient", "accepted"]


def test_a_connection_that_the_relay_closed_meanwhile_is_opened_anew() -> None:
    with RelayServer(at("quit", DROP)) as server:
        relay, answers = SmtpRelay(server, QUICK), dict[int, RelayAnswer]()
        relay.submit_batch(mails(1), answers.__setitem__)
        server._sockets[0].shutdown(2)
        relay.submit_batch(mails(2), answers.__setitem__)
        assert results(answers) == ["accepted"] * 2
        assert server.connections == 2


def test_a_batch_that_ended_with_a_refusal_leaves_the_connection_fit_for_the_next() -> None:
    with RelayServer(at("data", "554 5.5.1 no", connection=0), extensions=("PIPELINING",)) as server:
        relay, answers = SmtpRelay(server, QUICK), dict[int, RelayAnswer]()
        relay.submit_batch(mails(1), answers.__setitem__)
        relay.submit_batch(mails(1), answers.__setitem__)
        assert server.stages().count("rset") == 1
        assert server.connections == 1


def test_a_greylisted_mail_is_delivered_on_retry() -> None:
    """Fault row 29, R85: the same bytes again."""
    seen: set[str] = set()

    def greylist(number: int, stage: str, line: str) -> str | None:
        if stage != "rcpt" or line in seen:
            return None
        seen.add(line)
        return "451 4.7.1 come again"

    with RelayServer(greylist) as server:
        assert results(submit(server, mails(2))) == ["transient"] * 2
        assert results(submit(server, mails(2))) == ["accepted"] * 2
        assert [taken.body for taken in server.mails] == [each.body for each in mails(2)]


def test_a_journal_that_fails_stops_the_batch() -> None:
    """R87: nothing more leaves when an acceptance can't be noted."""

    def full_disk(index: int, answer: RelayAnswer) -> None:
        raise OSError("disk full")

    with RelayServer() as server:
        relay = SmtpRelay(server, QUICK)
        with pytest.raises(OSError, match="disk full"):
            relay.submit_batch(mails(5), full_disk)
        assert recipients(server) == ["m0"]


@pytest.mark.parametrize("reply", ["250", "2xx what", "hello", "250-one\r\n" * 200 + "250 end"])
def test_a_relay_that_talks_no_smtp_is_no_acceptance(reply: str) -> None:
    with RelayServer(at("dot", reply, "m1@")) as server:
        expected = "accepted" if reply == "250" else "unknown"
        assert results(submit(server, mails(3))) == ["accepted", expected, "accepted"]


# -- what may leave ------------------------------------------------------------------------------------------------

SMUGGLED = b"MAIL FROM:<evil@example.org>\r\nRCPT TO:<all@example.org>\r\nDATA\r\nSubject: evil\r\n\r\nx\r\n"


@pytest.mark.parametrize("extensions", WAYS)
@pytest.mark.parametrize(
    "end",
    [
        b"\r\n.\r\n", b"\n.\n", b"\n.\r\n", b"\r\n.\n", b"\r.\r", b"\r.\r\n",
        b"\r\n.\r", b"\n.\r", b"\r.\n", b"\n\n.\n\n", b"\r\n\x00.\r\n"[:2] + b".\r\n", b"\r\r\n.\r\r\n",
    ],
    ids=repr,
)  # fmt: skip
def test_no_line_end_smuggles_a_second_mail(end: bytes, extensions: Extensions) -> None:
    """R92 and the twelve smuggling sequences: one mail in, one mail out, and no bare CR or LF on the wire."""
    body = b"Subject: one\r\n\r\nhello" + end + SMUGGLED
    with RelayServer(extensions=extensions) as server:
        assert results(submit(server, [mail("one", body), mail("two")])) == ["accepted"] * 2
        assert recipients(server) == ["one", "two"]
        wire = b"".join(server.reads)
        assert wire.count(b"\r\n") == wire.count(b"\r") == wire.count(b"\n")
        assert b"Subject: evil" in server.mails[0].body


def test_lines_that_begin_with_a_dot_arrive_as_they_were() -> None:
    body = b".first: x\r\n..\r\n.\r\n...three\r\nend."
    with RelayServer() as server:
        submit(server, [mail("dots", body)])
        assert server.mails[0].body == body + b"\r\n"


UTF8_BODY = "Subject: x\r\n\r\nwörds\r\n".encode()


@pytest.mark.parametrize(
    ("envelope", "extensions", "code", "parameters"),
    [
        pytest.param(mail("a", UTF8_BODY), ("8BITMIME",), "", " BODY=8BITMIME", id="8-bit body"),
        pytest.param(mail("a", UTF8_BODY), (), "5.6.3", "", id="8-bit body, no 8BITMIME"),
        pytest.param(mail("zoë", b"x\r\n"), ("SMTPUTF8",), "", " SMTPUTF8", id="local part in UTF-8"),
        pytest.param(mail("zoë", b"x\r\n"), (), "5.6.7", "", id="local part in UTF-8, no SMTPUTF8"),
        pytest.param(Envelope("", "a@bücher.example", b"x\r\n"), (), "", "", id="domain in another script: A-label"),
        pytest.param(mail("a", b"x" * 998 + b"\r\n"), (), "", "", id="a line of 998 octets"),
        pytest.param(mail("a", b"x" * 999 + b"\r\n"), (), "5.6.0", "", id="a line of 999 octets"),
        pytest.param(mail("a", b"a\0b\r\n"), (), "5.6.0", "", id="NUL"),
        pytest.param(mail("a", b"x\r\n" * 50), ("SIZE 1000",), "", " SIZE=153", id="within SIZE"),
        pytest.param(mail("a", b"x\r\n" * 500), ("SIZE 1000",), "5.3.4", "", id="over SIZE"),
        pytest.param(mail("a", b"x\r\n" * 500), ("SIZE 0",), "", " SIZE=1503", id="SIZE 0 is no limit"),
        pytest.param(Envelope("a@example.org", "nobody", b""), (), "5.1.3", "", id="no domain"),
        pytest.param(Envelope("a@example.org", "", b""), (), "5.1.3", "", id="no recipient"),
        pytest.param(mail("x> SIZE=1\r\nRSET\r\n<y"), (), "5.1.3", "", id="a command in an address"),
        pytest.param(mail("\ud800", b"x\r\n"), ("SMTPUTF8",), "5.1.3", "", id="half a character"),
        pytest.param(Envelope("a@example.org", "a@" + "ü" * 70 + ".example", b""), (), "5.1.2", "", id="no A-label"),
    ],
)
def test_a_mail_that_this_relay_cannot_carry_fails_alone(
    envelope: Envelope, extensions: Extensions, code: str, parameters: str
) -> None:
    """R91: a poison mail is refused here, the others go on."""
    with RelayServer(extensions=(*extensions, "PIPELINING")) as server:
        answers = submit(server, [mail("before"), envelope, mail("behind")])
        assert results(answers) == ["accepted", "permanent" if code else "accepted", "accepted"]
        assert answers[1].enhanced == code
        if code:
            assert (answers[1].code, answers[1].stage) == (0, "local")
            assert recipients(server) == ["before", "behind"]
        else:
            assert server.mails[1].mail.partition(">")[2].removesuffix(" SIZE=33") == parameters


def test_a_domain_in_another_script_goes_as_its_a_label() -> None:
    with RelayServer() as server:
        submit(server, [Envelope("", "sam@bücher.example", b"x\r\n")])
        assert (server.mails[0].mail, server.mails[0].rcpt) == ("MAIL FROM:<>", "RCPT TO:<sam@xn--bcher-kva.example>")


# -- settings that are wrong ---------------------------------------------------------------------------------------


@dataclass
class _Login:
    """A relay that knows one password."""

    mechanism: str

    def script(self, number: int, stage: str, line: str) -> str | None:
        if stage == "auth" and self.mechanism == "PLAIN":
            # \0sam\0secret
            return "235 2.7.0 ok" if line == "AUTH PLAIN AHNhbQBzZWNyZXQ=" else "535 5.7.8 wrong: AHNhbQB4"
        if stage == "auth":
            return "334 VXNlcm5hbWU6"
        return (
            {"c2Ft": "334 UGFzc3dvcmQ6", "c2VjcmV0": "235 2.7.0 ok"}.get(line, "535 5.7.8 wrong")
            if stage == "other"
            else None
        )


@pytest.mark.parametrize("mechanism", ["PLAIN", "LOGIN"])
def test_a_login_by_password(mechanism: str) -> None:
    login = _Login(mechanism)
    with RelayServer(login.script, (f"AUTH {mechanism}",), username="sam", password="secret") as server:
        assert results(submit(server, mails(2))) == ["accepted"] * 2


@pytest.mark.parametrize("mechanism", ["PLAIN", "LOGIN", "XOAUTH2"])
def test_a_refused_login_is_one_line_without_the_password(mechanism: str) -> None:
    login = _Login(mechanism)
    with RelayServer(login.script, (f"AUTH {mechanism}",), username="sam", password="pa55word") as server:
        with pytest.raises(RelayLoginError) as caught:
            submit(server, mails(2))
        told = str(caught.value)
        assert f"relay localhost:{server.port}" in told
        assert "sam" in told
        assert "\n" not in told
        assert "pa55word" not in told
        assert "AHNhbQ" not in told
        assert "mail" not in server.stages()


def test_a_login_that_fails_for_a_while_is_not_called_wrong() -> None:
    with (
        RelayServer(at("auth", "454 4.7.0 later"), ("AUTH PLAIN",), username="sam", password="x") as server,
        pytest.raises(RelayError) as caught,
    ):
        submit(server, mails(1))
    assert not isinstance(caught.value, RelayLoginError)


def test_a_relay_that_wants_a_login_first_fails_no_mail() -> None:
    """530 is about our settings: the mails keep waiting."""
    with RelayServer(at("mail", "530 5.7.0 authentication required")) as server:
        answers: dict[int, RelayAnswer] = {}
        with pytest.raises(RelayLoginError):
            SmtpRelay(server, QUICK).submit_batch(mails(3), answers.__setitem__)
        assert not answers


@pytest.mark.parametrize(
    ("script", "settings", "told"),
    [
        pytest.param(at("greeting", "554 5.7.1 go away"), {}, "refused the greeting: 554", id="greeting"),
        pytest.param(at("greeting", DROP), {}, "closed the connection", id="hangs up at once"),
        pytest.param(at("greeting", "421 busy"), {}, "refused the greeting: 421", id="busy"),
        pytest.param(at("ehlo", "421 busy"), {}, "refused the EHLO: 421", id="EHLO"),
        pytest.param(at("quit", DROP), {"security": "starttls"}, "does not offer STARTTLS", id="no STARTTLS"),
        pytest.param(at("quit", DROP), {"security": "tls"}, "TLS failed|closed|reset|reached", id="no TLS there"),
    ],
)
def test_a_relay_that_cannot_be_used_is_one_clear_line(script: Script, settings: dict[str, str], told: str) -> None:
    with RelayServer(script, **settings) as server, pytest.raises(RelayError, match=told) as caught:  # type: ignore[arg-type]
        submit(server, mails(1), Timeouts(connect_s=0.3, command_s=0.3, dot_s=0.3))
    assert "\n" not in str(caught.value)


def test_a_relay_that_is_not_there_is_one_clear_line(free_port: int) -> None:
    with pytest.raises(RelayError, match=f"relay localhost:{free_port} can't be reached: "):
        SmtpRelay(RelayServer(port=free_port), QUICK).check()


# -- TLS -----------------------------------------------------------------------------------------------------------


TLS_AT_HOME = contexts("127.0.0.1")  # a server's context, and a client's that trusts it


STARTTLS = ("STARTTLS", "PIPELINING")


def test_starttls_with_a_trusted_certificate() -> None:
    with RelayServer(extensions=STARTTLS, tls=TLS_AT_HOME[0], security="starttls", host="127.0.0.1") as server:
        answers: dict[int, RelayAnswer] = {}
        SmtpRelay(server, QUICK, TLS_AT_HOME[1]).submit_batch(mails(5), answers.__setitem__)
        assert results(answers) == ["accepted"] * 5
        assert server.stages()[:3] == ["ehlo", "starttls", "ehlo"]


def test_a_certificate_that_nobody_vouches_for_is_refused() -> None:
    with (
        RelayServer(extensions=STARTTLS, tls=TLS_AT_HOME[0], security="starttls", host="127.0.0.1") as server,
        pytest.raises(RelayError, match="TLS failed"),
    ):
        SmtpRelay(server, QUICK).check()


def test_text_slipped_in_before_tls_is_noticed() -> None:
    """A man in the middle appends an answer to the 220: it must not be read as if it came through TLS."""
    with (
        RelayServer(at("starttls", "220 go\r\n250 evil"), STARTTLS, security="starttls", host="127.0.0.1") as server,
        pytest.raises(RelayError, match="between STARTTLS and TLS"),
    ):
        SmtpRelay(server, QUICK).check()


def test_a_relay_with_tls_from_the_start() -> None:
    with RelayServer(tls=TLS_AT_HOME[0], security="tls", host="127.0.0.1", is_tls_at_once=True) as server:
        answers: dict[int, RelayAnswer] = {}
        SmtpRelay(server, QUICK, TLS_AT_HOME[1]).submit_batch(mails(5), answers.__setitem__)
        assert results(answers) == ["accepted"] * 5


# -- several connections -------------------------------------------------------------------------------------------


def submit_over(
    server: RelayServer, connections: int, envelopes: Sequence[Envelope], tls: ssl.SSLContext | None = None
) -> dict[int, RelayAnswer]:
    answers: dict[int, RelayAnswer] = {}
    relay = SmtpRelay(server, QUICK, tls, connections)
    relay.submit_batch(envelopes, answers.__setitem__)
    relay.close()
    return answers


@pytest.mark.parametrize("extensions", WAYS)
def test_one_thread_serves_several_connections_and_each_mail_arrives_once(extensions: Extensions) -> None:
    with RelayServer(extensions=extensions) as server:
        answers = submit_over(server, 3, mails(90))
        assert results(answers) == ["accepted"] * 90
        assert sorted(recipients(server)) == sorted(f"m{i}" for i in range(90))
        assert server.connections == 3


def test_a_few_mails_are_not_worth_several_connections() -> None:
    with RelayServer() as server:
        submit_over(server, 5, mails(10))
        assert server.connections == 1


@pytest.mark.parametrize("extensions", WAYS)
def test_each_connection_waits_with_its_next_body_until_its_last_answer_is_told(extensions: Extensions) -> None:
    """R87, over several connections: after a kill at most one mail of each goes twice."""
    log: list[tuple[str, int, str]] = []

    def script(number: int, stage: str, line: str) -> str | None:
        if stage == "dot":
            log.append(("dot", number, line.partition("@")[0].rpartition("<")[2]))
        return None

    with RelayServer(script, extensions) as server:
        SmtpRelay(server, QUICK, None, 3).submit_batch(mails(90), lambda i, _: log.append(("told", 0, f"m{i}")))
    in_hand: dict[int, str] = {}
    told: set[str] = set()
    for what, number, name in log:
        if what == "told":
            told.add(name)
        else:
            assert in_hand.get(number, name) in told | {name}
            in_hand[number] = name
    assert len(told) == 90
    assert len(in_hand) == 3


def test_a_slow_connection_holds_up_no_other() -> None:
    others = threading.Event()

    def script(number: int, stage: str, line: str) -> str | None:
        if stage == "dot" and "m0@" in line:
            assert others.wait(10)
        return None

    told: list[int] = []

    def on_answer(i: int, answer: RelayAnswer) -> None:
        told.append(i)
        if len(told) == 58:  # all but that one and the one whose envelope went with it
            others.set()

    with RelayServer(script) as server:
        SmtpRelay(server, QUICK, None, 2).submit_batch(mails(60), on_answer)
    assert told[-2] == 0  # and then the one behind it
    assert sorted(told) == list(range(60))


@pytest.mark.parametrize("extensions", WAYS)
def test_when_enough_is_said_the_mails_under_way_are_finished_and_no_other_leaves(extensions: Extensions) -> None:
    """R87: what the relay took is told, or it would go again."""
    told: list[int] = []

    def on_answer(i: int, answer: RelayAnswer) -> bool:
        told.append(i)
        return len(told) >= 10

    with RelayServer(extensions=extensions) as server:
        SmtpRelay(server, QUICK, None, 4).submit_batch(mails(200), on_answer)
        assert sorted(recipients(server)) == sorted(f"m{i}" for i in told)
        assert 10 <= len(told) < 10 + 4


def test_a_journal_that_fails_leaves_no_mail_of_another_connection_without_its_answer() -> None:
    told: list[int] = []

    def full_disk(i: int, answer: RelayAnswer) -> None:
        told.append(i)
        raise OSError("disk full")

    with RelayServer() as server:
        with pytest.raises(OSError, match="disk full"):
            SmtpRelay(server, QUICK, None, 4).submit_batch(mails(200), full_disk)
        assert sorted(recipients(server)) == sorted(f"m{i}" for i in told)


def test_a_connection_that_breaks_costs_its_mail_in_hand_alone() -> None:
    """R89: unknown for the one whose answer never came; the others go over the connections that live."""
    with RelayServer(at("dot", DROP, "m7@")) as server:
        answers = submit_over(server, 3, mails(90))
        assert answers[7].result == "unknown"
        assert results(answers).count("accepted") == 89
        assert sorted(recipients(server)) == sorted(f"m{i}" for i in range(90) if i != 7)


def test_a_relay_that_takes_fewer_connections_gets_the_mails_over_those() -> None:
    def two_at_most(number: int, stage: str, line: str) -> str | None:
        return "421 4.7.0 too many connections" if stage == "greeting" and number > 2 else None

    with RelayServer(two_at_most) as server:
        assert results(submit_over(server, 4, mails(100))) == ["accepted"] * 100


def test_a_login_that_is_wanted_in_the_middle_ends_the_batch_without_a_double() -> None:
    answers: dict[int, RelayAnswer] = {}
    with RelayServer(at("mail", "530 5.7.0 authenticate first", connection=2)) as server:
        with pytest.raises(RelayLoginError):
            SmtpRelay(server, QUICK, None, 2).submit_batch(mails(60), answers.__setitem__)
        assert sorted(recipients(server)) == sorted(f"m{i}" for i in answers)


@pytest.mark.parametrize("is_tls", [False, True])
def test_mails_larger_than_a_socket_holds_leave_bit_by_bit(is_tls: bool) -> None:
    large = b"Subject: large\r\n\r\n" + (b"." + b"x" * 989 + b"\r\n") * 6_000
    theirs, ours = TLS_AT_HOME if is_tls else (None, None)
    security = "tls" if is_tls else "none"
    with RelayServer(tls=theirs, is_tls_at_once=is_tls, security=security, host="127.0.0.1") as server:
        envelopes = [mail(f"m{i}", large if i < 4 else b"") for i in range(44)]
        assert results(submit_over(server, 2, envelopes, ours)) == ["accepted"] * 44
        assert [taken.body for taken in server.mails].count(large) == 4
