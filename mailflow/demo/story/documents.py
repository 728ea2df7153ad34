"""The documents of the story: proposal.md, launch.md, an update to members, and the settings of the association."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from string import Template

from mailflow.demo.story.people import AUTHOR, COMMITTEE, COUNCIL, LAUNCH_CONTACT, LIAISON, ORGANIZERS, OWNER

PROPOSAL, LAUNCH, UPDATE = "proposal.md", "launch.md", "update.md"
CONFIG = "config.toml"


def write_documents(folder: Path) -> None:
    """Write the documents that the steps of the story name into a folder."""
    for name in (PROPOSAL, LAUNCH, UPDATE):
        (folder / name).write_text(document(name), encoding="utf-8")


def document(name: str) -> str:
    """Give the text of a document."""
    return _template(name).substitute(_names())


def settings(*, address: str, imap_port: int, smtp_port: int, username: str, password: str, web_port: int) -> str:
    """Give config.toml for servers on this machine."""
    values = {"address": address, "imap_port": imap_port, "smtp_port": smtp_port, "web_port": web_port}
    return _template("settings.txt").substitute(_names(), **values, username=username, password=password)


def _template(name: str) -> Template:
    return Template(files(__package__).joinpath(name).read_text(encoding="utf-8"))


def _names() -> dict[str, str]:
    organizers = "\n\n".join(
        f'[[organizers]]\nname = "{each.name}"\nemail = "{each.email}"\naddress = "{each.postal_address}"'
        for each in ORGANIZERS
    )
    return {
        "author_name": AUTHOR.name, "author_email": AUTHOR.email, "organizers": organizers,
        "liaison_name": LIAISON.name, "liaison_email": LIAISON.email, "liaison_title": LIAISON.title,
        "contact_name": LAUNCH_CONTACT.name, "contact_email": LAUNCH_CONTACT.email,
        "contact_title": LAUNCH_CONTACT.title, "owner": OWNER,
        "committee_name": COMMITTEE.name, "committee_email": COMMITTEE.email, "committee_title": COMMITTEE.title,
        "council_name": COUNCIL.name, "council_email": COUNCIL.email, "council_title": COUNCIL.title,
    }  # fmt: skip
