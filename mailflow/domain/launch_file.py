"""Read launch.md and notice.md: TOML front matter, then the text; all reasons at once."""

from __future__ import annotations

from collections.abc import Collection

from mailflow.domain.front_matter import Fields, split_front_matter
from mailflow.domain.model import Launch, LaunchState, Notice, NoticeState, Resource
from mailflow.errors import InputError

LAUNCH_FIELDS = ("title", "planned_on", "contact", "audience", "resources", "id")
NOTICE_FIELDS = ("subject", "audience", "contact", "launch", "id")
DEFAULT_AUDIENCE = "good"


def read_launch(text: str, contacts: Collection[str]) -> Launch:
    """Give the launch that a file asks for; its id is "" when the file sets none.

    contacts: the names under [contacts] in config.toml. Raises InputError with all problems.
    """
    given, body = split_front_matter(text)
    top = Fields(given, LAUNCH_FIELDS, [])
    launch = Launch(
        id=top.object_id("launch"),
        title=top.line("title", required=True),
        state=LaunchState.PLANNED,
        planned_on=top.day("planned_on"),
        contact=_contact(top, contacts),
        audience=top.audience(DEFAULT_AUDIENCE),
        resources=tuple(_resource(each) for each in top.tables("resources", ("title", "url"))),
        text=body,
    )
    _refuse_if_bad(top)
    return launch


def read_notice(text: str, contacts: Collection[str]) -> Notice:
    """Give the announcement that a file asks for; its id is "" when the file sets none. Raises InputError.

    With `launch` it is an update on that launch, whose audience and contact are the launch's when the file names none.
    """
    given, body = split_front_matter(text)
    top = Fields(given, NOTICE_FIELDS, [])
    notice = Notice(
        id=top.object_id("notice"),
        kind="notice",
        state=NoticeState.PREPARED,
        subject=top.line("subject", required=True),
        audience=top.audience(DEFAULT_AUDIENCE) if top.has("audience") or not top.line("launch") else "",
        contact=_contact(top, contacts),
        text=body,
        launch_id=top.line("launch"),
    )
    if not body:
        top.problems.append("the text is missing: it comes after the front matter")
    _refuse_if_bad(top)
    return notice


def _contact(top: Fields, contacts: Collection[str]) -> str:
    """Give who answers questions; without one they go to the mailbox's owner."""
    name = top.line("contact")
    if name and name not in contacts:
        known = ", ".join(sorted(contacts)) or "none: add [contacts.NAME] to config.toml"
        top.refuse("contact", f"is {name!r}; the contacts of this association are {known}")
    return name


def _resource(fields: Fields) -> Resource:
    return Resource(fields.line("title", required=True), fields.web_address("url", required=True))


def _refuse_if_bad(top: Fields) -> None:
    if top.problems:
        raise InputError(top.problems)
