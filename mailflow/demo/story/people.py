"""The people with a name in the story. All of them are invented; their addresses lie under example.org."""

from __future__ import annotations

from dataclasses import dataclass, replace

from mailflow.demo.cast import Cast, Person
from mailflow.demo.client_names import Client
from mailflow.demo.places import LIBRARIES


@dataclass(frozen=True, slots=True)
class Principal:
    """Somebody whose name stands in the documents of the story."""

    name: str
    email: str
    title: str = ""
    postal_address: str = ""


AUTHOR = Principal("Alma Riverstone", "alma.riverstone@city-library.example.org", "", "12 Quay Street, Harbor City")
ORGANIZERS = (
    AUTHOR,
    Principal("Tobias Okonkwo-Hale", "tobias.okonkwo@lakeview-library.example.org", "", "3 Larch Road, Lakeview"),
    Principal("Yuki Lindgren", "yuki.lindgren@northfield-university.example.org", "", "77 Campus Way, Northfield"),
)
LIAISON = Principal("Marguerite Hollis", "marguerite.hollis@staff.example.org", "Staff liaison")
LAUNCH_CONTACT = Principal(
    "Odile Brackenridge", "odile.brackenridge@staff.example.org", "Community Engagement Specialist"
)
COMMITTEE = Principal("Ingrid Vasquez-Moreau", "committee@organization.example.org", "Committee on Organization")
COUNCIL = Principal("Desmond Achterberg", "secretary@council.example.org", "Secretary of Council")
OWNER = "front-office@staff.example.org"
STRANGER = Person("Rex Palisade", "rex.palisade@bulk-offers.example.org", client=Client.HTML_ONLY)


def with_organizers(cast: Cast) -> Cast:
    """Give the cast in which the first members are the organizers, whatever the seed made of them."""
    first = tuple(
        replace(
            member, name=organizer.name, address=organizer.email, other_addresses=(), standing="good",
            paid_through=None, postal_address=organizer.postal_address, language="en",
            timezone="America/Chicago", client=client,
            library=next(each for each in LIBRARIES if organizer.email.endswith("@" + each.domain)),
        )
        for member, organizer, client in zip(
            cast.members, ORGANIZERS, (Client.GMAIL, Client.APPLE_MAIL, Client.THUNDERBIRD), strict=False
        )
    )  # fmt: skip
    return replace(cast, members=first + cast.members[len(first) :])


def as_person(principal: Principal, client: Client = Client.OUTLOOK_DESKTOP) -> Person:
    """Give somebody of the staff as a writer of mail."""
    return Person(principal.name, principal.email, client=client)
