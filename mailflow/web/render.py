"""Pages from templates/web: autoescaped, with one style sheet inside and nothing to load."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from urllib.parse import quote

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, StrictUndefined, TemplateError, TemplateSyntaxError
from markupsafe import Markup
from starlette.responses import HTMLResponse

from mailflow.domain.phrase import LANGUAGES
from mailflow.domain.views import Site
from mailflow.errors import TemplateError as BadTemplate
from mailflow.service.markdown import markdown_html
from mailflow.service.speech import in_language, template_folder
from mailflow.service.wording import EXTENSIONS, speaking
from mailflow.service.words import day_words, deadline_words, instant_words


class Renderer:
    """Renders pages. override: the association's own templates, whose files replace ours of the same name."""

    def __init__(self, site: Site, override: Path | None = None) -> None:
        roots = [root / "web" for root in (override, template_folder()) if root is not None]
        self._environment = Environment(
            loader=ChoiceLoader([FileSystemLoader(root) for root in roots]),
            extensions=EXTENSIONS,
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.filters |= {
            "markdown": lambda source: Markup(markdown_html(source)),
            "iso": lambda at: at.isoformat(timespec="seconds"),
        }
        self._site = site
        self._environment.globals |= {"site": site, "sign_by_mail": lambda name: sign_by_mail(site.address, name)}
        self._environment.globals["ask_by_mail"] = lambda title: ask_by_mail(site.address, title)
        self._speaking = cache(self._in_language)
        self.style = self._read("style.css")
        self._environment.globals["style"] = Markup(self.style)
        self._check()

    def _in_language(self, language: str) -> Environment:
        zone, spoken = self._site.zone, speaking(self._environment, language)
        spoken.globals["language"] = language
        spoken.filters |= {
            "deadline": lambda at: deadline_words(at, zone, language),
            "instant": lambda at: instant_words(at, zone, language),
            "day": lambda on: day_words(on, language),
        }
        return spoken

    def _check(self) -> None:
        """Find mistakes in templates and catalogues at the start, not when a member stands before the page."""
        try:
            for environment in map(self._speaking, LANGUAGES):
                for name in environment.list_templates(extensions=["html"]):
                    environment.get_template(name)
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
        self, name: str, language: str, status: int = 200, headers: Mapping[str, str] | None = None, **values: object
    ) -> HTMLResponse:
        """Give a page in a language that we write. values: what the template shows."""
        text = self._speaking(language).get_template(name).render(in_language(values, language))
        return HTMLResponse(text, status, {"Content-Language": language, **(headers or {})})


def ask_by_mail(address: str, title: str) -> str:
    """Give the mailto: of a question about something: its title in the subject says what it is about (RFC 6068)."""
    return f"mailto:{quote(address, safe='@')}?subject={quote(title)}"


def sign_by_mail(address: str, petition_id: str) -> str:
    """Give the mailto: of 'Sign by mail' on a public page: it names the petition and carries no key (RFC 6068)."""
    return f"mailto:{quote(address, safe='@')}?subject={quote(f'SIGN {petition_id}')}&body=SIGN"
