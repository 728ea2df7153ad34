"""Everybody is written to in their own language; a broken translation stops a mailing before a single mail leaves."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from mailflow.domain.phrase import LANGUAGES
from mailflow.errors import TemplateError
from mailflow.service.digests import send_digests
from mailflow.service.launches import add_launch, preview_notice, send_notice, slip
from mailflow.service.pages import OfficePages
from mailflow.service.petitions import open_petition
from mailflow.service.proposals import add_proposal
from mailflow.service.schedule import run_due
from mailflow.service.templates import Templates
from mailflow.web.app import create_app
from tests.acceptance.way_in import (
    LAUNCH,
    LIAISON,
    OPENED,
    ORGANIZER,
    OWNER,
    PROPOSAL,
    TITLE,
    WayIn,
    open_way_in,
    parsed,
    text_of,
)

EN, ES, FR, UNKNOWN, NONE, ALEX = 1, 2, 3, 4, 5, 6
SPEAKS = {
    ES: {"language": "es-MX"},
    FR: {"language": "fr"},
    UNKNOWN: {"language": "pt-BR"},
    EN: {"language": "en"},
    ALEX: {"email": ORGANIZER, "other_emails": "", "language": "es"},  # the organizer is a member
}
ENGLISH = re.compile(r"\b(?:the|and|with|you|your|this|that|have|are|was|not|will|until|from|members?)\b", re.I)
WORDS = re.compile(r"<style>.*?</style>|<[^>]*>", re.S)
# what people wrote stays as they wrote it; commands are words to be written
AS_WRITTEN = (
    TITLE,
    "Membership Initiative Group",
    "I ask that this group be formed.",
    "New Community Site",
    "It comes.",
)
STATEMENT = "We ask that a group be formed whose members learn from each other."


@pytest.fixture
def way_in(tmp_path: Path) -> WayIn:
    return open_way_in(tmp_path, roster=SPEAKS)


def mail(way_in: WayIn, n: int | str, notice: str = "petition_invitation") -> EmailMessage:
    return parsed(way_in.sent(n, notice))


def words_of(message: EmailMessage) -> str:
    """All that a reader sees: the subject, the text and the page, without what people wrote themselves."""
    page = message.get_body(("html",))
    assert page is not None
    words = f"{message['Subject']}\n{text_of(message)}\n{WORDS.sub(' ', page.get_content())}"
    for said in (*AS_WRITTEN, STATEMENT):
        words = re.sub(re.escape(said), "", words, flags=re.I)
    return words


def browser(way_in: WayIn, **headers: str) -> TestClient:
    app = create_app(OfficePages(way_in.office, way_in.clock))
    return TestClient(app, base_url="https://petitions.example.org", headers=headers)


def link_in(message: EmailMessage, path: str) -> str:
    found = re.search(rf"https://petitions\.example\.org({path}[a-z2-7]+)", text_of(message))
    assert found, text_of(message)
    return found[1]


# --- members ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("n", "language", "by_when", "asks"),
    [
        pytest.param(EN, "en", "Sunday, July 21, 2013, 4:30 PM (Chicago time)", "Will you sign the petition", id="en"),
        pytest.param(
            ES, "es", "domingo, 21 de julio de 2013, 16:30 (hora de Chicago)", "¿Firma usted la petición", id="es"
        ),
        pytest.param(
            FR, "fr", "dimanche 21 juillet 2013, 16:30 (heure de Chicago)", "Signez-vous la pétition", id="fr"
        ),
        pytest.param(UNKNOWN, "en", "Sunday, July 21, 2013, 4:30 PM", "Will you sign the petition", id="not written"),
        pytest.param(NONE, "en", "Sunday, July 21, 2013, 4:30 PM", "Will you sign the petition", id="not known"),
    ],
)
def test_one_mailing_reaches_each_member_in_their_language(
    way_in: WayIn, n: int, language: str, by_when: str, asks: str
) -> None:
    """R99: the invitation's words, its date and its `lang`; the association's language for whoever has none of ours."""
    invitation = mail(way_in, n)
    text = text_of(invitation)
    assert by_when in text
    assert by_when in " ".join(str(invitation["Subject"]).split())
    assert invitation["Content-Language"] == language
    page = invitation.get_body(("html",))
    assert page is not None and f'<html lang="{language}">' in page.get_content()
    assert asks in text
    assert len({row.mailing_id for row in way_in.outbox("petition_invitation")}) == 1


@pytest.mark.parametrize(
    ("n", "sign", "withdraw"),
    [pytest.param(ES, "FIRMO", "RETIRAR", id="es"), pytest.param(FR, "JE SIGNE", "RETIRER", id="fr")],
)
def test_the_whole_path_in_spanish_and_in_french(way_in: WayIn, n: int, sign: str, withdraw: str) -> None:
    """Invitation, signature, confirmation, withdrawal, page and unsubscribing: no English but what people wrote."""
    invitation = mail(way_in, n)
    assert sign in text_of(invitation)
    assert not ENGLISH.findall(words_of(invitation))
    [row] = way_in.arrive(way_in.answer(n, sign))
    assert row.verdict == "signed", row.reasons
    way_in.deliver()
    recorded = mail(way_in, n, "signature_recorded")
    assert withdraw in text_of(recorded)
    assert not ENGLISH.findall(words_of(recorded))
    [row] = way_in.arrive(way_in.answer(n, withdraw, to=way_in.sent(n, "signature_recorded")))
    assert row.verdict == "withdrawn", row.reasons
    way_in.deliver()
    assert not ENGLISH.findall(words_of(mail(way_in, n, "signature_withdrawn")))
    client = browser(way_in, **{"Accept-Language": "en"})
    for path in ("/m/", "/u/"):
        page = client.get(link_in(invitation, path))
        assert f'<html lang="{SPEAKS[n]["language"][:2]}">' in page.text
        shown = WORDS.sub(" ", page.text.replace(TITLE, "").replace(STATEMENT, ""))
        for said in (*AS_WRITTEN, "Example Library Association"):
            shown = shown.replace(said, "")
        assert not ENGLISH.findall(shown)
    unsubscribed = client.post(link_in(invitation, "/u/"), data={"action": "unsubscribe"})
    assert f'<html lang="{SPEAKS[n]["language"][:2]}">' in unsubscribed.text
    way_in.deliver()
    assert not ENGLISH.findall(words_of(mail(way_in, n, "unsubscribed")))


def test_the_association_says_what_language_the_rest_is_written_in(tmp_path: Path) -> None:
    way_in = open_way_in(tmp_path, roster=SPEAKS)
    association = replace(way_in.office.settings.association, language="es")
    way_in.office = replace(way_in.office, settings=replace(way_in.office.settings, association=association))
    add_proposal(way_in.office, PROPOSAL.format(title="Otra", liaison=LIAISON, organizer=ORGANIZER, more=""), OPENED)
    open_petition(way_in.office, "mig-2", way_in.clock())
    way_in.deliver()
    languages = {n: mail(way_in, n)["Content-Language"] for n in (EN, ES, FR, UNKNOWN, NONE)}
    assert languages == {EN: "en", ES: "es", FR: "fr", UNKNOWN: "es", NONE: "es"}
    assert mail(way_in, ORGANIZER, "share_kit")["Content-Language"] == "es"


# --- organizers -------------------------------------------------------------------------------------------------------


def test_an_organizer_who_is_a_member_reads_digests_and_answers_in_their_language(way_in: WayIn) -> None:
    way_in.arrive(way_in.answer(EN, "SIGN"), way_in.answer(FR, "What does it cost?"))
    way_in.clock.pass_(timedelta(days=1).total_seconds())
    send_digests(way_in.office, way_in.clock(), is_due_only=False)
    way_in.deliver()
    digest = mail(way_in, ORGANIZER, "digest")
    said = words_of(digest).replace("What does it cost?", "")
    assert not [word for word in ENGLISH.findall(said) if word != "until"]
    assert "Firmas que cuentan: 1 de las 100 necesarias" in text_of(digest)
    assert "lunes, 24 de junio de 2013: 1" in text_of(digest)
    way_in.arrive(
        way_in.answer(ORGANIZER, "extend to August 4: por vacaciones", to=way_in.sent(ORGANIZER, "share_kit"))
    )
    way_in.deliver()
    confirm = mail(way_in, ORGANIZER, "command_confirm")
    assert "Se recibirían firmas hasta el domingo, 4 de agosto de 2013, fin del día" in text_of(confirm)
    way_in.arrive(way_in.answer(ORGANIZER, "Sí", to=way_in.sent(ORGANIZER, "command_confirm")))
    way_in.deliver()
    assert "El plazo llega ahora hasta el domingo, 4 de agosto de 2013" in text_of(
        mail(way_in, ORGANIZER, "command_answer")
    )
    assert mail(way_in, LIAISON, "organizer_note")["Content-Language"] == "en"
    assert "Hay más tiempo" in text_of(mail(way_in, ES, "window_extended"))


def test_a_delay_is_told_to_each_in_their_words(way_in: WayIn) -> None:
    launch_id = add_launch(way_in.office, LAUNCH, way_in.clock())
    notice_id = slip(way_in.office, launch_id, None, "Faltan pruebas.", way_in.clock()).id
    samples = preview_notice(way_in.office, notice_id, way_in.clock()).samples
    assert {sample["language"] for sample in samples} == {"en", "es", "fr"}
    send_notice(way_in.office, notice_id, way_in.clock())
    way_in.deliver()
    assert "Debía estar listo el lunes, 1 de julio de 2013" in text_of(mail(way_in, ES, "delay_notice"))
    assert "It was to be ready on Monday, July 1, 2013" in text_of(mail(way_in, EN, "delay_notice"))
    assert not ENGLISH.findall(words_of(mail(way_in, FR, "delay_notice")))


# --- visitors ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "language"),
    [
        pytest.param("es-ES,es;q=0.9,en;q=0.8", "es", id="the dearest"),
        pytest.param("pt-BR, fr;q=0.7, en;q=0.3", "fr", id="the dearest that is written"),
        pytest.param("es;q=0, fr;q=0.1", "fr", id="refused"),
        pytest.param("de", "en", id="none of ours"),
        pytest.param("", "en", id="nothing asked"),
        pytest.param(";;q=,,*;q=x" * 50, "en", id="nonsense"),
    ],
)
def test_a_public_page_is_in_a_language_that_the_browser_asks_for(way_in: WayIn, asked: str, language: str) -> None:
    page = browser(way_in, **{"Accept-Language": asked}).get("/p/mig-1")
    assert f'<html lang="{language}">' in page.text
    assert (page.headers["Content-Language"], page.headers["Vary"]) == (language, "Accept-Language")
    gone = browser(way_in, **{"Accept-Language": asked}).get("/p/none-1")
    assert (gone.status_code, f'<html lang="{language}">' in gone.text) == (404, True)


# --- the association's own words --------------------------------------------------------------------------------------


def _with_override(way_in: WayIn, folder: Path, files: dict[str, str]) -> None:
    for name, source in files.items():
        path = folder / "own" / "email" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(source, "utf-8")
    way_in.office = replace(way_in.office, templates=Templates(override=folder / "own"))


def test_a_part_in_a_language_goes_before_the_part_without_one(way_in: WayIn, tmp_path: Path) -> None:
    own = {"window_extended/subject.txt": "Ours: {{ title }}", "window_extended/es/subject.txt": "Nuestro: {{ title }}"}
    _with_override(way_in, tmp_path, own)
    way_in.arrive(way_in.answer(ORGANIZER, "extend to August 4: x", to=way_in.sent(ORGANIZER, "share_kit")))
    way_in.deliver()
    way_in.arrive(way_in.answer(ORGANIZER, "Sí", to=way_in.sent(ORGANIZER, "command_confirm")))
    way_in.deliver()
    subjects = {n: str(mail(way_in, n, "window_extended")["Subject"]) for n in (EN, ES, FR)}
    assert subjects == {EN: f"Ours: {TITLE}", ES: f"Nuestro: {TITLE}", FR: f"Ours: {TITLE}"}


@pytest.mark.parametrize(
    ("name", "source", "told"),
    [
        pytest.param(f"petition_invitation/{where}body.txt", source, told, id=f"{what}, {where or 'all'}")
        for where in ("", *(f"{language}/" for language in LANGUAGES))
        for what, source, told in (
            ("syntax", "fine\n{% if %}", r"body\.txt, line 2"),
            ("missing fact", "fine\n\n{{ no_such_fact }}", r"body\.txt, line 3: .*no_such_fact"),
        )
    ]
    + [
        pytest.param(
            "petition_invitation/sp/body.txt", "x", r"petition_invitation/sp: 'sp' is no language", id="folder"
        )
    ],
)
def test_a_broken_override_stops_the_mailing_before_a_single_mail(
    way_in: WayIn, tmp_path: Path, name: str, source: str, told: str
) -> None:
    """In whatever language it is broken, with file and line; also for those who would read another."""
    _with_override(way_in, tmp_path, {name: source})
    add_proposal(way_in.office, PROPOSAL.format(title="Next", liaison=LIAISON, organizer=ORGANIZER, more=""), OPENED)
    before = len(way_in.outbox())
    with pytest.raises(TemplateError, match=told):
        open_petition(way_in.office, "mig-2", way_in.clock())
    assert [row.notice for row in way_in.outbox()[before:]] == ["alert"]


def test_the_owner_is_told_once_of_a_broken_override_that_the_clock_met(tmp_path: Path) -> None:
    more = "feedback.closes = 2013-06-25\npetition.opens = 2013-06-26"
    way_in = open_way_in(tmp_path, roster=SPEAKS, proposal=more, is_petition=False)
    _with_override(way_in, tmp_path, {"petition_invitation/es/body.txt": "fine\n{% if %}"})
    way_in.clock.pass_((datetime(2013, 6, 26, 15, tzinfo=UTC) - way_in.clock()).total_seconds())
    for _ in range(2):
        run_due(way_in.office, way_in.clock())
        way_in.deliver()
        way_in.clock.pass_(600)
    assert not way_in.outbox("petition_invitation")
    alerts = [row for row in way_in.outbox("alert") if row.address == OWNER]
    told = [text_of(parsed(e.body)) for e in way_in.relay.offered if e.rcpt_to == OWNER]
    assert sum("petition_invitation/es/body.txt, line 2" in text for text in told) == 1, alerts
