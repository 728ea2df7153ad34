"""Where a mail ends that comes in pieces."""

from __future__ import annotations

import asyncio
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailflow.gateways.lmtp_session import read_mail

WORDS = st.sampled_from([b"\r\n", b".", b"..", b"\r", b"\n", b"a", b".\r\n", b"\r\n.", b"Subject: x\r\n", b"\0\xff"])


def read(pieces: list[bytes], limit_bytes: int = 0) -> tuple[bytes | None, bytes]:
    """The mail, and what is left for the next command; each piece comes when all before it is read."""

    async def go() -> tuple[bytes | None, bytes]:
        reader = asyncio.StreamReader()
        loop = asyncio.get_running_loop()

        def feed(rest: list[bytes]) -> None:
            if rest:
                reader.feed_data(rest[0])
                loop.call_soon(feed, rest[1:])
            else:
                reader.feed_eof()

        feed(pieces)
        mail = await read_mail(reader, limit_bytes)
        return mail, await reader.read()

    return asyncio.run(go())


@given(words=st.lists(WORDS), cuts=st.lists(st.integers(0, 60)), behind=st.sampled_from([b"", b"MAIL FROM:<>\r\n"]))
def test_a_mail_arrives_as_it_was_however_it_is_cut(words: list[bytes], cuts: list[int], behind: bytes) -> None:
    """R36: dots are doubled by the client and single again, and what comes behind belongs to the next mail."""
    mail = b"".join(words)
    if mail:
        mail += b"\r\n"
    wire = (b"\r\n" + mail).replace(b"\r\n.", b"\r\n..")[2:] + b".\r\n" + behind
    at = sorted({cut for cut in cuts if cut < len(wire)} | {0, len(wire)})
    pieces = [wire[begin:end] for begin, end in pairwise(at)]
    assert read(pieces) == (mail, behind)


@pytest.mark.parametrize(
    ("size", "is_kept"),
    [pytest.param(100, True, id="as large as the limit"), pytest.param(101, False, id="an octet more")],
)
@pytest.mark.parametrize("piece", [1, 7, 1000])
def test_what_is_too_large_is_read_to_its_end_and_dropped(size: int, is_kept: bool, piece: int) -> None:
    wire = b"x" * (size - 2) + b"\r\n.\r\nNOOP\r\n"
    pieces = [wire[at : at + piece] for at in range(0, len(wire), piece)]
    mail, behind = read(pieces, 100)
    assert (mail is not None, behind) == (is_kept, b"NOOP\r\n")


def test_a_mail_that_is_cut_off_is_none() -> None:
    with pytest.raises(ConnectionResetError):
        read([b"Subject: x\r\n", b"\r\nwords\r\n."])
