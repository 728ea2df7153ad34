"""`mailflow doctor`: a line for each thing that the service needs, with what would do."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from mailflow import config
from mailflow.cli import cli
from mailflow.demo.mta import AUTHSERV_ID, stamp
from mailflow.demo.smtp_server import Accepted
from mailflow.demo.world import World
from mailflow.domain.check import Check
from mailflow.gateways import doctor as doctor_module
from mailflow.gateways.dns import Dns
from mailflow.gateways.doctor import examine
from mailflow.mail.dkim_sign import signer
from mailflow.mail.parse import parse
from mailflow.store import migrate
from mailflow.store.engine import connect
from tests.acceptance.dns_server import DnsServer
from tests.acceptance.relay_server import RelayServer
from tests.acceptance.test_dkim import ED25519, RSA
from tests.acceptance.way_in import open_way_in

NOW = datetime(2013, 6, 24, 14, tzinfo=UTC)
CONFIG = """
[association]
name = "Example Library Association"
timezone = "America/Chicago"
postal_address = "1 Sample Street"
[mailbox]
address = "connect@example.org"
owner = "office@staff.example.net"
[mailbox.imap]
host = "127.0.0.1"
port = {imap_port}
security = "none"
username = "connect"
password = "{password}"
done_folder = ""
connect_timeout_s = 5
read_timeout_s = 5
[relay]
host = "127.0.0.1"
port = {smtp_port}
[web]
public_url = "https://petitions.example.org"
[trust]
authserv_id = "{authserv_id}"
[dns]
servers = ["127.0.0.1"]
"""
RECORDS = {
    ("example.org", "MX"): ["10 mx.example.org."],
    ("example.org", "TXT"): ['"other=1"', '"v=spf1 ip4:192.0.2.1 " "-all"'],
    ("_dmarc.example.org", "TXT"): ['"v=DMARC1; p=none; rua=mailto:d@example.org"'],
}


@pytest.fixture
def world() -> Iterator[World]:
    with World() as world:
        yield world


@pytest.fixture
def dns() -> Iterator[DnsServer]:
    with DnsServer(dict(RECORDS)) as server:
        yield server


def write_config(folder: Path, world: World, authserv_id: str = AUTHSERV_ID, password: str = "") -> Path:
    """A config.toml for the world's servers, and its database."""
    text = CONFIG.format(
        imap_port=world.imap_port,
        smtp_port=world.smtp_port,
        authserv_id=authserv_id,
        password=password or world.password,
    )
    (folder / "config.toml").write_text(text)
    db = connect(config.load(folder / "config.toml").database.url)
    migrate.upgrade(db)
    db.close()
    return folder / "config.toml"


def looked(settings: config.Settings, dns: DnsServer | None = None, **options: object) -> dict[str, Check]:
    """The checks by name; without a DNS server nobody answers."""
    port = dns.port if dns is not None else 9
    values = {"dns": Dns(["127.0.0.1"], port, timeout_s=1.0), "wait_s": 5.0} | options
    found = list(examine(settings, NOW, **values))  # type: ignore[arg-type]
    assert len({check.check for check in found}) == len(found)
    assert all(check.remedy for check in found if check.state in ("warning", "problem"))
    return {check.check: check for check in found}


def accepted(world: World) -> list[Accepted]:
    """The mails that the relay took, those to the mailbox too."""
    return list(world._smtp.accepted)


def clean_border(raw: bytes, *args: Any, **options: Any) -> bytes:
    """What a mail server should do (RFC 8601 section 5): take forged stamps away, then set its own."""
    name = f"Authentication-Results: {AUTHSERV_ID};".encode()
    head, mark, body = raw.partition(b"\r\n\r\n")
    kept = b"\r\n".join(line for line in head.split(b"\r\n") if not line.startswith(name))
    return stamp(kept + mark + body, *args, **options)


def states(found: dict[str, Check]) -> dict[str, str]:
    return {name: str(check.state) for name, check in found.items()}


def test_all_is_well(tmp_path: Path, world: World, dns: DnsServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every step of the way out and in, with our own signature, by servers of its own."""
    settings = config.load(write_config(tmp_path, world))
    monkeypatch.setattr("mailflow.demo.world.stamp", clean_border)
    key = signer("example.org", "mf", RSA)
    dns.records["mf._domainkey.example.org", "TXT"] = [f'"{key.record[:200]}" "{key.record[200:]}"']
    settings = replace(settings, relay=replace(settings.relay, dkim=config.Dkim("example.org", "mf", RSA)))
    found = looked(settings, dns)
    assert {state for name, state in states(found).items()} - {"ok"} == {"warning"}
    # what the embedded servers do not offer is told as such
    assert {n for n, state in states(found).items() if state == "warning"} <= {"relay PIPELINING", "mailbox keywords"}
    assert {"configuration", "signing", "database", "disk", "mailbox", "mailbox IDLE", "mailbox filing"} <= set(found)
    assert {"mailbox folder", "relay", "round trip", "border", "trust", "address", "MX", "SPF", "DKIM", "DMARC"} <= set(
        found
    )
    assert "connect+check-" in found["round trip"].detail


def test_what_the_round_trip_sends_is_known_as_ours_and_lies_marked(tmp_path: Path, world: World) -> None:
    """R77: the service, should it run, leaves it alone: X-Loop, Auto-Submitted, no reply key."""
    settings = config.load(write_config(tmp_path, world))
    assert looked(settings)["round trip"].state == "ok"
    [sent] = accepted(world)
    mail = parse(sent.raw)
    assert mail.all_headers("x-loop") == ("connect@example.org",)
    assert mail.all_headers("auto-submitted") == ("auto-generated",)
    assert mail.all_headers("authentication-results")[0].startswith(f"{AUTHSERV_ID}; dmarc=pass header.from=")


def test_no_mail_goes_out_when_it_is_not_wanted(tmp_path: Path, world: World) -> None:
    found = looked(config.load(write_config(tmp_path, world)), has_round_trip=False)
    assert found["round trip"].state == "unknown" and accepted(world) == []


def test_a_machine_without_dns_says_so_and_nothing_else_suffers(tmp_path: Path, world: World) -> None:
    """Not known is no problem: the command ends with 0."""
    found = looked(config.load(write_config(tmp_path, world)))
    assert {str(found[name].state) for name in ("MX", "SPF", "DMARC")} == {"unknown"}
    assert found["MX"].detail == "no DNS server answers here (asked for MX of example.org)"
    assert "problem" not in states(found).values()


def test_a_server_that_fails_is_asked_once(tmp_path: Path, world: World, dns: DnsServer) -> None:
    dns.fails = True
    found = looked(config.load(write_config(tmp_path, world)), dns)
    assert {str(found[name].state) for name in ("MX", "SPF", "DMARC")} == {"unknown"}
    assert set(dns.asked) == {("example.org", "MX")}


def test_each_thing_that_fails_is_told_with_what_would_do(tmp_path: Path, world: World) -> None:
    """A refused login, a relay that is not there, no database, a key that is none: all in one run."""
    settings = config.load(write_config(tmp_path, world, password="s3cret-and-wrong"))
    with socket.socket() as blocked:
        blocked.bind(("127.0.0.1", 0))
        settings = replace(
            settings,
            relay=replace(settings.relay, port=blocked.getsockname()[1], dkim=config.Dkim("example.org", "s", "x")),
            database=replace(settings.database, url=f"sqlite:///{tmp_path}/none/mailflow.db"),
        )
        found = looked(settings)
    assert {name for name, state in states(found).items() if state == "problem"} == {
        "mailbox",
        "relay",
        "database",
        "signing",
    }
    assert found["mailbox"].remedy == "check mailbox.imap.username and password, or token_command"
    assert "s3cret" not in str(found)
    assert found["round trip"].detail == "not tried: the mailbox or the relay can't be used"
    assert states(found)["trust"] == states(found)["address"] == "unknown"


def test_an_old_or_empty_database_is_told(tmp_path: Path, world: World) -> None:
    path = write_config(tmp_path, world)
    (tmp_path / "mailflow.db").unlink()
    found = looked(config.load(path))
    assert found["database"] == Check(
        "database", found["database"].state, found["database"].detail, "run `mailflow init`"
    )


def test_a_relay_that_takes_no_sub_address_is_told(tmp_path: Path, world: World) -> None:
    settings = config.load(write_config(tmp_path, world))

    def refuse_tags(_connection: int, stage: str, line: str) -> str | None:
        return "550 5.1.1 no such user" if stage == "rcpt" and "+" in line else None

    with RelayServer(refuse_tags) as relay:
        settings = replace(settings, relay=replace(settings.relay, port=relay.port))
        found = looked(settings)
    assert found["round trip"].state == "problem" and "550 5.1.1" in found["round trip"].detail
    assert "mailbox.sub_addressing = false" in found["round trip"].remedy
    assert found["relay PIPELINING"].state == "ok"


def test_a_mail_that_does_not_come_back_is_told_in_bounded_time(tmp_path: Path, world: World) -> None:
    settings = config.load(write_config(tmp_path, world))
    with RelayServer() as relay:
        found = looked(replace(settings, relay=replace(settings.relay, port=relay.port)), wait_s=0.2)
    assert found["round trip"].state == "problem" and "within 0.2 s" in found["round trip"].detail
    assert len(relay.mails) == 1


@pytest.mark.parametrize("topmost", [True, False])
def test_a_border_that_lets_forged_stamps_through_is_told(
    topmost: bool, tmp_path: Path, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """R54: RFC 8601 section 5 says that they must be deleted; nobody but us would notice."""
    honest = f"Authentication-Results: {AUTHSERV_ID}; dmarc=pass header.from=example.org\r\n".encode()
    monkeypatch.setattr("mailflow.demo.world.stamp", lambda raw, *a, **k: raw if topmost else honest + raw)
    found = looked(config.load(write_config(tmp_path, world)))
    assert found["border"].state == ("problem" if topmost else "warning")
    assert "remove Authentication-Results fields" in found["border"].remedy


def test_without_a_trusted_name_the_stamps_that_were_seen_are_shown(tmp_path: Path, world: World) -> None:
    """R54, R55: nobody's are believed until the operator says whose."""
    way_in = open_way_in(tmp_path)
    way_in.arrive(way_in.answer(1, "I sign."), way_in.answer(2, "I sign."))
    settings = replace(way_in.office.settings, trust=config.Trust())
    found = list(doctor_module.database(settings).__enter__())
    assert found[0] is not None
    check = doctor_module.check_trust(found[0], settings)
    assert check.state == "warning" and f"{AUTHSERV_ID} (2 of 2)" in check.detail
    wrong = doctor_module.check_trust(found[0], replace(settings, trust=config.Trust("mx.wrong.example.org")))
    assert wrong.state == "problem" and f"{AUTHSERV_ID} (2 of 2)" in wrong.detail
    right = doctor_module.check_trust(found[0], way_in.office.settings)
    assert right.state == "ok"
    found[0].close()


def test_an_address_that_people_write_to_works_and_is_advised_against(tmp_path: Path) -> None:
    """R58"""
    way_in = open_way_in(tmp_path)
    address = doctor_module.check_address(way_in.db, way_in.office.settings, way_in.clock())
    assert address.state == "ok"
    way_in.arrive(way_in.answer("stranger@example.net", "When do you open?", to=b""))
    address = doctor_module.check_address(way_in.db, way_in.office.settings, way_in.clock())
    assert address.state == "warning" and address.detail.startswith("1 mails in 30 days")
    assert "subdomain" in address.remedy


def test_the_relays_signature_is_looked_up_by_the_mail_that_came_back(
    tmp_path: Path, world: World, dns: DnsServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the relay signs, only a mail of ours tells the selector."""
    key = signer("example.org", "relay", ED25519)
    monkeypatch.setattr("mailflow.demo.world.stamp", lambda raw, *a, **k: key.sign(raw))
    settings = config.load(write_config(tmp_path, world, authserv_id=""))
    assert looked(settings, dns)["DKIM"].detail == "there is no key at relay._domainkey.example.org"
    dns.records["relay._domainkey.example.org", "TXT"] = [f'"{key.record}"']
    assert looked(settings, dns)["DKIM"].state == "ok"


# --- as a command -----------------------------------------------------------------------------------------------
def test_the_command_prints_a_line_each_and_ends_with_1_for_a_problem(tmp_path: Path, world: World) -> None:
    path = write_config(tmp_path, world)
    good = CliRunner().invoke(cli, ["--config", str(path), "doctor", "--wait", "5", "--json"])
    assert good.exit_code == 0, good.output
    found = json.loads(good.stdout)
    assert {tuple(each) for each in found} == {("check", "state", "detail", "remedy")}
    assert {"name": "round trip", "state": "ok"} in [{"name": e["check"], "state": e["state"]} for e in found]
    path = write_config(tmp_path, world, password="wrong")
    bad = CliRunner().invoke(cli, ["--config", str(path), "doctor"])
    assert bad.exit_code == 1
    [line] = [line for line in bad.stdout.splitlines() if line.startswith("problem")]
    assert line.split()[1] == "mailbox"
    assert "-> check mailbox.imap.username" in bad.stdout


def test_a_configuration_that_cannot_be_read_ends_with_2_and_says_which_key(tmp_path: Path) -> None:
    """Contract: 2 for a wrong configuration; with --json one document all the same."""
    (tmp_path / "config.toml").write_text("[mailbox]\naddress = 'a@example.org'\n")
    from mailflow.cli import main

    with pytest.raises(SystemExit) as ended:
        main(["--config", str(tmp_path / "config.toml"), "doctor", "--json"])
    assert ended.value.code == 2
