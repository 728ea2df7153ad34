"""What one writes first: fetch one, parse it with policy.default, look for the word, commit, mark it, the next.

PORT USER PASSWORD COUNT FOLDER
"""

from __future__ import annotations

import email
import email.policy
import imaplib
import re
import sqlite3
import sys
from pathlib import Path

from bench.children.measure import tell


def main(port: int, user: str, password: str, count: int, folder: Path) -> None:
    db = sqlite3.connect(folder / "naive.db")
    db.execute("PRAGMA journal_mode=wal")
    db.execute("PRAGMA synchronous=full")
    db.execute("CREATE TABLE signature (address TEXT, subject TEXT, text TEXT, signs INTEGER)")
    db.commit()

    def read_all() -> int:
        client = imaplib.IMAP4("127.0.0.1", port)
        client.login(user, password)
        client.select("INBOX")
        uids = client.uid("SEARCH", "ALL")[1][0].split()[:count]
        for uid in uids:
            raw = client.uid("FETCH", uid.decode(), "(BODY.PEEK[])")[1][0][1]
            message = email.message_from_bytes(raw, policy=email.policy.default)
            body = message.get_body(("plain", "html"))
            text = body.get_content() if body is not None else ""
            new = re.split(r"(?m)^(?:On .* wrote:|>|-----Original)", text)[0]
            signs = "sign" in new.lower()
            db.execute("INSERT INTO signature VALUES (?,?,?,?)", (message["From"], message["Subject"], new, signs))
            db.commit()
            client.uid("STORE", uid.decode(), "+FLAGS", "(\\Seen)")
        client.logout()
        return len(uids)

    tell("loop", read_all)


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2], sys.argv[3], int(sys.argv[4]), Path(sys.argv[5]))
