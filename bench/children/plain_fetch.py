"""The mailbox at its own pace: imaplib, a hundred mails a command, nothing kept. PORT USER PASSWORD COUNT"""

from __future__ import annotations

import imaplib
import sys

from bench.children.measure import tell

STEP = 100


def main(port: int, user: str, password: str, count: int) -> None:
    def fetch_all() -> int:
        client = imaplib.IMAP4("127.0.0.1", port)
        client.login(user, password)
        client.select("INBOX")
        octets = mails = 0
        uids = client.uid("SEARCH", "ALL")[1][0].split()[:count]
        for start in range(0, len(uids), STEP):
            for part in client.uid("FETCH", b",".join(uids[start : start + STEP]).decode(), "(BODY.PEEK[])")[1]:
                if isinstance(part, tuple):
                    mails, octets = mails + 1, octets + len(part[1])
        client.logout()
        return mails

    tell("fetch", fetch_all)


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2], sys.argv[3], int(sys.argv[4]))
