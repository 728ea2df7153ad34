"""A launch's notice to a tree on PostgreSQL: tests/servers/test_launch_tree.py again."""

# ruff: noqa: F403 -- the tests and fixtures of another file are this file's
from __future__ import annotations

import pytest

from tests.servers.test_launch_tree import *

pytestmark = pytest.mark.usefixtures("on_postgresql")
