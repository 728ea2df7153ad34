"""Properties are tested without a deadline: tables are compiled when their words are met, and machines are busy."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")
