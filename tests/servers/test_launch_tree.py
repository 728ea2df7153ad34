"""A delay notice to a parent unit of a tree of 60 units and 20,000 members, over a real SMTP server."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from mailflow.app import open_office
from mailflow.gateways.relay import SmtpRelay
from mailflow.service import launches
from mailflow.service.delivery import deliver_due
from mailflow.service.office import Office
from mailflow.service.roster import import_members, import_units
from mailflow.store import migrate, opt_outs
from mailflow.store.engine import connect
from tests.acceptance.databases import database_url
from tests.acceptance.outbox_house import FakeClock
from tests.acceptance.way_in import parsed, settings_for, text_of
from tests.servers.smtpsink import SmtpSink
from tests.servers.tree import meant, write_tree

PARENT, BUT_FOR = "u2", "u20"
CONTACT = "help@staff.example.org"
NOW = datetime(2018, 4, 18, 19, tzinfo=UTC)
LAUNCH = f"""+++
title = "The New Platform"
planned_on = 2018-04-25
contact = "help"
audience = "unit:{PARENT} - unit:{BUT_FOR}!"
+++
It comes.
"""


@pytest.fixture
def office(tmp_path: Path, smtp_sink: SmtpSink) -> Office:
    """An office with the tree in its database, whose relay is the sink."""
    write_tree(tmp_path)
    settings = settings_for(tmp_path)
    relay = replace(settings.relay, host=smtp_sink.host, port=smtp_sink.port, security="none", connections=2)
    settings = replace(settings, relay=relay, database=replace(settings.database, url=database_url(tmp_path)))
    db = connect(settings.database.url)
    migrate.upgrade(db)
    import_units(db, tmp_path / "units.csv", NOW - timedelta(days=30))
    import_members(db, tmp_path / "roster.csv", NOW - timedelta(days=30))
    return open_office(db, settings)


def deliver(office: Office, clock: FakeClock) -> None:
    relay = office.settings.relay
    assert relay is not None
    report = deliver_due(office.db, office.settings, lambda n: SmtpRelay(relay, connections=n), clock)
    assert not report.problem


def test_a_notice_to_a_parent_reaches_the_members_beneath_it_once_and_a_second_slip_replaces_it(
    office: Office, tmp_path: Path, smtp_sink: SmtpSink
) -> None:
    """Facts 6 and 7: recipients as counted from the two files, nobody twice, opt-outs kept, no stale date leaves."""
    clock = FakeClock(NOW)
    expected = meant(tmp_path, PARENT, BUT_FOR)
    addressed = {member: address for member, address in expected.items() if address}
    everything, this_one, other = sorted(addressed)[:3]
    with office.db.write() as work:
        opt_outs.opt_out(work, everything, "all", clock(), "link")
        opt_outs.opt_out(work, this_one, "launch-1", clock(), "link")
        opt_outs.opt_out(work, other, "mig-1", clock(), "link")  # of no concern here
        opt_outs.suppress(work, addressed[sorted(addressed)[3]], "bounced: 5.1.1", clock(), hard=True)
    left_out = {everything, this_one, sorted(addressed)[3]}
    launch = launches.add_launch(office, LAUNCH, clock())

    first = launches.slip(office, launch, date(2018, 5, 9), "tests failed", clock())
    launches.send_notice(office, first.id, clock())
    second = launches.slip(office, launch, None, "they failed again", clock())  # before a mail of the first has left
    preview = launches.preview_notice(office, second.id, clock())
    assert preview.recipients == len(addressed) - len(left_out)
    assert preview.left_out == {"opted out": 2, "suppressed": 1, "no address": len(expected) - len(addressed)}
    launches.send_notice(office, second.id, clock())
    deliver(office, clock)

    got = Counter(m.rcpt_tos[0] for m in smtp_sink.messages if m.rcpt_tos[0] != CONTACT)
    assert set(got) == {address for member, address in addressed.items() if member not in left_out}
    assert set(got.values()) == {1}
    assert len(got) > 1_500
    sample = text_of(parsed(next(m.raw for m in smtp_sink.messages if m.rcpt_tos[0] in got)))
    assert "It was to be ready on Wednesday, April 25, 2018" in sample and "they failed again" in sample
    assert not [m for m in smtp_sink.messages if b"May 9, 2018" in m.raw and m.rcpt_tos[0] != CONTACT]
    [replaced] = [row for row in launches.list_notices(office, clock()) if row["id"] == first.id]
    assert (replaced["sent"], replaced["left_out"]) == (0, preview.recipients)
