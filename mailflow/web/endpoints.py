"""What each address answers. Plain functions: Starlette runs them in worker threads."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from mailflow.domain.opt_out import Choice
from mailflow.domain.views import PageVerdict, PersonalView, PetitionView
from mailflow.mail.address import is_address
from mailflow.mail.key import is_key
from mailflow.web.loopback import is_local

if TYPE_CHECKING:
    from mailflow.web.app import Pages
    from mailflow.web.render import Renderer

MEMBER_NUMBER_MAX = 100
METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8"
PUBLIC = {"Cache-Control": "public, max-age=30"}  # a burst of readers costs one look at the database
ROBOTS = {"X-Robots-Tag": "noindex, nofollow"}

_ID = re.compile(r"[a-z][a-z0-9-]{0,59}\Z")
_STATUS = {PageVerdict.WRONG_NUMBER: 403, PageVerdict.OVER_LIMIT: 429, PageVerdict.CHANGED: 409}
_KNOWN = frozenset(PageVerdict)
# what the buttons of the preferences page say
_CHOICES = {"unsubscribe": Choice.ALL, "object": Choice.OBJECT, "sort": Choice.SORT, "again": Choice.NOTHING}


class Endpoints:
    """The pages' answers, over what the service can do."""

    def __init__(self, pages: Pages, renderer: Renderer) -> None:
        self._pages, self._renderer = pages, renderer

    def petition(self, request: Request) -> Response:
        """GET /p/{id}: the petition and how far it is."""
        return self._renderer.page("petition.html", headers=PUBLIC, petition=self._petition(request), problem="")

    def invite(self, request: Request) -> Response:
        """POST /p/{id}: mail a member their own invitation; the same answer for every address (R57)."""
        petition = self._petition(request)
        address = request.state.form.get("email", "").strip()
        if not is_address(address):
            problem = "That is not an email address. It should look like name@example.org."
            return self._renderer.page("petition.html", 400, petition=petition, problem=problem)
        if petition.is_collecting:
            self._pages.request_invitation(petition.id, address)
        return self._renderer.page("invited.html", petition=petition)

    def launch(self, request: Request) -> Response:
        """GET /l/{id}: where a launch stands today, and how it came to that."""
        launch_id = request.path_params["launch_id"]
        view = self._pages.launch_view(launch_id) if _ID.match(launch_id) else None
        if view is None:
            raise HTTPException(404)
        return self._renderer.page("launch.html", headers=PUBLIC, launch=view)

    def personal(self, request: Request) -> Response:
        """GET /m/{key}: the petition, the act, and the member's buttons."""
        return self._personal_page(self._personal(request), None)

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
        return self._personal_page(self._personal(request), PageVerdict(verdict if verdict in _KNOWN else "unknown"))

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
        return self._renderer.page("unsubscribe.html", headers=ROBOTS, view=view)

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
        return self._renderer.page("unsubscribed.html", headers=ROBOTS, view=view)

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

    def _personal_page(self, view: PersonalView, verdict: PageVerdict | None) -> Response:
        status = _STATUS.get(verdict, 200) if verdict is not None else 200
        return self._renderer.page("personal.html", status, ROBOTS, view=view, petition=view.petition, verdict=verdict)
