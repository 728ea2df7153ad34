"""A member's browser at a personal link: it shows the page, and sends its form when the button is pressed."""

from __future__ import annotations

import urllib.parse
import urllib.request
from html.parser import HTMLParser

from mailflow.demo.clients.passed_on import links_in

TIMEOUT_S = 10
PERSONAL = "/m/"


class _Fields(HTMLParser):
    """Gathers the hidden fields of a page, and the buttons by what stands on them."""

    def __init__(self) -> None:
        super().__init__()
        self.hidden: dict[str, str] = {}
        self.buttons: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "input" and given.get("type") == "hidden":
            self.hidden[given["name"]] = given.get("value", "")
        if tag == "button" and given.get("name"):
            self.buttons[given.get("value", "")] = given["name"]


def personal_link(sent: bytes, public_url: str) -> str:
    """Give the link to the reader's own page in a mail; raises LookupError when there is none."""
    for link in links_in(sent):
        if link.startswith(public_url + PERSONAL):
            return link
    raise LookupError("the mail has no link to a personal page")


def read_page(link: str) -> str:
    """GET a page of this machine."""
    with urllib.request.urlopen(link, timeout=TIMEOUT_S) as response:
        return str(response.read().decode("utf-8"))


def press(link: str, button: str) -> str:
    """Show a page and press a button on it (its value); gives the page that answers. Raises LookupError without it."""
    page = _Fields()
    page.feed(read_page(link))
    if button not in page.buttons:
        raise LookupError(f"the page has no button {button!r}")
    form = urllib.parse.urlencode({**page.hidden, page.buttons[button]: button}).encode()
    request = urllib.request.Request(link, data=form, method="POST")
    with urllib.request.urlopen(request, timeout=TIMEOUT_S) as response:
        return str(response.read().decode("utf-8"))
