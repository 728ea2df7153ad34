"""The words that people read: templates/email/<notice>/{subject.txt,body.txt,body.html}, rendered once a mailing.

Facts are data and never template source (R48); slots stay open as holes of the skeleton. Templates are written in
English; other languages come from the catalogues (service.speech). The association's own folder goes before ours, and
may hold a whole part in a language: <notice>/es/body.txt.
"""

from __future__ import annotations

import hashlib
import re
import secrets
import traceback
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import (
    BaseLoader,
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    StrictUndefined,
    Template,
    TemplateNotFound,
    TemplateSyntaxError,
    pass_eval_context,
)
from jinja2.nodes import EvalContext
from markupsafe import Markup, escape

from mailflow.domain.phrase import LANGUAGES
from mailflow.errors import MailflowError, TemplateError
from mailflow.mail.key import redact_keys
from mailflow.mail.skeleton import Context, Rendered, Skeleton, as_written, marker
from mailflow.mail.skeleton_check import check
from mailflow.service.markdown import markdown_html, markdown_text
from mailflow.service.notices import NOTICES, NoticeSpec
from mailflow.service.speech import language_of, template_folder
from mailflow.service.wording import EXTENSIONS, speaking

_BLANK_LINES = re.compile(r"\n(?:[ \t]*\n)+")


class Slot:
    """A field of a person, left open while a template is rendered. It can be put in, and nothing else."""

    def __init__(self, name: str, nonce: str) -> None:
        self._name, self._nonce = name, nonce

    def left_open(self, context: Context) -> str:
        """The marker that stands for the field in that context."""
        return Markup(marker(self._name, context, self._nonce))

    def __bool__(self) -> bool:
        raise TypeError(f"the slot {self._name!r} can't be asked about: its value differs from person to person")

    def __str__(self) -> str:
        raise TypeError(f"the slot {self._name!r} can't be changed or joined: it can only be put in as it is")

    __html__ = __str__


class Templates:
    """All mails. folder: templates/ of the program; override: the association's own, in the same shape, or None."""

    def __init__(self, folder: Path | None = None, override: Path | None = None) -> None:
        roots = [root / "email" for root in (override, folder or template_folder()) if root is not None]
        loaders: list[BaseLoader] = [FileSystemLoader(root) for root in roots]
        self._override = override / "email" if override is not None else None
        self._environment = Environment(
            loader=ChoiceLoader(loaders),
            extensions=EXTENSIONS,
            autoescape=lambda name: name is not None and name.endswith(".html"),
            undefined=StrictUndefined,
            finalize=_put_in,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.filters |= {
            "markdown": _markdown,
            "said": _said,
            "mailto": _mailto,
            "url": _url,
        }
        self._environment.tests["web_address"] = _is_web_address
        self._checked: set[tuple[str, str]] = set()
        self._speaking = cache(lambda language: speaking(self._environment, language, _put_in))

    def render(self, notice: str, facts: Mapping[str, object], slots: Sequence[str] | None = None) -> Skeleton:
        """Render a mailing once. slots: the fields left open, those of the notice's entry in NOTICES by default.

        Raises TemplateError with file and line, or naming the fact that is missing.
        """
        spec = _spec(notice)
        _require(spec, facts)
        language = language_of(str(facts.get("language") or ""))
        self._refuse_unknown_languages(spec)
        nonce = secrets.token_hex(8)
        names: dict[str, object] = {name: Slot(name, nonce) for name in (spec.slots if slots is None else slots)}
        values = {"to_list": False, **facts, "to_many": spec.to_many, "language": language, **names}
        subject, text, page = (self._part(spec, part, language, values) for part in _PARTS)
        rendered = Rendered(" ".join(subject.split()), _tidy_text(text), _BLANK_LINES.sub("\n", page).strip() + "\n")
        digest = hashlib.sha256(f"{notice}\0{rendered.text}".replace(nonce, "").encode("utf-8", "replace"))
        skeleton = Skeleton.read(notice, rendered, f"=_{digest.hexdigest()[:24]}", nonce, language)
        self._check(skeleton, spec)
        return skeleton

    def _part(self, spec: NoticeSpec, part: str, language: str, values: Mapping[str, object]) -> str:
        try:
            return self._template(spec.name, part, language).render(values)
        except MailflowError:
            raise
        except TemplateSyntaxError as error:
            raise TemplateError(f"{error.filename or error.name}, line {error.lineno}: {error.message}") from None
        except TemplateNotFound as error:
            raise TemplateError(f"there is no template {error.name}") from None
        except Exception as error:
            # whatever a template's expression raises is the template's mistake
            raise TemplateError(f"{_place(error, spec.name, part)}: {error}") from error

    def _template(self, notice: str, part: str, language: str) -> Template:
        environment: Environment = self._speaking(language)
        return environment.select_template([f"{notice}/{language}/{part}", f"{notice}/{part}"])

    def _refuse_unknown_languages(self, spec: NoticeSpec) -> None:
        """A folder that no mail is taken from is a mistake, and its words would be missed."""
        if self._override is None or not (folder := self._override / spec.name).is_dir():
            return
        for each in sorted(folder.iterdir()):
            if each.is_dir() and each.name not in LANGUAGES:
                known = ", ".join(LANGUAGES)
                raise TemplateError(f"{each}: {each.name!r} is no language that mails are written in: {known}")

    def _check(self, skeleton: Skeleton, spec: NoticeSpec) -> None:
        """R92. Facts can't move a hole, so a mail to one person is checked once a template."""
        known = (skeleton.notice, skeleton.language)
        if spec.to_many or known not in self._checked:
            check(skeleton)
            self._checked.add(known)


_PARTS = ("subject.txt", "body.txt", "body.html")


def _spec(notice: str) -> NoticeSpec:
    try:
        return NOTICES[notice]
    except KeyError:
        raise TemplateError(f"there is no mail called {notice!r}") from None


def _require(spec: NoticeSpec, facts: Mapping[str, object]) -> None:
    missing = [name for name in spec.facts if name not in facts]
    if missing:
        raise TemplateError(f"{spec.name}: no value was given for {', '.join(missing)}")


def _place(error: Exception, notice: str, part: str) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    in_template = [f for f in frames if f.filename.endswith((".txt", ".html"))]
    return f"{in_template[-1].filename}, line {in_template[-1].lineno}" if in_template else f"{notice}/{part}"


def _tidy_text(text: str) -> str:
    lines = "\n".join(line.rstrip() for line in text.strip().split("\n"))
    return _BLANK_LINES.sub("\n\n", lines) + "\n"


# -- what templates may call ---------------------------------------------------------------------------------------


@pass_eval_context
def _put_in(context: EvalContext, value: object) -> object:
    """What stands in {{ }} at last: a slot becomes its marker, everything else goes on to be escaped."""
    return value.left_open("html" if context.autoescape else "text") if isinstance(value, Slot) else value


@pass_eval_context
def _markdown(context: EvalContext, source: str) -> str | Markup:
    """Markdown that a person wrote, as HTML or as text, by the template it stands in."""
    return Markup(markdown_html(source)) if context.autoescape else markdown_text(source)


@pass_eval_context
def _said(context: EvalContext, words: str) -> str | Markup:
    """Somebody's words, set off from ours and without keys (R59)."""
    clean = redact_keys(words.strip())
    if not context.autoescape:
        return "\n".join(f"> {line}".rstrip() for line in clean.split("\n"))
    return Markup("<br>\n").join(escape(line) for line in clean.split("\n"))


def _mailto(value: Any) -> str:
    return value.left_open("mailto") if isinstance(value, Slot) else as_written(str(value), "mailto", "mailto")


def _url(value: Any) -> str:
    return value.left_open("url") if isinstance(value, Slot) else as_written(str(value), "url", "url")


def _is_web_address(value: object) -> bool:
    return isinstance(value, str) and value.startswith(("https://", "http://")) and len(value.split()) == 1
