"""The way in on PostgreSQL: tests/acceptance/test_intake_durability.py again."""

# ruff: noqa: F403 -- the tests and fixtures of another file are this file's
from __future__ import annotations

import pytest

from tests.acceptance.test_intake_durability import *

del test_effects_and_state_are_written_together_or_not_at_all  # noqa: F821 -- it copies SQLite's file for each statement

pytestmark = pytest.mark.usefixtures("on_postgresql")
