# ruff: noqa: E501 (one phrase a line, however many words it allows)
"""How machines begin a subject, and what mail systems say when they give a mail back; by language, one phrase a line."""

SUBJECTS = {
    "auto": """
out of office
out of the office
ooo
auto reply
autoreply
auto response
autoresponse
automatic reply
automatic response
automated reply
automated response
auto generated
auto submitted
vacation
away from
on vacation
on leave
on holiday
i am out of
i m out of
i am away
i am on vacation
away
currently out of
absence
this mailbox is no longer monitored
address no longer
automatische antwort
abwesenheit
abwesenheitsnotiz
abwesend
nicht im buro
nicht im haus
ich bin im urlaub
urlaub
automatische ruckmeldung
reponse automatique
absence du bureau
absent
absente
absent du bureau
en conges
conges
message d absence
message automatique
reponse auto
respuesta automatica
autorespuesta
auto respuesta
fuera de la oficina
fuera de oficina
ausente
ausencia
de vacaciones
vacaciones
contestacion automatica
mensaje automatico
resposta automatica
resposta automatica
fora do escritorio
fora do escritorio
ausencia
ausente
de ferias
ferias
mensagem automatica
risposta automatica
fuori ufficio
fuori sede
assenza
assente
in ferie
ferie
messaggio automatico
risponditore
automatisch antwoord
afwezig
afwezigheid
afwezigheidsbericht
niet aanwezig
automatisch bericht
autosvar
automatiskt svar
franvaro
franvarande
semester
automatisk svar
automatisk besvarelse
fravaer
fravaerende
ikke til stede
ferie
poissa
poissaolo
automaattinen vastaus
lomalla
otomatik yanit
otomatik cevap
ofis disinda
ofis disi
izindeyim
izinde
otomatik
automaticka odpoved
automaticka odpoved
mimo kancelar
mimo kancelariu
nepritomnost
dovolena
dovolenka
odpowiedz automatyczna
automatyczna odpowiedz
autoodpowiedz
poza biurem
nieobecnosc
urlop
jestem na urlopie
avtomaticheskiy otvet
автоматический ответ
автоответ
автоматическое
вне офиса
отсутствую
отпуск
в отпуске
нет на месте
автоматична відповідь
автовідповідь
відпустка
у відпустці
автоматичен отговор
извън офиса
automatikus valasz
hazon kivul
szabadsag
szabadsagon
raspuns automat
in afara biroului
concediu
in concediu
αυτοματη απαντηση
εκτος γραφειου
απουσια
automatski odgovor
odsutan
odsotnost
samodejni odgovor
tra loi tu dong
thu tra loi tu dong
tu dong tra loi
vang mat
nghi phep
balasan otomatis
jawapan automatik
di luar kantor
רד אוטומטי
מענה אוטומטי
תשובה אוטומטית
הודעה אוטומטית
מחוץ למשרד
رد تلقائي
الرد التلقائي
رد الي
خارج المكتب
اجازة
في اجازة
پاسخ خودکار
自动回复
自動回覆
自動回复
自动答复
自動回應
不在办公室
休假
外出
自動返信
自動応答
不在
不在通知
休暇
外出中
자동 회신
자동회신
자동 응답
자동응답
부재중
부재 중
부재
휴가
ตอบกลับอัตโนมัติ
स्वचालित उत्तर
resposta automatica
fora de l oficina
erantzun automatikoa
sjalfvirkt svar
automatinis atsakymas
automatiska atbilde
automaatne vastus
""",
    "receipt": """
read
not read
gelesen
ungelesen
lu
non lu
leido
no leido
lida
lido
nao lida
letto
non letto
gelezen
ongelezen
przeczytano
przeczytane
nieprzeczytane
прочитано
прочтено
не прочитано
last
lest
laest
luettu
okundu
precteno
precitane
elolvasva
citit
αναγνωσθηκε
da doc
已读
已讀
未读
既読
開封通知
開封確認
开封通知
開封済み
개봉됨
읽음
تمت القراءة
مقروء
נקרא
return receipt
read receipt
delivery receipt
disposition notification
lesebestatigung
empfangsbestatigung
accuse de lecture
accuse de reception
confirmacion de lectura
acuse de recibo
confirmacao de leitura
recibo de leitura
conferma di lettura
ricevuta di ritorno
leesbevestiging
potwierdzenie przeczytania
уведомление о прочтении
受信確認
開封確認
读信回执
已读回执
수신 확인
message read
displayed
""",
    "calendar": """
accepted
declined
tentative
tentatively accepted
new time proposed
zugesagt
abgesagt
abgelehnt
mit vorbehalt
accepte
refuse
provisoire
aceptado
aceptada
rechazado
rechazada
provisional
aceito
aceite
recusado
recusada
accettato
rifiutato
provvisorio
geaccepteerd
geweigerd
zaakceptowano
odrzucono
принято
отклонено
已接受
已谢绝
承諾
辞退
수락됨
거절됨
""",
    "ticket": """
ticket creado
ticket cree
ticket erstellt
ticket creato
ticket criado
caso creado
new case
new ticket
request received
ticket
case
we have received your
we received your
your request
your ticket
support
thank you for contacting
thanks for contacting
confirmation
autoreply
""",
    "challenge": """
please confirm
confirm
confirmation
verify
action required
message held
your message is waiting
challenge
re confirm
approval
please verify
""",
    "bounce": """
undeliverable
undelivered
undelivered mail
delivery failure
delivery failed
delivery status
delivery report
delivery notification
delivery delayed
delivery incomplete
mail delivery
mail delivery failed
mail delivery failure
mail system error
returned mail
returned to sender
failure notice
failure
message undeliverable
message delayed
warning could not send
warning message delayed
could not send message
mail could not be delivered
mail failure
nondeliverable
non remis
unzustellbar
nicht zustellbar
zustellung
fehlgeschlagen
no se puede entregar
no se puede entregar
no se pudo entregar
nao e possivel entregar
nao entregue
non recapitabile
mancata consegna
onbestelbaar
niet te bestellen
nie mozna dostarczyc
niedostarczone
не удается доставить
недоставленное
недоставленное сообщение
не доставлено
olevererbart
kan ikke leveres
toimitus epaonnistui
teslim edilemedi
nedorucitelne
kezbesitetlen
nelivrabil
无法投递
無法傳遞
退信
系统退信
系統退信
配信不能
配信できません
送信できません
배달되지
전송 실패
반송
تعذر التسليم
לא ניתן למסור
khong gui duoc
khong the gui
""",
}

# in a subject, anywhere
BOUNCE_SUBJECTS = """
mail delivery warning
mail failed
failed mail
non delivery
undeliverable
undelivered mail
undelivered message
delivery status notification
delivery failure
delivery failed
delivery has failed
delivery problem
delivery notification
delivery delayed
delivery incomplete
mail delivery failed
mail delivery error
mail delivery problem
mail delivery system
mail system error
returned mail
returned to sender
return to sender
failure notice
failed delivery
could not send message for past
message undeliverable
message not delivered
message delayed
not delivered
nondeliverable mail
non deliverable
could not be delivered
mail failure
user unknown
unknown user
unzustellbar
nicht zustellbar
non remis
echec de la remise
no se puede entregar
no entregado
nao entregue
mancata consegna
niet bestelbaar
не удается доставить
недоставленное
退信
配信不能
"""

# a mail system's own sentences: enough without any other sign
BOUNCE_STRONG = """
could not be delivered to the following
non delivery report
this is the mail system at host
this is the qmail send program
the qmail send program at
created automatically by mail delivery software
generated automatically by mail delivery software
i m afraid i wasn t able to deliver your message
im afraid i wasnt able to deliver your message
the following addresses had permanent
the following addresses had transient
the following addresses had delivery
transcript of session follows
delivery has failed to these recipients or groups
delivery to the following recipient failed
delivery to the following recipients failed
delivery to these recipients or distribution lists has failed
your message did not reach some or all of the intended recipients
could not be delivered to one or more
couldnt be delivered
couldn t be delivered
cannot be delivered to the following
this is an automatically generated delivery status notification
there was a temporary problem delivering your message
your message wasnt delivered to
fehler bei der nachrichtenzustellung
fehler bei der zustellung
konnte nicht zugestellt werden
konnte nicht ubermittelt werden
votre message n a pas pu etre remis
n a pas pu etre remis
n a pas pu etre distribue
echec de la remise
no se pudo entregar
no se ha podido entregar
no pudo ser entregado
no fue posible entregar
nao foi possivel entregar
nao pode ser entregue
falha na entrega
impossibile recapitare
recapito non riuscito
non e stato possibile recapitare
non e stato possibile consegnare
kan niet worden bezorgd
kon niet worden bezorgd
kon niet worden afgeleverd
nie mozna dostarczyc
nie udalo sie dostarczyc
nie zostala dostarczona
не может быть доставлено
не может быть отправлено
не удалось доставить
не было доставлено
не доставлено
не вдалося доставити
kunde inte levereras
kunne ikke leveres
ei voitu toimittaa
teslim edilemedi
iletilemedi
nebylo mozne dorucit
nemohla byt dorucena
nem sikerult kezbesiteni
nu a putut fi livrat
δεν ηταν δυνατη η παραδοση
khong the gui den
khong gui duoc den
khong the chuyen
tidak dapat dikirim
tidak terkirim
לא ניתן היה למסור
תعذر تسليم
تعذر تسليم
لم يتم تسليم
لم نتمكن من تسليم
不能被投递
无法投递
無法投遞
无法送达
無法送達
投递失败
被退回
退信原因
退信
配信できませんでした
配信不能
送信できませんでした
届けられませんでした
配送できませんでした
배달되지 못했습니다
전송되지 못했습니다
전달되지 못했습니다
전송에 실패
배달할 수 없
"""

# what anybody may say; counts when sender, return path or subject say that it is a mail system
BOUNCE_WORDS = """
has been returned because
has been postponed
did not exactly match
was automatically rejected
unable to deliver
could not be delivered
was not delivered
not be delivered
has not been delivered
not yet been delivered
undeliverable
undelivered
delivery failed
delivery failure
delivery has failed
failed to deliver
did not reach
not deliver
has been rejected
was rejected
could not send
returned to you
user unknown
unknown user
no such user
mailbox full
mailbox is full
over quota
quota exceeded
exceeded storage
over its limit
address not found
does not exist
no mailbox
mailbox unavailable
mailbox not found
recipient rejected
not listed in domino directory
permanent error
permanent failure
temporary failure
will keep trying
warning message only
account has been disabled
disabled or discontinued
not our customer
message could not
unzustellbar
existe pas
n existe pas
no existe
nao existe
non esiste
niet bestaat
nie istnieje
не существует
ne postoji
不存在
见つかりません
見つかりません
存在しません
존재하지 않
"""
