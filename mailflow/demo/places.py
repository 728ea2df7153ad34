"""Where members work and what they belong to: invented libraries, and the association's units as a tree."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Library:
    """An invented library; its mail domain lies under example.org."""

    name: str
    domain: str
    town: str


LIBRARIES: tuple[Library, ...] = (
    Library("Harbor City Library", "city-library.example.org", "Harbor City"),
    Library("Lakeview Public Library", "lakeview-library.example.org", "Lakeview"),
    Library("Hillside Branch Library", "hillside-library.example.org", "Hillside"),
    Library("Prairie County Library System", "prairie-libraries.example.org", "Prairie Junction"),
    Library("Northfield University Libraries", "northfield-university.example.org", "Northfield"),
    Library("Saltmarsh College Library", "saltmarsh-college.example.org", "Saltmarsh"),
    Library("Red Mesa Tribal Library", "red-mesa-library.example.org", "Red Mesa"),
    Library("Bridgewater School District", "bridgewater-schools.example.org", "Bridgewater"),
    Library("Elm Street Community Library", "elm-street-library.example.org", "Elmhurst"),
    Library("Bibliothèque du Vieux-Moulin", "bibliotheque-moulin.example.org", "Vieux-Moulin"),
    Library("Biblioteca Pública La Ceiba", "biblioteca-ceiba.example.org", "La Ceiba"),
    Library("Stadtbibliothek Birkental", "stadtbibliothek-birkental.example.org", "Birkental"),
    Library("Minami Area Library", "minami-library.example.org", "Minami"),
    Library("Biblioteca Municipal do Farol", "biblioteca-farol.example.org", "Farol"),
    Library("Statehouse Law Library", "law-library.example.org", "Statehouse"),
    Library("Museum of Maps, Reading Room", "map-museum.example.org", "Meridian"),
)

HOME_DOMAINS = ("home-mail.example.org", "postbox.example.org", "webmail.example.org")
STREETS = ("Acorn Lane", "Birch Road", "Canal Street", "Depot Avenue", "Ferry Way", "Garden Court", "Mill Street")


@dataclass(frozen=True, slots=True)
class Unit:
    """A group of members and its place in the tree; parent_id is "" for a root."""

    unit_id: str
    name: str
    parent_id: str = ""
    tags: tuple[str, ...] = ()


UNITS: tuple[Unit, ...] = (
    Unit("divisions", "Divisions"),
    Unit("div-public", "Public Libraries Division", "divisions", ("public",)),
    Unit("div-public-outreach", "Outreach Committee (public libraries)", "div-public", ("public", "outreach")),
    Unit("div-public-bookmobiles", "Bookmobile Drivers and Friends", "div-public-outreach", ("outreach", "rural")),
    Unit("div-public-budget", "Budget Committee (public libraries)", "div-public", ("public",)),
    Unit("div-academic", "Academic Libraries Division", "divisions", ("academic",)),
    Unit("div-academic-teaching", "Teaching Committee (academic libraries)", "div-academic", ("academic",)),
    Unit("div-school", "School Libraries Division", "divisions", ("school",)),
    Unit("div-systems", "Library Systems Division", "divisions", ("technology",)),
    Unit("div-systems-metadata", "Metadata Committee (library systems)", "div-systems", ("technology",)),
    Unit("committees", "Standing Committees"),
    Unit("com-organization", "Committee on Organization", "committees", ("governance",)),
    Unit("com-conference", "Conference Committee", "committees", ("governance",)),
    Unit("com-freedom", "Intellectual Freedom Committee", "committees", ("governance",)),
    Unit("round-tables", "Round Tables"),
    Unit("rt-new-members", "New Members Round Table", "round-tables"),
    Unit("rt-international", "International Relations Round Table", "round-tables", ("languages",)),
    Unit("rt-retired", "Retired Members Round Table", "round-tables"),
    Unit("rt-games", "Games and Gaming Round Table", "round-tables"),
    Unit("member-groups", "Membership Initiative Groups"),
    Unit("mig-makers", "Rural Makers Membership Initiative Group", "member-groups", ("rural",)),
    Unit("mig-zines", "Zines in Libraries Membership Initiative Group", "member-groups"),
)  # fmt: skip


def with_descendants(unit_id: str) -> frozenset[str]:
    """Give a unit and everything beneath it."""
    found = {unit_id}
    while True:
        more = {unit.unit_id for unit in UNITS if unit.parent_id in found} - found
        if not more:
            return frozenset(found)
        found |= more
