"""mailflow's reading on one core: all of it from bytes, and the new-text step alone. FOLDER REPEATS"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from mailflow.domain.reading import Context
from mailflow.mail.message import Message
from mailflow.mail.proof import Trust
from mailflow.mail.quote import divide
from mailflow.mail.reader import read_mail, read_reply


def main(folder: Path) -> None:
    raws = [path.read_bytes() for path in sorted(folder.glob("*.eml"))]
    trust = Trust("mx.example.org", "", ())

    def whole(raw: bytes) -> object:
        read = read_mail(raw, address="connect@example.org", delimiter="+", own=frozenset(), trust=trust)
        return read_reply(read, None, Context.PETITION)

    for raw in raws[:5]:
        whole(raw)  # tables are compiled at the first mail
    reads = [read_mail(raw, address="", delimiter="+", own=frozenset(), trust=trust) for raw in raws]
    began = time.process_time()
    for raw in raws:
        whole(raw)
    middle = time.process_time()
    for read in reads:
        divide(read.message, None).new_text  # noqa: B018
    ended = time.process_time()
    plain = [
        Message(text=read.message.text, from_=read.message.from_) for read in reads
    ]  # what the libraries are given
    began_plain = time.process_time()
    for message in plain:
        divide(message, None).new_text  # noqa: B018
    plain_s = time.process_time() - began_plain
    told = {"count": len(raws), "whole_s": middle - began, "new_text_s": ended - middle, "plain_text_s": plain_s}
    print(json.dumps(told))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
