"""Questions that wait for their contact: reminded, told to the owner, listed, closed by staff."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from mailflow.domain.model import Question
from mailflow.domain.outcome import Owed
from mailflow.domain.phrase import say, say_n
from mailflow.domain.question import Step, due_at, next_step
from mailflow.errors import NotFound
from mailflow.service.addressees import MAILTO
from mailflow.service.items import items_by_id
from mailflow.service.office import Office
from mailflow.service.owing import owe
from mailflow.service.words import instant_words
from mailflow.store import feedback, roster
from mailflow.store.engine import Work


def remind(office: Office, now: datetime) -> int:
    """Remind the contacts of questions that wait too long, then tell the owner; say how many mails that is."""
    with office.db.read() as work:
        due = [q.n for q in feedback.open_questions(work) if next_step(q.asked_at, q.reminders, now) is not None]
    count = 0
    for n in due:
        with office.db.write() as work:
            count += _remind(work, office, n, now)
    return count


def _remind(work: Work, office: Office, n: int, now: datetime) -> int:
    question = feedback.lock_question(work, n)
    if question is None or question.answered_at is not None:
        return 0
    step = next_step(question.asked_at, question.reminders, now)
    if step is None:
        return 0  # another host was faster
    feedback.reminded(work, n, step[1])
    owed = _owed(work, office, question, step[0], now)
    owe(work, office, owed, items_by_id(work, office, [question.object_id]), now)
    return len(owed)


def _owed(work: Work, office: Office, question: Question, step: Step, now: datetime) -> list[Owed]:
    asker = roster.member(work, question.member_id)
    name = asker.name if asker is not None and asker.name else say("A member")
    asked = instant_words(question.asked_at, office.zone)
    if step is not Step.OWNER:
        facts = {
            "question": question.text,
            "asker_name": name,
            "asked_words": asked,
            "due_words": instant_words(due_at(question.asked_at, office.zone), office.zone),
        }
        to, version = MAILTO + question.contact_address, f"{question.inbox_n}-{step}"
        return [Owed("question_reminder", question.object_id, to, version, facts=facts, about_n=question.inbox_n)]
    owner = office.settings.mailbox.owner
    if not owner:
        return []
    told = {
        "what": say_n(
            "A question has waited for %(n)s day.",
            "A question has waited for %(n)s days.",
            (now - question.asked_at).days,
        ),
        "details": [
            say(
                "%(name)s asked about %(id)s on %(when)s: %(question)s",
                name=name,
                id=question.object_id,
                when=asked,
                question=" ".join(question.text.split())[:300],
            ),
            say("It went to %(address)s, who was reminded.", address=question.contact_address),
        ],
        "remedy": say(
            "`mailflow inbox questions` lists what waits; `mailflow inbox show %(number)s` shows it.",
            number=str(question.inbox_n),
        ),
    }
    version = f"question-{question.n}"
    return [Owed("alert", "", MAILTO + owner, version, facts=told, about_n=question.inbox_n)]


def list_questions(office: Office, now: datetime) -> list[dict[str, Any]]:
    """Give the questions that wait for an answer, the oldest first."""
    with office.db.read() as work:
        waiting = feedback.open_questions(work)
        members = roster.members(work, {q.member_id for q in waiting})
    return [
        {
            "question": q.n,
            "inbox": q.inbox_n,
            "object": q.object_id,
            "member_id": q.member_id,
            "name": members[q.member_id].name if q.member_id in members else "",
            "contact": q.contact_address,
            "asked_at": q.asked_at,
            "due_at": (due := due_at(q.asked_at, office.zone)),
            "is_late": due < now,
            "reminders": q.reminders,
            "text": q.text,
        }
        for q in waiting
    ]


def close_question(office: Office, n: int, now: datetime) -> dict[str, Any]:
    """Note that a question was answered in another way. Raises NotFound."""
    with office.db.write() as work:
        question = feedback.lock_question(work, n)
        if question is None:
            raise NotFound(f"there is no question {n}; `mailflow inbox questions` lists those that wait")
        feedback.answer_question(work, n, now)
    return {"question": n, "object": question.object_id}


def counts(work: Work, office: Office, now: datetime) -> dict[str, int]:
    """Count the questions that wait, and those of them whose answer is late."""
    waiting = feedback.open_questions(work)
    return {"open": len(waiting), "late": sum(due_at(q.asked_at, office.zone) < now for q in waiting)}
