# ruff: noqa: E501 (one phrase a line, however many words it allows)
"""What machines write: absence notes, tickets, challenges, receipts, in many languages. The notation is that of the other tables.

Categories: auto (says that it is automatic), absence, until, contact, promise, ticket, challenge, receipt, hold, reaction, closed
(nobody reads here any more), person (a person speaks of having been away).
"""

AUTO: dict[str, dict[str, str]] = {
    "en": {
        "auto": """
address|mailbox|account|inbox|email ... no longer monitored|active|read|checked|valid|used|exists
address|mailbox|account|inbox|email ... no longer in use
address|mailbox|account|inbox|email ... not monitored|attended
this is an? auto|automatic|automated reply|response|message|notice|notification|email|mail|note|answer|e|acknowledgement|acknowledgment|confirmation|out|vacation
this is an? automatically generated|sent|created
automatic|automated reply|response|message|notice|note|notification|email|mail|answer|acknowledgement|acknowledgment|auto
auto reply|response|responder
automatically generated message|email|reply|response|mail|by|and
auto generated message|email|reply|response|mail
this message|email|mail|response|reply|note|answer was|is|has been? sent|generated|created automatically
this message|email|mail|response|reply|note|answer was|is automatically|automatic|automated
answer|reply|message|note|response is automatic|automated
please do not reply to this
do not reply to this message|email|mail
do not respond to this message|email|mail
this mailbox|address|inbox|account is not monitored|read|attended
sent by|from an auto|automatic|automated responder|robot|system|autoresponder
autoresponder
vacation responder|message|reply
""",
        "absence": """
i work|only ... monday|tuesday|wednesday|thursday|friday|mornings|mondays ... only|to|through|and
i am|im only? in the? office|library on|only|from ... monday|tuesday|wednesday|thursday|friday|mornings|mondays
emails|messages|mail|email received outside|after|on|over|during these|this|those|office|business|the|working
my working days|hours are
we are|will be on a|our summer|winter|spring|christmas|semester|term? break|recess|holiday
patchy|spotty|poor|unreliable|limited|little|no wifi|internet|connection|reception|signal|coverage
i am|im|be currently|presently|now|still? out of the? office|library|country|town|building
i am currently|presently|now|still? on ... leave|vacation|holiday|holidays|sabbatical|break|furlough|pto|travel
im currently|presently|now|still? on ... leave|vacation|holiday|holidays|sabbatical|break|furlough|pto|travel
i am currently|presently|now|still? away|traveling|travelling|abroad|absent|unavailable|offline
im currently|presently|now|still? away|traveling|travelling|abroad|absent|unavailable|offline
i am currently|presently|now|still? not in the? office|library|work|available|reading|checking|at
im currently|presently|now|still? not in the? office|library|work|available|reading|checking|at
i will be ... out of|away|absent|unavailable|traveling|travelling|offline|on ... office|leave|vacation|holiday|from|until|through|this
ill be ... out of|away|absent|unavailable|traveling|travelling|offline|on ... office|leave|vacation|holiday|from|until|through|this
i am at|attending ... conference|workshop|training|meeting|event|fair
im at|attending ... conference|workshop|training|meeting|event|fair
off sick|work|today|duty
out of the? office
i am out ... until|through|from
im out ... until|through|from
not be reading|checking my? e|email|mail|this
not reading|checking this|my account|mail|email|e|messages
have|with limited|no|intermittent|little|sporadic access to e|email|mail|my|internet
annual|parental|maternity|paternity|medical|sick|research|study|family leave
have left the company|organization|organisation|library|university|institution|association
has left the
no longer with|work|works|working|employed with|for|at
left ... library|company|university|organization|organisation|institution on
is|are|am currently away
i am enjoying|taking some|a|my|time vacation|break|off|holiday
im enjoying|taking some|a|my|time vacation|break|off|holiday
we are closed
office|offices|library|department|museum|school|university|campus|archive is|are closed
office|offices|library|department|museum|school|university|campus|archive will be closed
will|and reopen|reopens on|after|in
closed for|until|from|through the? holidays|holiday|summer|season|renovation|christmas|inventory
retired from|on
you have|ve reached
out|off sick|ill
closed ... in observance
closed january|february|march|april|may|june|july|august|september|october|november|december|monday|tuesday|wednesday|thursday|friday
i have|ive retired
on jury|military|field duty|service|work
little|no|rare|limited|poor chance|opportunity|time|ability|way to look|check|read|access|answer|see
check|read my? email|mail|messages|e only|once|twice
no longer work|working|employed at|for|with|in
""",
        "closed": """
no longer monitored|active|read|checked|valid|used|exists
no longer in use
not|never monitored|read by
has been discontinued|retired|closed|deactivated
this address|mailbox|account is being|no retired|longer
please update your address|records|contacts
my|our new email|e|address is
""",
        "until": """
until
till
through
returning
returns
i will|shall return|be back
ill return|be back
back on|in|at|from
am back
be back
return to|on the|my|monday|tuesday|wednesday|thursday|friday
from ... to
all week
this week
for a while
when i get|return|am|come back
upon|on|after my return
through|thru
hours resume
resume|resumes on|regular|normal|monday
""",
        "contact": """
is acting|interim|covering|standing|filling head|director|dean|manager|chair|as|in|for|my|while
please|kindly contact|email|call|write|try|reach|direct|speak|see|turn|use
for urgent|immediate|emergency|emergencies|urgent
if it is|its urgent|an|important
if your|this|the matter|message|request|inquiry|enquiry ... urgent|immediate|cannot
in urgent|an|case cases|emergency|of
for anything|questions|matters|requests
if you need|require|have immediate|assistance|urgent|help|anything|a|an
needs a|immediate|urgent
contact my|our|the colleague|assistant|office|department
is covering|acting for|chair
my|your colleague|assistant ... will|can
for anything urgent|else|important
send|direct|address|forward all|any future|further correspondence|mail|messages|inquiries|enquiries|email
write|email|call|contact to|the|our
""",
        "promise": """
slow to answer|respond|reply
get back to you
i will|shall respond|reply|answer|get|read|return|deal|attend|look
ill respond|reply|answer|get|read|return|deal|attend|look
will be read|answered|forwarded|dealt|deleted
respond|reply|answer to? your|all|every|everything|as when|as|upon|after|soon|message|mail|email|messages
will respond|reply|answer
as soon as possible
has not been|be forwarded|read
have not been forwarded
may be delayed
allow|expect ... days|hours for|before|until a|my|our reply|response|answer
thank|thanks you? for your patience
regular|normal|usual|business hours resume
""",
        "ticket": """
add|adding|provide|post additional|further|more comments|information|details|comment
a|your case|ticket|request|incident|enquiry has been? opened|created|logged|raised for|with|and|by|number
we|we've|weve have? opened|created|logged|raised a|your? case|ticket|request|incident|enquiry
with the following description|details|subject|summary
the help|service|support desk|centre|center|team
in touch shortly|soon|with
type your reply above this line
reply above this line
your request|ticket|inquiry|enquiry|case|message|email|query|submission|report ... has been|was received|assigned|created|logged|opened|registered|updated|resolved
ticket number|id|has|regarding|created|no
case|reference|request|incident|ticket number|no|id|ref is|was|for|has
support request|ticket|team has|will|received|been
we have|ve received your message|email|request|inquiry|enquiry|ticket|mail|query|e
we received your message|email|request|inquiry|mail|e
thank|thanks you? for contacting|reaching|writing|submitting|your
has been received and
your message has|was been? received|arrived
one of our|the agents|staff|representatives|team|librarians
a member of our|the team|staff
within ... business|working days|hours
we will|ll get|respond|reply|be|answer back|to|in
confirmation of|that receipt|your|we
creation of a ticket
summary of which appears
a? new case|ticket|incident has|was been? created|opened
an|our agent|technician|specialist|advisor|representative will
""",
        "challenge": """
protecting|protects|protect my|this|our inbox|mailbox|address|email|account from|against
click|follow|visit|use|open the|this|that link|url|button|address below|above|here|once|to
complete|completing the|this|your verification|confirmation|authentication
requires|require|required ... verify|confirm|authenticate
real live? human|person|sender
not a spam|spammer|robot|bot|machine
leave|leaving the subject
verify|verification that|your|of your? sender|email|e|address|identity
to let it|your|this through
prove|verify|confirm that? you|your are|message|email|address a|human|is
spam filter|blocker|protection
guest list
approved|allowed|safe|white|whitelist senders|list
added to the|my whitelist|list
your message is|has been? waiting|quarantined|held|pending|on
click|follow|visit ... link|below ... deliver|delivered|confirm|verify|release
reply to this message|email ... deliver|delivered|through|confirm|released
do this only once
uses ... to|spam block|stop|eliminate|reduce|control|keep spam|junk
keeps out junk
being held|blocked|delayed because|until
your|sender address|identity has|is not been? verified|known|approved|recognized
to release|deliver it|your|this|the
""",
        "receipt": """
your message ... was read|displayed|deleted|opened
was read on
was deleted without being read
was|were displayed|opened on
this is a return|read|delivery receipt
return|read receipt
confirmation that|of your|reading message|mail|was
""",
        "hold": """
submitted|sent|forwarded|queued|pending|waiting for ... approval|moderation|review
by a|the|its group? owner|moderator|moderators|manager|owners
because you are|re not|no a|longer? member|subscribed|subscriber|allowed
is being held until the
held for|until moderation|approval|review|the
awaits|awaiting moderator|approval
post by non member
the reason it is being held
your posting|post|message to the|has ... not|been ... moderator|moderated|rejected|held
moderator approval
""",
        "reaction": """
reacted to your message|email|mail
reacted via
liked your message
""",
        "person": """
sign me
wanted to answer|reply|respond
my|our colleague|boss|director|wife|husband|assistant ... is|was out|away|on
sorry for the? late|delay|delayed|slow|my|being
apologies for|my
was|were|been away|out|on|traveling|travelling
just|only|am|now back|returned|got
got back
i sign
add|put|include my name
count me in
i support
i vote
i agree
in reply|response|answer to
i read your|the proposal|statement|petition
the proposal|petition|statement|round
i think
i would|id
in favor|favour
sounds good|great|fine
i like|oppose|object
my vote|opinion|view
fine with|by me
here are my|some
sent|got|received|getting|sends me|an? an? automatic|auto|automated
""",
    },
    "es": {
        "auto": """
respuesta|mensaje|correo automática|automático|automatica|automatico
este|esta es una? respuesta|mensaje|correo automátic*
generado|enviado|generada automáticamente
no responda|responder a este
por favor no responda
buzón|dirección no se? monitoriza|supervisa|atiende|revisa
""",
        "absence": """
estoy|estaré|me fuera|de|ausente|encuentro ... oficina|vacaciones|licencia|baja|viaje|permiso|ausente|despacho
estoy|estaré ausente|fuera|de|en ... hasta|del|desde
me encuentro fuera|ausente|de
fuera de la? oficina
de vacaciones
licencia|baja médica|maternidad|paternidad|laboral
no estaré|estoy disponible|en
la biblioteca|oficina permanecerá|estará|está cerrada
ya no trabaja|trabajo
no puedo atender|contestar|responder|leer
baja|licencia médica|maternal
sin acceso al? correo|mail
ausente por licencia|vacaciones|baja|enfermedad|motivos
""",
        "until": """
hasta el|la
regreso|vuelvo|volveré|regresaré|vuelta
a mi|su regreso|vuelta
a partir del
del ... al
a la vuelta de
""",
        "contact": """
si es|necesita|requiere|tiene urgente|algo|atención|ayuda
para asuntos|cuestiones|temas|cualquier|urgencias
en caso de urgencia|emergencia|necesidad
contacte|comuníquese|diríjase|contactar|escriba|póngase|comunicarse|dirigirse
mi|nuestro compañera|compañero|colega atenderá|atendera
""",
        "promise": """
responderé|contestaré|atenderé
le|les responderé|contestaré
responderé|responderemos a su|lo
gracias por su|tu mensaje|correo
lo antes posible
me pondré|pondremos en contacto
""",
        "ticket": """
recibimos|hemos su|recibido|tu solicitud|su|mensaje|correo|consulta
su|tu solicitud|ticket|caso|consulta|incidencia ... recibid*|creado|registrad*|asignad*
número de? ticket|caso|solicitud|incidencia|seguimiento
le asignamos el número
un agente|asesor le
días|horas hábiles|laborables
equipo de soporte
respondiendo a este mensaje
ha sido registrad*|recibid*|asignad*
con el|bajo número|folio|código
será|sera atendida|respondida|procesada
se ha creado|abierto|generado
""",
        "challenge": """
confirmar|confirme|verificar|verifique que|su|usted|dirección|es
filtro antispam|de
lista blanca|de remitentes
""",
        "closed": """
ya no se|está|existe utiliza|activa|usa|en|atiende|revisa
""",
        "person": """
perdón|disculpen|siento por|la|el tardanza|demora|retraso
estuve|estaba fuera|de
firmo
cuenten conmigo
agreguen|añadan mi nombre
""",
        "receipt": """
fue leído|leida|leido|eliminado|abierto
su|tu mensaje
""",
        "reaction": """
reaccionó|reacciono|ha reaccionado a|al|tu|su
""",
    },
    "fr": {
        "auto": """
réponse|message|courriel|mail automatique
ceci|cette est un|une message|réponse|courrier automatique
généré|envoyé|générée automatiquement
ne pas répondre à
merci de ne pas répondre
""",
        "absence": """
je suis|serai actuellement|absent|absente|en|hors ... jusqu*|congé|congés|vacances|déplacement|formation|bureau|absent|absente
je suis|serai en congé|congés|vacances|arrêt|déplacement|formation|mission
je suis|serai absent|absente
absent|absente du bureau|jusqu*
en congé|congés|vacances maladie|maternité|jusqu*|parental|annuel|sans
hors du bureau
centre|bibliothèque|bureau|service|médiathèque|secrétariat ... est|sera fermé|fermée
est|sera fermé|fermée pour|du|jusqu*
ne travaille plus
ne consulterai|consulte|lirai pas|ma
a quitté la|l'|le|notre
en arrêt maladie
ne consulte|lis|relève|consulterai pas|plus|ma|mes
fermé|fermée cette|la|ce semaine|mois|vendredi|lundi|mardi
absent|absente jusqu
""",
        "until": """
jusqu'au
jusqu'à
de retour
à mon retour
à partir du
à la rentrée
du ... au
je reviens|rentre|reviendrai|rentrerai
dès mon retour
retour est prévu
mon retour
inclus
dès la|notre réouverture|reprise
""",
        "contact": """
pour toute demande|question|urgence
en cas d'urgence
merci de contacter|vous|joindre
veuillez contacter|vous
vous pouvez contacter|joindre|vous
contacter|joindre le|la|ma|mon
adressez vous
""",
        "promise": """
je répondrai|traiterai|prendrai|signerai|lirai
je vous répondrai
répondrai à
vous répondrai|répondrons
dans les meilleurs délais
dès que possible
reviendrons|reviendrai vers vous
prendrai|prendrons connaissance
traiterons|traiterai votre
""",
        "ticket": """
nous avons bien reçu
votre demande|message|ticket|requête ... enregistré*|reçu*|pris*|créé*|bien
numéro de|du ticket|dossier|demande|suivi
jours ouvrés|ouvrables
un agent|conseiller vous
équipe support
enregistrée|enregistré|reçue|prise sous|le|numéro|n|en
sous le? numéro|référence
""",
        "challenge": """
confirmer|vérifier que|votre vous|êtes|adresse|identité
anti spam
liste blanche
""",
        "closed": """
n'est plus utilisée|consultée|active|valide|relevée|suivie
adresse n'est plus
""",
        "person": """
désolé|désolée|pardon|excusez pour|du|le|de|mon retard
j'étais en|absent|absente
je signe la|cette|des|volontiers|avec
comptez sur moi
ajoutez mon nom
""",
        "receipt": """
a été lu|lue|affiché|ouvert|supprimé
votre message
""",
        "reaction": """
a réagi à
""",
    },
    "de": {
        "auto": """
automatische|automatisierte|automatisch antwort|nachricht|antworten|generierte|erstellte|mail|abwesenheitsnotiz|eingangsbestätigung|benachrichtigung
dies|das ist eine automatisch*
automatisch generiert|erstellt|erzeugt|versendet|verschickt
wurde automatisch
bitte antworten sie nicht
bitte nicht auf|antworten
""",
        "absence": """
ich bin ... nicht|abwesend|urlaub|dienstreise|krank|elternzeit|haus|büro|unterwegs|erreichbar
bin ich ... nicht|abwesend|urlaub|dienstreise|elternzeit|haus|büro
nicht im haus|büro|dienst|hause
im urlaub
in elternzeit|mutterschutz|urlaub
auf dienstreise
außer haus
bis ... abwesend
lese keine mails|e
e mail|mails wird|werden nicht weitergeleitet|gelesen
bibliothek|institut|büro|archiv ... geschlossen
arbeitet nicht mehr
krank|erkrankt
zurzeit|derzeit|momentan|leider krank|nicht|abwesend
nicht mehr ... tätig|beschäftigt|angestellt|bei
wird|werden ... nicht gelesen|beantwortet|weitergeleitet
kann ... nicht beantworten|lesen
im|in urlaub|ferien
büro|bibliothek|praxis|sekretariat|geschäftsstelle ... geschlossen
büro|bibliothek|praxis|sekretariat|geschäftsstelle|haus ... ... geschlossen
""",
        "until": """
bis zum|einschließlich|auf
wieder erreichbar|da|im|zurück|ab
ab dem|montag
ab ... wieder
vom ... bis
zurück
wieder für|im sie|dienst|büro
""",
        "contact": """
in dringenden|dringlichen fällen|angelegenheiten
bei dringenden|rückfragen|fragen
wenden sie sich
dringende|dringenden angelegenheiten|fällen|anfragen
vertretung
kontaktieren
""",
        "promise": """
ich werde ... beantworten|antworten|melden|lesen|bearbeiten
werde ich ... beantworten|antworten|melden|lesen
nach meiner rückkehr
wird nicht|nach weitergeleitet|bearbeitet|meiner
beantworte ich
melde mich
so bald|schnell wie
""",
        "ticket": """
ihre anfrage|nachricht|mail|e|ticket|meldung ... eingegangen|erhalten|bearbeitet|aufgenommen|angelegt|erfasst
wir haben ihre|deine
ticketnummer
vorgangsnummer
ticket nummer|id|nr|mit
unter der nummer|ticketnummer|vorgangsnummer
vielen dank für ihre anfrage|nachricht|mail|e
werktagen
eingang ihrer
ihr|dein|euer anliegen|ticket|fall|vorgang|antrag ... erfasst|registriert|eingegangen|erhalten|aufgenommen|angelegt
wir bearbeiten|kümmern|melden
""",
        "challenge": """
bestätigen sie ... absender|mensch|adresse
spamfilter
spam schutz|filter
freigabe|freischalten
""",
        "closed": """
adresse|postfach ... nicht mehr gelesen|aktiv|genutzt|verwendet|betreut|gültig
""",
        "person": """
entschuldigung|entschuldigen|sorry für|die|wegen ... verspät*|späte
ich war im|krank|verreist|weg
ich unterschreibe
bin dabei
meinen namen
""",
        "receipt": """
wurde ... gelesen|geöffnet|angezeigt|gelöscht
ihre|deine nachricht
""",
        "reaction": """
auf ihre|deine nachricht|e|mail reagiert
hat mit ... reagiert
""",
    },
    "it": {
        "auto": """
risposta|messaggio|mail automatica|automatico
questa|questo è un|una messaggio|risposta|mail automatic*
generato|inviato|generata automaticamente
si prega di non rispondere
non rispondere a questo|questa
""",
        "absence": """
sono|sarò assente|fuori|in ... ufficio|ferie|sede|fino|malattia|congedo|maternità|dal|viaggio
sono|sarò in ferie|congedo|malattia|maternità|viaggio
fuori ufficio|sede
assente dall'ufficio|fino|dal
in ferie|vacanza fino|dal|e
biblioteca|ufficio ... chius*
non leggo|leggerò la posta
non lavora più
""",
        "until": """
fino al|a
al mio rientro|ritorno
rientro|rientrerò|torno|tornerò
dal ... al
a partire dal
""",
        "contact": """
per urgenze|questioni|comunicazioni|richieste
in caso di urgenza|necessità|emergenza
contattare|rivolgersi|scrivere|rivolgetevi|contatti
si prega di contattare|rivolgersi
per le firme
""",
        "promise": """
risponderò|leggerò
vi|le risponderò
non appena possibile
la|vi|ti ricontatteremo|contatteremo|risponderemo
""",
        "ticket": """
abbiamo ricevuto la|il
la sua|tua|vostra richiesta|segnalazione ... ricevuta|registrata|presa
numero di? ticket|pratica|richiesta
giorni lavorativi
presa|preso in carico
con il|numero numero|pratica|di
""",
        "closed": """
non è più attiv*|utilizzat*|in|monitorat*
""",
        "person": """
scusate|scusi|perdonate il|per ritardo|il
ero in|assente|fuori
firmo
contate su di me
aggiungete
""",
        "receipt": """
è stato letto|letta|eliminato
""",
        "reaction": """
ha reagito al
""",
    },
    "pt": {
        "auto": """
resposta|mensagem automática
esta|este é uma? resposta|mensagem automática
gerada|enviada|gerado automaticamente
não responda a|este
""",
        "absence": """
estou|estarei|encontro ausente|fora|de|em|me ... férias|escritório|licença|até|viagem|ausente|serviço
estou|estarei de férias|licença|baixa
estou|estarei em viagem|férias|licença
encontro me ausente|de|fora|em
ausente do|até
de férias
fora do escritório
não estarei|estou disponível
biblioteca|secretaria ... fechad*|encerrad*
já não trabalha
não estarei|estou no|na escritório|serviço|biblioteca
""",
        "until": """
até ao|dia|o
regresso|volto|retorno|voltarei|regressarei|retornarei
assim que voltar|regressar|possível
a partir de|do
de ... a
""",
        "contact": """
para assuntos|questões|casos|qualquer
em caso de urgência|emergência|necessidade
contacte|contactar|contate|contatar|procure|entre|dirija
fale com
para urgências
""",
        "promise": """
responderei
responderemos
lerei
será respondida|atendida|respondido
""",
        "ticket": """
recebemos a|o|sua|seu
sua|seu solicitação|chamado|pedido|mensagem ... recebid*|registrad*|abert*
número do|de chamado|protocolo|pedido|ticket
dias úteis
foi registrad*|recebid*|abert*
sob|com o número|protocolo
agradecemos o seu
""",
        "closed": """
já|não não|é está|mais activ*|ativ*|utilizad*|monitorad*
""",
        "person": """
desculpe|desculpem|perdão pelo|a|o atraso|demora
estive|estava fora|de|em
assino
contem comigo
""",
        "receipt": """
foi lida|lido|excluída|eliminada
""",
        "reaction": """
reagiu à|a|ao sua|seu|mensagem|e|tua
""",
    },
    "nl": {
        "auto": """
automatisch|automatische antwoord|bericht|afwezigheidsbericht|gegenereerd|verzonden|reactie
dit is een automatisch*
niet op dit bericht|deze antwoorden|te
""",
        "absence": """
ik ben|was ... afwezig|vakantie|verlof|kantoor|bereikbaar|aanwezig
ben ik ... afwezig|vakantie|verlof|niet
niet op kantoor|aanwezig|bereikbaar
op|met vakantie|verlof
afwezig tot|van|op
bibliotheek|kantoor ... gesloten
werkt niet meer
werk niet|alleen op
lees|beantwoord ... maandag|dinsdag|woensdag|donderdag|vrijdag
""",
        "until": """
tot en|met
tot
vanaf
terug op|van
weer bereikbaar|aanwezig|terug
van ... tot
""",
        "contact": """
voor dringende|spoed|urgente|vragen
bij spoed
in dringende gevallen
contact opnemen|op
kunt u zich|contact|terecht
neem contact
""",
        "promise": """
ik zal|beantwoord|reageer|lees uw|u|je|het
zo spoedig|snel mogelijk
na mijn terugkeer|terugkomst
u|je ontvangt zo|binnen
""",
        "ticket": """
wij hebben uw
uw bericht|aanvraag|vraag|melding ... ontvangen
ticketnummer
werkdagen
is|wordt geregistreerd|ontvangen|aangemaakt
onder nummer|ticketnummer
uw|je melding|aanvraag|verzoek
""",
        "person": """
excuses|sorry voor
ik was op|met|afwezig
ik teken
""",
        "receipt": """
is gelezen|geopend|verwijderd
""",
        "reaction": """
heeft met ... op je|uw bericht gereageerd
""",
    },
    "pl": {
        "auto": """
automatyczna|automatyczne odpowiedź|wiadomość|powiadomienie
wiadomość|odpowiedź|mail automatyczn*|wygenerowan*|została
wygenerowana|wysłana automatycznie
prosimy|proszę nie odpowiadać
""",
        "absence": """
jestem|przebywam|będę na|poza|w|nieobecn* urlopie|biurem|zwolnieniu|delegacji|podróży|do|od
przebywam na|poza|w
na urlopie
poza biurem
nieobecn* w|do|od
biblioteka|biuro ... zamknięt*|nieczynn*
już nie pracuje
nie ma mnie w|do
""",
        "until": """
do dnia?
wracam|powrót|wrócę
po powrocie
od ... do
""",
        "contact": """
w pilnych|sprawach|razie
w sprawach pilnych
proszę|prosimy o kontakt
proszę kontaktować
kontakt z
""",
        "promise": """
odpowiem
odpiszę
po powrocie
podpiszę po
odpowiemy|skontaktujemy
""",
        "ticket": """
otrzymaliśmy państwa|twoją|pana|pani|zgłoszenie
zgłoszenie ... przyjęte|zarejestrowane|otrzymało
numer zgłoszenia|sprawy
dni roboczych
zgłoszenie ... zarejestrowane|przyjęte|otrzymane
pod numerem
""",
        "person": """
przepraszam za
byłem|byłam na|poza
podpisuję
""",
        "reaction": """
zareagował|zareagowała na
""",
    },
    "ru": {
        "auto": """
автоматический|автоматическое|автоматически ответ|сообщение|сгенерирован*|создан*|отправлен*|уведомление
это автоматическ*
не отвечайте на это
пожалуйста не отвечайте
""",
        "absence": """
я? нахожусь|нахожусь|буду|отсутствую в|на|до|с отпуске|командировке|больничном|отпуск|декретном
я в отпуске|командировке|отъезде|декрете
в отпуске|командировке до|с|по
отсутствую
буду|меня отсутствовать|не
нет на месте
на больничном
библиотека|отдел ... закрыт*|работает
больше не работает
не имею доступа
""",
        "until": """
до
по
вернусь|возвращаюсь|выйду
после возвращения|выхода|отпуска
с ... по
""",
        "contact": """
по срочным|всем|неотложным вопросам|делам
в срочных|экстренных случаях
обращайтесь|обратитесь|свяжитесь|пишите|звоните
просьба|прошу обращаться
""",
        "promise": """
отвечу
ответить
подпишу после
прочту
свяжется|свяжутся с вами
""",
        "ticket": """
ваше|ваш|ваша обращение|запрос|заявка|письмо|сообщение ... получен*|принят*|зарегистрирован*|создан*
номер обращения|заявки|запроса
мы получили ваш*
рабочих дней
вашему|ваше|ваш обращению|запросу|заявке ... присвоен|номер
присвоен номер
спасибо за обращение
""",
        "person": """
извините|простите за
был|была в|на
подписываю
добавьте
""",
        "reaction": """
отреагировал|отреагировала на
""",
    },
    "uk": {
        "auto": """
автоматична|автоматичне|автоматично відповідь|повідомлення|створено|згенеровано
""",
        "absence": """
мене не буде|має|є
мене немає
не буде|буду в|у|на офісі|роботі|місці
перебуваю у|в|на відпустці|відрядженні|лікарняному
я у|в|на відпустці|відрядженні|лікарняному
у|в відпустці|відрядженні до|з
відсутній|відсутня
""",
        "until": """
до
повернуся|повертаюся
після повернення
з ... до
""",
        "contact": """
з термінових|усіх питань
звертайтеся|пишіть|телефонуйте
""",
        "promise": """
відповім|відповімо після|вам|на|одразу|якнайшвидше|протягом
відповім
""",
        "person": """
вибачте за
був|була у|в
підписую
""",
    },
    "sv": {
        "auto": """
automatiskt|automatisk svar|autosvar|meddelande|genererat
detta är ett automatiskt|autosvar
""",
        "absence": """
jag är inte på|i|tillgänglig kontoret|tjänst|arbetet|plats
jag är föräldraledig|tjänstledig|ledig|borta|bortrest
jag är ... semester|tjänsteledig|kontoret|föräldraledig|sjukskriven|borta|frånvarande|resa
är jag ... semester|borta|frånvarande|ledig
på semester
inte på kontoret
frånvarande
jag har semester
läser inte
har semester
""",
        "until": """
till och|den
tillbaka den|igen|på
åter
från ... till
""",
        "contact": """
vid brådskande|akuta|frågor
i brådskande
kontakta
vänd dig
mejla|maila|ring gärna
vikarie
""",
        "promise": """
svarar|återkommer|läser
jag kommer att svara
återkommer så snart
""",
        "ticket": """
vi har tagit|mottagit emot?
ditt ärende
ärendenummer
har tagits emot
fått nummer|ärendenummer
""",
        "person": """
ursäkta
jag var på|borta
skriver under
""",
        "reaction": """
reagerade på ditt|din
""",
    },
    "da": {
        "auto": """
automatisk|automatiske svar|besked|melding|genereret|generert
dette er et automatisk
""",
        "absence": """
jeg er ikke på|til|tilbage kontoret|arbejde|jobb|stede
jeg er på|ute|ude|bortreist|bortrejst ferie|av|af|til
jeg er ... ferie|kontoret|orlov|rejse|fraværende|bortreist|permisjon|syg
er jeg ... ferie|fraværende
på|har ferie
ikke på kontoret
ute av kontoret
fraværende
jeg|vi holder ferie|fri
har ikke tilgang|adgang
læser|leser ikke
bortreist|bortrejst
""",
        "until": """
til og|den
tilbage den|igen|på
tilbake den|igjen|på
fra ... til
er tilbage|tilbake
når jeg er tilbage|tilbake
til den
""",
        "contact": """
ved|i hastende|haster|akutte|presserende
kontakt venligst|min
kontakt
henvend
ved behov
du kan|kan kontakte
kan du|kan kontakte
i hastesager
""",
        "promise": """
svarer
vil besvare
jeg vil svare
""",
        "ticket": """
vi har modtaget|mottatt
din|ditt henvendelse|sag|sak
sagsnummer|saksnummer
""",
        "person": """
undskyld|beklager
jeg var på
skriver under
""",
        "reaction": """
reagerede|reagerte på din|ditt
""",
    },
    "fi": {
        "auto": """
automaattinen vastaus|viesti
tämä on automaattinen
""",
        "absence": """
en ole|ei tavoitettavissa|paikalla|töissä|toimistolla|työssä
olen lomalla|vapaalla|pois|koulutuksessa|matkalla|vanhempainvapaalla
olen lomalla|poissa|matkoilla|virkavapaalla|vuosilomalla|estynyt
lomalla
poissa toimistosta|töistä
virkamatkalla|työmatkalla|vuosilomalla|vapaalla
""",
        "until": """
asti
saakka
palaan
takaisin
""",
        "contact": """
kiireellisissä|kiireisissä|kiireelliset asioissa
ottakaa|ota yhteyttä
yhteyttä
""",
        "promise": """
palaan|palaamme asiaan|asiaasi
kiitos viestistäsi|sähköpostistasi|yhteydenotostasi
vastaan|vastaamme viestiisi|viesteihin|palattuani
vastaan
luen
vastaan viesteihin|viestiin
""",
        "person": """
anteeksi
allekirjoitan
""",
    },
    "tr": {
        "auto": """
otomatik yanıt|cevap|mesaj|mesajdır|olarak|yanıttır
""",
        "absence": """
izindeyim
izinde olacağım|olduğum|bulunuyorum
yıllık izin*
ofis dışındayım|dışında
ofiste değilim|olmayacağım|bulunmuyorum
tatildeyim
""",
        "until": """
kadar
döneceğim|dönüyorum|dönüşümde
tarihinde
""",
        "contact": """
acil durumlarda|durumlar|konular|işleriniz
iletişime geçebilirsiniz|geçiniz|geçin
ulaşabilirsiniz
""",
        "promise": """
cevaplayacağım|yanıtlayacağım|döneceğim
en kısa sürede
""",
        "ticket": """
talebiniz|mesajınız alınmıştır|ulaşmıştır|oluşturulmuştur
talep numaranız
""",
        "person": """
imzalıyorum
özür dilerim
""",
        "reaction": """
tepki verdi
""",
    },
    "cs": {
        "auto": """
automatická|automaticky|automatické odpověď|odpoveď|generovaná|vygenerovaná|generovaná|zpráva|zpráv*
toto je automatick*
neodpovídejte na
""",
        "absence": """
nejsem|nebudu|budu v|ve|na|mimo kanceláři|práci|kancelář|pracovišti|dovolené
mám dovolenou
som na|mimo dovolenke|kancelárie|služobnej|materskej
nie som v kancelárii|práci
jsem|jsem|budu|som na|mimo|nepřítom*|neprítomn* dovolené|dovolenke|kancelář|kanceláriu|služební|mateřské|do
na dovolené|dovolenke
mimo kancelář|kanceláriu
čerpám dovolenou|dovolenku
nejsem|nebudu v
nepřítomn*
""",
        "until": """
do
zpět|späť
vrátím
od ... do
po návratu
""",
        "contact": """
v naliehavých|súrnych prípadoch
kontaktujte
v naléhavých|urgentních|urgentných|případě|prípade
obraťte|obracejte se|sa
kontaktujte
""",
        "promise": """
odpovím
odpoviem
ozvu
""",
        "ticket": """
váš|vaše požadavek|dotaz|zpráva ... přijat*|zaevidován*
číslo požadavku|tiketu
""",
        "person": """
omlouvám se
podepisuji
""",
    },
    "hu": {
        "auto": """
automatikus válasz|üzenet
ez egy automatikus
""",
        "absence": """
nem vagyok az|elérhető|a|bent irodában?|irodában|munkahelyemen
szabadságon|távol|házon vagyok|leszek|kívül
szabadságon vagyok|leszek|vagyok
házon kívül
nem vagyok az|elérhető
""",
        "until": """
ig
óta
visszatérek|vissza
között
""",
        "contact": """
sürgős esetben|ügyben
keresse|forduljon|keressék
""",
        "promise": """
visszatérésem|visszatértem után|követően
válaszolok|válaszolni fogok
válaszolok|válaszolni
""",
    },
    "ro": {
        "auto": """
răspuns|mesaj automat
acesta este un mesaj|răspuns
""",
        "absence": """
sunt|voi în|plecat*|fi concediu|afara|birou*|vacanță|delegație
în concediu
nu sunt la|în
plecat|plecată din
nu am acces
sunt plecat*
""",
        "until": """
până
pana
revin|reveni
din ... până
""",
        "contact": """
pentru urgențe|probleme|urgente
în caz de
contactați|contactati|adresați
contactați
""",
        "promise": """
voi răspunde|raspunde
""",
    },
    "el": {
        "auto": """
αυτόματη|αυτόματο απάντηση|μήνυμα
""",
        "absence": """
βρίσκομαι|είμαι|θα εκτός|βρίσκομαι|είμαι|σε γραφείου|εκτός|άδεια
απουσιάζω|λείπω από|μέχρι|έως|λόγω|σε
είμαι|θα εκτός|σε|βρίσκομαι|απουσιάζω|λείπω|άδεια
εκτός γραφείου
σε άδεια
απουσιάζω
""",
        "until": """
επιστρέψω|επιστροφή|επιστρέφω
μόλις|όταν επιστρέψω|γυρίσω
μέχρι
έως
επιστρέφω|επιστροφή
από ... έως
""",
        "contact": """
για επείγοντα|επείγουσες
επικοινωνήστε|επικοινωνείτε
απευθυνθείτε
""",
        "promise": """
σας απαντήσω
θα απαντήσουμε
απαντήσω|απαντήσουμε μόλις|όταν|στο|το
θα απαντήσω
""",
    },
    "bg": {
        "auto": """
автоматичен|автоматично отговор|съобщение|генерирано
""",
        "absence": """
в|във отпуск|командировка|болничен съм
в|във отпуск|командировка|болничен
няма да бъда|съм в офиса|офис
не съм в офиса|офис
""",
        "until": """
до
след завръщането|завръщане
""",
        "contact": """
при спешни|спешност случаи?
обърнете|обръщайте|свържете се
""",
        "promise": """
ще отговоря|отговорим
ще отговоря
""",
    },
    "he": {
        "auto": """
מענה|תשובה|הודעה אוטומטי|אוטומטית
זוהי|זו הודעה|תשובה אוטומטית
""",
        "absence": """
אני נמצא|נמצאת|בחופשה|בחופש|מחוץ|לא|אהיה
אני בחופשה|בחופש
בחופשה
מחוץ למשרד
""",
        "until": """
עד
אחזור|אשוב|חוזר|חוזרת
""",
        "contact": """
במקרה|בעניינים|לעניינים דחוף|דחופים
ניתן|אנא לפנות|פנו|פנה
""",
        "promise": """
אשיב|אענה
""",
    },
    "ar": {
        "auto": """
رد|رسالة تلقائي|آلي|آلية|تلقائية
هذه|هذا رسالة|رد تلقائية|تلقائي|آلي|آلية
""",
        "absence": """
أنا|سأكون في|خارج|حاليا إجازة|المكتب|اجازة|مهمة
في إجازة|اجازة
خارج المكتب
غير متواجد|متاح|موجود
لا أطلع|أطّلع على
ولا أطلع على
أنا مسافر|مسافرة
مسافر|مسافرة حاليا
""",
        "until": """
حتى
لغاية
سأعود|أعود|العودة|عودتي
من ... إلى
""",
        "contact": """
للأمور|للحالات|للاستفسارات|في العاجلة|الطارئة
يرجى|الرجاء التواصل|الاتصال|مراجعة
التواصل مع
""",
        "promise": """
سأرد|سأجيب
الرد على
""",
        "ticket": """
تم استلام|تسجيل طلبكم|رسالتكم|طلبك|رسالتك
رقم الطلب|التذكرة
""",
        "person": """
أوقع على العريضة
""",
    },
    "fa": {
        "auto": """
پاسخ خودکار
""",
        "absence": """
در مرخصی|سفر
به ایمیل دسترسی
""",
        "until": """
تا
پس از بازگشت
""",
        "contact": """
در موارد|صورت فوری|ضرورت
""",
        "promise": """
پاسخ خواهم داد
""",
    },
    "vi": {
        "auto": """
trả lời tự động
thư trả lời tự
tin nhắn|thư|email|trả tự|lời động|tự
được gửi|tạo tự động
""",
        "absence": """
tôi|hiện đang|tôi|đi|sẽ|nghỉ ... nghỉ|công|phép|vắng
đi công tác
nghỉ phép|ốm|lễ|thai
vắng mặt
không có mặt
""",
        "until": """
đến hết|ngày
cho đến
quay lại|trở
trở lại|về
từ ... đến
""",
        "contact": """
nếu|trường|việc có|cần|hợp|khẩn gấp|khẩn|việc
vui lòng|xin liên hệ
liên hệ
""",
        "promise": """
sẽ trả|phản|hồi lời|hồi|âm
""",
        "ticket": """
yêu cầu của|số ... nhận|tiếp|ghi
mã yêu|số
""",
        "person": """
xin lỗi vì
tôi ký
""",
    },
    "id": {
        "auto": """
balasan|pesan|jawaban otomatis|automatik
""",
        "absence": """
saya sedang|akan cuti|berada|di|tidak|dinas
sedang cuti
di luar kantor|kota|pejabat
tidak berada|dapat
""",
        "until": """
sampai
hingga
kembali
""",
        "contact": """
untuk hal|urusan|keperluan
silakan|sila hubungi
hubungi
""",
        "promise": """
akan membalas|menjawab
""",
    },
    "th": {
        "promise": """
ติดต่อกลับ
ตอบกลับ
""",
        "ticket": """
ได้รับข้อความ
ได้รับอีเมล
หมายเลขคำขอ
""",
        "contact": """
เรื่องด่วน
กรุณาติดต่อ
โปรดติดต่อ
""",
        "until": """
จนถึง
กลับมา
""",
        "absence": """
ลาพักร้อน
ลาพัก
ไม่อยู่ที่สำนักงาน
ไม่อยู่ในสำนักงาน
ลาคลอด
อยู่ในช่วงลา
วันหยุด
""",
        "auto": """
ตอบกลับอัตโนมัติ
""",
    },
    "hi": {
        "auto": """
स्वचालित उत्तर
""",
        "absence": """
छुट्टी पर
छुट्टी पर हूँ|हूं
ईमेल नहीं देख
""",
        "until": """
तक
वापस आने
""",
        "promise": """
उत्तर दूँगी|दूँगा|दूंगी|दूंगा
""",
    },
    "ja": {
        "auto": """
自動返信
自動送信
自動応答
自動で 返信|送信
自動的に 返信|送信
このメールに 返信|ご返信
返信専用
送信専用
""",
        "absence": """
不在
休暇
休業
出張
外出
育児休
産休
夏季休
年末年始
お休み
退職
異動
""",
        "until": """
まで
より順次
から
以降
戻り次第
復帰
出社
後日
""",
        "contact": """
お急ぎ
緊急
至急
ご連絡ください
ご連絡下さい
へお送りください
までお願い
代わりに
""",
        "promise": """
返信いたします
返信します
ご返信
ご返答
回答いたします
ご連絡いたします
改めて
順次返信
""",
        "ticket": """
お問い合わせ ... 受け付け|受付|ありがとう|承り
受付番号
お問合せ番号
受け付けました
受付いたしました
担当者より
営業日以内
""",
        "person": """
署名します
署名いたします
遅くなり
遅れて
不在にしておりました
不在だった
""",
        "reaction": """
リアクションしました
リアクションを
""",
        "receipt": """
開封されました
開封しました
""",
    },
    "zh": {
        "auto": """
您的? 邮件|来信|郵件|來信 ... 已收到
自动回复
自動回覆
自動回復
自動回復
自动答复
自動回應
系统自动
系統自動
请勿 直接? 回复|回覆
請勿 直接? 回覆|回復
自动发送
""",
        "absence": """
休假
外出
出差
不在 办公室|辦公室|国内|公司|馆
度假
放假
产假
產假
病假
请假
請假
年假
已离职
已離職
出国
闭馆
閉館
暂时无法 回复|查看
暫時無法 回覆|查看
""",
        "until": """
至
直到
回来
回來
返回
恢复上班
恢復上班
届时
屆時
期间
期間
上班
月
暂时
目前
""",
        "contact": """
如有急事
急事
紧急
緊急
请联系
請聯繫
請聯絡
请找
请与 ... 联系
""",
        "promise": """
尽快 ... 回|复|覆
盡快 ... 回|覆|復
会 ... 回复|回信|答复
會 ... 回覆|回信
再给您回
再回
将尽快 ... 联系
暂时无法回复
""",
        "ticket": """
来信已收到
來信已收到
已收到您的
已收到你的
您的 ... 已收到|已受理|已提交|已创建
邮件已收到
郵件已收到
郵件已收悉
工单
工單
受理编号
工作日内
我会尽快回复
我會盡快回覆
已登记
已登記
工单号
工作人员将尽快
""",
        "person": """
我签
我簽
抱歉 ... 回复晚|晚回
加上我的名字
""",
        "receipt": """
已于 ... 阅读
您的邮件
""",
        "reaction": """
做出了反应
作出回应
""",
    },
    "ko": {
        "auto": """
자동 회신
자동회신
자동 응답
자동응답
자동으로 발송|전송|회신
자동 발송
발신 전용
발신전용
""",
        "absence": """
휴가
부재중
부재 중
출장
육아휴직
병가
휴직
자리를 비
외근
퇴사
휴무
휴관
""",
        "until": """
까지
부터
이후
복귀
돌아
""",
        "contact": """
급한
긴급
문의
연락해 주|주시기
연락 주|바랍
""",
        "promise": """
회신 드리|하겠|드리겠
답장 드리|하겠|드리겠
답변 드리|하겠|드리겠
확인 후
""",
        "ticket": """
접수되었습니다
접수 번호
접수번호
문의가 접수
문의해 주셔서
""",
        "person": """
서명합니다
서명하겠습니다
늦어서
늦게
휴가였|휴가 중이었
""",
        "reaction": """
반응했습니다
반응을
""",
    },
    "hr": {
        "absence": """
na godišnjem|bolovanju|dopustu|putu
godišnjem sam? odmoru
nisam u uredu
sam|sem na|u|v dopustu|odmoru|uredu|službenom
na dopustu
nisem v pisarni
тренутно сам на
на одмору
немам приступ
""",
        "until": """
do|до
po povratku|vrnitvi
по повратку
""",
        "contact": """
za hitne|nujne
za hitne slučajeve|primere
obratite|obrnite se
""",
        "promise": """
odgovorit|odgovoriću|odgovoril|odgovorila ću|cu|bom
bom odgovoril|odgovorila
одговорићу
""",
        "auto": """
automatski|samodejni|аутоматски odgovor|одговор
""",
    },
    "et": {
        "absence": """
puhkusel|puhkusele
viibin|olen puhkusel|lähetuses|haiguslehel
ei|ega ole|loe kontoris|kirju|e
""",
        "until": """
kuni
""",
        "contact": """
kiireloomulis*|kiiretes
pöörduge
""",
        "auto": """
automaatne|automaatvastus vastus
""",
    },
    "lv": {
        "absence": """
atvaļinājumā
neesmu birojā
""",
        "until": """
līdz
""",
        "contact": """
steidzamos gadījumos
sazinieties
""",
        "auto": """
automātiska|automātiskā atbilde
""",
    },
    "lt": {
        "absence": """
atostogauju
atostogose
neskaitau|neskaitysiu
nesu biure
""",
        "until": """
iki
""",
        "contact": """
skubiais klausimais|atvejais
kreipkitės
""",
        "auto": """
automatinis atsakymas
""",
    },
    "ca": {
        "absence": """
de vacances
fora de l|la
no llegeixo|llegiré el
""",
        "until": """
fins al|el
""",
        "contact": """
per a urgències|urgencies
contacteu
""",
        "auto": """
resposta automàtica
""",
    },
    "ms": {
        "absence": """
bercuti
saya bercuti|cuti
tidak berada|di
""",
        "until": """
sehingga
kembali ke
""",
        "contact": """
untuk urusan
""",
        "promise": """
akan membalas
""",
        "auto": """
balasan automatik
""",
    },
}
