"""What is new and what is not: attribution lines, blocks, dividers, endings, what we sent, linear time."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mailflow.mail.message import Division, Mailbox, Message, SentText
from mailflow.mail.quote import divide
from mailflow.mail.quote_lines import visible

ANN = Mailbox("ann@example.org", "Ann Lee")
SENT = SentText(
    "Dear member,\n\nThe reading room asks for longer evening hours. If you want the petition\nto go forward, answer "
    "with the word SIGN.\nPlease add my name to the list.\n\nThe petition closes on 30 June 2025, and every member in "
    "good standing counts once.\n\nLantern Society\n"
)


def divided(text: str, sent: SentText | None = None) -> Division:
    return divide(Message(text=text, from_=ANN), sent)


def new(text: str, sent: SentText | None = None) -> str:
    return divided(text, sent).new_text


ATTRIBUTIONS = [
    "On Mon, Jun 2, 2025 at 3:14 PM Bo Berg <bo@example.org> wrote:",
    "On Mon, 2 Jun 2025 15:14:07 +0200 Bo Berg <bo@example.org> wrote:",
    "On 2025-06-02 15:14, Bo Berg wrote:",
    "On 6/2/25 3:14 PM, Bo Berg wrote:",
    "On Jun 2, 2025 you wrote:",
    "Am 02.06.25 um 15:14 schrieb Bo Berg:",
    "Bo Berg <bo@example.org> schrieb am Mo., 2. Juni 2025, 15:14:",
    "Le 02/06/2025 à 15:14, Bo Berg a écrit :",
    "El lun, 2 jun 2025 a las 15:14, Bo Berg (<bo@example.org>) escribió:",
    "El dl., 2 de juny 2025 a les 15:14, Bo Berg <bo@example.org> va escriure:",
    "Il giorno lun 2 giu 2025 alle ore 15:14 Bo Berg <bo@example.org> ha scritto:",
    "Em seg., 2 de jun. de 2025 às 15:14, Bo Berg <bo@example.org> escreveu:",
    "Op ma 2 jun 2025 om 15:14 schreef Bo Berg <bo@example.org>:",
    "Den mån 2 juni 2025 kl 15:14 skrev Bo Berg <bo@example.org>:",
    "man. 2. juni 2025 kl. 15:14 skrev Bo Berg <bo@example.org>:",
    "Den man. 2. jun. 2025 kl. 15.14 skrev Bo Berg <bo@example.org>:",
    "ma 2. kesäk. 2025 klo 15.14 Bo Berg (bo@example.org) kirjoitti:",
    "W dniu 2.06.2025 o 15:14, Bo Berg pisze:",
    "pon., 2 cze 2025 o 15:14 Bo Berg <bo@example.org> napisał(a):",
    "po 2. 6. 2025 v 15:14 odesílatel Bo Berg <bo@example.org> napsal:",
    "po 2. 6. 2025 o 15:14 Bo Berg <bo@example.org> napísal(a):",
    "пн, 2 июн. 2025 г. в 16:14, Bo Berg <bo@example.org>:",
    "02.06.2025 16:14, Bo Berg пишет:",
    "пн, 2 черв. 2025 р. о 16:14 Bo Berg <bo@example.org> пише:",
    "На пн, 2.06.2025 г. в 16:14 Bo Berg <bo@example.org> написа:",
    "Bo Berg <bo@example.org> ezt írta (időpont: 2025. jún. 2., H, 15:14):",
    "În lun., 2 iun. 2025 la 16:14, Bo Berg <bo@example.org> a scris:",
    "Στις Δευ 2 Ιουν 2025 στις 4:14 μ.μ., ο χρήστης Bo Berg <bo@example.org> έγραψε:",
    "Bo Berg <bo@example.org>, 2 Haz 2025 Pzt, 16:14 tarihinde şunu yazdı:",
    "Vào Th 2, 2 thg 6, 2025 vào lúc 20:14 Bo Berg <bo@example.org> đã viết:",
    "Pada Sen, 2 Jun 2025 pukul 20.14 Bo Berg <bo@example.org> menulis:",
    "เมื่อ จ. 2 มิ.ย. 2025 เวลา 20:14 Bo Berg <bo@example.org> เขียนว่า:",
    "בתאריך יום ב׳, 2 ביוני 2025 ב-16:14 מאת Bo Berg <bo@example.org>:",
    "في الاثنين، 2 يونيو 2025 في 4:14 م تمت كتابة ما يلي بواسطة Bo Berg <bo@example.org>:",
    "2025年6月2日(月) 22:14 Bo Berg <bo@example.org>:",
    "2025/06/02 22:14、Bo Berg <bo@example.org>のメール:",
    "2025年6月2日 21:14，Bo Berg <bo@example.org> 写道：",
    "Bo Berg <bo@example.org> 於 2025年6月2日 週一 下午9:14寫道：",
    '在 2025-06-02 21:14:07，"Bo Berg" <bo@example.org> 写道：',
    "2025년 6월 2일 (월) 오후 10:14, Bo Berg <bo@example.org>님이 작성:",
    "---- On Mon, 02 Jun 2025 15:14:07 +0200 Bo Berg <bo@example.org> wrote ----",
    "Quoting Bo Berg <bo@example.org>:",
    "Zitat von Bo Berg <bo@example.org>:",
    "* Bo Berg <bo@example.org> [2025-06-02 15:14]:",
    "In message <1@example.org>, Bo Berg writes:",
    ">>> Bo Berg <bo@example.org> 6/2/2025 3:14 PM >>>",
]


@pytest.mark.parametrize("attribution", ATTRIBUTIONS)
@pytest.mark.parametrize("mark", ["> ", ""], ids=["marked", "unmarked"])
def test_attribution_lines(attribution: str, mark: str) -> None:
    """R45: what stands below an attribution line is quoted, in every language, behind marks or not."""
    division = divided(f"I agree.\n\n{attribution}\n\n{mark}Shall we sign?\n{mark}Please say.\n")
    assert division.new_text == "I agree."
    assert [segment.kind for segment in division.segments] == ["new", "attribution", "quoted"]


@pytest.mark.parametrize(
    "attribution",
    [
        "Bo Berg wrote:",
        "Bo <bo@example.org>:",
        "Bo hat geschrieben:",
        "---- Bo wrote ----",
        "2025/6/2 Bo <bo@example.org>",
    ],
)
def test_a_weak_attribution_counts_above_marks_alone(attribution: str) -> None:
    """R45: a name and a verb announce a quote where marks follow; a person may write them too."""
    assert new(f"I agree.\n\n{attribution}\n> Shall we sign?\n") == "I agree."
    assert new(f"I agree.\n\n{attribution}\n\nShall we sign?") == f"I agree.\n\n{attribution}\n\nShall we sign?"


@pytest.mark.parametrize("width", [30, 45, 60, 76])
@pytest.mark.parametrize(
    "attribution", [a for a in ATTRIBUTIONS if " " in a and not a.startswith((">>>", "----"))][:24]
)
def test_wrapped_attribution_lines(attribution: str, width: int) -> None:
    lines, line = [], ""
    for word in attribution.split():
        if line and len(line) + 1 + len(word) > width:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}".strip()
    wrapped = "\n".join([*lines, line])
    assert new(f"I agree.\n\n{wrapped}\n\n> Shall we sign?\n") == "I agree."


@pytest.mark.parametrize(
    "text",
    [
        "On Thursday I can come.",
        "On the one hand I agree:\nit is late.",
        "The rule says:\nnobody signs twice.",
        "Two things:\n1. yes\n2. no",
        "I wrote to them:\nno answer came.",
        "From: the heart",
        "Date: any\nTime: any\nPlace: the reading room",
        "Subject: hours. I agree.",
        "Sent from my desk, which is easier than a telephone.",
        "Sent by pigeon, as ever.",
        "自分の名前を加えてください。",
        "通过！我支持。",
        "This email is to say that I sign.",
        "Este email es para decir que firmo.",
        ">>> see the page <<<",
        "a -- b -- c",
        "Is my vote confidential?",
        "5 > 3\n3 < 5",
        "I was there on Tue, Mar 4, 2025 at 9:12 and wrote this down:\n\nThe room was full.",
        "I sign.\n\n____________\nHow do I unsubscribe from this list?",
    ],
)
def test_what_a_person_types_is_new(text: str) -> None:
    assert new(text) == text


BLOCKS = [
    "From: Bo <bo@example.org>\nSent: Monday, June 2, 2025 3:14 PM\nTo: Ann\nSubject: hours",
    "*From:* Bo <bo@example.org>\n*Sent:* Monday, June 2, 2025\n*To:* Ann\n*Subject:* hours",
    "From: Bo <bo@example.org>\nDate: Monday, June 2, 2025\nTo: Ann, and\n  many others\nCc: Cy\nSubject: hours",
    "Von: Bo <bo@example.org>\nGesendet: Montag, 2. Juni 2025 15:14\nAn: Ann\nBetreff: hours",
    "De : Bo <bo@example.org>\nEnvoyé : lundi 2 juin 2025 15:14\nÀ : Ann\nObjet : hours",
    "De: Bo <bo@example.org>\nEnviado el: lunes, 2 de junio de 2025\nPara: Ann\nAsunto: hours",
    "Da: Bo <bo@example.org>\nInviato: lunedì 2 giugno 2025\nA: Ann\nOggetto: hours",
    "De: Bo <bo@example.org>\nEnviada em: segunda-feira, 2 de junho de 2025\nPara: Ann\nAssunto: hours",
    "Van: Bo <bo@example.org>\nVerzonden: maandag 2 juni 2025\nAan: Ann\nOnderwerp: hours",
    "Fra: Bo <bo@example.org>\nSendt: 2. juni 2025\nTil: Ann\nEmne: hours",
    "Från: Bo <bo@example.org>\nSkickat: den 2 juni 2025\nTill: Ann\nÄmne: hours",
    "Lähettäjä: Bo <bo@example.org>\nLähetetty: 2. kesäkuuta 2025\nVastaanottaja: Ann\nAihe: hours",
    "Od: Bo <bo@example.org>\nWysłano: 2 czerwca 2025\nDo: Ann\nTemat: hours",
    "Od: Bo <bo@example.org>\nOdesláno: 2. června 2025\nKomu: Ann\nPředmět: hours",
    "От: Bo <bo@example.org>\nОтправлено: 2 июня 2025 г.\nКому: Ann\nТема: hours",
    "Від: Bo <bo@example.org>\nНадіслано: 2 червня 2025 р.\nКому: Ann\nТема: hours",
    "Feladó: Bo <bo@example.org>\nElküldve: 2025. június 2.\nCímzett: Ann\nTárgy: hours",
    "De la: Bo <bo@example.org>\nTrimis: luni, 2 iunie 2025\nCătre: Ann\nSubiect: hours",
    "Από: Bo <bo@example.org>\nΣτάλθηκε: Δευτέρα, 2 Ιουνίου 2025\nΠρος: Ann\nΘέμα: hours",
    "Kimden: Bo <bo@example.org>\nGönderildi: 2 Haziran 2025\nKime: Ann\nKonu: hours",
    "Từ: Bo <bo@example.org>\nĐã gửi: 2 tháng 6, 2025\nĐến: Ann\nChủ đề: hours",
    "מאת: Bo <bo@example.org>\nנשלח: 02 יוני 2025\nאל: Ann\nנושא: hours",
    "من: Bo <bo@example.org>\nتم الإرسال: 2 يونيو 2025\nإلى: Ann\nالموضوع: hours",
    "差出人: Bo <bo@example.org>\n送信日時: 2025年6月2日 22:14\n宛先: Ann\n件名: hours",
    "发件人： Bo\n发送时间： 2025-06-02 21:14\n收件人： Ann\n主题： hours",
    "寄件者: Bo <bo@example.org>\n寄件日期: 2025年6月2日\n收件者: Ann\n主旨: hours",
    "보낸 사람: Bo <bo@example.org>\n보낸 날짜: 2025년 6월 2일\n받는 사람: Ann\n제목: hours",
    "-----Original Message-----\nFrom: Bo\nSubject: hours",
    "-----Ursprüngliche Nachricht-----",
    "-------- Message d'origine --------\nDe : Bo <bo@example.org>",
    "------------------ 原始邮件 ------------------",
    "---------- Forwarded message ---------\nFrom: Bo <bo@example.org>\nDate: Mon, Jun 2, 2025\nSubject: hours",
    "Begin forwarded message:\n\nFrom: Bo <bo@example.org>\nSubject: hours",
    "________________________________\nFrom: Bo <bo@example.org>\nSent: Monday\nTo: Ann",
    "________________________________\nმდან: Bo <bo@example.org>\nგაგზავნა: 2025-06-02\nვის: Ann\nთემა: hours",
]


@pytest.mark.parametrize("block", BLOCKS)
def test_header_blocks_and_dividers(block: str) -> None:
    """R45: everything below them is quoted, of a forward too."""
    division = divided(f"I agree.\n\n{block}\n\nPlease sign.\nSIGN\n")
    assert division.new_text == "I agree."
    assert division.segments[-1].kind == "quoted"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("> a\n\nyes\n\n> b\n\nno\n", "yes\n\nno", id="interleaved"),
        pytest.param("On 2 June 2025 Bo wrote:\n> a\n> b\n\nyes\n", "yes", id="below"),
        pytest.param("yes\n> a\n>> b\n> > c\n", "yes", id="above, nested"),
        pytest.param(
            "yes On Mon, Jun 2, 2025, Bo <bo@example.org> wrote:\n> a\n", "yes", id="on the attribution's line"
        ),
        pytest.param(
            "> " + "long words " * 6 + "that a program\nhas wrapped\n> so.\n\nyes", "yes", id="a wrapped quote"
        ),
        pytest.param("> will you come?\nyes\n> and sign?\nno\n", "yes\n\nno", id="short answers without blank lines"),
        pytest.param("> a\n> b", "", id="nothing but a quote"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_where_an_answer_may_stand(text: str, expected: str) -> None:
    """R45."""
    assert new(text).split() == expected.split()


@pytest.mark.parametrize(
    ("ending", "kind"),
    [
        pytest.param("-- \nAnn Lee\nArchivist", "signature", id="delimited"),
        pytest.param("--\nAnn", "signature", id="delimited, space lost"),
        pytest.param("Ann Lee\nArchivist\nCounty Library", "signature", id="the author's card"),
        pytest.param("Ann Lee (she/her)\nCounty Library\n+1 555 010 2020", "signature", id="with pronouns"),
        pytest.param("[logo]\nAnn Lee\nCounty Library", "signature", id="with a picture"),
        pytest.param("Ann Lee | Archivist", "signature", id="a card in one line"),
        pytest.param("Ann Lee\n\nArchivist\n\nCounty Library", "signature", id="a card in paragraphs"),
        pytest.param(
            "━━━━━━━━━━━━\n県立図書館 李\nTEL 03-0000-1111\nann@example.org\n━━━━━━━━━━━━",
            "signature",
            id="Japanese card",
        ),
        pytest.param("Sent from my iPhone", "footer", id="iPhone"),
        pytest.param("Sent from my Galaxy", "footer", id="Samsung"),
        pytest.param("Get Outlook for iOS<https://example.org/o>", "footer", id="Outlook"),
        pytest.param("Von meinem iPhone gesendet", "footer", id="German"),
        pytest.param("Envoyé de mon iPhone", "footer", id="French"),
        pytest.param("Enviado desde mi iPhone", "footer", id="Spanish"),
        pytest.param("Enviado do meu iPhone", "footer", id="Portuguese"),
        pytest.param("Inviato da iPhone", "footer", id="Italian"),
        pytest.param("Verstuurd vanaf mijn iPhone", "footer", id="Dutch"),
        pytest.param("Skickat från min iPhone", "footer", id="Swedish"),
        pytest.param("Sendt fra min iPhone", "footer", id="Danish"),
        pytest.param("Lähetetty iPhonesta", "footer", id="Finnish"),
        pytest.param("Wysłane z iPhone'a", "footer", id="Polish"),
        pytest.param("Odesláno z iPhonu", "footer", id="Czech"),
        pytest.param("Отправлено с iPhone", "footer", id="Russian"),
        pytest.param("Надіслано з iPhone", "footer", id="Ukrainian"),
        pytest.param("iPhone'umdan gönderildi", "footer", id="Turkish"),
        pytest.param("Trimis de pe iPhone-ul meu", "footer", id="Romanian"),
        pytest.param("Στάλθηκε από το iPhone μου", "footer", id="Greek"),
        pytest.param("נשלח מה-iPhone שלי", "footer", id="Hebrew"),
        pytest.param("أرسلت من الـ iPhone", "footer", id="Arabic"),
        pytest.param("Được gửi từ iPhone của tôi", "footer", id="Vietnamese"),
        pytest.param("iPhoneから送信", "footer", id="Japanese"),
        pytest.param("发自我的iPhone", "footer", id="Chinese"),
        pytest.param("從我的iPhone傳送", "footer", id="Chinese, Taiwan"),
        pytest.param("나의 iPhone에서 보냄", "footer", id="Korean"),
        pytest.param(
            "This message is confidential and intended for you only.\nIf you received this in error, delete it.",
            "footer",
            id="disclaimer",
        ),
        pytest.param(
            "____________________\nLantern mailing list\nTo unsubscribe write to x@example.org", "footer", id="list"
        ),
    ],
)
def test_endings_are_no_new_text(ending: str, kind: str) -> None:
    division = divided(f"I sign.\n\n{ending}\n")
    assert division.new_text == "I sign."
    assert division.segments[-1].kind == kind


@pytest.mark.parametrize(
    "text",
    [
        "Ann Lee\nSIGN",
        "Ann Lee\nI sign",
        "Ann Lee\nCounty Library\nI sign",
        "Hello,\n\nAnn Lee\nCounty Library\nSIGN",
        "Hello,\n\nAnn Lee\nI sign this",
        "Ann Lee\nYes, gladly",
        "Hello all,\n\nAnn Lee\nunsubscribe",
        "Count me in.\n\nAnn Lee\n(since 1984)",
        "Ann Lee",
        "No\n\nAnn Lee",
    ],
)
def test_a_name_above_an_answer_hides_nothing(text: str) -> None:
    """R45: a short answer below a name is an answer, not a title on a card."""
    assert new(text) == text


@pytest.mark.parametrize(
    "ending",
    [
        "Thanks,\nAnn",
        "Best regards,\nAnn Lee",
        "Warmly,\nAnn Lee\nkeeper of the kettle",
        "Ann",
        "- Ann",
        "xo A.",
        "Mit freundlichen Grüßen\nAnn Lee",
    ],
)
def test_a_closing_that_was_typed_stays(ending: str) -> None:
    assert new(f"I sign.\n\n{ending}\n\nOn 2 June 2025 Bo wrote:\n> a\n") == f"I sign.\n\n{ending}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("[EXTERNAL]\n\nI sign.", "I sign.", id="mark alone"),
        pytest.param("[EXTERNAL] I sign.", "I sign.", id="mark before the text"),
        pytest.param("CAUTION: This email originated from outside.\n\nI sign.", "I sign.", id="caution"),
        pytest.param(
            "You don't often get email from ann@example.org. Learn why this is\nimportant\n\nI sign.",
            "I sign.",
            id="safety tip",
        ),
        pytest.param("ACHTUNG: Externe E-Mail\n\nI sign.", "I sign.", id="German"),
    ],
)
def test_banners_of_the_receiving_side_are_no_new_text(text: str, expected: str) -> None:
    division = divided(text)
    assert division.new_text == expected
    assert division.segments[0].kind == "banner"


QUOTE = "\n".join(f"> {line}" for line in SENT.text.split("\n"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(f"Yes.\n\n{SENT.text}", "Yes.", id="a quote that nothing marks"),
        pytest.param(
            QUOTE.replace("> The petition closes", "> SIGN, gladly\n>\n> The petition closes"),
            "SIGN, gladly",
            id="behind '>'",
        ),
        pytest.param(
            f"{BLOCKS[0]}\n\n{SENT.text}".replace("The petition closes", "I do not sign.\n\nThe petition closes"),
            "I do not sign.",
            id="inside an unmarked quote",
        ),
        pytest.param(f"{BLOCKS[0]}\n\n{SENT.text}\nCount me in.", "Count me in.", id="below an unmarked quote"),
        pytest.param(f"{QUOTE}\n\nSIGN", "SIGN", id="below a marked quote"),
        pytest.param(f"SIGN\n\n{BLOCKS[0]}\n\n{SENT.text}", "SIGN", id="our word, above"),
        pytest.param(
            f"The petition closes on 30 June 2025, and every member in good standing counts once.\n\n{QUOTE}",
            "The petition closes on 30 June 2025, and every member in good standing counts once.",
            id="our own sentence as the answer",
        ),
        pytest.param(
            "May I ask what this sentence means for people who moved to another county last year?\n"
            "to go forward, answer with the word SIGN.\nI am not sure that I count as a member.",
            "May I ask what this sentence means for people who moved to another county last year?\n"
            "I am not sure that I count as a member.",
            id="a line copied out of our mail",
        ),
        pytest.param(
            "I have waited for this for three long years and so have all of my colleagues in town.\n"
            "Please add my name to the list.",
            "I have waited for this for three long years and so have all of my colleagues in town.\n"
            "Please add my name to the list.",
            id="a copied line that is the writer's statement",
        ),
        pytest.param(
            f"There is one thing that I do not like, in section 2:\n{SENT.text}",
            "There is one thing that I do not like, in section 2:",
            id="words above a copy that are no attribution",
        ),
        pytest.param(QUOTE, "", id="nothing but our mail"),
        pytest.param(SENT.text, "", id="nothing but our mail, unmarked"),
        pytest.param(
            QUOTE.replace("> Lantern Society", "> Lantern Society\n>\n> > Yes, I sign.\n> > Cy"),
            "",
            id="another's answer, quoted deeper",
        ),
    ],
)
def test_what_we_sent_tells_what_is_new(text: str, expected: str) -> None:
    """R45: our own words quoted back are never an answer; an answer inside them is found."""
    assert new(text, SENT) == expected


@pytest.mark.parametrize("own", ["Yes, I sign.\n\nAnn", "I sign.\n\n" + ATTRIBUTIONS[0]])
@pytest.mark.parametrize("block", [BLOCKS[0], BLOCKS[3], ATTRIBUTIONS[0], ATTRIBUTIONS[5]])
def test_own_older_words_in_the_thread_are_no_answer(block: str, own: str) -> None:
    """R45: the last word counts, and an earlier yes that is quoted back, between two mails of ours, is not it."""
    thread = f"{BLOCKS[0]}\n\n{SENT.text}\n{block}\n\n{own}\n\n{BLOCKS[0]}\n\n{SENT.text}"
    assert new(f"Take my name off.\n\n{thread}", SENT) == "Take my name off."


def test_what_a_server_added_inside_the_quote_is_no_answer() -> None:
    banner = "You don't often get email from post@example.org. Learn why this is\nimportant <https://example.org/a>\n\n"
    quote = SENT.text.replace("The petition closes", banner + "The petition closes")
    assert new(f"No.\n\n{BLOCKS[0]}\n\n{quote}", SENT) == "No."


@pytest.mark.parametrize("width", [40, 60, 72, 200])
def test_our_mail_is_found_however_it_was_wrapped(width: int) -> None:
    words, lines, line = SENT.text.split(), [], ""
    for word in words:
        if len(line) + len(word) >= width:
            lines.append(line)
            line = ""
        line = f"{line} {word}".strip()
    assert new("No.\n\n" + "\n".join([*lines, line]), SENT) == "No."


def test_html_is_read_where_the_text_says_nothing() -> None:
    html = "<p>I sign.</p><blockquote type=cite>old</blockquote>"
    assert divide(Message(html=html)).new_text == "I sign."
    assert divide(Message(text="I sign.\nold\n", html=html)).new_text == "I sign."
    assert divide(Message(text=" \n", html=html)).new_text == "I sign."


def test_html_mends_marks_that_the_text_lost() -> None:
    text = "Hi,\n\nIs there a paper that describes the evening hours? Looking at\n> the notice I see none.\n\nYes.\n"
    quote = "Is there a paper that describes the evening hours? Looking at the notice I see none."
    html = f"Hi,<blockquote type=cite>{quote}</blockquote>Yes."
    assert divide(Message(text=text, html=html)).new_text.split() == ["Hi,", "Yes."]


def test_nothing_is_thrown_away() -> None:
    text = f"[EXTERNAL] hi\n\nI sign.\n\nSent from my iPhone\n\n{ATTRIBUTIONS[0]}\n> a\n\nmore\n-- \nAnn\n"
    division = divided(text)
    assert "\n".join(segment.text for segment in division.segments).split() == text.split()


PIECES = st.sampled_from(
    [
        "> ",
        "\n",
        "\n\n",
        "I sign",
        "On Mon, Jun 2, 2025 Bo <bo@example.org> wrote:",
        "From: bo@example.org\n",
        "Sent: 2025\n",
        "To: a\n",
        "-- \n",
        "________\n",
        "-----Original Message-----\n",
        "Sent from my iPhone",
        ">>> ",
        "<http://x",
        "wrote:",
        "The reading room asks for longer evening hours. ",
        "[EXTERNAL]",
        "Ann Lee\n",
        "-----BEGIN PGP SIGNATURE-----\n",
        "-----END PGP SIGNATURE-----\n",
        "confidential intended recipient",
        ":",
        "\u3000",
        "写道：",
        "\u202b",
    ]
)


@given(st.lists(PIECES | st.text(max_size=6), max_size=40).map("".join), st.sampled_from([None, SENT]))
@settings(max_examples=1000, deadline=None)
def test_no_text_raises_and_new_text_is_made_of_lines_of_the_mail(text: str, sent: SentText | None) -> None:
    """R39, R45: whatever was written, what is called new stands in the mail."""
    known = "".join(visible(text).split()).replace(">", "")
    for line in new(text, sent).split("\n"):
        assert "".join(line.split()).replace(">", "") in known


def calls_of(work: Callable[[], Any]) -> int:
    """Count the calls that some work makes: the cost that does not depend on the machine."""
    count = 0

    def note(frame: FrameType, event: str, arg: Any) -> None:
        nonlocal count
        count += 1

    sys.setprofile(note)
    try:
        work()
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("sent", [None, SENT], ids=["blind", "sent known"])
@pytest.mark.parametrize(
    "unit",
    [
        "a\n",
        "\n",
        ">",
        "> \n",
        "> a\nb\n",
        "> a\n\nb\n\n",
        ATTRIBUTIONS[0] + "\n",
        ATTRIBUTIONS[0] + "\n> a\nb\n",
        "From: a\n\n",
        "From: a\nb\n",
        "a 2025 wrote:\n\n\n",
        "-----\n",
        "________\n\n",
        "-- \nx\n",
        "Sent from my iPhone\n",
        "x On 2 wrote: ",
        "Ann Lee\nx\n\n",
        "This message is confidential and intended\n\n",
        "[EXTERNAL]\n",
        "the reading room asks for longer ",
        "<http://",
    ],
)
def test_the_cost_grows_with_the_length(unit: str, sent: SentText | None) -> None:
    """R42: twice the mail costs at most about twice as much, however it is made."""
    short, long = unit * (6_000 // len(unit)), unit * (12_000 // len(unit))
    divided("warm up", sent)
    assert calls_of(lambda: divided(long, sent)) < 2.6 * calls_of(lambda: divided(short, sent)) + 2_000
