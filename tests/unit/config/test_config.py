"""config.toml: what is read, what is filled in, and what is refused with key, value and remedy."""

from __future__ import annotations

import tomllib
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from mailflow.config import Imap, Settings, load, parse
from mailflow.config.packaged import packaged
from mailflow.domain.model import PROOFS_THAT_COUNT, Contact, Proof
from mailflow.errors import ConfigError

HERE = Path("/srv/mailflow")
LEAST = """
[association]
name = "Sample Association"
timezone = "America/Chicago"
[mailbox]
address = "connect@lists.example.org"
[mailbox.imap]
host = "imap.example.org"
username = "connect"
password = "secret"
"""


def read(more: str = "", least: str = LEAST, folder: Path = HERE) -> Settings:
    return parse(least + more, folder)


def refusal(more: str = "", least: str = LEAST, folder: Path = HERE) -> str:
    with pytest.raises(ConfigError) as refused:
        read(more, least, folder)
    return str(refused.value)


def test_the_least_file_is_enough_and_defaults_are_the_contracts() -> None:
    settings = read()
    assert settings.database.url == "sqlite:////srv/mailflow/mailflow.db"
    assert settings.web.public_url == "http://127.0.0.1:8025"
    assert (settings.mailbox.sub_addressing, settings.mailbox.delimiter) == (True, "+")
    assert settings.relay.confirm_above == 1000
    assert (settings.relay.host, settings.relay.port, settings.relay.security) == ("localhost", 25, "none")
    assert settings.mailbox.imap is not None
    assert (settings.mailbox.imap.port, settings.mailbox.imap.security, settings.mailbox.imap.folder) == (
        993,
        "tls",
        "INBOX",
    )
    assert (settings.contacts, settings.kinds, settings.mailbox.lmtp) == ({}, {}, None)
    assert settings.folder == HERE


@pytest.mark.parametrize(
    ("more", "port", "security"),
    [
        ('[relay]\nhost = "relay.example.org"', 587, "starttls"),
        ('[relay]\nhost = "relay.example.org"\nsecurity = "tls"', 465, "tls"),
        ('[relay]\nhost = "relay.example.org"\nsecurity = "none"\nport = 2525', 2525, "none"),
        ('[relay]\nhost = "127.0.0.1"', 25, "none"),
    ],
    ids=["starttls for a relay elsewhere", "tls", "as told", "this machine"],
)
def test_port_and_security_of_the_relay_follow_from_each_other(more: str, port: int, security: str) -> None:
    assert (read(more).relay.port, read(more).relay.security) == (port, security)


def test_the_example_is_true() -> None:
    """Every key is named in the example, and every commented value is the default or a legal one."""
    text = packaged("config.example.toml").read_text(encoding="utf-8")
    settings = parse(text, HERE)
    assert settings.kinds["mig"].threshold == 100
    assert settings.kinds["council-petition"].threshold == 25
    assert settings.kinds["presidential-petition"].standing_as_of == date(2027, 1, 31)
    assert settings.contacts["migration"] == Contact(
        "Robin Castillo", "robin.castillo@example.org", "Community Engagement Specialist"
    )
    for cls in (type(settings.mailbox), Imap, type(settings.relay), type(settings.web), type(settings.trust)):
        for key in (each.name for each in fields(cls) if "check" in each.metadata):
            assert key in text, key
    assert settings.kinds["mig"].proof_that_counts == PROOFS_THAT_COUNT


def test_the_commented_keys_of_the_example_are_legal(tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()
    (tmp_path / "dkim.pem").write_text("a key")
    text = packaged("config.example.toml").read_text(encoding="utf-8")
    told = "\n".join(
        line.removeprefix("# ") if line.startswith("# ") and (" = " in line or line.startswith("# [")) else line
        for line in text.splitlines()
        if '"env:NAME"' not in line
    )
    assert told != text and tomllib.loads(told)
    settings = parse(told.replace('owner = "office@example.org"', ""), tmp_path)
    assert settings.relay.dkim is not None and settings.mailbox.lmtp is not None
    assert settings.relay.dkim.key == "a key"


def test_a_kind_is_read() -> None:
    kind = read(
        '[contacts.office]\nname="O"\nemail="o@example.org"\n[kinds.mig]\nact="I\\nsign  this."\nthreshold=3\n'
        'standing_as_of="2013-06-24"\nproof_that_counts=["link","paper"]\ncontact="office"\nundo_hours=0\naudience="tag:x"'
    ).kinds["mig"]
    assert (kind.name, kind.title, kind.act, kind.threshold) == ("mig", "mig", "I sign this.", 3)
    assert (kind.standing_as_of, kind.proof_that_counts) == (date(2013, 6, 24), {Proof.LINK, Proof.PAPER})
    assert (kind.contact, kind.undo_hours, kind.audience) == ("office", 0, "tag:x")


def test_any_string_may_come_from_the_environment_or_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OUR_PASSWORD", "p@ss")
    monkeypatch.setenv("OUR_SEALER", "lists.example.net")
    (tmp_path / "name").write_text("From a file\n", encoding="utf-8")
    least = LEAST.replace('"secret"', '"env:OUR_PASSWORD"').replace('"Sample Association"', '"file:name"')
    settings = read('[trust]\narc_sealers=["env:OUR_SEALER"]', least, tmp_path)
    assert settings.association.name == "From a file"
    assert settings.trust.arc_sealers == ("lists.example.net",)
    assert settings.mailbox.imap is not None and settings.mailbox.imap.password == "p@ss"
    assert "p@ss" not in repr(settings)


@pytest.mark.parametrize(
    ("url", "read_as"),
    [
        ("sqlite:///data/x.db", "sqlite:////srv/mailflow/data/x.db"),
        ("sqlite:////var/x.db", "sqlite:////var/x.db"),
        ("sqlite:///:memory:", "sqlite:///:memory:"),
        ("postgresql://u@h/d", "postgresql+psycopg://u@h/d"),
        ("postgresql+psycopg://u@/d?host=/run", "postgresql+psycopg://u@/d?host=/run"),
    ],
)
def test_the_database_url_is_made_absolute(url: str, read_as: str) -> None:
    assert read(f'[database]\nurl = "{url}"').database.url == read_as


@pytest.mark.parametrize(
    ("more", "said"),
    [
        pytest.param(
            "[relay]\nconections = 4", ("relay.conections", "4", "did you mean relay.connections?"), id="misspelled key"
        ),
        pytest.param("[relais]\nhost = 'x'", ("relais", "did you mean relay?"), id="misspelled table"),
        pytest.param(
            "[relay]\npasswrd = 'hunter2'", ("relay.passwrd", "did you mean relay.password?"), id="misspelled secret"
        ),
        pytest.param("[relay]\nport = 99999", ("relay.port", "99999", "the maximum is 65535"), id="port"),
        pytest.param("[relay]\nport = '25'", ("relay.port", "'25'", "a whole number"), id="number as text"),
        pytest.param("[relay]\nport = true", ("relay.port", "true", "a whole number"), id="true for a number"),
        pytest.param(
            "[relay]\nsecurity = 'ssl'", ("relay.security", "'ssl'", '"tls", "starttls", "none"'), id="choice"
        ),
        pytest.param(
            "[relay]\nhost = 'smtp://x:25'", ("relay.host", "'smtp://x:25'", "without a port"), id="a URL for a host"
        ),
        pytest.param(
            "[relay]\nhost = 'r.example.org'\nusername = 'u'",
            ("relay.password", "missing"),
            id="login without password",
        ),
        pytest.param(
            "[relay]\nhost = 'r.example.org'\nsecurity='none'\nusername = 'u'\npassword='p'",
            ("relay.security", "in clear"),
            id="password in clear",
        ),
        pytest.param("[relay]\ntimeout_s = nan", ("relay.timeout_s", "nan"), id="not a number"),
        pytest.param(
            "[relay.dkim]\ndomain = 'example.org'",
            ("relay.dkim.selector is missing", "relay.dkim.key is missing"),
            id="half a DKIM key",
        ),
        pytest.param(
            "[relay.dkim]\ndomain='a.org'\nselector='s'\nkey='file:none.pem'",
            ("relay.dkim.key", "file:none.pem", "can't be read"),
            id="no such file",
        ),
        pytest.param(
            "[relay]\nusername = 'env:NO_SUCH_NAME'",
            ("relay.username", "env:NO_SUCH_NAME", "set this"),
            id="no such variable",
        ),
        pytest.param(
            "[database]\nurl = 'mysql://u:hunter2@h/d'",
            ("database.url", "h/d", "sqlite:///mailflow.db"),
            id="another database",
        ),
        pytest.param("[web]\nlisten = '8025'", ("web.listen", "'8025'", "127.0.0.1:8025"), id="no host"),
        pytest.param("[web]\nlisten = '127.0.0.1:0'", ("web.listen", "127.0.0.1:8025"), id="port 0"),
        pytest.param(
            "[web]\npublic_url = 'petitions.example.org'",
            ("web.public_url", "https://petitions.example.org"),
            id="no scheme",
        ),
        pytest.param(
            "[web]\npublic_url = 'https://x.org/?a=b'", ("web.public_url", "https://x.org/?a=b"), id="a query"
        ),
        pytest.param(
            "[dns]\nservers = ['dns.example.org']",
            ("dns.servers", "'dns.example.org'", "an IP address"),
            id="a name for an IP",
        ),
        pytest.param("[dns]\nservers = '192.0.2.1'", ("dns.servers", "'192.0.2.1'", "a list"), id="text for a list"),
        pytest.param(
            "[mailbox.lmtp]\nallow = ['10.0.0.0/99']",
            ("mailbox.lmtp.allow", "'10.0.0.0/99'", "10.0.0.0/8"),
            id="network",
        ),
        pytest.param("[trust]\nprofile = 'gmail'", ("trust.profile", "'gmail'", "microsoft365"), id="profile"),
        pytest.param(
            "[contacts.Office]\nname='O'\nemail='o@example.org'",
            ("contacts.Office", "small letters"),
            id="contact's name",
        ),
        pytest.param("[contacts.office]\nname='O'", ("contacts.office.email", "missing"), id="contact without address"),
        pytest.param("contacts = 3", ("mailbox.imap.contacts", "(it is 3)"), id="key after a table"),
        pytest.param(
            "[contacts]\noffice = 'o@example.org'",
            ("contacts.office", "'o@example.org'", "[contacts.office]"),
            id="text for a table",
        ),
        pytest.param("[kinds.mig]\nthreshold = 0", ("kinds.mig.threshold", "is 0; the minimum is 1"), id="threshold"),
        pytest.param(
            "[kinds.mig]\ntreshold = 5",
            ("kinds.mig.treshold", "5", "did you mean kinds.mig.threshold?"),
            id="key of a kind",
        ),
        pytest.param(
            "[kinds.mig]\nstanding_as_of = 'opening'",
            ("kinds.mig.standing_as_of", "'opening'", '"signing", "closing" or a date'),
            id="as of",
        ),
        pytest.param(
            "[kinds.mig]\nrequired = ['purpose']", ("kinds.mig.required", "'purpose'", "organizers"), id="required"
        ),
        pytest.param(
            "[kinds.mig]\nproof_that_counts = ['']",
            ("kinds.mig.proof_that_counts", "key+from"),
            id="no proof is no proof",
        ),
        pytest.param("[kinds.mig]\nact = ''", ("kinds.mig.act", "not empty"), id="empty act"),
        pytest.param(
            "[kinds.mig]\ncontact = 'nobody'",
            ("kinds.mig.contact", "'nobody'", "known contacts are"),
            id="unknown contact",
        ),
        pytest.param(
            "[kinds.mig]\naudience = 'everyone'", ("kinds.mig.audience", "'everyone'", "members"), id="audience"
        ),
        pytest.param("[kinds.'a b']\nthreshold = 1", ("kinds.a b", "small letters"), id="kind's name"),
        pytest.param("[[relay]]\nport = 1", ("relay", "must be a table"), id="a list of tables"),
    ],
)
def test_a_bad_key_is_named_with_its_value_and_what_would_do(more: str, said: tuple[str, ...]) -> None:
    text = refusal(more)
    for each in said:
        assert each in text
    assert "hunter2" not in text


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('name = "Sample Association"', "", ("association.name", "missing")),
        ('"America/Chicago"', '"Chicago"', ("association.timezone", "'Chicago'", "America/Chicago")),
        ('"America/Chicago"', '"../../etc/passwd"', ("association.timezone", "etc/passwd")),
        ('"connect@lists.example.org"', '"connect"', ("mailbox.address", "'connect'", "an email address")),
        (
            '"connect@lists.example.org"',
            '"connect@lists.example.org"\ndelimiter = "++"',
            ("mailbox.delimiter", "'++'", "one character"),
        ),
        (
            '[mailbox.imap]\nhost = "imap.example.org"\nusername = "connect"\npassword = "secret"\n',
            "",
            ("mailbox has no door", "[mailbox.imap]"),
        ),
        ('host = "imap.example.org"', "", ("mailbox.imap.host", "missing")),
        ('password = "secret"', "", ("mailbox.imap.password", "missing")),
        ('password = "secret"', 'auth = "xoauth2"', ("mailbox.imap.token_command", "missing", "xoauth2")),
        (
            'password = "secret"',
            'password = "secret"\npoll_s = 2',
            ("mailbox.imap.poll_s is 2; the minimum is 10; 60 suits most servers",),
        ),
        ('password = "secret"', 'password = "secret"\nfolder = "A\\u0000"', ("mailbox.imap.folder", "control")),
        ('password = "secret"', "password = 7", ("mailbox.imap.password is not text",)),
        (
            'timezone = "America/Chicago"',
            'timezone = "America/Chicago"\ntemplates = "none"',
            ("association.templates", "'none'", "/srv/mailflow/none"),
        ),
    ],
    ids=lambda value: value if isinstance(value, str) and len(value) < 30 else "-",
)
def test_what_must_be_there_is_missed(old: str, new: str, said: tuple[str, ...]) -> None:
    assert old in LEAST
    text = refusal(least=LEAST.replace(old, new))
    for each in said:
        assert each in text


def test_a_door_for_our_own_server_is_enough() -> None:
    least = LEAST[: LEAST.index("[mailbox.imap]")] + "[mailbox.lmtp]\n"
    settings = read(least=least)
    assert settings.mailbox.imap is None
    assert settings.mailbox.lmtp is not None and settings.mailbox.lmtp.allow == ("127.0.0.0/8", "::1/128")


def test_all_problems_are_told_at_once_one_a_line() -> None:
    text = refusal("[relay]\nport = 0\nx = 1\n[kinds.mig]\nthreshold = -1", LEAST.replace("America/Chicago", "Chicago"))
    assert [line.split(" ")[0] for line in text.splitlines()] == [
        "association.timezone",
        "relay.x",
        "relay.port",
        "kinds.mig.threshold",
    ]


def test_a_file_that_is_not_there_or_no_text_is_one_clear_line(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"config\.toml can't be read: No such file or directory; write one with"):
        load(tmp_path / "config.toml")
    (tmp_path / "config.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(ConfigError, match="is not UTF-8"):
        load(tmp_path / "config.toml")
    (tmp_path / "config.toml").write_text("[association\n")
    with pytest.raises(ConfigError, match=r"is not TOML.*line 1"):
        load(tmp_path / "config.toml")


@pytest.mark.parametrize(
    "value", ["1", "1.5", "true", "[]", "{}", "'x'", "2020-01-01", "[1]", "[[{a=1}]]", "'\\u0000'", "''"]
)
@pytest.mark.parametrize(
    "key",
    [
        "association.name",
        "mailbox.imap",
        "mailbox.delimiter",
        "relay.dkim",
        "contacts",
        "kinds.mig",
        "kinds.mig.required",
        "web.listen",
        "kinds.mig.standing_as_of",
        "dns",
        "mailbox.max_bytes",
        "relay.timeout_s",
        "association.templates",
        "trust.profile",
    ],
)
def test_no_value_of_any_type_gets_through_as_anything_but_settings_or_a_configuration_error(
    key: str, value: str
) -> None:
    given: dict[str, Any] = tomllib.loads(LEAST)
    table = given
    *path, last = key.split(".")
    for each in path:
        table = table.setdefault(each, {})
    table[last] = tomllib.loads(f"v = {value.replace(chr(39), chr(34))}")["v"]
    from mailflow.config.reader import Reader

    reader = Reader(HERE)
    try:
        from mailflow.config import _completed

        settings = reader.table(Settings, given)
        assert settings is None or _completed(settings, reader)
    except ConfigError:
        return
