"""Pages from templates/web: autoescaped, with one style sheet inside and nothing to load."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, StrictUndefined, TemplateError, TemplateSyntaxError
from markupsafe import Markup
from starlette.responses import HTMLResponse

from mailflow.domain.views import Site
from mailflow.errors import TemplateError as BadTemplate
from mailflow.service.markdown import markdown_html
from mailflow.service.speech import template_folder
from mailflow.service.words import day_words, deadline_words, instant_words


class Renderer:
    """Renders pages. override: the association's own templates, whose files replace ours of the same name."""

    def __init__(self, site: Site, override: Path | None = None) -> None:
        roots = [root / "web" for root in (override, template_folder()) if root is not None]
        self._environment = Environment(
            loader=ChoiceLoader([FileSystemLoader(root) for root in roots]),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.filters |= {
            "markdown": lambda source: Markup(markdown_html(source)),
            "deadline": lambda at: deadline_words(at, site.zone),
            "instant": lambda at: instant_words(at, site.zone),
            "day": day_words,
            "iso": lambda at: at.isoformat(timespec="seconds"),
            "plural": lambda n, one, many: f"{n:,} {one if n == 1 else many}",
        }
        self._environment.globals |= {"site": site, "sign_by_mail": lambda name: sign_by_mail(site.address, name)}
        self._environment.globals["ask_by_mail"] = lambda title: ask_by_mail(site.address, title)
        self.style = self._read("style.css")
        self._environment.globals["style"] = Markup(self.style)
        self._check()

    def _check(self) -> None:
        """Find mistakes in templates at the start, not when a member stands before the page."""
        try:
            for name in self._environment.list_templates(extensions=["html"]):
                self._environment.get_template(name)
        except TemplateSyntaxError as error:
            raise BadTemplate(f"{error.filename or error.name}, line {error.lineno}: {error.message}") from None

    def _read(self, name: str) -> str:
        loader = self._environment.loader
        assert loader is not None
        try:
            return loader.get_source(self._environment, name)[0].strip()
        except TemplateError as error:
            raise BadTemplate(f"templates/web/{name} can't be read: {error}") from None

    def page(
        self, name: str, status: int = 200, headers: Mapping[str, str] | None = None, **values: object
    ) -> HTMLResponse:
        """Give a page. values: what the template shows."""
        text = self._environment.get_template(name).render(values)
        return HTMLResponse(text, status, dict(headers or {}))


def ask_by_mail(address: str, title: str) -> str:
    """Give the mailto: of a question about something: its title in the subject says what it is about (RFC 6068)."""
    return f"mailto:{quote(address, safe='@')}?subject={quote(title)}"


def sign_by_mail(address: str, petition_id: str) -> str:
    """Give the mailto: of 'Sign by mail' on a public page: it names the petition and carries no key (RFC 6068)."""
    return f"mailto:{quote(address, safe='@')}?subject={quote(f'SIGN {petition_id}')}&body=SIGN"
