"""What mail programs write around a quote, in the languages they speak: tables for a translator to extend, no code.

Everything is lower case. A word that stands in two languages is written once. To add a language, add its words to each
table and a mail to tests/corpus/replies.
"""

from __future__ import annotations

# Labels of the header block above a quoted or forwarded mail, by what they announce.
LABELS: dict[str, tuple[str, ...]] = {
    "from": (
        "from", "von", "de", "da", "van", "od", "od koga", "från", "fra", "frá", "lähettäjä", "от", "от кого", "від",
        "від кого", "feladó", "küldő", "expeditor", "de la", "από", "gönderen", "kimden", "nadawca", "odesílatel",
        "odesilatel", "odosielateľ", "pošiljatelj", "pošiljalac", "pošiljatelj/ica", "saatja", "nuo", "no", "dari",
        "daripada", "từ", "người gửi", "จาก", "מאת", "من", "از", "发件人", "寄件人", "寄件者", "發件人", "发信人",
        "差出人", "送信者", "送信元", "보낸 사람", "보낸사람", "보낸이", "발신", "발신인", "remitente", "remetente",
        "expéditeur", "mittente", "absender", "afzender", "avsender", "avsändare", "afsender", "enviado por",
        "mensaje de", "message de", "प्रेषक", "nga", "од", "igorlea", "nork", "šalje", "sūtītājs",
    ),
    "date": (
        "sent", "date", "sent on", "sent at", "gesendet", "gesendet am", "datum", "datum/uhrzeit", "envoyé",
        "envoye", "envoyé le", "envoyé à", "date d'envoi", "date de l'envoi", "message du", "date et heure",
        "enviado", "enviado el", "enviado em", "enviada", "enviada em", "enviado a las", "enviat", "fecha",
        "fecha de envío", "fecha y hora", "data", "data de envio", "data invio", "inviato", "inviata", "inviato il",
        "data e ora", "verzonden", "verzonden op", "verstuurd", "datum en tijd", "wysłano", "wysłane", "wysłany",
        "data wysłania", "skickat", "skickad", "sendt", "dato", "sent dato", "lähetetty", "lähetysaika",
        "päivämäärä", "päiväys", "отправлено", "отправлен", "дата", "дата отправки", "надіслано", "надійшло",
        "відправлено", "odesláno", "odesláno dne", "odoslané", "dátum", "elküldve", "küldve", "időpont", "data/ora",
        "trimis", "data trimiterii", "trimis la", "στάλθηκε", "εστάλη", "ημερομηνία", "ημ/νία", "gönderildi",
        "gönderme tarihi", "gönderilme tarihi", "gönderilen", "tarih", "đã gửi", "gửi", "ngày", "ngày gửi", "vào",
        "ส่งเมื่อ", "วันที่", "ส่ง", "תאריך", "נשלח", "נשלח ב", "التاريخ", "تاريخ الإرسال", "أرسلت", "تم الإرسال",
        "تاريخ الارسال", "تاريخ", "ارسال شده", "发送时间", "发送日期", "日期", "时间", "寄件日期", "傳送時間",
        "傳送日期", "寄送日期", "發送時間", "送信日時", "日時", "日付", "送信日", "날짜", "보낸 날짜", "보낸날짜",
        "전송 날짜", "발신일", "보낸 시간", "일시", "일자", "poslano", "послато", "датум", "saadetud", "kuupäev",
        "išsiųsta", "sūtīts", "datums", "dikirim", "tanggal", "terkirim", "dihantar", "tarikh", "sent time",
        "data i godzina", "sendt dato", "sendt den", "изпратено", "дата на изпращане", "dagsetning", "sent þann",
        "bidalia", "दिनांक", "भेजा गया", "nosūtīts", "испратено",
    ),
    "to": (
        "to", "an", "à", "a", "para", "per a", "aan", "naar", "do", "till", "til", "vastaanottaja", "кому", "komu",
        "címzett", "către", "catre", "la", "προς", "kime", "alıcı", "kepada", "đến", "tới", "người nhận", "ถึง",
        "אל", "עבור", "إلى", "الى", "به", "收件人", "收件者", "收信人", "宛先", "受信者", "받는 사람", "받는사람",
        "받는이", "수신", "수신인", "destinataire", "destinatario", "destinatário", "destinatari", "empfänger",
        "adresat", "primatelj", "prima", "za", "за", "до", "saaja", "kam", "kas", "mottaker", "mottagare",
        "modtager", "odbiorca", "príjemca", "příjemce", "получатель", "ontvanger", "dla", "nori", "प्रति", "til:",
        "к", "adressaat", "primalac", "saņēmējs",
    ),
    "subject": (
        "subject", "subj", "betreff", "betr.", "objet", "sujet", "asunto", "assunto", "oggetto", "onderwerp",
        "temat", "ämne", "emne", "aihe", "otsikko", "тема", "předmět", "predmet", "tárgy", "subiect", "θέμα", "konu",
        "chủ đề", "tiêu đề", "เรื่อง", "หัวเรื่อง", "נושא", "الموضوع", "موضوع", "主题", "主題", "主旨", "标题", "件名",
        "제목", "assumpte", "задача", "относно", "subjek", "perihal", "teema", "tēma", "gaia", "efni", "विषय",
        "zadeva", "наслов", "naslov",
    ),
    "cc": (
        "cc", "cc:", "kopie", "copie", "copie à", "copia", "c.c.", "kopia", "kopi", "kopio", "копия", "копія",
        "másolat", "másolatot kap", "κοιν.", "κοινοποίηση", "bilgi", "kopii", "dw", "do wiadomości", "sao chép",
        "đồng gửi", "สำเนา", "עותק", "نسخة", "抄送", "副本", "副本抄送", "참조", "kk", "kopija", "с копия",
        "v kopii", "con copia a", "com cópia", "cópia", "cc à", "bcc", "cci", "cco", "密送", "숨은참조", "reply-to",
        "reply to", "antwort an", "répondre à", "responder a", "responder para", "rispondi a", "回复", "返信先",
        "ответить", "importance", "wichtigkeit", "priorität", "priority", "importancia", "attachments", "anlagen",
        "anhänge", "organization", "organisation", "x-mailer", "resent-from", "list", "newsgroups", "sender",
        "delivered-to", "message-id", "bijlagen", "pièces jointes", "załączniki", "вложения", "附件", "添付ファイル",
        "첨부", "첨부파일", "重要性", "重要度",
    ),
}  # fmt: skip

# Verbs that end or hold an attribution line.
WROTE = (
    "wrote", "writes", "sent", "said", "schrieb", "schrieben", "schreibt", "geschrieben", "a écrit", "a ecrit",
    "écrit", "a écrit sur", "avez écrit", "escribió", "escribio", "escribiste", "ha escrito", "ha scritto", "scrive",
    "scritto", "escreveu", "escreveste", "schreef", "geschreven", "napisał", "napisała", "napisał(a)", "napisał/a",
    "napisali", "pisze", "napisano", "skrev", "skreiv", "skriver", "kirjoitti", "kirjoittaa", "napsal", "napsala",
    "napsal(a)", "napísal", "napísala", "napísal(a)", "píše", "piše", "написал", "написала", "написал(а)",
    "написал(a)", "пишет", "писал", "писала", "написав", "написав(ла)", "пише", "писав", "írta", "írta a következőt",
    "írja", "a scris", "scrie", "έγραψε", "έγραψαν", "γράφει", "yazdı", "şunu yazdı", "şunları yazdı", "yazmış",
    "đã viết", "viết", "va escriure", "ha escrit", "escrigué", "napisao", "napisala", "je napisao", "je napisao/la",
    "je napisao/napisala", "je napisal", "je napisala", "је написао", "је написао/ла", "написао", "написа", "כתב",
    "כתבה", "כתב/ה", "كتب", "كتبت", "كتب/ت", "كتب ما يلي", "تمت كتابة ما يلي بواسطة", "写道", "写到", "寫道", "寫到",
    "のメール", "さんは書きました", "は書きました", "が書きました", "書きました", "さんのメッセージ", "のメッセージ",
    "님이 작성", "작성", "씀", "썼습니다", "menulis", "telah menulis", "เขียนว่า", "เขียน", "kirjutas", "rašė",
    "parašė", "rakstīja", "skrifaði", "idatzi du", "escribiu", "skribis", "نوشت", "ने लिखा",
    "hat folgendes geschrieben", "ha inviato", "a envoyé", "envió", "enviou", "hat geschrieben", "scrisse",
    "ha scritto il", "shkroi", "напиша", "schreef op", "schrieb am", "wrote on", "missatge de",
    "heeft het volgende geschreven",
)  # fmt: skip

# Words that an attribution line begins with, when it does not begin with a date or a name.
INTRO = (
    "on", "at", "am", "le", "el", "il", "em", "no dia", "a", "op", "w dniu", "dnia", "den", "d.", "på", "dne", "dňa",
    "v", "în", "in", "pe", "la data de", "στις", "την", "vào", "vào lúc", "el dia", "dana", "на", "בתאריך", "ב-",
    "في", "بتاريخ", "在", "于", "於", "pada", "เมื่อ", "ใน", "o", "þann", "در", "quoting", "zitat von", "citando",
    "citát", "zitiere", "in message", "in article", "il giorno", "il dì", "el día", "le jour", "ngày", "от", "da",
    "u", "dnia:", "selon", "mensagem citada por", "quoth", "citerar", "message du", "i",
)  # fmt: skip

# What stands between dashes above a quoted or forwarded mail.
DIVIDERS = (
    "antwort nachricht", "antwort", "reply", "réponse", "respuesta", "resposta", "risposta", "original message",
    "original e-mail", "original email", "original appointment", "original mail", "reply message", "reply separator",
    "forwarded message", "forwarded by", "forwarded mail", "forwarded letter", "fwd message",
    "ursprüngliche nachricht", "originalnachricht", "original-nachricht", "originalmail", "ursprüngliche mail",
    "originalbericht", "weitergeleitete nachricht", "weitergeleitete mail", "ursprünglicher termin",
    "message d'origine", "message original", "message initial", "message transféré", "courriel original",
    "message transmis", "mensaje original", "mensaje reenviado", "mensaje original enviado", "mensagem original",
    "mensagem encaminhada", "mensagem reenviada", "messaggio originale", "messaggio inoltrato", "messaggio reply",
    "oorspronkelijk bericht", "origineel bericht", "doorgestuurd bericht", "wiadomość oryginalna",
    "oryginalna wiadomość", "treść oryginalnej wiadomości", "wiadomość przekazana dalej", "przekazana wiadomość",
    "przesłana wiadomość", "ursprungligt meddelande", "originalmeddelande", "ursprungligt mail",
    "vidarebefordrat meddelande", "vidarebefordrat brev", "oprindelig meddelelse", "original meddelelse",
    "videresendt meddelelse", "videresendt besked", "opprinnelig melding", "original melding", "videresendt melding",
    "videresendt e-post", "alkuperäinen viesti", "välitetty viesti", "edelleen välitetty viesti",
    "исходное сообщение", "исходное письмо", "пересылаемое сообщение", "переадресованное сообщение",
    "пересланное сообщение", "пересылаемое письмо", "конец пересылаемого сообщения", "вихідне повідомлення",
    "початкове повідомлення", "переслане повідомлення", "původní zpráva", "původní e-mail", "přeposlaná zpráva",
    "preposlaná správa", "pôvodná správa", "eredeti üzenet", "továbbított üzenet", "továbbított levél",
    "mesaj original", "mesajul original", "mesaj redirecționat", "mesaj redirectionat", "αρχικό μήνυμα",
    "πρωτότυπο μήνυμα", "προωθημένο μήνυμα", "orijinal mesaj", "özgün ileti", "özgün mesaj", "iletilen mesaj",
    "yönlendirilen mesaj", "thư gốc", "tin nhắn gốc", "tin nhắn đã chuyển tiếp", "thư được chuyển tiếp",
    "forwarded message ends", "missatge original", "missatge reenviat", "izvorna poruka", "originalna poruka",
    "proslijeđena poruka", "prosleđena poruka", "izvirno sporočilo", "posredovano sporočilo", "оригинална порука",
    "оригинално съобщение", "препратено съобщение", "algne sõnum", "algkiri", "edastatud kiri", "pradinis laiškas",
    "persiųstas laiškas", "sākotnējais ziņojums", "pārsūtīts ziņojums", "pesan asli", "pesan terusan", "mesej asal",
    "ข้อความต้นฉบับ", "ข้อความที่ส่งต่อ", "הודעה מקורית", "הודעה שהועברה", "הודעה מועברת", "الرسالة الأصلية",
    "رسالة أصلية", "رسالة معاد توجيهها", "الرسالة المعاد توجيهها", "رسالة محولة", "پیام اصلی", "原始邮件",
    "原始郵件", "原邮件", "原始信件", "原始訊息", "邮件原件", "转发的邮件", "转发邮件", "轉寄的郵件", "转发邮件信息",
    "轉寄郵件", "转发的消息", "元のメッセージ", "オリジナルメッセージ", "オリジナル メッセージ", "元のメール",
    "返信元メッセージ", "転送メッセージ", "転送されたメッセージ", "forwarded message begins", "원본 메시지",
    "원본메시지", "원본 메일", "원본메일", "원본 이메일", "원문", "전달된 메시지", "전달된 메일", "전달된 이메일",
    "upprunaleg skilaboð", "jatorrizko mezua", "mensaxe orixinal", "reply above this line",
    "please reply above this line", "write above this line", "replied message", "回复的原邮件", "回复的邮件",
    "转发的原邮件", "orijinal ileti", "please type your reply above this line",
    "type your reply above this line", "reply below this line", "antworten sie oberhalb dieser linie",
    "répondez au-dessus de cette ligne", "responda por encima de esta línea", "आगे भेजा गया संदेश", "मूल संदेश",
)  # fmt: skip

# Whole lines, without dashes, above a forwarded mail.
FORWARD_LINES = (
    "begin forwarded message", "anfang der weitergeleiteten nachricht", "anfang der weitergeleiteten e-mail",
    "début du message transféré", "début du message réexpédié", "inizio messaggio inoltrato",
    "inicio del mensaje reenviado", "início da mensagem encaminhada", "início da mensagem reencaminhada",
    "begin doorgestuurd bericht", "vidarebefordrat brev", "start på videresendt besked",
    "starten på videresendt besked", "videresendt melding", "välitetty viesti alkaa",
    "początek przekazywanej wiadomości", "początek przekazanej wiadomości", "začátek přeposílané zprávy",
    "začátek přeposlané zprávy", "začiatok preposlanej správy", "начало переадресованного сообщения",
    "начало переадресуемого сообщения", "початок листа, що пересилається", "továbbított levél kezdete",
    "începutul mesajului redirecționat", "έναρξη προωθημένου μηνύματος", "iletilen mesajın başlangıcı",
    "i̇letilmiş mesajın başlangıcı", "bắt đầu thư được chuyển tiếp", "开始转发的邮件", "下面是被转发的邮件",
    "開始轉寄郵件", "以下是轉寄的郵件", "転送されたメッセージ", "전달된 메시지 시작", "بداية الرسالة المعاد توجيهها",
    "تحويل الرسالة", "תחילת ההודעה שהועברה", "mulai pesan terusan", "started forwarded message", "forwarded message",
)  # fmt: skip

# A line that a device or program adds below what was written: it begins with one of these and says little more.
MOBILE = (
    "this message was automatically generated by", "sent from my", "sent from the", "sent from mail for",
    "sent from mail", "sent from outlook", "sent from yahoo", "sent from samsung", "sent from aol",
    "sent from proton", "sent from gmail", "sent from windows mail", "sent from an ", "sent from iphone",
    "sent from ipad", "sent from android", "sent from mobile", "sent from a mobile", "sent from a phone",
    "sent from nine", "sent from spark", "sent from bluemail", "sent from smartphone", "sent from surface",
    "sent from workspace ont", "sent from zimbra", "sent from fairemail", "sent from k-9", "sent from thunderbird",
    "sent via", "sent with", "sent using", "sent on the go", "yahoo mail: ", "sent by mobile", "get outlook for",
    "get bluemail for",
    "composed on", "typed on my", "written on my phone", "from my iphone", "from my ipad", "von meinem",
    "gesendet von", "gesendet mit", "gesendet aus", "gesendet über", "outlook für", "holen sie sich outlook",
    "beziehen sie outlook", "diese nachricht wurde von meinem", "diese mail wurde von meinem", "envoyé de mon",
    "envoyé depuis", "envoyé avec", "envoyé à partir", "envoyé par", "envoyé d'", "envoye de mon", "envoyé via",
    "obtenir outlook pour", "télécharger outlook pour", "provenance :", "provenance:", "enviado desde", "enviado de",
    "enviado com", "enviado con", "enviado do", "enviado a partir", "enviado via", "enviado pelo", "enviado por",
    "enviado mediante", "obtener outlook para", "obtenga outlook para", "obter outlook para", "obter o outlook para",
    "obtém o outlook para", "enviada do meu", "enviat des de", "inviato da", "inviato con", "inviato dal",
    "inviata da", "inviato tramite", "ottieni outlook per", "scarica outlook per", "verzonden vanaf",
    "verzonden met", "verstuurd vanaf", "verzonden via", "verzonden vanuit", "outlook voor",
    "outlook downloaden voor", "download outlook voor", "wysłano z", "wysłane z", "wysłany z", "wysłano przy użyciu",
    "wysłano za pomocą", "pobierz outlook dla", "pobierz program outlook", "uzyskaj outlook", "skickat från",
    "skickades från", "skickat med", "hämta outlook för", "skaffa outlook för", "sendt fra", "sendt med",
    "sendt via", "hent outlook til", "hent outlook for", "få outlook til", "få outlook for", "lähetetty",
    "hanki outlook", "отправлено с", "отправлено из", "отправлено через", "отправлено от", "отправлено посредством",
    "послано с", "скачать outlook", "получить outlook", "надіслано з", "надіслано через", "відправлено з",
    "отримати outlook", "odesláno z", "odoslané z", "odesláno ze", "odoslané zo", "odesláno pomocí",
    "získejte outlook", "získat outlook", "iphone-omról küldve", "elküldve", "küldve", "trimis de pe", "trimis din",
    "trimis cu", "obțineți outlook", "εστάλη από", "στάλθηκε από", "αποκτήστε το outlook", "iphone'umdan gönderildi",
    "ipad'imden gönderildi", "outlook'u edinin", "gönderildi", "được gửi từ", "đã gửi từ", "gửi từ", "tải outlook",
    "nhận outlook", "ส่งจาก", "נשלח מ", "נשלח באמצעות", "נשלח מה", "أرسلت من", "أُرسلت من", "مرسل من", "تم الإرسال من",
    "ارسل من", "أرسل من", "احصل على outlook", "الحصول على outlook", "发自", "从我的", "来自我的", "發自", "從我的",
    "傳送自", "寄自", "发送自", "获取适用于", "下载 outlook", "取得適用於", "取得 outlook", "获取 outlook", "通过",
    "iphoneから", "ipadから", "私のiphone", "スマートフォンから", "androidから", "outlook for", "outlookを入手",
    "自分の", "나의 iphone", "내 iphone", "나의 ipad", "내 ipad", "내 갤럭시", "iphone에서", "ipad에서",
    "android용 outlook", "ios용 outlook", "갤럭시에서", "삼성 갤럭시", "galaxy에서", "네이버 메일", "poslano s",
    "poslano iz", "poslato sa", "изпратено от", "saadetud minu", "išsiųsta iš", "sūtīts no", "dikirim dari",
    "dapatkan outlook", "dihantar daripada", "mengirim dari", "bidalia nire", "sent frå", "sent fra", "sent þann",
    "iphone मार्फ़त", "мой iphone",
)  # fmt: skip

# These need no device or program to be named.
MOBILE_SURE = (
    "this message was automatically generated by", "get outlook for", "get bluemail for",
    "sent from mail for windows", "outlook für", "obtenir outlook pour", "obtener outlook para",
    "obter outlook para", "ottieni outlook per",
)  # fmt: skip

# The same, where the device comes first: the line ends with one of these.
MOBILE_ENDS = (
    "reacted via gmail", "hat über gmail reagiert", "a réagi via gmail", "ha reaccionado mediante gmail",
    "reagiu via gmail", "ha reagito tramite gmail", "heeft gereageerd via gmail",
    "さんが gmail でリアクションしました", "已通过 gmail 做出回应", "gesendet", "gesendet.", "から送信",
    "から送信。", "より送信", "发送", "发送的", "发出", "傳送", "寄出", "에서 보냄", "에서 보냈습니다", "에서 발송",
    "에서 전송", "보냈습니다", "gönderildi", "gönderilmiştir", "küldve", "lähetetty", "を入手する", "を入手",
    "다운로드", "보내기", "laden", "herunter", "herunterladen", "edinin", "beszerzése", "letöltése",
)  # fmt: skip
MOBILE_DEVICES = (
    "mobile", "mobiles", "mobilen", "mobiltelefon", "handheld", "cell", "app", "proton", "gmail", "zimbra",
    "thunderbird", "spark", "bluemail", "aol", "typeapp", "fairemail", "k-9", "nine", "surface", "workspace",
    "smartphones", "mobil enhet", "device", "móvil", "celular", "telemóvel", "telefono", "teléfono", "cellulare",
    "téléphone", "portable", "gerät", "iphonea", "iphone'a", "ipada", "iphonu", "ipadu", "iphonen", "ipaden",
    "ipadista", "iphonesta", "iphonestä", "iphone-ról", "iphoneról", "iphone-omról", "iphone'umdan", "ipad'imden",
    "אייפון", "iphone שלי", "آيفون", "ايفون", "هاتف", "سامسونج", "gmx mail", "电话", "điện thoại", "โทรศัพท์",
    "κινητό", "κινητ", "айфон", "mob", "posta", "e-posta", "android-mobiltelefon", "iphone", "ipad", "ios",
    "android", "galaxy", "samsung", "huawei", "xiaomi", "redmi", "oneplus", "pixel", "mobil", "handy", "smartphone",
    "telefon", "phone", "outlook", "mail", "スマート", "携帯", "手机", "手機", "아이폰", "갤럭시", "yahoo",
    "blackberry", "gmx", "web.de", "ipod", "tablet", "puhelim", "windows", "nokia", "lg", "htc", "honor", "oppo",
    "vivo", "sony", "xperia", "superhuman", "mimestream", "mailbird", "airmail", "fastmail", "tuta", "tutanota",
    "mailspring",
    "shortwave", "canary", "edison", "newton", "邮箱", "郵箱", "メール", "메일", "邮件", "郵件", "телефон",
)  # fmt: skip

# A paragraph that begins with (or soon says) one of these is a disclaimer or a notice that a server added.
DISCLAIMERS = (
    "this message is confidential", "this email is confidential", "this e-mail is confidential",
    "this communication is confidential", "confidentiality notice", "confidentiality note",
    "privileged and confidential", "this email and any", "this e-mail and any", "this message and any",
    "this e-mail message", "this email message", "this message contains", "this email contains",
    "this e-mail contains", "this message is intended", "this email is intended", "this e-mail is intended",
    "this communication is", "this communication, including", "this transmission",
    "the information contained in this", "the information in this e", "the information transmitted",
    "the contents of this e", "if you are not the intended recipient", "if you have received this",
    "please consider the environment", "think before you print", "think green", "disclaimer", "legal notice",
    "notice: this e", "important notice", "e-mails to and from", "email correspondence to and from",
    "emails sent to and from", "e-mail correspondence to and from", "pursuant to the", "under the public records",
    "this email has been scanned", "this e-mail has been scanned", "scanned by", "virus-free", "avast logo",
    "no virus found", "this message has been scanned", "registered in england", "registered office",
    "privacy notice", "this electronic message", "statement of confidentiality", "diese e-mail enthält",
    "diese e-mail und", "diese nachricht ist", "diese nachricht enthält", "diese e-mail kann vertrauliche",
    "der inhalt dieser e", "die information in dieser", "vertraulichkeitshinweis", "bitte denken sie an die umwelt",
    "bitte prüfen sie der umwelt", "haftungsausschluss", "datenschutzhinweis", "ce message et", "ce courriel et",
    "ce message est confidentiel", "ce courriel est", "cet e-mail et", "ce mail et", "avis de confidentialité",
    "les informations contenues dans", "pensez à l'environnement", "avant d'imprimer", "ce message contient",
    "ce courriel contient", "este mensaje y", "este mensaje va dirigido", "este mensaje contiene",
    "este correo electrónico", "este correo y", "la información contenida en este", "aviso legal",
    "aviso de confidencialidad", "antes de imprimir", "esta mensagem", "este e-mail", "este email",
    "aviso de confidencialidade", "questo messaggio", "questa e-mail", "questa email", "le informazioni contenute",
    "informativa privacy", "avviso di riservatezza", "prima di stampare", "ai sensi del", "dit bericht",
    "deze e-mail", "de informatie in dit", "de inhoud van dit", "denk aan het milieu", "ta wiadomość",
    "niniejsza wiadomość", "treść tej wiadomości", "informacja poufna", "detta meddelande", "detta mail",
    "detta e-post", "denne e-mail", "denne mail", "denne meddelelse", "denne e-posten", "denne meldingen",
    "tämä viesti", "tämä sähköposti", "настоящее сообщение", "это сообщение", "это электронное", "данное сообщение",
    "информация в этом сообщении", "це повідомлення", "tato zpráva", "tento e-mail", "obsah této", "ez az üzenet",
    "ez az e-mail", "acest mesaj", "acest e-mail", "το παρόν μήνυμα", "αυτό το μήνυμα", "bu e-posta", "bu mesaj",
    "bu elektronik posta", "thư này", "email này", "הודעה זו", "דוא\"ל זה", "هذه الرسالة", "هذا البريد", "本邮件",
    "此邮件", "本郵件", "此電子郵件", "本電子郵件", "保密声明", "免责声明", "このメール", "本メール",
    "この電子メール", "이 메일", "본 메일", "이 이메일", "본 이메일", "본 메시지", "이 전자우편",
)  # fmt: skip

# A disclaimer also says one of these; a sentence of a person that begins like one does not.
DISCLAIMER_PROOF = (
    "confidential", "intended", "recipient", "privileged", "disclos", "public record", "virus", "scanned",
    "environment", "registered", "liab", "unauthori", "received this", "in error", "privacy", "foia", "vertraulich",
    "empfänger", "umwelt", "confidenti", "destinat", "privilég", "environnement", "erreur", "confidenc", "responsab",
    "errore", "riservat", "vertrouwelijk", "geadresseerde", "bestemd", "poufn", "adresat", "konfidentiell",
    "mottagar", "fortrolig", "modtager", "mottaker", "luottamuks", "vastaanottaj", "конфиденц", "получател",
    "конфіденц", "důvěrn", "příjemc", "bizalmas", "címzett", "confidențial", "εμπιστευτικ", "παραλήπτ", "gizli",
    "alıcı", "bảo mật", "סודי", "נמען", "سري", "المستلم", "المرسل إليه", "机密", "保密", "機密", "收件人", "收件者",
    "指定", "秘密", "受信者", "宛先", "기밀", "비밀", "수신인", "수신자", "avast", "lopd", "rgpd", "gdpr",
)  # fmt: skip

# One of these is enough where a paragraph stands at the very end, below a quote.
DISCLAIMER_STRONG = (
    "registered in england", "registered office", "avast", "virus-free", "intended recipient", "confidential",
    "privileged", "public record", "disclosed to third", "consider the environment", "before printing",
    "received this message in error", "received this e", "does not bind", "legally binding", "by e-mail are not",
    "enter into agreements", "unauthorized use", "unauthorised use", "virus", "vertraulich", "rechtsverbindlich",
    "irrtümlich", "umwelt", "confidentiel", "destinataire prévu", "avant d'imprimer", "par erreur", "confidencial",
    "por error", "antes de imprimir", "destinatario indicado", "por engano", "riservat", "per errore",
    "prima di stampare", "vertrouwelijk", "ten onrechte", "poufn", "omyłkowo", "konfidentiell", "fortrolig",
    "luottamuksell", "конфиденциальн", "по ошибке", "конфіденційн", "důvěrn", "bizalmas", "confidențial",
    "εμπιστευτικ", "gizli", "bảo mật", "סודי", "سرية", "保密", "機密", "机密", "誤って", "기밀",
)  # fmt: skip

# A notice that the receiving side put above (or below) a mail from outside.
BANNERS = (
    "[external]", "[external email]", "[external sender]", "[ext]", "[extern]", "[externe]", "[externo]",
    "[esterno]", "caution: external", "caution: this email", "caution: this e-mail", "caution: this message",
    "caution - external", "caution external", "caution!", "external email", "external e-mail", "external sender",
    "external message", "external:", "warning: this email", "warning: this e-mail", "warning: this message",
    "warning: external", "warning: the sender", "warning – external", "attention: this email", "attention: external",
    "this email originated", "this e-mail originated", "this message originated", "this email came from outside",
    "this message came from outside", "this message is from an external", "this email is from an external",
    "this message was sent from outside", "this email was sent from outside", "this sender is from outside",
    "use caution", "exercise caution", "be careful with this message", "do not click links",
    "think before you click", "you don't often get", "you don’t often get", "you do not often get",
    "some people who received this message", "this message is from a sender outside", "report suspicious",
    "zjqcmqrfpfptbannerstart", "zjqcmqrfpfptbannerend", "this message needs your attention",
    "this sender is trusted", "learn why this is important", "secured by", "notice: this message",
    "note: this email is from", "alert: this message", "unverified sender", "sie erhalten nicht oft",
    "sie erhalten nicht häufig", "achtung: externe", "achtung: diese e-mail", "externe e-mail", "externe mail",
    "vorsicht: externe", "vorsicht: diese", "diese e-mail stammt von", "warnung:", "hinweis: diese e-mail",
    "vous n'obtenez pas souvent", "vous n’obtenez pas souvent", "vous ne recevez pas souvent", "attention : ce",
    "attention: ce", "attention : courriel externe", "attention : email externe", "courriel externe",
    "ce message provient de l'extérieur", "ce courriel provient de l'extérieur", "mise en garde", "no suele recibir",
    "no suele recibir correo", "precaución: este", "precaución: correo externo", "atención: este correo",
    "correo externo", "você não costuma receber", "não é habitual receber", "atenção: este", "cuidado: este",
    "e-mail externo", "non si ricevono spesso", "di solito non si ricevono", "attenzione: questa",
    "attenzione: questo", "messaggio esterno", "u ontvangt niet vaak", "let op: deze", "let op: dit",
    "externe afzender", "nieczęsto otrzymujesz", "uwaga: ta wiadomość", "wiadomość zewnętrzna", "du får inte ofta",
    "du får ikke ofte", "varning: detta", "вы нечасто получаете", "вы редко получаете", "внимание: внешн",
    "внимание! это письмо", "внешнее письмо", "此邮件来自外部", "外部邮件", "外部郵件", "警告：此邮件",
    "您通常不会收到", "您通常不會收到", "注意：外部", "【外部】", "[外部]", "通常、", "注意: このメール",
    "外部からのメール", "외부 메일", "외부에서 수신", "자주 받지 않는", "주의: 외부", "تنبيه: هذه الرسالة",
    "هذه الرسالة من خارج", "لا تتلقى غالب", "זהירות: ", "הודעה זו התקבלה מחוץ",
)  # fmt: skip

# What a person begins a sentence with, below a name: then the name is no card.
FIRST_WORDS = (
    "i", "i'm", "i'd", "yes", "no", "please", "we", "my", "ich", "ja", "nein", "bitte", "je", "oui", "non", "nous",
    "yo", "sí", "io", "sì", "eu", "sim", "não", "ik", "nee", "jag", "jeg", "nej", "nei", "minä", "kyllä", "ei",
    "tak", "nie", "ano", "ne", "я", "да", "нет", "так", "ні", "igen", "nem", "da", "nu", "ναι", "όχι", "evet",
    "hayır", "có", "không", "tôi", "אני", "כן", "לא", "نعم", "لا", "أنا", "我", "同意", "是", "不", "はい", "いいえ",
    "私", "署名", "네", "예", "아니요", "저는", "sign", "signed", "unsubscribe", "withdraw", "not", "don't", "firmo",
    "assino", "unterschreibe", "signe", "podpisuję",
)  # fmt: skip

# A mailing list's footer says one of these.
LIST_FOOTERS = (
    "mailing list", "unsubscribe", "to unsubscribe", "you received this message because you are subscribed",
    "you are receiving this because", "view it on github", "reply to this email directly", "listinfo",
    "list archive", "google groups", "groups.google.com", "groups.io", "lists.", "mailman", "to post to this group",
    "this list",
    "archives", "abmelden", "mailingliste", "liste de diffusion", "lista de correo", "lista de discussão", "рассылк",
)  # fmt: skip
