"""The pages: what a GET must not do, what a POST does, and what hostile input comes to."""

from __future__ import annotations

import logging
import re
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from mailflow.config.packaged import packaged
from mailflow.domain.model import ProposalState, SignatureState
from mailflow.domain.views import PageVerdict
from mailflow.errors import TemplateError
from mailflow.web.app import create_app
from tests.acceptance.web_world import DIGEST, LINK, ME, NO_SUCH, OTHER_LINK, PETITION, UNSUBSCRIBE, PagesWorld

SHOWN = {"action": "sign", "statement": PETITION.statement_sha256, "act": PETITION.act_sha256}
PAGES = ["/p/mig-1", f"/m/{LINK}", f"/u/{UNSUBSCRIBE}", f"/u/{LINK}", f"/d/{DIGEST}", "/healthz"]
HOSTILE = "<script>alert(1)</script>{{7*7}}{% raw %}\"'><img src=x onerror=alert(1)>"


@pytest.fixture
def world() -> PagesWorld:
    return PagesWorld()


def client(world: PagesWorld) -> TestClient:
    if world.client is None:
        world.client = TestClient(create_app(world), follow_redirects=False)
    return world.client


# --- R96: looking changes nothing -----------------------------------------------------------------------------------


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS", "PUT", "DELETE", "PATCH", "TRACE", "PROPFIND"])
def test_looking_changes_nothing(method: str, world: PagesWorld) -> None:
    """R96: whatever a link scanner asks for, on every page, only a POST of a form acts."""
    world.me = replace(world.me, signature=SignatureState.VALIDATED, may_withdraw=True)
    before = world.state()
    queries = ("", "?action=sign", "?action=withdraw&List-Unsubscribe=One-Click", "?action=unsubscribe")
    for page in (page + query for page in PAGES for query in queries):
        answer = client(world).request(method, page)
        assert world.state() == before, page
        assert answer.status_code == (200 if method in ("GET", "HEAD") else 405), page


@pytest.mark.parametrize("page", PAGES)
def test_a_post_without_a_button_changes_nothing(page: str, world: PagesWorld) -> None:
    """R96: no body, a strange one, the action in the address."""
    before = world.state()
    for request in (
        {},
        {"content": b"action=sign"},
        {"json": {"action": "sign"}},
        {"data": {"action": "delete"}},
        {"params": {"action": "sign"}},
    ):
        assert client(world).post(page, **request).status_code in (400, 405)
    assert world.state() == before


class Links(HTMLParser):
    """What a page would make a browser do."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.tags: list[str] = []
        self.attributes: set[str] = set()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes.update(name for name, _ in attrs)
        self.links += [value or "" for name, value in attrs if name in ("href", "src", "action")]


def test_crawling_every_link_of_every_page_changes_nothing(world: PagesWorld) -> None:
    """R96."""
    before = world.state()
    seen: set[str] = set()
    waiting = list(PAGES)
    while waiting:
        page = waiting.pop()
        if page in seen or not page.startswith("/"):
            continue
        seen.add(page)
        waiting += Links(client(world).get(page).text).links
    assert seen >= set(PAGES) and world.state() == before


# --- signing by link --------------------------------------------------------------------------------------------------


def test_the_button_signs_and_the_page_says_so(world: PagesWorld) -> None:
    page = client(world).get(f"/m/{LINK}").text
    assert PETITION.act in page and "Robin Lee" in page and 'value="sign"' in page
    answer = client(world).post(f"/m/{LINK}", data=SHOWN)
    assert (answer.status_code, world.signed) == (200, [LINK])
    assert "Your signature is recorded" in answer.text and "Withdraw my signature" in answer.text
    again = client(world).post(f"/m/{LINK}", data=SHOWN)
    assert "You had signed already" in again.text and world.signed == [LINK]


def test_the_button_withdraws_and_one_may_sign_again(world: PagesWorld) -> None:
    with_client = client(world)
    with_client.post(f"/m/{LINK}", data=SHOWN)
    answer = with_client.post(f"/m/{LINK}", data={"action": "withdraw"})
    assert "Your signature is withdrawn" in answer.text and "You can sign again" in answer.text
    assert "no signature of yours" in with_client.post(f"/m/{LINK}", data={"action": "withdraw"}).text


@pytest.mark.parametrize("field", ["statement", "act"])
def test_only_the_wording_that_was_shown_is_signed(field: str, world: PagesWorld) -> None:
    """Design rule 5: a signature is bound to the version that the person was shown."""
    answer = client(world).post(f"/m/{LINK}", data=SHOWN | {field: "0" * 64})
    assert (answer.status_code, world.signed) == (409, [])
    assert "the wording is not the one" in answer.text


@pytest.mark.parametrize(
    ("number", "status"),
    [("M-17", 200), (" M-17 ", 200), ("", 403), ("M-18", 403), ("9" * 101, 403)],
    ids=["right", "with blanks", "missing", "wrong", "far too long"],
)
def test_the_member_number_is_asked_where_the_kind_says_so(number: str, status: int, world: PagesWorld) -> None:
    world.me = replace(ME, asks_member_number=True)
    assert 'name="member_number"' in client(world).get(f"/m/{LINK}").text
    answer = client(world).post(f"/m/{LINK}", data=SHOWN | {"member_number": number})
    assert (answer.status_code, bool(world.signed)) == (status, status == 200)


@pytest.mark.parametrize("verdict", list(PageVerdict))
def test_every_verdict_is_told_in_words(verdict: PageVerdict, world: PagesWorld) -> None:
    world.sign_by_link = lambda _key, _number: verdict.value  # type: ignore[method-assign]
    answer = client(world).post(f"/m/{LINK}", data=SHOWN)
    words = re.search(r'id="verdict" role="(\w+)">\s*<p>\s*(.+?)\s*</p>', answer.text, re.S)
    assert words is not None and len(words[2]) > 20
    assert answer.status_code < 500


@pytest.mark.parametrize("where", list(ProposalState))
def test_every_state_has_its_pages(where: ProposalState, world: PagesWorld) -> None:
    is_open = where in (ProposalState.PETITION_OPEN, ProposalState.QUALIFIED)
    closes_at = None if is_open else PETITION.closes_at
    world.petition = replace(PETITION, state=where, is_collecting=is_open, closes_at=closes_at)
    public = client(world).get("/p/mig-1")
    assert public.status_code == 200 and ("Sign by mail" in public.text) is is_open
    was_approved = where in (ProposalState.APPROVED, ProposalState.REPORTED, ProposalState.RENEWAL_DUE)
    waits = where in (ProposalState.SUBMITTED, ProposalState.ACKNOWLEDGED)
    assert ("It was approved." in public.text, "waits for a decision" in public.text) == (was_approved, waits)
    for state in SignatureState:
        may_sign = is_open and state is SignatureState.WITHDRAWN
        world.me = replace(ME, signature=state, may_sign=may_sign)
        personal = client(world).get(f"/m/{LINK}")
        assert personal.status_code == 200 and ("I sign</button>" in personal.text) is may_sign


# --- the public page --------------------------------------------------------------------------------------------------


def test_the_public_page_shows_progress_in_words_and_no_key(world: PagesWorld) -> None:
    page = client(world).get("/p/mig-1")
    assert '<progress aria-labelledby="progress-words" max="100" value="63">' in page.text
    assert "63 of 100 signatures" in page.text and "37 more are needed" in page.text
    assert "Wednesday, July 31, 2013, end of the day" in page.text
    assert 'href="mailto:connect@lists.example.org?subject=SIGN%20mig-1&amp;body=SIGN"' in page.text
    assert "Robin" not in page.text and LINK not in page.text


def test_more_than_enough_signatures_are_enough(world: PagesWorld) -> None:
    world.petition = replace(PETITION, validated=1234)
    page = client(world).get("/p/mig-1").text
    assert 'max="100" value="100"' in page and "1,234 of 100 signatures" in page and ": enough." in page


def test_the_same_answer_for_every_address(world: PagesWorld) -> None:
    """R57: the page is no oracle for who is a member."""
    answers = {
        client(world).post("/p/mig-1", data={"email": address}).text
        for address in ("anna@example.org", "nobody@example.org", " anna@example.org ")
    }
    assert len(answers) == 1
    assert world.invited == [
        ("mig-1", "anna@example.org"),
        ("mig-1", "nobody@example.org"),
        ("mig-1", "anna@example.org"),
    ]


@pytest.mark.parametrize(
    "address",
    [
        "",
        "anna",
        "a@b",
        "a@example.org\r\nBcc: x@example.org",
        "a@example.org,b@example.org",
        "<a@example.org>",
        HOSTILE,
        "x" * 300 + "@example.org",
    ],
    ids=["nothing", "no @", "no domain", "a header", "two", "brackets", "hostile", "too long"],
)
def test_what_is_no_address_is_said_and_nothing_is_asked(address: str, world: PagesWorld) -> None:
    answer = client(world).post("/p/mig-1", data={"email": address})
    assert (answer.status_code, world.invited) == (400, [])
    assert 'role="alert"' in answer.text and "Bcc" not in answer.text and "onerror" not in answer.text


def test_a_closed_petition_invites_nobody(world: PagesWorld) -> None:
    world.petition = replace(PETITION, is_collecting=False, state=ProposalState.CLOSED)
    assert client(world).post("/p/mig-1", data={"email": "anna@example.org"}).status_code == 200
    assert world.invited == []


# --- unsubscribing ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "request_",
    [
        pytest.param({"data": {"List-Unsubscribe": "One-Click"}}, id="R97 urlencoded"),
        pytest.param({"files": {"List-Unsubscribe": (None, "One-Click")}}, id="R97 multipart"),
        pytest.param({"data": {"action": "unsubscribe"}}, id="the page's button"),
    ],
)
def test_one_post_unsubscribes_at_once_and_again_does_no_harm(request_: dict[str, object], world: PagesWorld) -> None:
    """R97: RFC 8058 without cookies, idempotent, immediate; no redirect."""
    for _ in range(3):
        answer = client(world).post(f"/u/{UNSUBSCRIBE}", **request_)  # type: ignore[arg-type]
        assert answer.status_code == 200 and "set-cookie" not in answer.headers and not answer.history
        assert world.opted_out == {UNSUBSCRIBE}
    assert "unsubscribed already" in client(world).get(f"/u/{UNSUBSCRIBE}").text


def test_an_unsubscribe_key_does_nothing_else(world: PagesWorld) -> None:
    """R51: keys are single-purpose."""
    before = world.state()
    assert client(world).get(f"/m/{UNSUBSCRIBE}").status_code == 404
    assert client(world).post(f"/m/{UNSUBSCRIBE}", data=SHOWN).status_code == 404
    assert world.state() == before


# --- unknown and hostile ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_every_unknown_address_gets_the_same_page(method: str, world: PagesWorld) -> None:
    """R57: an unknown key, one of another form, an unknown petition: one neutral answer."""
    paths = [
        f"/m/{NO_SUCH}",
        f"/m/{OTHER_LINK}",
        "/m/x",
        f"/m/{LINK}x",
        f"/u/{NO_SUCH}",
        "/u/%00",
        "/p/mig-2",
        "/p/MIG-1",
        "/p/..%2f",
        "/",
        "/m/",
        "/admin",
        "/m/" + "a" * 5000,
    ]
    answers = [
        client(world).request(
            method,
            path,
            data=SHOWN | {"email": "a@example.org", "List-Unsubscribe": "One-Click"} if method == "POST" else None,
        )
        for path in paths
    ]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.text for answer in answers}) == 1


def test_keys_are_read_in_either_case(world: PagesWorld) -> None:
    assert client(world).get(f"/m/{LINK.upper()}").status_code == 200


def test_what_people_wrote_stays_text(world: PagesWorld) -> None:
    """R48: no template, no tag, no picture comes of it."""
    world.petition = replace(
        PETITION,
        **dict.fromkeys(
            ("title", "kind_title", "kind_description", "kind_source", "act", "author_name", "liaison_name"), HOSTILE
        ),
        organizer_names=(HOSTILE,),
        statement=HOSTILE
        + "\n\n![pixel](https://evil.example.org/p.gif)\n\n[go](javascript:alert(1))\n\n<iframe src=x>",
    )
    world.me = replace(ME, member_name=HOSTILE)
    for page in ("/p/mig-1", f"/m/{LINK}", f"/u/{UNSUBSCRIBE}"):
        text = client(world).get(page).text
        assert "{{7*7}}" in text and "49" not in re.sub(r"[0-9a-f]{12}|#\w+", "", text)
        found = Links(text)
        assert not {"script", "img", "iframe", "object", "embed"} & set(found.tags)
        assert not [name for name in found.attributes if name.startswith("on")]
        assert not [link for link in found.links if "javascript" in link]


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        pytest.param(
            {"content": b"a=" + b"x" * 9000, "headers": {"content-type": "application/x-www-form-urlencoded"}},
            413,
            id="too much",
        ),
        pytest.param({"data": {f"f{n}": "x" for n in range(50)}}, 400, id="too many fields"),
        pytest.param({"files": {"List-Unsubscribe": ("a.txt", b"One-Click")}}, 400, id="a file"),
        pytest.param({"content": b"--x", "headers": {"content-type": "multipart/form-data"}}, 400, id="no boundary"),
        pytest.param(
            {"content": b"--x\r\nbroken", "headers": {"content-type": "multipart/form-data; boundary=x"}},
            400,
            id="broken multipart",
        ),
        pytest.param(
            {
                "content": b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n\xff\r\n--x--',
                "headers": {"content-type": "multipart/form-data; boundary=x; charset=nonsense"},
            },
            400,
            id="unknown charset",
        ),
        pytest.param(
            {
                "content": b"%ff%00=%zz&=&&&",
                "headers": {"content-type": "application/x-www-form-urlencoded; charset=utf-7"},
            },
            400,
            id="broken urlencoding",
        ),
    ],
)
def test_bodies_are_limited_and_never_break_a_page(request_: dict[str, object], status: int, world: PagesWorld) -> None:
    before = world.state()
    answer = client(world).post(f"/u/{UNSUBSCRIBE}", **request_)  # type: ignore[arg-type]
    assert (answer.status_code, world.state()) == (status, before)
    assert "<main>" in answer.text


def test_a_failure_is_a_page_without_detail_and_one_line_in_the_log(
    world: PagesWorld, caplog: pytest.LogCaptureFixture
) -> None:
    world.is_broken = True
    with caplog.at_level(logging.ERROR):
        answer = client(world).get("/p/mig-1")
    assert answer.status_code == 500
    assert "hunter2" not in answer.text and "RuntimeError" not in answer.text and "Something went wrong" in answer.text
    assert [record.name for record in caplog.records] == ["mailflow.web.guard"]


# --- headers and templates --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("page", [*PAGES, "/nowhere", f"/m/{NO_SUCH}"])
def test_every_answer_carries_strict_headers(page: str, world: PagesWorld) -> None:
    for answer in (client(world).get(page), client(world).put(page)):
        policy = answer.headers["content-security-policy"]
        assert policy.startswith("default-src 'none'; style-src 'sha256-") and "unsafe" not in policy
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "set-cookie" not in answer.headers and "location" not in answer.headers
        public = answer.status_code == 200 and page.startswith("/p/")
        assert answer.headers["cache-control"] == ("public, max-age=30" if public else "no-store")


def test_a_failing_page_has_the_headers_too(world: PagesWorld) -> None:
    world.is_broken = True
    answer = client(world).get("/p/mig-1")
    assert answer.headers["cache-control"] == "no-store" and "content-security-policy" in answer.headers


def test_health_says_whether_the_database_answers(world: PagesWorld) -> None:
    assert client(world).get("/healthz").text == "ok\n"
    world.is_up = False
    assert client(world).get("/healthz").status_code == 503


TEMPLATES = sorted(packaged("templates").joinpath("web").iterdir())


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_templates_load_nothing_and_watch_nobody(path: Path) -> None:
    """R98: no pixel, no script, no redirect, nothing from elsewhere."""
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"<(script|img|iframe|object|embed|link|base|video|audio|svg)\b", text, re.I)
    assert not re.search(r"\bon[a-z]+\s*=|http-equiv|url\(|@import|@font-face|https?://|\bstyle=", text, re.I)
    assert "|safe" not in text


@pytest.mark.parametrize("page", [*PAGES[:4], "/nowhere"])
def test_pages_can_be_read_by_everyone(page: str, world: PagesWorld) -> None:
    """R99: language, one main heading, headings in order, a label for each field, words for the progress bar."""
    text = client(world).get(page).text
    assert text.startswith('<!doctype html>\n<html lang="en">')
    assert text.count("<h1>") == 1 and "<main>" in text and 'name="viewport"' in text
    levels = [int(level) for level in re.findall(r"<h([1-6])\b", text)]
    assert all(after - before <= 1 for before, after in pairwise(levels))
    for name in re.findall(r'<input id="(\w+)"', text):
        assert f'<label for="{name}">' in text


def luminance(colour: str) -> float:
    """WCAG 2.2 relative luminance."""
    digits = colour.lstrip("#")
    digits = "".join(2 * c for c in digits) if len(digits) == 3 else digits
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_colours_have_contrast(scheme: str) -> None:
    """WCAG 2.2 AA: 4.5:1 for text, 3:1 for what bounds a field."""
    style = packaged("templates").joinpath("web", "style.css").read_text()
    roots = [dict(re.findall(r"--([a-z-]+): (#\w+)", line)) for line in style.splitlines() if ":root" in line]
    colours = roots[0] | (roots[1] if scheme == "dark" else {})
    pairs = [
        ("ink", "ground"),
        ("ink", "soft"),
        ("quiet", "ground"),
        ("blue", "ground"),
        ("blue", "soft"),
        ("on-blue", "blue"),
    ]
    for one, other, least in [*((*pair, 4.5) for pair in pairs), ("line", "ground", 3.0), ("line", "soft", 3.0)]:
        low, high = sorted((luminance(colours[one]), luminance(colours[other])))
        assert (high + 0.05) / (low + 0.05) >= least, (one, other)


def test_the_association_may_have_its_own_words(world: PagesWorld, tmp_path: Path) -> None:
    (tmp_path / "web").mkdir()
    (tmp_path / "web" / "invited.html").write_text("{% extends 'base.html' %}{% block content %}Ours{% endblock %}")
    app = TestClient(create_app(world, tmp_path))
    assert "Ours" in app.post("/p/mig-1", data={"email": "a@example.org"}).text
    assert "63 of 100" in app.get("/p/mig-1").text
    (tmp_path / "web" / "invited.html").write_text("\n{% extends 'base.html %}")
    with pytest.raises(TemplateError, match=r"web/invited\.html, line 2: "):
        create_app(world, tmp_path)
