"""Read proposal.md: TOML front matter, then the statement; checked against its kind, all reasons at once."""

from __future__ import annotations

REQUIRABLE = (
    "author",
    "author.email",
    "author.picture",
    "organizers",
    "organizers.address",
    "staff_liaison",
    "online_document",
    "meetings",
    "feedback.closes",
    "petition.opens",
    "petition.closes",
)
