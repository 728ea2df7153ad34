"""proposal.md, launch.md and notice.md: what is read, and what is refused with all its reasons."""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime

import pytest

from mailflow.domain.launch_file import read_launch, read_notice
from mailflow.domain.model import Author, Kind, LaunchState, Organizer, Proposal, ProposalState, Resource
from mailflow.domain.proposal_file import REQUIRABLE, act_sha256, read_proposal, statement_sha256
from mailflow.errors import InputError

ZONE = "America/Chicago"
MIG = Kind(
    name="mig",
    title="Membership Initiative Group",
    act="I ask that this group be formed.",
    required=("author", "organizers", "organizers.address", "staff_liaison", "feedback.closes"),
    audience="members",
)
KINDS = {"mig": MIG, "council-petition": Kind(name="council-petition", title="Petition for council", threshold=25)}

WHOLE = """\
+++
kind = "mig"
id = "mig-1"
title = "Diversity Member Initiative Group"
author = {name = "Alex Rivera", email = "alex@example.org", picture = "https://example.org/alex.jpg"}
staff_liaison = {name = "Michelle Harrell Washington", email = "liaison@example.org"}
online_document = "https://example.org/doc"
feedback.closes = 2013-06-23
petition.opens = "monday"
petition.closes = 2013-07-31T16:30:00

[[organizers]]
name = "Alex Rivera"
email = "alex@example.org"
address = "1 Elm Street\\nSpringfield"

[[meetings]]
starts = 2013-06-28T10:00:00
ends = 2013-06-28T11:30:00
where = "Room 12"
title = "Come and talk"
+++

# Statement of purpose

{{7*7}} stays.\x20\x20
"""


def problems(text: str) -> list[str]:
    with pytest.raises(InputError) as refused:
        read_proposal(text, KINDS, ZONE)
    return refused.value.problems


def changed(old: str, new: str) -> str:
    assert old in WHOLE
    return WHOLE.replace(old, new)


def test_a_whole_proposal_is_read_as_a_draft() -> None:
    draft = read_proposal(WHOLE, KINDS, ZONE)
    assert (draft.id, draft.state, draft.kind, draft.audience) == ("mig-1", ProposalState.DRAFT, MIG, "members")
    assert draft.author == Author("Alex Rivera", "alex@example.org", "https://example.org/alex.jpg")
    assert draft.organizers == (Organizer("Alex Rivera", "alex@example.org", "1 Elm Street\nSpringfield"),)
    assert draft.feedback_closes_at == datetime(2013, 6, 24, 5, tzinfo=UTC)
    assert (draft.petition_opens, draft.petition_opens_at) == ("monday", datetime(2013, 6, 24, 14, tzinfo=UTC))
    assert draft.petition_closes_at == datetime(2013, 7, 31, 21, 30, tzinfo=UTC)
    assert draft.meetings[0].ends_at == datetime(2013, 6, 28, 16, 30, tzinfo=UTC)


def test_the_statement_is_kept_as_written_and_hashed_with_lf_line_ends() -> None:
    """R48: what is written in braces stays what it is."""
    draft = read_proposal(WHOLE, KINDS, ZONE)
    assert draft.statement == "# Statement of purpose\n\n{{7*7}} stays."
    assert draft.statement_sha256 == hashlib.sha256(draft.statement.encode()).hexdigest()
    assert draft.act_sha256 == hashlib.sha256(MIG.act.encode()).hexdigest()


@pytest.mark.parametrize(
    "variant",
    [WHOLE.replace("\n", "\r\n"), WHOLE + "\n \n", "\ufeff" + WHOLE, "\n\n" + WHOLE, WHOLE.replace("\n", "\r")],
    ids=["CRLF", "white space at the end", "byte order mark", "blank lines first", "CR"],
)
def test_line_ends_and_white_space_around_make_no_other_version(variant: str) -> None:
    assert read_proposal(variant, KINDS, ZONE) == read_proposal(WHOLE, KINDS, ZONE)


def test_versions_are_of_the_words() -> None:
    assert statement_sha256("a\r\nb \n") == statement_sha256("a\nb")
    assert statement_sha256("a\nb") != statement_sha256("a b")
    assert act_sha256("I  sign\nthis.") == act_sha256("I sign this.")


@pytest.mark.parametrize(
    ("opens", "words", "at"),
    [
        pytest.param('"by organizer"', "by organizer", None, id="by organizer"),
        pytest.param('"Monday"', "monday", datetime(2013, 6, 24, 14, tzinfo=UTC), id="monday"),
        pytest.param("2013-06-25", "", datetime(2013, 6, 25, 5, tzinfo=UTC), id="a date opens at its start"),
        pytest.param('"2013-06-25 08:00"', "", datetime(2013, 6, 25, 13, tzinfo=UTC), id="a local time as text"),
        pytest.param("2013-06-25T08:00:00Z", "", datetime(2013, 6, 25, 8, tzinfo=UTC), id="an instant"),
    ],
)
def test_how_the_petition_opens(opens: str, words: str, at: datetime | None) -> None:
    draft = read_proposal(changed('petition.opens = "monday"', f"petition.opens = {opens}"), KINDS, ZONE)
    assert (draft.petition_opens, draft.petition_opens_at) == (words, at)


def test_a_small_petition_needs_little() -> None:
    draft = read_proposal(
        '+++\nkind="council-petition"\ntitle="For council"\nauthor={name="Ann Lee"}\n+++\nAnn Lee.', KINDS, ZONE
    )
    assert draft == Proposal(
        id="",
        kind=KINDS["council-petition"],
        title="For council",
        state=ProposalState.DRAFT,
        author=Author("Ann Lee"),
        organizers=(),
        staff_liaison=draft.staff_liaison,
        statement="Ann Lee.",
        statement_sha256=statement_sha256("Ann Lee."),
        act_sha256=act_sha256("I sign this petition."),
        zone=ZONE,
        audience="good",
        petition_opens="by organizer",
    )


def test_a_meeting_on_a_bare_date_lasts_the_day() -> None:
    draft = read_proposal(
        changed("starts = 2013-06-28T10:00:00\nends = 2013-06-28T11:30:00", "starts = 2013-06-28"), KINDS, ZONE
    )
    assert (draft.meetings[0].starts_at, draft.meetings[0].ends_at) == (
        datetime(2013, 6, 28, 5, tzinfo=UTC),
        datetime(2013, 6, 29, 5, tzinfo=UTC),
    )


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        pytest.param('title = "Diversity Member Initiative Group"', "", "title is missing", id="no title"),
        pytest.param(
            'kind = "mig"',
            'kind = "mga"',
            "kind is 'mga'; the kinds of this association are mig, council",
            id="unknown kind",
        ),
        pytest.param(
            "online_document",
            "online_documents",
            "online_documents is not a field; did you mean online_document?",
            id="misspelled",
        ),
        pytest.param("where =", "place =", "meetings[1].place is not a field", id="unknown in a table"),
        pytest.param(
            'address = "1 Elm Street\\nSpringfield"',
            "",
            "organizers[1].address is missing; the kind mig requires it",
            id="organizer without address",
        ),
        pytest.param(
            'email = "alex@example.org"\n', "", "organizers[1].email is missing", id="organizer without email"
        ),
        pytest.param(
            '"liaison@example.org"',
            '"liaison at example"',
            "staff_liaison.email is 'liaison at example'",
            id="bad address",
        ),
        pytest.param(
            "feedback.closes = 2013-06-23",
            "",
            "feedback.closes is missing; the kind mig requires it",
            id="no feedback window",
        ),
        pytest.param(
            "feedback.closes = 2013-06-23",
            "",
            'petition.opens is "monday", which is counted from feedback.closes',
            id="no Monday without it",
        ),
        pytest.param("2013-06-23", "2013-06-31", "the front matter is not TOML", id="no such day"),
        pytest.param(
            "2013-06-23",
            '"2013-06-31"',
            "feedback.closes can't be read: '2013-06-31' is not a time",
            id="no such day, as text",
        ),
        pytest.param("2013-06-23", '"soon"', "feedback.closes can't be read", id="no date"),
        pytest.param("2013-06-23", "2013-11-03T01:30:00", "happens twice in America/Chicago", id="R68 ambiguous"),
        pytest.param("2013-06-23", "2013-03-10T02:30:00", "does not exist in America/Chicago", id="R68 missing"),
        pytest.param(
            '"monday"', "2013-06-20", "feedback.closes is after petition.opens", id="opens before feedback closes"
        ),
        pytest.param(
            "2013-07-31T16:30:00",
            "2013-06-20",
            "petition.closes is not after petition.opens",
            id="closes before it opens",
        ),
        pytest.param(
            "ends = 2013-06-28T11:30:00",
            "ends = 2013-06-28T09:30:00",
            "meetings[1].ends is before starts",
            id="meeting ends first",
        ),
        pytest.param(
            '"https://example.org/doc"',
            '"javascript:alert(1)"',
            "online_document is 'javascript:alert(1)'",
            id="a link that acts",
        ),
        pytest.param(
            '"https://example.org/alex.jpg"',
            '"data:image/png;base64,AA"',
            "author.picture is",
            id="a picture that is no address",
        ),
        pytest.param('"mig-1"', '"mig-01"', "id is 'mig-01'; it must be mig-N", id="odd id"),
        pytest.param('"mig-1"', '"launch-1"', "id is 'launch-1'; it must be mig-N", id="another kind's id"),
        pytest.param(
            'title = "Diversity',
            'title = "A\\r\\nBcc: x@example.org ',
            "title must be one line",
            id="R92 a header in the title",
        ),
        pytest.param("# Statement of purpose\n\n{{7*7}} stays.", "", "statement is missing", id="no statement"),
        pytest.param(
            "[[organizers]]\nname",
            "[[organizers]]\nnome",
            "organizers[1].nome is not a field; did you mean name?",
            id="hint in a list",
        ),
        pytest.param("author = {", 'audience = "goood"\nauthor = {', "audience", id="bad audience"),
        pytest.param(
            'author = {name = "Alex Rivera", email = "alex@example.org", picture = "https://example.org/alex.jpg"}',
            'author = "Alex"',
            "author must be a table",
            id="author is no table",
        ),
    ],
)
def test_what_is_wrong_is_said(old: str, new: str, reason: str) -> None:
    assert any(reason in each for each in problems(changed(old, new)))


def test_all_reasons_are_given_at_once() -> None:
    text = (
        changed('address = "1 Elm Street\\nSpringfield"', "").replace("2013-06-23", '"soon"').replace("where", "place")
    )
    assert len(problems(text)) == 4  # the fourth: no Monday can be counted


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        pytest.param("", "does not begin with a +++ line", id="empty"),
        pytest.param("# Title\n+++\n+++\n", "does not begin", id="text first"),
        pytest.param("+++\nkind = 'mig'\n", "line 1: the +++ line that ends", id="never ends"),
        pytest.param("+++\nkind = mig\n+++\nText", "line 2", id="TOML, with the file's line"),
        pytest.param("\n\n+++\nkind = mig\n+++\nText", "line 4", id="TOML, with the file's line after blank ones"),
        pytest.param("x" * 600_000, "the most is 500000", id="far too long"),
    ],
)
def test_a_file_that_is_none_is_refused(text: str, reason: str) -> None:
    assert reason in problems(text)[0]


@pytest.mark.parametrize("name", REQUIRABLE)
def test_every_field_can_be_required(name: str) -> None:
    kind = Kind(name="mig", title="M", required=(name,))
    bare = '+++\nkind="mig"\ntitle="T"\nauthor={name="A"}\norganizers=[{name="A",email="a@example.org"}]\n+++\nText'
    try:
        read_proposal(bare, {"mig": kind}, ZONE)
        missing = ""
    except InputError as error:
        (missing,) = error.problems
    given = {"kind", "title", "author", "author.name", "organizers", "organizers.name", "organizers.email", "statement"}
    assert (missing == "") is (name in given)


LAUNCH = """\
+++
title = "The new Connect"
planned_on = 2018-04-25
contact = "migration"
audience = "members"
resources = [{title = "Training", url = "https://support.example.org/training"}]
+++
The community site moves.
"""


def test_a_launch_is_read() -> None:
    launch = read_launch(LAUNCH, {"migration": object()})
    assert (launch.title, launch.planned_on, launch.state) == (
        "The new Connect",
        date(2018, 4, 25),
        LaunchState.PLANNED,
    )
    assert launch.resources == (Resource("Training", "https://support.example.org/training"),)
    assert (launch.id, launch.text, launch.history) == ("", "The community site moves.", ())


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("2018-04-25", "2018-04-25T10:00:00", "planned_on can't be read"),
        ('"migration"', '"nobody"', "contact is 'nobody'; the contacts of this association are migration"),
        ("https://support.example.org/training", "ftp://x.example.org", "resources[1].url is"),
        ("audience", "id = 'notice-1'\naudience", "id is 'notice-1'; it must be launch-N"),
    ],
    ids=["a time for a date", "unknown contact", "bad link", "odd id"],
)
def test_a_bad_launch_is_refused(old: str, new: str, reason: str) -> None:
    with pytest.raises(InputError) as refused:
        read_launch(LAUNCH.replace(old, new), ["migration"])
    assert reason in str(refused.value)


def test_a_notice_is_read_or_refused() -> None:
    notice = read_notice('+++\nsubject = "News"\naudience = "tag:youth"\n+++\nHello.', [])
    assert (notice.subject, notice.audience, notice.kind, notice.text) == ("News", "tag:youth", "notice", "Hello.")
    with pytest.raises(InputError) as refused:
        read_notice("+++\nsubjekt = 'News'\n+++\n", [])
    assert refused.value.problems == [
        "subjekt is not a field; did you mean subject?",
        "subject is missing",
        "the text is missing: it comes after the front matter",
    ]
