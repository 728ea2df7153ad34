"""Three hosts on one PostgreSQL: one is cut off and one is killed while replies come and mails go.

MAILFLOW_TORTURE=1: 5,000 replies and 20,000 mails instead of 300 and 500.
"""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from mailflow.store import tables as t
from tests.acceptance.databases import CLUSTER
from tests.acceptance.way_in import ADDRESS, OPENED, OWNER, WayIn, open_way_in
from tests.servers.dovecot import Account
from tests.servers.postgresql import Cluster
from tests.servers.smtpsink import SmtpSink
from tests.servers.three_hosts import Host, Network, handed_on, wait_until

IS_TORTURE = bool(os.environ.get("MAILFLOW_TORTURE"))
REPLIES, MAILS = (5_000, 20_000) if IS_TORTURE else (300, 500)
WITHIN_S = 900.0 if IS_TORTURE else 120.0
CONNECTIONS = 2
PAUSE_S = 0.02 if IS_TORTURE else 0.2
ARRIVED = OPENED + timedelta(hours=2)
CONFIG = """
[association]
name = "Example Library Association"
timezone = "America/Chicago"
[mailbox]
address = "{address}"
owner = "{owner}"
[mailbox.imap]
host = "{server}"
port = {imap_port}
security = "none"
username = "{user}"
password = "{password}"
done_folder = "Done"
poll_s = 10
connect_timeout_s = 5
read_timeout_s = 10
[relay]
host = "{server}"
port = {smtp_port}
security = "none"
connections = {connections}
timeout_s = 10
[trust]
authserv_id = "mx.example.org"
[database]
url = "{url}"
[kinds.mig]
title = "Membership Initiative Group"
threshold = 100
act = "I ask that this group be formed."
audience = "members"
"""


@dataclass
class Site:
    """The hosts, their network, and what they share."""

    network: Network
    hosts: list[Host]
    way_in: WayIn
    account: Account
    sink: SmtpSink

    def read(self) -> int:
        return self._count(t.inbox, t.inbox.c.state != "kept")

    def sent(self) -> int:
        return self._count(t.outbox, t.outbox.c.state == "accepted")

    def open(self) -> int:
        return self._count(t.outbox, t.outbox.c.state.not_in(["accepted", "suppressed"]))

    def _count(self, table: sa.Table, where: sa.ColumnElement[bool]) -> int:
        with self.way_in.db.read() as work:
            return int(work.execute(sa.select(sa.func.count()).select_from(table).where(where)).scalar_one())

    def told(self) -> str:
        """What the hosts say, for when something is wrong."""
        return "\n".join(f"--- {host.name}\n{host.log[-2500:]}" for host in self.hosts)


@pytest.fixture
def site(tmp_path: Path, account: Account, smtp_sink: SmtpSink, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    with ExitStack() as stack:
        cluster, network = Cluster(), Network(3)
        stack.callback(cluster.close)
        stack.callback(network.close)
        cluster.stop()
        with (cluster.folder / "data" / "pg_hba.conf").open("a") as rules:
            rules.write(f"host all all {network.prefix} trust\n")
        cluster.start(listen_addresses=f"'{network.address}'")
        monkeypatch.setenv(CLUSTER, cluster.url)
        way_in = open_way_in(tmp_path, REPLIES + MAILS)
        stack.callback(way_in.db.close)
        stack.enter_context(handed_on(network.address, account.port))
        stack.enter_context(handed_on(network.address, smtp_sink.port))
        hosts = [_host(tmp_path / name, name, network, way_in, account, smtp_sink) for name in network.names]
        yield Site(network, hosts, way_in, account, smtp_sink)
        for host in hosts:
            network.mend(host.name)
            host.end()


def _host(folder: Path, name: str, network: Network, way_in: WayIn, account: Account, sink: SmtpSink) -> Host:
    folder.mkdir()
    database = sa.make_url(way_in.office.settings.database.url).database
    values = {"address": ADDRESS, "owner": OWNER, "server": network.address, "connections": CONNECTIONS}
    login = {"imap_port": account.port, "user": account.user, "password": account.password}
    url = f"postgresql+psycopg://mailflow@{network.address}:5432/{database}"
    text = CONFIG.format(**values, **login, smtp_port=sink.port, url=url)
    (folder / "config.toml").write_text(text)
    (folder / "config.toml").chmod(0o600)
    return Host(name, folder, (ARRIVED + timedelta(minutes=1)).isoformat(), OPENED.isoformat())


def _owe_again(way_in: WayIn) -> None:
    """Let the invitations of those who will not answer be unsent."""
    late = [f"m{n}" for n in range(REPLIES + 1, REPLIES + MAILS + 1)]
    changes = {"state": "queued", "fence": 0, "attempts": 0, "code": 0, "settled_at": None, "due_at": OPENED}
    with way_in.db.write() as work:
        for start in range(0, len(late), 1_000):
            work.execute(t.outbox.update().where(t.outbox.c.recipient.in_(late[start : start + 1_000])).values(changes))


def test_one_host_is_cut_off_and_one_is_killed_and_nothing_is_lost_or_double(site: Site) -> None:
    """R2, R29, R61, R84, R86: the others take over; the rate before and after is printed."""
    way_in, hosts = site.way_in, site.hosts
    answers = [way_in.answer(n, "SIGN", quote=False) for n in range(1, REPLIES + 1)]
    _owe_again(way_in)
    third = REPLIES // 3
    site.account.fill((raw, ARRIVED) for raw in answers[:third])
    for host in hosts:
        host.start()
    site.sink.behaviour.delay_s = PAUSE_S  # so that mails still go when the hosts are lost
    began = time.monotonic()
    assert wait_until(lambda: site.read() >= third // 2, WITHIN_S), site.told()
    rate_before = site.read() / (time.monotonic() - began)
    cut = next(host for host in hosts if host.has_read_mail)
    site.network.cut(cut.name)
    at, cut_at = site.read(), time.monotonic()
    site.account.fill((raw, ARRIVED) for raw in answers[third : 2 * third])
    assert wait_until(lambda: site.read() > at + third // 2, WITHIN_S), site.told()
    back_s = time.monotonic() - cut_at
    killed = next(host for host in hosts if host is not cut and host.has_read_mail)
    killed.kill()
    killed_at = time.monotonic()
    site.account.fill((raw, ARRIVED) for raw in answers[2 * third :])
    assert wait_until(lambda: site.read() >= REPLIES, WITHIN_S), site.told()
    after_kill_s = time.monotonic() - killed_at
    site.sink.behaviour.delay_s = 0.0
    site.network.mend(cut.name)
    killed.start()  # its journal tells what it had sent
    assert wait_until(lambda: site.open() == 0, WITHIN_S), site.told()
    times = f"read on {back_s:.0f} s after the cut, all read {after_kill_s:.0f} s after the kill"
    print(f"{rate_before:.0f} replies a second before; {times}")
    _check(site)


def _check(site: Site) -> None:
    way_in = site.way_in
    states = Counter((row.state, row.verdict) for row in way_in.rows(t.inbox))
    assert states == {("read", "signed"): REPLIES}, site.told()
    assert Counter(row.member_id for row in way_in.rows(t.signature)) == {f"m{n}": 1 for n in range(1, REPLIES + 1)}
    assert way_in.rows(t.proposal)[0].validated == REPLIES
    assert set(Counter(row.signature_id for row in way_in.rows(t.signature_history)).values()) == {1}
    assert Counter(Counter(row.recipient for row in way_in.outbox("signature_recorded")).values()) == {1: REPLIES}
    assert site.account.all_in("INBOX") == []
    arrived = Counter((mail.rcpt_tos[0], mail.raw) for mail in site.sink.messages)
    late = {f"m{n}@library.example.org" for n in range(REPLIES + 1, REPLIES + MAILS + 1)}
    assert late <= {address for address, _ in arrived}
    assert sum(n - 1 for n in arrived.values()) <= 2 * CONNECTIONS, "more than a mail a connection of a lost host"
