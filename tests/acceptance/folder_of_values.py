"""A mailbox folder that is a value: the mails in it, and what was done to it, in order."""

from __future__ import annotations

from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256

from mailflow.domain.arrival import Arrival
from mailflow.domain.removal import Removal


@dataclass
class FolderOfValues:
    """What service.fetching needs of a folder. before_filing: called with the UIDs that are about to leave."""

    uidvalidity: int = 7
    account: str = "connect@localhost"
    mails: dict[int, tuple[bytes, datetime]] = field(default_factory=dict)
    keywords: dict[int, str] = field(default_factory=dict)
    filed: list[int] = field(default_factory=list)
    fetches: list[int] = field(default_factory=list)
    before_filing: Callable[[Sequence[int]], None] = lambda _: None
    before_fetch: Callable[[int], None] = lambda _: None
    next_uid: int = 1

    def put(self, raw: bytes, at: datetime) -> int:
        uid, self.next_uid = self.next_uid, self.next_uid + 1
        self.mails[uid] = (raw, at)
        return uid

    def uidnext(self) -> int:
        return self.next_uid

    def all_uids(self) -> list[int]:
        return sorted(self.mails)

    def uids_before(self, instant: datetime) -> set[int]:
        return {uid for uid, (_, at) in self.mails.items() if at < instant}

    def fetch_new(self, after_uid: int, limit: int, skip: Container[int] = ()) -> list[Arrival]:
        self.before_fetch(after_uid)
        wanted = [uid for uid in sorted(self.mails) if uid > after_uid and uid not in skip][:limit]
        self.fetches.append(len(wanted))
        return [
            Arrival("imap", "INBOX", self.uidvalidity, uid, raw, False, len(raw), at, "", self.account)
            for uid in wanted
            for raw, at in [self.mails[uid]]
        ]

    def file_away(self, uids: Sequence[int]) -> None:
        self.before_filing(uids)
        self.filed += uids
        for uid in uids:
            self.mails.pop(uid, None)

    def flag(self, uids: Sequence[int], keyword: str) -> None:
        self.keywords |= dict.fromkeys(uids, keyword)

    def remove(self, wanted: Sequence[Removal]) -> None:
        digests = {one.raw_sha256 for one in wanted}
        self.mails = {uid: one for uid, one in self.mails.items() if sha256(one[0]).hexdigest() not in digests}

    def renumber(self) -> None:
        """Another UIDVALIDITY, and UIDs from 1 on (R17)."""
        left = [self.mails[uid] for uid in sorted(self.mails)]
        self.uidvalidity += 1
        self.mails, self.keywords, self.next_uid = {}, {}, 1
        for raw, at in left:
            self.put(raw, at)
