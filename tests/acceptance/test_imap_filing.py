"""Where mails go that were dealt with: three kinds of server, and folders by their names."""

from __future__ import annotations

import re

import pytest

from mailflow.errors import MailboxError
from tests.acceptance.imap_fault import (
    FaultServer,
    Mail,
    Talk,
)
from tests.acceptance.imap_fault_mailbox import OTHER, RAW, mailbox_of, raws


@pytest.mark.parametrize(
    ("capabilities", "done_folder", "commands"),
    [
        pytest.param("MOVE UIDPLUS", "Done", ["UID MOVE"], id="MOVE"),
        pytest.param("UIDPLUS", "Done", ["UID COPY", "UID STORE", "UID EXPUNGE"], id="COPY, mark, UID EXPUNGE"),
        pytest.param("", "Done", ["UID STORE"], id="keyword: neither MOVE nor UIDPLUS"),
        pytest.param("MOVE UIDPLUS", "", ["UID STORE"], id="keyword: no folder"),
    ],
)
def test_mail_is_put_away_as_the_server_can(
    fault_server: FaultServer, capabilities: str, done_folder: str, commands: list[str]
) -> None:
    """R26: and other people's deleted mail stays, and doing it again changes nothing."""
    fault_server.capabilities = f"IMAP4rev1 {capabilities}"
    fault_server.folders["Done"] = {}
    fault_server.inbox[2] = Mail(OTHER, {"\\Deleted"})
    with mailbox_of(fault_server, done_folder=done_folder) as mailbox:
        mailbox.file_away([1])
        used = [line for line in fault_server.commands() if line.startswith("UID")]
        mailbox.file_away([1])
    assert [" ".join(line.split()[:2]) for line in used] == commands
    assert 2 in fault_server.inbox
    if "UID STORE" in commands[:1]:
        assert fault_server.inbox[1].flags == {"$MailflowDone"}
    else:
        assert 1 not in fault_server.inbox
        assert [mail.raw for mail in fault_server.folders["Done"].values()] == [RAW]


@pytest.mark.parametrize("capabilities", ["MOVE", "UIDPLUS"])
def test_a_missing_done_folder_is_made_by_its_name(fault_server: FaultServer, capabilities: str) -> None:
    """R26, R27: without LIST, whose answer here would raise."""
    fault_server.capabilities = f"IMAP4rev1 {capabilities}"
    with mailbox_of(fault_server, done_folder="Done") as mailbox:
        mailbox.file_away([1])
    assert len(fault_server.folders["Done"]) == 1
    assert fault_server.inbox == {}
    assert not any(re.search(r"\bX?LIST\b", line) for line in fault_server.commands())


def test_a_folder_that_is_not_there_is_named(fault_server: FaultServer) -> None:
    """R27"""
    with pytest.raises(MailboxError, match="no such folder"):
        mailbox_of(fault_server, folder="Inbx").connect()


def _refuse(talk: Talk, tag: str, rest: str) -> bool:
    talk.say(f"{tag} NO [CANNOT] prefix it with INBOX.")
    return True


@pytest.mark.parametrize("capabilities", ["MOVE", "UIDPLUS"])
def test_where_the_folder_is_refused_mail_is_marked_and_told_once(
    fault_server: FaultServer, caplog: pytest.LogCaptureFixture, capabilities: str
) -> None:
    """R26: what can't be put away must not keep other mail from being read."""
    fault_server.capabilities = f"IMAP4rev1 {capabilities}"
    fault_server.on["CREATE"] = _refuse
    fault_server.inbox[2] = Mail(OTHER)
    with mailbox_of(fault_server, done_folder="Done") as mailbox:
        mailbox.file_away([1])
        mailbox.file_away([2])
        assert raws(mailbox) == [RAW, OTHER]
    assert [mail.flags for mail in fault_server.inbox.values()] == [{"$MailflowDone"}, {"$MailflowDone"}]
    (told,) = caplog.messages
    assert "TRYCREATE" in told
    assert "mailbox.imap.done_folder" in told


def test_a_server_that_takes_no_keywords_is_told_and_of_use(
    fault_server: FaultServer, caplog: pytest.LogCaptureFixture
) -> None:
    """R26: nothing is left to mark with; the position and the content keep the mail from counting twice."""
    fault_server.on["UID STORE"] = _refuse
    with mailbox_of(fault_server) as mailbox:
        mailbox.file_away([1])
        mailbox.flag([1], "$Other")
        assert raws(mailbox) == [RAW]
    assert len(caplog.messages) == 1
