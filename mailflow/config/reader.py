"""Read a TOML table into its class: unknown keys, missing keys, secrets from elsewhere, every check; all at once."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import MISSING, Field, fields
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from mailflow.config.checks import Bad, shown
from mailflow.errors import ConfigError

SECRET_MAX_BYTES = 100_000


class Reader:
    """Reads one file's tables; `problems` fills up on the way."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.problems: list[ConfigError] = []

    def refuse(self, key: str, problem: str, remedy: str) -> None:
        """Note a problem and go on."""
        self.problems.append(ConfigError(key, problem, remedy))

    def table(self, cls: type[Any], given: Any, prefix: str = "") -> Any:
        """Give the table's value, or None where a key is missing or bad (the problems say why)."""
        if not isinstance(given, dict):
            self.refuse(prefix, f"is {shown(given)}", f"it must be a table: [{prefix}]")
            return None
        known = {each.name: each for each in fields(cls) if "check" in each.metadata}
        before = len(self.problems)
        self._refuse_unknown(given, list(known), prefix)
        values = {
            name: self._value(each, given[name], _join(prefix, name)) for name, each in known.items() if name in given
        }
        for name, each in known.items():
            if name not in given and each.default is MISSING and each.default_factory is MISSING:
                self._refuse_missing(each, _join(prefix, name))
        return cls(**values) if len(self.problems) == before else None

    def _refuse_unknown(self, given: dict[str, Any], known: list[str], prefix: str) -> None:
        for name in given:
            if name not in known:
                near = get_close_matches(name, known, 1, 0.5)
                remedy = f"did you mean {_join(prefix, near[0])}?" if near else "known are " + ", ".join(known)
                value = "" if isinstance(given[name], dict) or _is_private(name) else f" (it is {shown(given[name])})"
                self.refuse(_join(prefix, name), f"is not a key of config.toml{value}", remedy)

    def _refuse_missing(self, each: Field[Any], key: str) -> None:
        check = each.metadata["check"]
        if isinstance(check, type):
            self.table(check, {}, key)
        else:
            self.refuse(key, "is missing", "it has no default: write it")

    def _value(self, each: Field[Any], given: Any, key: str) -> Any:
        check, named = each.metadata["check"], each.metadata["named"]
        if named is not None:
            return dict(self._named(check, named, given, key))
        if isinstance(check, type):
            return self.table(check, given, key)
        try:
            return check(self._resolved(given))
        except Bad as bad:
            self.refuse(key, bad.problem, bad.remedy)
            return None

    def _named(self, cls: type[Any], check_name: Any, given: Any, prefix: str) -> Iterator[tuple[str, Any]]:
        if not isinstance(given, dict):
            self.refuse(prefix, f"is {shown(given)}", f"write tables: [{prefix}.NAME]")
            return
        for name, table in given.items():
            try:
                check_name(name)
            except Bad as bad:
                self.refuse(_join(prefix, name), bad.problem, bad.remedy)
            value = self.table(cls, table, _join(prefix, name))
            yield name, value and value.named(name)

    def _resolved(self, given: Any) -> Any:
        """Fetch what "env:NAME" and "file:PATH" stand for, in lists too."""
        if isinstance(given, list):
            return [self._resolved(each) for each in given]
        if isinstance(given, str) and given.startswith("env:"):
            return _from_environment(given)
        if isinstance(given, str) and given.startswith("file:"):
            return _from_file(given, self.folder)
        return given


def _from_environment(given: str) -> str:
    value = os.environ.get(given.removeprefix("env:"))
    if value is None:
        raise Bad(f"is {given!r}", "set this environment variable where mailflow starts")
    return value


def _from_file(given: str, folder: Path) -> str:
    path = folder / given.removeprefix("file:")
    try:
        with path.open("rb") as file:
            data = file.read(SECRET_MAX_BYTES + 1)
        if len(data) > SECRET_MAX_BYTES:
            raise Bad(f"is {given!r}", f"{path} is larger than {SECRET_MAX_BYTES} bytes: it can't be what is meant")
        return data.decode("utf-8").removesuffix("\n").removesuffix("\r")
    except OSError as error:
        raise Bad(f"is {given!r}", f"{path} can't be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise Bad(f"is {given!r}", f"{path} is not UTF-8 text") from None


def _is_private(name: str) -> bool:
    return any(part in name for part in ("pass", "key", "secret", "token"))


def _join(prefix: str, name: str) -> str:
    return f"{prefix}.{name}" if prefix else name
