"""Mail that is deleted for good on a real Dovecot: only the bytes that are meant, wherever they lie."""

from __future__ import annotations

from hashlib import sha256

import pytest

from mailflow.domain.removal import Removal
from tests.servers.dovecot import Account
from tests.servers.test_imap_dovecot import AT, all_new, mailbox_of, numbered


def removal_of(raw: bytes, uidvalidity: int, uid: int, n: int = 1) -> Removal:
    return Removal(n, uidvalidity, uid, len(raw), sha256(raw).hexdigest())


@pytest.mark.parametrize("done_folder", ["", "Mailflow"])
def test_mail_is_deleted_in_the_folder_and_where_it_was_filed_and_no_other(account: Account, done_folder: str) -> None:
    """R101: the folder of the mailbox too; a mail of the same size with other bytes stays."""
    first, alike, third = numbered(1), numbered(2), numbered(3)
    uids = [account.append(raw, AT) for raw in (first, alike, third)]
    with mailbox_of(account, done_folder=done_folder) as mailbox:
        if done_folder:
            mailbox.file_away(uids[:2])
        mailbox.remove([removal_of(first, mailbox.uidvalidity, uids[0]), removal_of(third, mailbox.uidvalidity + 1, 9)])
        assert [each.raw for each in all_new(mailbox)] == ([] if done_folder else [alike])
    if done_folder:
        assert len(account.all_in(done_folder)) == 1


def test_another_mail_that_took_the_place_is_not_deleted(account: Account) -> None:
    """A UID alone is no proof: the bytes must fit."""
    uid = account.append(numbered(1), AT)
    with mailbox_of(account) as mailbox:
        mailbox.remove([removal_of(numbered(2), mailbox.uidvalidity, uid)])
        assert len(all_new(mailbox)) == 1
