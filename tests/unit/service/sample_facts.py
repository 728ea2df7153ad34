"""Facts that every template can be rendered with: fictitious people, invented words, hostile ones beside them."""

from __future__ import annotations

from mailflow.service.notices import NOTICES

STATEMENT = """# Purpose

A group of members with *one concern* about the library's work. See [our notes](https://docs.example.org/mig).

- Meet twice a year
- Report to Council

> A quoted line
"""

FACTS: dict[str, object] = {
    "association": "Example Library Association",
    "postal_address": "1 Example Street, Exampletown",
    "language": "en",
    "mailbox": "petitions@example.org",
    "about_words": "about “Diversity Member Initiative Group”",
    "by_term": {"unit:divisions": 120, "list:talk@lists.example.org": 1},
    "launch_state": "delayed",
    "corrects_words": "",
    "update": "The **menus** are rebuilt.",
    "title": "Diversity Member Initiative Group",
    "item_kind": "petition",
    "contact_name": "Robin Lake",
    "contact_title": "Community specialist",
    "kind_title": "Membership Initiative Group",
    "kind_description": "A short-term group of members with a **common concern**.",
    "kind_source": "Policy 6.12",
    "act": "I ask that this group be established.",
    "threshold": 100,
    "signatories": "members in good standing",
    "undo_hours": 72,
    "author_name": "Alex Rivers",
    "author_picture": "https://www.example.org/alex.jpg",
    "organizer_names": ["Alex Rivers", "Kim Stone"],
    "liaison_name": "Michelle Hill",
    "liaison_title": "Staff liaison",
    "online_document": "https://docs.example.org/mig?a=1&b=2",
    "meetings": [{"title": "Open house", "when": "Friday, June 28, 2013, 4:00 PM (Chicago time)", "where": "Room 5"}],
    "statement": STATEMENT,
    "statement_version": "0123456789ab",
    "public_url": "https://petitions.example.org/mig-1",
    "feedback_closes_words": "Sunday, June 23, 2013, end of the day (Chicago time)",
    "petition_opens_words": "Monday, June 24, 2013, 9:00 AM (Chicago time)",
    "petition_closes_words": "Sunday, June 30, 2013, end of the day (Chicago time)",
    "confirm_closes_words": "Wednesday, July 3, 2013, end of the day (Chicago time)",
    "signed_words": "Thursday, June 27, 2013",
    "counts": True,
    "is_pending": False,
    "sub_addressing": True,
    "late": False,
    "for_staff": False,
    "can_sign": True,
    "undo": True,
    "validated": 104,
    "asker_name": "Sam Lee",
    "question": "Does it cost anything?\nReference: abcdefghijklmnopqrstuvwxya",
    "asked_words": "Tuesday, June 25, 2013, 10:00 AM (Chicago time)",
    "due_words": "Friday, June 28, 2013, 10:00 AM (Chicago time)",
    "answer": "No.\n\nRegards, R.",
    "items": [
        {
            "title": "Diversity Member Initiative Group",
            "kind_title": "Membership Initiative Group",
            "state_words": "the petition is open",
            "threshold": 100,
            "feedback": [
                {"name": "Zoë Ω", "text": "Good <idea>!\nYes.", "received_words": "Friday, June 21", "late": True}
            ],
            "tally": {"signed": 42, "validated": 40, "pending": 2},
            "withheld": 1,
            "days": [{"day": "Monday, June 24, 2013", "n": 30}, {"day": "Tuesday, June 25, 2013", "n": 10}],
            "picture": {
                "src": "cid:days-mig-1@digest",
                "alt": "Signatures a day. Monday, June 24, 2013: 30; Tuesday, June 25, 2013: 10.",
                "width": 560,
                "height": 170,
            },
            "forecasts": [
                "20 a day in the last 2 days: at this pace the threshold is reached by Friday, June 28, 2013."
            ],
            "undelivered": 3,
            "questions": [
                {
                    "text": "Does it cost anything?",
                    "names": ["Sam Lee", "Kim Stone"],
                    "asked_words": "Tuesday, June 25, 2013, 10:00 AM (Chicago time)",
                    "due_words": "Friday, June 28, 2013, 10:00 AM (Chicago time)",
                }
            ],
            "meetings": [
                {
                    "title": "Open house",
                    "when": "Friday, June 28, 2013, 4:00 PM (Chicago time)",
                    "accepted": ["Sam Lee"],
                    "tentative": ["Kim Stone", "Pat Moor"],
                    "declined": ["Zoë Ω"],
                    "earlier": ["Jo Park"],
                    "is_off": False,
                }
            ],
            "waits": ["2 signatures wait for a confirmation"],
            "next": ["The petition closes on Sunday"],
            "n": 7,
            "from": "Pat Moor <pat@example.org>",
            "subject": "Lunch?",
            "arrived_words": "Friday, June 21, 2013",
            "text": "Shall we have lunch?",
            "reasons": ["two members share this address"],
        }
    ],
    "meeting": {"title": "Open house", "when": "Saturday, June 29, 2013, 5:00 PM (Chicago time)", "where": "Room 7"},
    "before": {"title": "Open house", "when": "Friday, June 28, 2013, 4:00 PM (Chicago time)", "where": "Room 5"},
    "is_off": False,
    "ledger_head": "5e" * 32,
    "has_pages": True,
    "since_words": "since Friday, June 21, 2013",
    "frequency_words": "in the morning",
    "planned_words": "Wednesday, April 25, 2018",
    "previous_words": "Wednesday, April 18, 2018",
    "reason": "Final tests found faults in navigation and tagging.",
    "resources": [{"title": "Training on the support site", "url": "https://support.example.org/training"}],
    "text": "We go on *testing* until it works.",
    "subject_line": "New opening hours",
    "recipients": 60,
    "left_out": {"no address": 2},
    "sample": "Dear Sam Lee,\n\nthe whole mail",
    "command": "mailflow notice send notice-1",
    "months": 9,
    "ends_words": "Friday, August 12, 2016",
    "draft": "",
    "id": "mig-1",
    "similar": [{"title": "Equity Round Table", "what": "a unit", "shared": "diversity, equity"}],
    "rules": [{"asks": "at least 100 signatures", "found": "104 that count", "is_met": True}],
    "proofs": [{"n": 104, "words": "by an answer to their own invitation"}],
    "parts": [{"name": "mig-1-packet.pdf", "what": "the packet", "sha256": "0123456789abcdef" * 4}],
    "is_copy": False,
    "outlook": "6 of them lapse before the committee meets on Monday, August 12, 2013; 98 are left on that day.",
    "for_council": False,
    "committee_name": "Committee on Organization",
    "meeting_words": "Monday, August 12, 2013",
    "vote": "7 to 1",
    "approved": True,
    "reported_by": "Kim Stone",
    "told": 104,
    "submitted_words": "Friday, July 26, 2013",
    "decided_words": "Monday, August 12, 2013",
    "what": "The mailbox can't be reached since 9:00",
    "asks": ["Until when is feedback taken? Write: Feedback until: June 23"],
    "understood": ["Title: Diversity Member Initiative Group"],
    "sender_name": "Sam Lee",
    "headline": "The petition is open: Diversity",
    "lines": ["152 mails are on their way.", "It runs until Sunday."],
    "answers": [{"word": "extend to June 30: the reason", "what": "lets it close later"}],
    "details": ["mailbox.example.org: connection refused"],
    "remedy": "look whether the server runs",
}

FIELDS = {
    "greeting": "Dear Sam Lee,",
    "key": "abcdefghijklmnopqrstuvwxya",
    "reply_to": "petitions+abcdefghijklmnopqrstuvwxya@example.org",
    "page_url": "https://petitions.example.org/my/q2w3e4r5",
    "unsubscribe_url": "https://petitions.example.org/choose/z9y8x7",
    "frequency_url": "https://petitions.example.org/d/h0w0ft3n",
    "closes_words": "Sunday, June 30, 2013, end of the day (Chicago time)",
    "receipt": "abcd-efgh-ijkl-mnop",
    "ledger_head": "5e" * 32,
}


def facts_of(notice: str) -> dict[str, object]:
    """The sample facts that this notice needs, and no others: what it uses besides is a mistake."""
    return {name: FACTS[name] for name in NOTICES[notice].facts}
