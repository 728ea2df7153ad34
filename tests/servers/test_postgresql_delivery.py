"""Sending on PostgreSQL: tests/acceptance/test_delivery.py again."""

# ruff: noqa: F403 -- the tests and fixtures of another file are this file's
from __future__ import annotations

import pytest

from tests.acceptance.test_delivery import *

pytestmark = pytest.mark.usefixtures("on_postgresql")
