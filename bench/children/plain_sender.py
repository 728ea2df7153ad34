"""What one writes without a library: Jinja2, EmailMessage, smtplib, one after the other. PORT COUNT SAMPLE.eml"""

from __future__ import annotations

import email
import email.policy
import smtplib
import sys
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from pathlib import Path

import jinja2

from bench.children.measure import tell


def main(port: int, count: int, sample: Path) -> None:
    original = email.message_from_bytes(sample.read_bytes(), policy=email.policy.default)
    name = str(original["To"].addresses[0].display_name)
    environment = jinja2.Environment(autoescape=True)
    parts = [original.get_body((kind,)).get_content() for kind in ("plain", "html")]
    text, html = (environment.from_string(part.replace(name, "{{ name }}")) for part in parts)

    def send_all() -> int:
        with smtplib.SMTP("127.0.0.1", port) as relay:
            for n in range(count):
                address = f"m{n}@library.example.org"
                message = EmailMessage()
                message["From"], message["To"] = original["From"], f"Robin Sample{n} <{address}>"
                message["Subject"], message["Date"] = original["Subject"], formatdate()
                message["Message-ID"] = make_msgid(domain="lists.example.org")
                message.set_content(text.render(name=f"Robin Sample{n}"))
                message.add_alternative(html.render(name=f"Robin Sample{n}"), subtype="html")
                relay.send_message(message, "connect@lists.example.org", [address])
        return count

    tell("loop", send_all)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]))
