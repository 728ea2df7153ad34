"""What can go wrong, and who must act.

MailflowError
├── UsageError            whoever typed the command: exit code 2
│   └── ConfigError       the operator: a key of config.toml, its value, what would do
├── InputError            whoever wrote the file: roster, units, proposal.md, launch.md, notice.md
├── Refused               whoever asked: the act is not allowed in the object's state
│   └── NotFound          whoever asked: no object, member or mail of that name
├── MailboxError          the operator, if it lasts: the mailbox can't be reached or refuses us
│   └── MailboxLoginError the operator: the password or token is wrong
├── RelayError            the operator, if it lasts: the relay can't be reached or refuses us
│   └── RelayLoginError   the operator: the password is wrong
├── TemplateError         whoever keeps the templates: file and line
├── StoreError            the operator: the database is old, unsafe or unreachable
│   └── StoreAway         the operator, if it lasts: the database went away; what was under way is done again
└── FenceLost             nobody: another worker took over a lease; the stale result is dropped
"""

from __future__ import annotations


class MailflowError(Exception):
    """Anything that mailflow itself reports; its text is fit to be shown to the person who must act."""


class UsageError(MailflowError):
    """A command was called wrongly."""


class ConfigError(UsageError):
    """A configuration key has a value that can't be used."""

    def __init__(self, key: str, problem: str, remedy: str = "") -> None:
        self.key, self.problem, self.remedy = key, problem, remedy
        super().__init__(f"{key} {problem}" + (f"; {remedy}" if remedy else ""))


class InputError(MailflowError):
    """A file can't be taken; all the reasons at once, one a line."""

    def __init__(self, problems: list[str] | str) -> None:
        self.problems = [problems] if isinstance(problems, str) else problems
        super().__init__("\n".join(self.problems))


class Refused(MailflowError):
    """The act is not allowed now; the text says why and what would do."""


class NotFound(Refused):
    """There is nothing of that name."""


class MailboxError(MailflowError):
    """The mailbox can't be used now; it is tried again."""


class MailboxLoginError(MailboxError):
    """The mailbox refused the login."""


class RelayError(MailflowError):
    """The relay can't be used now; it is tried again."""


class RelayLoginError(RelayError):
    """The relay refused the login."""


class TemplateError(MailflowError):
    """A template has a mistake; the text names file and line."""


class StoreError(MailflowError):
    """The database can't be used as it is."""


class StoreAway(StoreError):
    """The database went away, is full or is locked; whether the last commit was done is not known (R12)."""


class FenceLost(MailflowError):
    """Another worker took over this lease."""
