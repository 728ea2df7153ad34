"""Bodies of an invented association, twenty proposals that one of them covers, and twenty that none does."""

# ruff: noqa: E501 -- what somebody wrote stays together
from __future__ import annotations

from mailflow.domain.overlap import Body


def _unit(id_: str, title: str, tags: str = "") -> Body:
    return Body(id_, "unit", title, tags)


BACKGROUND = """Example Library Association. A group of members with a common concern about librarianship that falls
outside the responsibility of a single division, round table or unit of the library association. Library, libraries,
librarians."""

BODIES = (
    _unit("ifrt", "Intellectual Freedom Round Table", "censorship"),
    _unit("pres", "Preservation and Conservation Section", "paper binding disaster"),
    _unit("teen", "Young Adult Library Services Division", "teens youth"),
    _unit("kids", "Library Service to Children", "storytime picture books"),
    _unit("gov", "Government Documents Round Table", "depository"),
    _unit("maps", "Map and Geospatial Information Round Table"),
    _unit("games", "Games and Gaming Round Table"),
    _unit("green", "Sustainability Round Table", "climate environment"),
    _unit("cat", "Cataloging and Metadata Management Section", "classification authority"),
    _unit("acq", "Acquisitions Section", "vendors budgets"),
    _unit("ser", "Continuing Resources Section", "serials journals"),
    _unit("rare", "Rare Books and Manuscripts Section", "special collections archives"),
    _unit("law", "Law and Political Science Section"),
    _unit("rural", "Rural Libraries Committee", "small towns"),
    _unit("prison", "Library Service to Prisoners Forum", "incarcerated jails"),
    _unit("access", "Accessibility Assembly", "disability disabled"),
    _unit("retired", "Retired Members Round Table"),
    _unit("staff", "Library Support Staff Interests Round Table", "paraprofessional"),
    _unit("film", "Film and Media Round Table", "video streaming"),
    _unit("graphic", "Graphic Novels and Comics Round Table"),
    _unit("hist", "Library History Round Table"),
    _unit("lit", "Literacy and Outreach Office", "adult literacy tutors"),
    _unit("inst", "Instruction Section", "information literacy teaching"),
    _unit("ref", "Reference and User Services Division", "virtual reference desk"),
    _unit("build", "Buildings and Equipment Section", "architecture interiors furniture"),
    _unit("copy", "Copyright Advisory Network", "licensing fair dealing"),
    _unit("tribal", "Indigenous Libraries Subcommittee", "tribal native"),
    _unit("span", "Services to Spanish Speakers Committee", "bilingual latino"),
    _unit("asia", "Asian and African Languages Section"),
    _unit("health", "Consumer Health Information Committee", "medical wellness"),
    _unit("stat", "Statistics and Assessment Section", "measurement surveys"),
    _unit("trust", "Trustees and Friends Division", "boards fundraising"),
    _unit("mentor", "Mentoring Committee", "early career"),
    _unit("sys", "Discovery Systems and Software Section", "catalogs open source programming"),
    _unit("exch", "Exhibits and Conference Committee"),
    _unit("labor", "Unions and Workplace Rights Task Force", "pay bargaining"),
    Body(
        "mig-3",
        "proposal",
        "Artificial Intelligence in Reference Work",
        """Chat programs answer patrons' questions now. We want to test such language models, write down where they
        invent sources, and agree on rules for their use at the desk. Machine learning should be judged by librarians.""",
    ),
    Body(
        "mig-4",
        "group",
        "Seed Libraries Member Group",
        """Libraries that lend seeds: how to store, label and swap them, with gardeners and plant breeders. Members
        exchange germination records, heirloom vegetables and the law of seed exchange.""",
    ),
    Body(
        "mig-5",
        "proposal",
        "Local Podcasting",
        """Recording studios in branch libraries, microphones to lend, oral storytelling by patrons and the hosting of
        audio episodes.""",
    ),
    Body(
        "mig-6",
        "group",
        "Bookmobile Drivers",
        """Outreach vehicles: routes, diesel or electric vans, licences for drivers, parking, and the shelving that
        stays put on a bend.""",
    ),
)  # fmt: skip

COVERED: tuple[tuple[str, str, str], ...] = (
    ("ifrt", "Freedom to Read Watch", "Books are challenged in many towns. We track censorship and defend intellectual "
     "freedom when a title is removed."),
    ("pres", "Saving Our Collections", "Paper decays. The group exchanges methods for the preservation of collections, "
     "conservation labs and disaster recovery after floods."),
    ("teen", "Teens First", "Young adults leave us at fourteen. Programs for teens, spaces for teens, and reading lists "
     "that young adults choose."),
    ("kids", "Storytime for All", "Storytime leaders meet to exchange songs and picture books for children under five."),
    ("gov", "Finding Government Information", "Government documents move to the web and disappear. We follow depository "
     "programs and teach how government documents are found."),
    ("maps", "Geospatial Data Users", "Maps, aerial photographs and geospatial information: how to catalogue, lend and "
     "print maps."),
    ("games", "Board Games Night Organizers", "Tabletop gaming draws new visitors. We lend games and run gaming nights."),
    ("green", "Climate Action in Libraries", "Buildings that save energy, reuse of supplies and sustainability reports: "
     "what a library does about the climate."),
    ("cat", "Metadata Workers", "Metadata is our daily bread: cataloging rules, authority files and linked data."),
    ("rare", "Small Special Collections", "A manuscript or a rare book turns up in every attic. For those who look after "
     "rare books and manuscripts without a curator."),
    ("rural", "Libraries in Small Towns", "One room, one librarian, few hours: rural libraries have needs of their own. "
     "Rural members meet by phone."),
    ("prison", "Reading Behind Walls", "Prisoners read more than anyone. We send books to jails and train prison "
     "librarians."),
    ("access", "Access for Disabled Patrons", "Accessibility of buildings and websites, screen readers, and what a "
     "disability means at the desk."),
    ("graphic", "Comics in Classrooms", "Comics and graphic novels get reluctant readers going. Shelving, selection and "
     "how to defend comics."),
    ("copy", "Copyright Questions Exchange", "Copyright and licensing puzzle us all. Members exchange answers about "
     "copyright law and digital lending."),
    ("labor", "Fair Pay Now", "Pay has fallen behind. We collect union contracts, explain bargaining and publish pay "
     "scales."),
    ("mig-3", "Chatbots at the Desk", "Patrons ask language models before they ask us. The group tries chat programs in "
     "reference work and records where artificial intelligence invents sources."),
    ("mig-4", "Gardeners' Shelf", "We lend seeds and swap heirloom vegetables with gardeners, and keep germination "
     "records for each seed."),
    ("mig-5", "Sound Studios", "Patrons record podcasts in our studios. Microphones, editing, hosting of episodes: "
     "podcasting for libraries of any size."),
    ("mig-6", "Vans and Outreach", "Bookmobiles reach where no branch is. Drivers compare electric vans, routes and "
     "shelving in vehicles."),
)  # fmt: skip

NOT_COVERED: tuple[tuple[str, str], ...] = (
    ("Beekeeping on Library Roofs", "Hives on roofs: neighbours, honey sales and insurance. We meet once a month and "
     "report to all members."),
    ("Diversity Member Initiative Group", "Members of every division who want the people of our libraries to be as varied "
     "as the people who use them; recruiting and mentors for groups that are few in our profession."),
    ("Tool Lending", "Drills, ladders and sewing machines on loan: safety, repair and liability."),
    ("Esperanto Readers", "Those who read Esperanto meet by telephone and exchange novels."),
    ("Chess Tournaments", "A national league of players between branches, with clocks and ratings."),
    ("Blockchain and Provenance", "Ledgers without a keeper: what they can and can't prove about who owned an item."),
    ("Emotional Support Animals", "Dogs that sit with nervous readers: hygiene, allergies, insurance and training."),
    ("Poetry in Transit", "Verses on buses and trains, chosen by riders; contracts with transport companies."),
    ("Home Delivery by Bicycle", "Couriers bring items to the door: cargo bicycles, routes in winter, volunteers."),
    ("Astronomy Evenings", "Telescopes on loan and evenings under the stars with amateur astronomers."),
    ("Quiet Rooms", "Silence is asked for again. How to keep one room without telephones."),
    ("Genealogy Helpers", "Family trees, parish registers and DNA results: helping patrons who look for ancestors."),
    ("Repair Cafés", "Volunteers mend toasters and trousers on Saturdays."),
    ("Voter Registration Drives", "Forms, deadlines and neutrality: what a branch may do before an election."),
    ("Cooking Demonstrations", "Kitchens on wheels, recipes from immigrants, food safety."),
    ("Interlibrary Chess by Mail", "A friendly correspondence tournament that runs all year."),
    ("Night Opening", "Open until two in the morning during examinations: guards, coffee and costs."),
    ("Sister Cities", "Partnerships with towns abroad: visits, letters and gifts of novels."),
    ("Makers of Musical Instruments", "Lending ukuleles and violins; tuning, strings, concerts in the reading room."),
    ("Weather Stations", "Rain gauges and thermometers that citizens read, with the results on a screen in the lobby."),
)  # fmt: skip
