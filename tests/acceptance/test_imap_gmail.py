"""R31: Gmail's IMAP: folders are labels, an expunge takes one away, and All Mail keeps the mail.

What the server here answers is written after Google's description of X-GM-EXT-1; it is no recording. A mail needs no
X-GM-MSGID to be known again: under whatever label and UID it comes, its content is the key.
"""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest

from mailflow.domain.removal import Removal
from mailflow.service.fetching import fetch_all
from mailflow.store import tables as t
from tests.acceptance.imap_fault import FaultServer, Mail, Talk, uids_of
from tests.acceptance.imap_fault_mailbox import mailbox_of
from tests.acceptance.way_in import OPENED, WayIn, open_way_in

CAPABILITIES = (
    "IMAP4rev1 UNSELECT IDLE NAMESPACE QUOTA ID XLIST CHILDREN X-GM-EXT-1 UIDPLUS COMPRESS=DEFLATE ENABLE MOVE"
    " CONDSTORE ESEARCH UTF8=ACCEPT LIST-EXTENDED LIST-STATUS LITERAL- SPECIAL-USE APPENDLIMIT=35651584"
)
LABEL, BIN, ALL = "Mailflow", "[Gmail]/Trash", "[Gmail]/All Mail"


@pytest.fixture
def gmail(fault_server: FaultServer) -> FaultServer:
    """An account whose mails lie in All Mail, and under INBOX as long as they have that label."""
    server = fault_server
    server.capabilities = CAPABILITIES
    server.folders = {"INBOX": {}, LABEL: {}, BIN: {}, ALL: {}}

    def store(talk: Talk, tag: str, rest: str) -> bool:
        if "X-GM-LABELS" not in rest:
            return False
        folder = server.folders[talk.selected]
        for uid in uids_of(rest.partition(" ")[0], folder):
            assert rest.endswith('+X-GM-LABELS.SILENT ("\\\\Trash")'), rest
            mail = folder[uid]
            for labelled in (server.inbox, server.folders[LABEL], server.folders[ALL]):
                for known in [n for n, other in labelled.items() if other is mail]:
                    del labelled[known]
            server.folders[BIN][len(server.folders[BIN]) + 1] = mail
        talk.say(f"{tag} OK Success")
        return True

    def by_size(talk: Talk, tag: str, rest: str) -> bool:
        if "LARGER" not in rest and "BEFORE" not in rest and "SINCE" not in rest:
            return False
        found = sorted(server.folders[talk.selected]) if "LARGER" in rest else []
        talk.say("* SEARCH " + " ".join(map(str, found)))
        talk.say(f"{tag} OK SEARCH completed (Success)")
        return True

    server.on |= {"UID STORE": store, "UID SEARCH": by_size}
    return server


def arrives(server: FaultServer, raw: bytes) -> None:
    mail = Mail(raw, internaldate="24-Jun-2013 15:00:00 +0000")
    for folder in (server.inbox, server.folders[ALL]):
        folder[max(folder, default=0) + 1] = mail


@pytest.fixture
def way_in(tmp_path: Path) -> Iterator[WayIn]:
    house = open_way_in(tmp_path, 4)
    yield house
    house.db.close()


def test_an_answer_is_filed_by_label_and_counts_once_though_its_inbox_label_comes_back(
    way_in: WayIn, gmail: FaultServer
) -> None:
    """R16, R26, R31: MOVE takes INBOX's label away; All Mail keeps the mail; a filter gives it the label again."""
    raws = [way_in.answer(n, "I sign.") for n in (1, 2)]
    for raw in raws:
        arrives(gmail, raw)
    with mailbox_of(gmail, done_folder=LABEL) as mailbox:
        assert fetch_all(way_in.office, mailbox, "INBOX", way_in.clock(), OPENED) == 2
        assert (gmail.inbox, len(gmail.folders[LABEL]), len(gmail.folders[ALL])) == ({}, 2, 2)
        gmail.inbox[3] = gmail.folders[ALL][1]
        assert fetch_all(way_in.office, mailbox, "INBOX", way_in.clock(), OPENED) == 1
        assert (gmail.inbox, len(gmail.folders[ALL])) == ({}, 2)
    assert [row.verdict for row in way_in.rows(t.inbox)] == ["signed", "signed", "duplicate"]
    assert way_in.tally["validated"] == 2


def test_mail_of_an_erased_member_goes_into_the_bin_and_not_into_all_mail_alone(gmail: FaultServer) -> None:
    """R31, R101: what an expunge leaves in All Mail would be found there for ever."""
    mine, other = b"Subject: one\r\n\r\nMine.\r\n", b"Subject: two\r\n\r\nTheirs.\r\n"
    for raw in (mine, other):
        arrives(gmail, raw)
    with mailbox_of(gmail, done_folder=LABEL) as mailbox:
        mailbox.file_away([1])
        mailbox.remove([Removal(1, gmail.uidvalidity, 1, len(mine), sha256(mine).hexdigest())])
    assert [mail.raw for mail in gmail.folders[BIN].values()] == [mine]
    assert [mail.raw for mail in gmail.folders[ALL].values()] == [other]
    assert (gmail.folders[LABEL], [mail.raw for mail in gmail.inbox.values()]) == ({}, [other])
    assert not any("EXPUNGE" in line for line in gmail.commands())
