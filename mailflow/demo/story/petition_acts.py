"""June 24 to July 22, 2013: the petition is open; whoever is more than one of many signatories has a function here."""

from __future__ import annotations

from datetime import timedelta

from mailflow.demo.cast import Person
from mailflow.demo.client_names import Client
from mailflow.demo.story.act import Act, Effect, Way, on
from mailflow.demo.story.casting import Casting, speaks
from mailflow.demo.story.words import (
    ANSWER,
    CONDITION,
    DECLINE,
    NOT_ME,
    QUESTION,
    SIGN,
    UNSUBSCRIBE,
    WITHDRAW,
    in_language,
)

NOTICE = "petition_invitation"
OPENED = on(2013, 6, 24, 9, 15)
DAY = timedelta(days=1)


def special_acts(casting: Casting) -> list[Act]:
    """Give everything that happens to the petition but the signatures of the many."""
    senders = (_organizers, _addresses, _passed_on, _forged, _bare, _lapsed, _office)
    parts = (*senders, _minds, _questions, _deadline, _pages)
    return [act for part in parts for act in part(casting)]


def plain_signatures(casting: Casting, count: int) -> list[Act]:
    """Give the signatures of the many; each mail program is used by somebody, and some use the button."""
    signers = casting.picks(count)
    programs = dict(zip(signers, Client, strict=False))
    acts = []
    for n, (at, who) in enumerate(zip(casting.scattered(OPENED, 26, count), signers, strict=True)):
        button = who not in programs and casting.rng.random() < 0.15
        words = "SIGN" if button else in_language(SIGN, who.language, n)
        way = Way.BUTTON if button else Way.REPLY
        acts.append(Act(at, who, words, way, NOTICE, Effect.SIGNS, client=programs.get(who)))
    return acts


def _signs(who: Person, day: int, hour: int, note: str = "", words: str = "", month: int = 6) -> Act:
    at = on(2013, month, day, hour, 7, int(who.member_id[-2:]) % 60)
    return Act(at, who, words or in_language(SIGN, who.language, day), Way.REPLY, NOTICE, Effect.SIGNS, note)


def _organizers(casting: Casting) -> list[Act]:
    return [_signs(who, 24, 10 + n, "an organizer") for n, who in enumerate(casting.cast.members[:3])]


def _addresses(casting: Casting) -> list[Act]:
    """A second address on file is the member's; one that is not on file makes the program ask."""
    known = casting.pick(lambda person: bool(person.other_addresses))
    unknown = casting.pick(speaks("en"))
    at = on(2013, 6, 25, 8, 12)
    return [
        Act(
            at, known, "I sign.", Way.REPLY, NOTICE, Effect.SIGNS, "from a second address",
            address=known.other_addresses[0],
        ),
        Act(
            at + timedelta(hours=1), unknown, "I sign this petition.", Way.REPLY, NOTICE, Effect.IS_HELD,
            "from an address that is not on file", address="reader.at.home@postbox.example.org",
        ),
        Act(at + DAY, unknown, "Yes, that was me.", Way.REPLY, "was_that_you", Effect.SIGNS, "confirms: it was they"),
    ]  # fmt: skip


def _passed_on(casting: Casting) -> list[Act]:
    """Whoever holds a forwarded invitation can't act as the member whose key it carries."""
    first, second, colleague = casting.pick(), casting.pick(), casting.pick(speaks("en"))
    outsider = casting.cast.outsiders[0]
    at = on(2013, 6, 26, 13, 30)
    return [
        Act(
            at, outsider, "I sign.", Way.FORWARDED, NOTICE, Effect.IS_HELD,
            "a colleague who is no member answers a forwarded invitation", of=first, about=first,
        ),
        Act(at + DAY, first, NOT_ME, Way.REPLY, "was_that_you", Effect.DISOWNS, "the member on file says no"),
        Act(
            at + timedelta(hours=2), colleague, "SIGN", Way.FORWARDED_BUTTON, NOTICE, Effect.SIGNS,
            "a colleague who is a member signs with a forwarded key: counted as the colleague", of=second,
        ),
        _signs(second, 28, 9, "the one who forwarded it signs too"),
    ]  # fmt: skip


def _forged(casting: Casting) -> list[Act]:
    """A forged From: nothing counts that our mail server calls forged, and NOT ME undoes what was not."""
    victim, lent = casting.picks(2)
    at = on(2013, 6, 27, 3, 3)
    return [
        Act(
            at, victim, "I sign.", Way.REPLY, NOTICE, Effect.IS_ASKED_TO_CONFIRM,
            "forged: the owner's key, DMARC fail", dmarc="fail", client=Client.GMAIL,
        ),
        Act(at + DAY, victim, NOT_ME, Way.REPLY, "signature_confirm", Effect.UNDOES, "the owner says no"),
        Act(
            at + timedelta(hours=9), lent, "Yes, I sign.", Way.REPLY, NOTICE, Effect.SIGNS,
            "somebody at the member's desk signs: told at once, with an undo", dmarc="none",
        ),
        Act(at + 2 * DAY, lent, NOT_ME, Way.REPLY, "signature_recorded", Effect.UNDOES, "one word undoes it"),
    ]  # fmt: skip


def _bare(casting: Casting) -> list[Act]:
    """Mail without a key: our server's word counts at once, else the address on file is asked."""
    vouched, confirming, silent = (casting.pick(speaks("en")) for _ in range(3))
    words = "I sign the petition for the Diversity Member Initiative Group."
    subject = "Diversity Member Initiative Group"
    at = on(2013, 6, 28, 16, 40)
    return [
        Act(at, vouched, words, Way.NEW, "", Effect.SIGNS, "no key, DMARC pass", subject=subject),
        Act(
            at + timedelta(hours=1), confirming, words, Way.NEW, "", Effect.IS_ASKED_TO_CONFIRM,
            "no key, nothing vouches", subject=subject, dmarc="none",
        ),
        Act(at + DAY, confirming, "Yes", Way.REPLY, "signature_confirm", Effect.SIGNS, "the address on file says yes"),
        Act(
            at + timedelta(hours=2), silent, words, Way.NEW, "", Effect.IS_ASKED_TO_CONFIRM,
            "no key, no stamp; nobody ever confirms", subject=subject, dmarc=None,
        ),
    ]  # fmt: skip


def _minds(casting: Casting) -> list[Act]:
    """Those who say no, change their mind, sign twice, or make a condition."""
    acts = [
        Act(
            on(2013, 6, 25, 9 + n, 44), casting.pick(speaks(language)), DECLINE[language], Way.REPLY, NOTICE,
            Effect.DECLINES, "says no",
        )
        for n, language in enumerate(("en", "fr", "de"))
    ]  # fmt: skip
    gone, back, twice, unsure = (casting.pick(speaks("en")) for _ in range(4))
    return [
        *acts,
        _signs(gone, 24, 15),
        Act(on(2013, 7, 2, 8, 30), gone, WITHDRAW, Way.REPLY, NOTICE, Effect.WITHDRAWS, "a changed mind"),
        _signs(back, 24, 16),
        Act(on(2013, 7, 1, 8, 15), back, WITHDRAW, Way.REPLY, NOTICE, Effect.WITHDRAWS, "a mind changed twice"),
        _signs(back, 5, 11, "signs again after withdrawing", month=7),
        _signs(twice, 25, 10),
        Act(on(2013, 7, 3, 10, 1), twice, "SIGN", Way.REPLY, NOTICE, Effect.SIGNS_AGAIN, "signs twice: counted once"),
        Act(on(2013, 6, 26, 9, 20), unsure, CONDITION, Way.REPLY, NOTICE, Effect.IS_ASKED_WHAT, "a condition"),
        Act(on(2013, 6, 27, 9, 25), unsure, "Yes, I sign.", Way.REPLY, "unclear_ask", Effect.SIGNS, "and then a yes"),
        Act(
            on(2013, 6, 29, 12, 0), casting.pick(speaks("en")), UNSUBSCRIBE, Way.REPLY, NOTICE, Effect.UNSUBSCRIBES,
            "wants no more mail",
        ),
    ]  # fmt: skip


def _questions(casting: Casting) -> list[Act]:
    asker, author = casting.pick(speaks("en")), casting.cast.members[0]
    return [
        Act(on(2013, 6, 25, 18, 2), asker, QUESTION, Way.REPLY, NOTICE, Effect.ASKS, "asks before signing"),
        Act(
            on(2013, 6, 26, 20, 45), author, ANSWER, Way.REPLY, "question", Effect.ANSWERS, "the organizer answers",
            about=asker,
        ),
        Act(on(2013, 6, 28, 7, 50), asker, "Thank you. I sign.", Way.REPLY, "answer", Effect.SIGNS, "and signs"),
    ]  # fmt: skip


def _lapsed(casting: Casting) -> list[Act]:
    """Signatures of members who are not in good standing are kept, told, and not counted."""
    lapsed = list(casting.cast.lapsed)
    casting.rng.shuffle(lapsed)
    signers = lapsed[: casting.rng.randint(3, 5)]
    acts = [_signs(who, 25 + n, 12, "dues have lapsed") for n, who in enumerate(signers)]
    lapsing = casting.cast.lapsing
    day = 25 if casting.rng.random() < 0.5 else 20
    month = 6 if day == 25 else 7
    return [*acts, _signs(lapsing, day, 14, "dues run out while signatures are collected", month=month)]


def _office(casting: Casting) -> list[Act]:
    """Two members have one address: a key tells them apart, mail without one can't be told."""
    first, second = casting.cast.sharing
    at = on(2013, 7, 1, 10, 10)
    return [
        Act(at, first, "I sign.", Way.REPLY, NOTICE, Effect.SIGNS, "an address that two share; the key says who"),
        Act(
            at + DAY, second, "I sign the petition for the Diversity Member Initiative Group.", Way.NEW, "",
            Effect.IS_HELD, "the same address without a key", subject="Diversity Member Initiative Group",
        ),
    ]  # fmt: skip


def _deadline(casting: Casting) -> list[Act]:
    in_time, late = casting.pick(speaks("en")), casting.pick(speaks("en"))
    return [
        Act(
            on(2013, 7, 21, 23, 59, 30), in_time, "I sign.", Way.REPLY, NOTICE, Effect.SIGNS,
            "half a minute before the end",
        ),
        Act(on(2013, 7, 22, 0, 0, 40), late, "I sign.", Way.REPLY, NOTICE, Effect.IS_LATE, "forty seconds after it"),
    ]  # fmt: skip


def _pages(casting: Casting) -> list[Act]:
    """Two sign on their personal page; a link scanner opens everything and changes nothing."""
    one, other, scanned = casting.picks(3)
    return [
        Act(on(2013, 6, 24, 12, 30), scanned, "", Way.SCAN, NOTICE, Effect.NOTHING, "a scanner fetches every link"),
        Act(on(2013, 6, 25, 20, 5), one, "", Way.LINK, NOTICE, Effect.SIGNS, "signs on the personal page"),
        Act(on(2013, 7, 4, 21, 15), other, "", Way.LINK, NOTICE, Effect.SIGNS, "signs on the personal page"),
    ]
