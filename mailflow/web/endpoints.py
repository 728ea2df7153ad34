"""What each address answers. Plain functions: Starlette runs them in worker threads."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from mailflow.domain.digest import Frequency
from mailflow.domain.opt_out import Choice
from mailflow.domain.phrase import say
from mailflow.domain.views import PageVerdict, PersonalView, PetitionView
from mailflow.mail.address import is_address
from mailflow.mail.key import is_key
from mailflow.service.speech import language_of
from mailflow.web.loopback import is_local

if TYPE_CHECKING:
    from mailflow.web.app import Pages
    from mailflow.web.render import Renderer

MEMBER_NUMBER_MAX = 100
LANGUAGES_MAX_CHARS = 400  # of Accept-Language that are read
METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8"
# a burst of readers costs one look at the database
PUBLIC = {"Cache-Control": "public, max-age=30", "Vary": "Accept-Language"}
ROBOTS = {"X-Robots-Tag": "noindex, nofollow"}

_QUALITY = re.compile(r"q=([01](?:\.[0-9]{0,3})?)")
_ID = re.compile(r"[a-z][a-z0-9-]{0,59}\Z")
_STATUS = {PageVerdict.WRONG_NUMBER: 403, PageVerdict.OVER_LIMIT: 429, PageVerdict.CHANGED: 409}
_KNOWN = frozenset(PageVerdict)
_FREQUENCIES = frozenset(Frequency)
# what the buttons of the preferences page say
_CHOICES = {"unsubscribe": Choice.ALL, "object": Choice.OBJECT, "sort": Choice.SORT, "again": Choice.NOTHING}


def accepted(header: str) -> list[str]:
    """Give the languages that a browser asks for, the dearest first (RFC 9110 section 12.5.4), without refused ones."""
    weighed = []
    for each in header[:LANGUAGES_MAX_CHARS].split(","):
        tag, _, parameter = each.partition(";")
        quality = _QUALITY.fullmatch(parameter.strip()) if parameter else None
        weighed.append((float(quality[1]) if quality else 1.0, tag.strip()))
    return [tag for weight, tag in sorted(weighed, key=lambda one: -one[0]) if weight and tag]


class Endpoints:
    """The pages' answers, over what the service can do."""

    def __init__(self, pages: Pages, renderer: Renderer) -> None:
        self._pages, self._renderer = pages, renderer

    def petition(self, request: Request) -> Response:
        """GET /p/{id}: the petition and how far it is."""
        petition, language = self._petition(request), self.language(request)
        return self._renderer.page("petition.html", language, headers=PUBLIC, petition=petition, problem="")

    def invite(self, request: Request) -> Response:
        """POST /p/{id}: mail a member their own invitation; the same answer for every address (R57)."""
        petition, language = self._petition(request), self.language(request)
        address = request.state.form.get("email", "").strip()
        if not is_address(address):
            problem = say("That is not an email address. It should look like name@example.org.")
            return self._renderer.page("petition.html", language, 400, petition=petition, problem=problem)
        if petition.is_collecting:
            self._pages.request_invitation(petition.id, address)
        return self._renderer.page("invited.html", language, petition=petition)

    def launch(self, request: Request) -> Response:
        """GET /l/{id}: where a launch stands today, and how it came to that."""
        launch_id = request.path_params["launch_id"]
        view = self._pages.launch_view(launch_id) if _ID.match(launch_id) else None
        if view is None:
            raise HTTPException(404)
        return self._renderer.page("launch.html", self.language(request), headers=PUBLIC, launch=view)

    def personal(self, request: Request) -> Response:
        """GET /m/{key}: the petition, the act, and the member's buttons."""
        return self._personal_page(request, self._personal(request), None)

    def act(self, request: Request) -> Response:
        """POST /m/{key}: sign or withdraw, as the button says."""
        view, key = self._personal(request), self._key(request)
        action = request.state.form.get("action", "")
        if action == "sign":
            verdict = self._sign(view, key, request.state.form)
        elif action == "withdraw":
            verdict = self._pages.withdraw_by_link(key)
        else:
            raise HTTPException(400)
        shown = PageVerdict(verdict if verdict in _KNOWN else "unknown")
        return self._personal_page(request, self._personal(request), shown)

    def _sign(self, view: PersonalView, key: str, form: dict[str, str]) -> str:
        """Sign what the page had shown, and nothing else (design rule 5)."""
        shown = (form.get("statement", ""), form.get("act", ""))
        if shown != (view.petition.statement_sha256, view.petition.act_sha256):
            return PageVerdict.CHANGED
        number = form.get("member_number", "").strip()
        if view.asks_member_number and not 0 < len(number) <= MEMBER_NUMBER_MAX:
            return PageVerdict.WRONG_NUMBER
        return self._pages.sign_by_link(key, number if view.asks_member_number else "")

    def unsubscribing(self, request: Request) -> Response:
        """GET /u/{key}: a page with a button."""
        view = self._pages.unsubscribe_view(self._key(request))
        if view is None:
            raise HTTPException(404)
        return self._renderer.page("unsubscribe.html", self.language(request, view.language), headers=ROBOTS, view=view)

    def unsubscribe(self, request: Request) -> Response:
        """POST /u/{key}: a button of the page, or a mail program's one click (RFC 8058 section 3.2); at once."""
        form, key = request.state.form, self._key(request)
        choice = _CHOICES.get(form.get("action", ""))
        if form.get("List-Unsubscribe") == "One-Click":
            is_known = self._pages.unsubscribe(key)
        elif choice is not None:
            is_known = self._pages.choose(key, choice)
        else:
            raise HTTPException(400)
        view = self._pages.unsubscribe_view(key)
        if view is None or not (is_known or view.is_sample):
            raise HTTPException(404)
        return self._renderer.page(
            "unsubscribed.html", self.language(request, view.language), headers=ROBOTS, view=view
        )

    def frequency(self, request: Request) -> Response:
        """GET /d/{key}: how often the reader of a digest gets one, and buttons."""
        return self._frequency_page(request, is_done=False)

    def choose_frequency(self, request: Request) -> Response:
        """POST /d/{key}: a button; what it says holds from now on."""
        chosen = request.state.form.get("action", "")
        if chosen not in _FREQUENCIES:
            raise HTTPException(400)
        return self._frequency_page(request, is_done=self._pages.choose_frequency(self._key(request), chosen))

    def _frequency_page(self, request: Request, *, is_done: bool) -> Response:
        view = self._pages.frequency_view(self._key(request))
        if view is None:
            raise HTTPException(404)
        language = self.language(request)
        return self._renderer.page("frequency.html", language, headers=ROBOTS, view=view, is_done=is_done)

    def language(self, request: Request, own: str = "") -> str:
        """Choose the language of a page: the member's own, else what the browser asks for, else the association's."""
        return language_of(own, *accepted(request.headers.get("accept-language", "")), self._pages.site.language)

    def health(self, _request: Request) -> Response:
        """GET /healthz: for whoever watches the service."""
        is_healthy = self._pages.is_healthy()
        return PlainTextResponse("ok\n" if is_healthy else "no database\n", 200 if is_healthy else 503)

    def metrics(self, request: Request) -> Response:
        """GET /metrics: numbers for Prometheus; to anybody but this machine there is no such page."""
        if not is_local(request):
            raise HTTPException(404)
        return Response(self._pages.metrics(), media_type=METRICS_TYPE)

    def _petition(self, request: Request) -> PetitionView:
        petition_id = request.path_params["petition_id"]
        view = self._pages.petition_view(petition_id) if _ID.match(petition_id) else None
        if view is None:
            raise HTTPException(404)
        return view

    def _key(self, request: Request) -> str:
        """Give the key of the address; what has not its form is answered like an unknown one."""
        key = str(request.path_params["key"])
        if not is_key(key):
            raise HTTPException(404)
        return key.lower()

    def _personal(self, request: Request) -> PersonalView:
        view = self._pages.personal_view(self._key(request))
        if view is None:
            raise HTTPException(404)
        return view

    def _personal_page(self, request: Request, view: PersonalView, verdict: PageVerdict | None) -> Response:
        status = _STATUS.get(verdict, 200) if verdict is not None else 200
        language = self.language(request, view.language)
        shown = {"view": view, "petition": view.petition, "verdict": verdict}
        return self._renderer.page("personal.html", language, status, ROBOTS, **shown)
