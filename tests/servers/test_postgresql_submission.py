"""The packet and the committee on PostgreSQL: tests/acceptance/test_submission.py again."""

# ruff: noqa: F403 -- the tests and fixtures of another file are this file's
from __future__ import annotations

import pytest

from tests.acceptance.test_submission import *

pytestmark = pytest.mark.usefixtures("on_postgresql")
