"""An LMTP door that takes everything and does nothing: aiosmtpd with an empty handler. PORT"""

from __future__ import annotations

import asyncio
import sys

from aiosmtpd.lmtp import LMTP
from aiosmtpd.smtp import Envelope, Session


class Nothing:
    """Takes every mail."""

    async def handle_DATA(self, server: LMTP, session: Session, envelope: Envelope) -> str:
        return "250 OK"


async def main(port: int) -> None:
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: LMTP(Nothing(), loop=loop), "127.0.0.1", port)
    async with server:
        await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1])))
