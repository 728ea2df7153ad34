"""The pages as an ASGI app. It knows no database: what it shows and does is behind `Pages`, bound by the caller.

    GET  /p/{id}   the public petition page            POST: mail me my own invitation
    GET  /l/{id}   a launch as it stands today
    GET  /m/{key}  a member's personal page            POST: action=sign | withdraw
    GET  /u/{key}  preferences, a page with buttons    POST: a button, and one-click (RFC 8058, the header's key)
    GET  /d/{key}  how often somebody gets digests  POST: a button
    GET  /healthz  ok
    GET  /metrics  numbers for Prometheus, to this machine alone

A GET changes nothing (design rule 8). No cookies, no scripts, nothing from elsewhere.
"""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp

from mailflow.domain.views import FrequencyView, LaunchView, PersonalView, PetitionView, Site, UnsubscribeView
from mailflow.web.endpoints import Endpoints
from mailflow.web.guard import Form, Front, security_headers
from mailflow.web.render import Renderer


class Pages(Protocol):
    """What the pages need of the service; each call is one transaction at most. Methods may block."""

    @property
    def site(self) -> Site: ...

    def petition_view(self, petition_id: str) -> PetitionView | None:
        """Give a petition that is public, None for drafts and unknown ids."""

    def launch_view(self, launch_id: str) -> LaunchView | None:
        """Give a launch as it stands now, None for unknown ids."""

    def personal_view(self, link_key: str) -> PersonalView | None:
        """Give what a personal link shows, None for an unknown key."""

    def sign_by_link(self, link_key: str, member_number: str) -> str:
        """Sign; a PageVerdict. member_number: "" where the kind does not ask for it."""

    def withdraw_by_link(self, link_key: str) -> str:
        """Withdraw; a PageVerdict."""

    def unsubscribe_view(self, key: str) -> UnsubscribeView | None:
        """Give what an unsubscribe link is about, None for an unknown key."""

    def unsubscribe(self, key: str) -> bool:
        """Unsubscribe by one click, at once and as often as asked; False for any key but the header's."""

    def choose(self, key: str, choice: str) -> bool:
        """Keep what a button of the page says (an opt_out.Choice); False for an unknown key."""

    def frequency_view(self, key: str) -> FrequencyView | None:
        """Give what the link in a digest shows, None for an unknown key."""

    def choose_frequency(self, key: str, frequency: str) -> bool:
        """Keep how often the reader of a digest wants them (a digest.Frequency); False for an unknown key."""

    def request_invitation(self, petition_id: str, address: str) -> None:
        """Mail a member their own invitation; silent about whether there is such a member; limits rates itself."""

    def is_healthy(self) -> bool:
        """Tell whether the database answers."""

    def metrics(self) -> str:
        """Give the numbers in Prometheus' text format."""


def create_app(pages: Pages, templates: Path | None = None) -> ASGIApp:
    """Make the app. templates: the association's own folder (association.templates), None for ours alone.

    Raises TemplateError when a template is missing. Serve it without an access log: addresses of pages are keys.
    """
    renderer = Renderer(pages.site, templates)
    ends = Endpoints(pages, renderer)
    form = [Middleware(Form)]

    def refused(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        code = error.status_code
        return renderer.page("error.html", ends.language(request), code, error.headers, code=code)

    def failed(request: Request, _error: Exception) -> Response:
        return renderer.page("error.html", ends.language(request), 500, code=500)

    app = Starlette(
        routes=[
            Route("/p/{petition_id}", ends.petition, methods=["GET"]),
            Route("/p/{petition_id}", ends.invite, methods=["POST"], middleware=form),
            Route("/l/{launch_id}", ends.launch, methods=["GET"]),
            Route("/m/{key}", ends.personal, methods=["GET"]),
            Route("/m/{key}", ends.act, methods=["POST"], middleware=form),
            Route("/u/{key}", ends.unsubscribing, methods=["GET"]),
            Route("/u/{key}", ends.unsubscribe, methods=["POST"], middleware=form),
            Route("/d/{key}", ends.frequency, methods=["GET"]),
            Route("/d/{key}", ends.choose_frequency, methods=["POST"], middleware=form),
            Route("/healthz", ends.health, methods=["GET"]),
            Route("/metrics", ends.metrics, methods=["GET"]),
        ],
        exception_handlers={HTTPException: refused, Exception: failed},
    )
    app.router.redirect_slashes = False  # an address that is nearly right is not right: no redirects
    return Front(app, security_headers(renderer.style))
