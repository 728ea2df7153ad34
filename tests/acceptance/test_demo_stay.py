"""`mailflow demo --stay`: somebody takes part with a mail program of their own, and is answered."""

from __future__ import annotations

import smtplib
import threading
import time
from email.message import EmailMessage
from pathlib import Path

from mailflow.app import App
from mailflow.demo import browser
from mailflow.demo.narrator import Line
from mailflow.demo.stage import Stage
from mailflow.demo.stay import Guest, stay_up
from mailflow.demo.story.act import on

TIME_LIMIT_S = 120
SOON = on(2013, 6, 24, 8, 45)  # the invitations have just gone out


class Visit:
    """A guest who signs by mail and then ends the demo, in a thread of their own."""

    def __init__(self) -> None:
        self.subjects: list[str] = []
        self.page = ""
        self._thread = threading.Thread(target=self._take_part)

    def start(self, app: App, stage: Stage, guest: Guest) -> None:
        self._app, self._stage, self._guest = app, stage, guest
        self._thread.start()

    def join(self) -> None:
        self._thread.join()

    def _take_part(self) -> None:
        try:
            self._sign()
            self._wait_for_an_answer()
            self.page = browser.read_page(self._guest.page)
        finally:
            self._app.stop.set()

    def _sign(self) -> None:
        mail = EmailMessage()
        mail["From"], mail["To"], mail["Subject"] = self._guest.person.address, self._guest.key_address, "SIGN"
        mail["Message-ID"] = "<a-visit@visitor.example.org>"
        mail.set_content("SIGN\n")
        world = self._stage.world
        with smtplib.SMTP(world.host, world.smtp_port, timeout=30) as client:
            client.send_message(mail)

    def _wait_for_an_answer(self) -> None:
        """Wait for the world to change, with a limit; nothing is asserted of how long it takes."""
        until_s = time.monotonic() + TIME_LIMIT_S
        while time.monotonic() < until_s:
            mails = self._stage.world.mailbox_of(self._guest.person.address)
            self.subjects = [line for mail in mails for line in mail.raw.decode().splitlines() if "Subject:" in line]
            if any("is recorded" in subject for subject in self.subjects):
                return
            self._app.stop.wait(0.05)


def test_a_mail_from_a_member_is_read_counted_and_answered_and_told(tmp_path: Path) -> None:
    visit, told = Visit(), list[Line]()
    stay_up(tmp_path, 1, told.append, visit.start, until=SOON)
    visit.join()
    assert "Subject: Your signature is recorded: Diversity Member Initiative Group" in visit.subjects
    assert "You have signed" in visit.page
    texts = [line.text for line in told]
    how_to = "\n".join(texts)
    for shown in ("IMAP 127.0.0.1:", "SMTP 127.0.0.1:", "password demo-password", "/m/", "/p/mig-1", "Ctrl-C ends it"):
        assert shown in how_to
    assert any("“SIGN”" in text for text in texts)
    assert Line("made", "a signature that counts") in told
    assert any("Your signature is recorded" in text for text in texts)
