"""Templates that speak a language: {% trans %}, {% pluralize %} and names in a row, for mails and for pages.

A text template may share its sentence with the page: <strong> is for pages, and is left out of texts.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from jinja2 import Environment, pass_eval_context
from jinja2.nodes import EvalContext
from markupsafe import Markup

from mailflow.domain.phrase import is_number
from mailflow.service.speech import speech

EXTENSIONS = ("jinja2.ext.i18n",)
PutIn = Callable[[EvalContext, object], object]


def as_it_is(_context: EvalContext, value: object) -> object:
    """Put a value into a sentence unchanged."""
    return value


def speaking(environment: Environment, language: str, put_in: PutIn = as_it_is) -> Environment:
    """Give an environment with EXTENSIONS as it speaks a language. put_in: what becomes of a value in a sentence."""
    tongue = speech(language)

    def shown(context: EvalContext, message: str, values: dict[str, Any]) -> str:
        told = {
            name: tongue.number(value) if is_number(value) else put_in(context, value) for name, value in values.items()
        }
        if context.autoescape:
            return Markup(message) % told
        return message.replace("<strong>", "").replace("</strong>", "") % told

    @pass_eval_context
    def gettext(context: EvalContext, message: str, /, **values: Any) -> str:
        return shown(context, tongue.text(message), values)

    @pass_eval_context
    def ngettext(context: EvalContext, one: str, many: str, n: int, /, **values: Any) -> str:
        return shown(context, tongue.plural(one, many, n), {"num": n, **values})

    spoken = environment.overlay()
    spoken.newstyle_gettext = True  # type: ignore[attr-defined]
    spoken.globals = {**environment.globals, "gettext": gettext, "ngettext": ngettext, "_": gettext}
    spoken.filters = {**environment.filters, "in_a_row": tongue.row, "number": tongue.number}
    return spoken
