"""Proposals, petitions and announcements of a membership association, run by email."""

__version__ = "0.1.0"
