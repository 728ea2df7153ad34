"""The way in on PostgreSQL: tests/acceptance/test_intake_rounds.py again."""

# ruff: noqa: F403 -- the tests and fixtures of another file are this file's
from __future__ import annotations

import pytest

from tests.acceptance.test_intake_rounds import *

pytestmark = pytest.mark.usefixtures("on_postgresql")
