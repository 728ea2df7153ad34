"""Retention on PostgreSQL: tests/acceptance/test_retention.py again."""

# ruff: noqa: F403 -- the tests and fixtures of another file are this file's
from __future__ import annotations

import pytest

from tests.acceptance.test_retention import *

pytestmark = pytest.mark.usefixtures("on_postgresql")
