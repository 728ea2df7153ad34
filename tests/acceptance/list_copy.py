"""What mailing lists make of our mail and of people's answers to it: footers, rewritten From, List-* fields, notices.

Written by hand in the shapes of Mailman 2 and 3, Google Groups, Sympa and LISTSERV; people and lists are fictitious.
"""

from __future__ import annotations

import email.policy
from dataclasses import dataclass
from email.message import EmailMessage

from tests.acceptance.way_in import parsed, quoted, text_of

LIST = "talk@lists.example.net"


@dataclass(frozen=True)
class ListSystem:
    """What a list server writes into what it distributes. author: the From it puts in an author's place."""

    name: str
    author: str
    fields: tuple[tuple[str, str], ...]
    footer: str


SYSTEMS = (
    ListSystem(
        "Mailman 3",
        '"{name} via Talk" <{list}>',
        (
            ("List-Id", "Talk among librarians <talk.lists.example.net>"),
            ("List-Post", f"<mailto:{LIST}>"),
            ("List-Help", "<mailto:talk-request@lists.example.net?subject=help>"),
            ("List-Unsubscribe", "<mailto:talk-leave@lists.example.net>"),
            ("Precedence", "list"),
            ("X-BeenThere", LIST),
        ),
        f"""
_______________________________________________
Talk mailing list -- {LIST}
To unsubscribe send an email to talk-leave@lists.example.net
https://lists.example.net/mailman3/lists/talk.lists.example.net/
""",
    ),
    ListSystem(
        "Google Groups",
        "'{name}' via Talk <{list}>",
        (
            ("Mailing-list", f"list {LIST}; contact talk+owners@lists.example.net"),
            ("List-ID", "<talk.lists.example.net>"),
            ("List-Post", f"<https://groups.example.net/group/talk/post>, <mailto:{LIST}>"),
            ("List-Unsubscribe", "<mailto:googlegroups-manage+17+unsubscribe@groups.example.net>"),
            ("X-Google-Group-Id", "171717171717"),
            ("X-Spam-Checked-In-Group", LIST),
            ("Precedence", "list"),
        ),
        """
--\x20
You received this message because you are subscribed to the Google Groups "Talk" group.
To unsubscribe from this group and stop receiving emails from it, send an email to talk+unsubscribe@lists.example.net.
To view this discussion visit https://groups.example.net/d/msgid/talk/17%40mail.example.org.
""",
    ),
    ListSystem(
        "Sympa",
        '"{name} (via talk Mailing List)" <{list}>',
        (
            ("X-Loop", LIST),
            ("X-Sequence", "17"),
            ("Errors-to", "talk-owner@lists.example.net"),
            ("Precedence", "list"),
            ("X-no-archive", "yes"),
            ("List-Id", "<talk.lists.example.net>"),
            ("List-Archive", "<https://lists.example.net/sympa/arc/talk>"),
            ("List-Unsubscribe", "<mailto:sympa@lists.example.net?subject=unsubscribe%20talk>"),
        ),
        """
---------------------------------------------------------------------
To sign off from this list, yes, even today: https://lists.example.net/sympa/signoff/talk
I sign off: send UNSUBSCRIBE talk to sympa@lists.example.net
""",
    ),
)
MAILMAN = SYSTEMS[0]


def distributed(sent: bytes, system: ListSystem = MAILMAN) -> EmailMessage:
    """Our one copy as a reader of the list gets it: From rewritten, subject prefixed, footer, no signature of ours."""
    ours = parsed(sent)
    copy = EmailMessage(policy=email.policy.default)
    copy["From"] = system.author.format(name=ours["From"].addresses[0].display_name, list=LIST)
    copy["Reply-To"] = f"{LIST}, {ours['Reply-To']}"
    copy["To"] = LIST
    copy["Subject"] = f"[Talk] {ours['Subject']}"
    copy["Message-ID"] = str(ours["Message-ID"])
    copy["Date"] = str(ours["Date"])
    for name, value in system.fields:
        copy[name] = value
    copy.set_content(text_of(ours) + system.footer)
    return copy


def reply(
    copy: EmailMessage,
    name: str,
    address: str,
    words: str,
    *,
    to: str,
    is_through_list: bool,
    rewrites: bool = True,
    bottom: bool = False,
    keeps_threads: bool = True,
    n: int = 0,
    system: ListSystem = MAILMAN,
) -> bytes:
    """An answer to the list's copy: to us alone, or through the list, which may rewrite its From."""
    quote = f"On Mon, Jun 24, 2013, {copy['From']} wrote:\n\n" + quoted(text_of(copy))
    text = f"{quote}\n\n{words}\n" if bottom else f"{words}\n\n{quote}\n"
    rewritten = system.author.format(name=name, list=LIST)
    author = rewritten if is_through_list and rewrites else f"{name} <{address}>"
    fields = [("From", author), ("To", to), ("Subject", f"Re: {copy['Subject']}"), ("Message-ID", f"<r{n}@x.example>")]
    fields.append(("Date", "Mon, 24 Jun 2013 10:00:00 -0500"))
    if is_through_list:
        fields += [*system.fields, ("Reply-To", f"{name} <{address}>")]
        text += system.footer
    if keeps_threads:
        fields += [("In-Reply-To", str(copy["Message-ID"])), ("References", str(copy["Message-ID"]))]
    head = "".join(f"{field}: {value}\n" for field, value in fields)
    return f"{head}MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n\n{text}".encode()


def machine(author: str, to: str, subject: str, text: str, *fields: tuple[str, str]) -> bytes:
    """A list server's own mail to whoever posted."""
    head = [("From", author), ("To", to), ("Subject", subject), *fields]
    lines = "".join(f"{name}: {value}\n" for name, value in head)
    return f"{lines}MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n\n{text}\n".encode()


# what list servers answer to the one who posted: (id, From, subject, text, further fields)
NOTICES = (
    (
        "Mailman 2: waits for its moderator",
        "talk-bounces@lists.example.net",
        "Your message to Talk awaits moderator approval",
        "Your mail to 'Talk' with the subject\n\n    Your signature\n\nIs being held until the list moderator can"
        " review it for approval.\n\nThe reason it is being held:\n\n    Post by non-member to a members-only list",
        (("Precedence", "bulk"), ("X-List-Administrivia", "yes"), ("Auto-Submitted", "auto-replied")),
    ),
    (
        "Mailman 3: rejected",
        "talk-owner@lists.example.net",
        'Request to mailing list "Talk" rejected',
        'Your request to the Talk mailing list\n\n    Posting of your message titled "Your signature"\n\nhas been'
        " rejected by the list moderator.",
        (("Precedence", "bulk"), ("Auto-Submitted", "auto-generated")),
    ),
    (
        "Google Groups: could not be posted",
        "Mail Delivery Subsystem <mailer-daemon@groups.example.net>",
        "Delivery Status Notification (Failure)",
        "Hello connect@lists.example.org,\n\nWe're writing to let you know that the group you tried to contact"
        " (talk) may not exist, or you may not have permission to post messages to the group.",
        (("Auto-Submitted", "auto-replied"), ("X-Failed-Recipients", LIST)),
    ),
    (
        "Sympa: moderated",
        "SYMPA <sympa@lists.example.net>",
        "Message distribution in list talk",
        "Your message for list talk has been forwarded to its moderators. It will be distributed once they approve it.",
        (("Auto-Submitted", "auto-replied"), ("Precedence", "list")),
    ),
    (
        "LISTSERV: not authorized",
        '"L-Soft list server at EXAMPLE.NET" <LISTSERV@lists.example.net>',
        "Rejected posting to TALK@LISTS.EXAMPLE.NET",
        "You are not authorized to send mail to the TALK list from your connect@lists.example.org account.",
        (("Precedence", "bulk"), ("X-LSV-ListID", "None")),
    ),
    (
        "a moderator's notice without any mark",
        "talk-owner@lists.example.net",
        "Your message to Talk awaits moderator approval",
        "Your message to the list talk is being held until the moderator can review it. Yes, we read them all.",
        (),
    ),
)
