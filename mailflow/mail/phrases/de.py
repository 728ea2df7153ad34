# ruff: noqa: E501 (one phrase a line, however many words it allows)
"""German."""

WORDS = """der die das den dem des ein eine einen einem einer und oder nicht ist sind war ich sie wir er es mein meine meinen meiner ihr ihre ihnen mich mir
uns zu zum zur in im am an auf für mit von vom bei aus als auch aber wie wenn dass daß so noch nur sehr man hat haben habe wird werden kann können
bitte danke vielen dank hallo guten tag liebe grüße freundlichen grüßen ja nein bin dann doch schon was wer wo"""

NEGATION_FOLLOWS = True

PHRASES = {
    "elsewhere": """
einladungsliste|gästeliste|warteliste|teilnehmerliste|rednerliste|verteiler|newsletter|programm|tagesordnung|verzeichnis|kalender|tagung|konferenz|kurs|seminar|umfrage|mailingliste
liste der redner|gäste|teilnehmer|rednerinnen|eingeladenen|referenten
""",
    "sign": """
gebe|leihe|schenke|überlasse ihnen|euch|dir hiermit|gern|gerne? meine|meinen unterschrift|namen
ihr|sie habt|haben|bekommt|bekommen|kriegt meine unterschrift
zögere|zögern nicht und|zu? unterschreibe|unterschreiben
ohne zögern|zu|bedenken zögern? unterschreibe|unterzeichne
meine unterschrift ist|geht|gehört euch|ihnen|dabei|hiermit|mit|anbei|darunter
unterstützung und meine? unterschrift
setze|setz|stelle|schreibe|gebe ich? gern|gerne|hiermit? meinen|meine namen|unterschrift unter|dazu|dafür|darunter|her|hinzu|drunter|für
setze|gebe|leiste gern|gerne|hiermit? meine unterschrift
und möchte|will|werde|darf es|sie|ihn|das|gern|gerne|hiermit|daher|auch? unterschreiben|unterzeichnen|mitzeichnen
möchte|will ich hiermit|gern|gerne|auch|sie|es|das|die|diese? petition? unterschreiben|unterzeichnen
diese|dieses|die mail|nachricht|email|schreiben ... gilt|zählt|dient|gelte als meine? unterschrift
betrachten|betrachtet|werten|wertet|nehmt|nehmen sie? diese|dies|das ... als meine? unterschrift
meine unterschrift darf|kann|soll|gehört ... drauf|rauf|drunter|darunter|dazu|auf|unter
ich bin mit|auch|gern|gerne dabei
bin mit|auch|gern|gerne dabei
ich unterschreibe|unterzeichne|signiere
unterschreibe|unterzeichne ich
hiermit unterschreibe|unterzeichne ich?
^unterschreibe|unterzeichne hiermit|gern|gerne|natürlich|selbstverständlich|sofort
ich möchte|will|werde|darf ... unterschreiben|unterzeichnen|mitunterzeichnen
möchte|will|werde ich ... unterschreiben|unterzeichnen
ich gebe ... meine unterschrift
ich leiste ... unterschrift
ich setze ... meine|meinen unterschrift|namen
ich schließe mich ... an
ich schliesse mich ... an
ich trage mich ... ein
ich mache mit
ich bin dabei
bin ich dabei
meine unterschrift haben|habt|hast sie|ihr|du
sie haben meine unterschrift
hier ist meine unterschrift
betrachten|werten|nehmen sie ... als meine? unterschrift|unterzeichner*
das ist meine unterschrift
ich bestätige ... unterschrift
unterschreibe ich|die|diese|das
mit meiner unterschrift|stimme dabei
dürfen|dürft|darfst|können|könnt ... dazuschreiben|daruntersetzen|hinzufügen|dazusetzen|eintragen
unterstütze|unterstützen ... mit meiner unterschrift|namen
""",
    "willing": """
ich unterschreibe|unterzeichne gern|gerne
gern|gerne unterschreibe|unterzeichne ich
ich würde gern|gerne unterschreiben|unterzeichnen
ich würde mich freuen ... unterschreiben
mit freude|vergnügen unterschreibe|unterzeichne
bereit zu unterschreiben
""",
    "request": """
mein name darf|kann|soll|gehört ... drauf|rauf|drunter|darunter|dazu|auf|unter
dürft|dürfen|könnt|können ihr|sie? ... meinen|meine namen|unterschrift|name
meinen namen|unterschrift dazusetzen|daruntersetzen|hinzufügen|aufnehmen|dazuschreiben|druntersetzen|verwenden
nehmt|nehmen|setzt|setzen|tragt|tragen|schreibt|schreiben|fügt|fügen ... meinen|meine namen|unterschrift auf|dazu|ein|drunter|darunter|hinzu|unter|auf|mit
auf meine unterschrift zählen|rechnen|bauen
mit meiner unterschrift rechnen
zählen|rechnen sie|bitte? auf|mit meine|meiner unterschrift
setzen|setzt|setz|nehmen|nehmt|nimm|schreiben|schreibt|schreib|tragen|tragt|trag|fügen|fügt|füg|führen|zählen|zählt|zähl|rechnen sie? bitte|gern|gerne|auch? meinen|mich|meine|mit namen|unterschrift|stimme|auf|dazu|ein|mit|mir?
auf mich zählen
mit mir rechnen
auf mich können sie zählen
meinen namen ... hinzufügen|aufnehmen|eintragen|ergänzen|setzen|aufzunehmen|hinzuzufügen
meinen namen bitte|gern|gerne
meine unterschrift ... hinzufügen|aufnehmen|zählen|mitzählen
mich ... aufnehmen|eintragen|hinzufügen|dazuschreiben|listen
bitte meinen namen
zählen|rechnen sie auf|mit mich|mir
zählt|zähl auf|mit mich
nehmen|nehmt|nimm sie? mich ... auf$
mich ... aufnehmen
nehmen|nehmt sie? mich ... in|unter|auf die|den|der liste|unterzeichner|unterzeichnern
""",
    "lone": """
=unterschrieben
=unterschreibe
=unterschreibe ich
=ich unterschreibe
=unterschreiben
=unterzeichnet
=gezeichnet
=bin dabei
=ich bin dabei
=ich auch
=dabei
=ja dabei
=mache mit
=mach mit
=bin auch dabei
=meine unterschrift
=unterschrift
=auf mich können sie zählen
=zählt auf mich
=hiermit unterschrieben
""",
    "yes": """
=ja
=ja ja
=ja gern
=ja gerne
=gern
=gerne
=sehr gern
=sehr gerne
=ja sehr gern
=ja sehr gerne
=ja natürlich
=natürlich
=na klar
=klar
=ja klar
=klar doch
=selbstverständlich
=ja selbstverständlich
=auf jeden fall
=ja auf jeden fall
=unbedingt
=ja unbedingt
=aber ja
=aber sicher
=sicher
=aber gern
=aber gerne
=jawohl
=jo
=jep
=jupp
=ja bitte
=ja ich will
=ja mache ich
=mache ich
=mache ich gern
=warum nicht
=von herzen gern|gerne
=mit vergnügen
=definitiv
=absolut
=mein ja
=ohne zu zögern
=von mir ein ja
von mir ... ... ja$
=ein klares|eindeutiges|volles|großes|dickes ja
=ein ja
=tausendmal|hundertmal ja
""",
    "confirm": """
=ich bestätige
=bestätigt
=hiermit bestätigt
=ja ich bestätige
=ja bestätigt
=bestätige
=bestätige ich
=hiermit bestätige ich
=stimmt
=das stimmt
=ja das stimmt
=ja stimmt
=richtig
=das ist richtig
=ja richtig
=korrekt
=ja korrekt
=das war ich
=ja das war ich
=das bin ich
=war ich
=genau
=ja genau
=ok
=okay
=einverstanden
=in ordnung
=passt
ich bestätige
bestätige ich
das war ich
von mir
habe ich selbst unterschrieben
""",
    "no": """
=nein
=nein nein
=nein danke
=danke nein
=ne
=nee
=nö
=nein leider nicht
=leider nein
=leider nicht
=niemals
=nie
=auf keinen fall
=keinesfalls
=sicher nicht
=bestimmt nicht
=ganz sicher nicht
=ohne mich
=ich nicht
=lieber nicht
=kein interesse
=ich passe
=diesmal nicht
=nein diesmal nicht
=nicht mit mir
=danke aber nein
=natürlich nicht
=ich verzichte
=ich lehne ab
=abgelehnt
""",
    "decline": """
ich bin gegen
bin ich gegen
bin gegen
ich unterschreibe|unterzeichne ... nicht
unterschreibe|unterzeichne ich ... nicht
nicht unterschreiben|unterzeichnen|mitunterzeichnen|unterschreibe|dabei|mitmachen
ich mache nicht mit
ich kann|will|möchte|werde|darf ... nicht unterschreiben|unterzeichnen
ich kann|möchte|will|darf leider|es|das|dies nicht
leider nicht
ich lehne ... ab
ich lehne es ab
ich verzichte
ich verweigere
ich bin dagegen|nicht
ich möchte nicht
ich will nicht
bin dagegen
meinen namen ... nicht|weglassen|raushalten
meinen namen bitte nicht
setzen|nehmen|schreiben|tragen sie ... nicht
mich ... nicht ... auf
kein|keine interesse|unterschrift
nicht interessiert
ohne mich
nein ich
rechnen sie nicht mit
von mir gibt|bekommen ... keine
gebe ich keine unterschrift
möchte ... davon absehen
sehe davon ab
sehe ich ab
mache|mach ich ... nicht mit
mache|mach nicht mit
enthalte mich
enthalte ich mich
ohne mich$
ohne meine unterschrift|stimme
""",
    "withdraw": """
ziehe ... unterschrift|namen|zustimmung zurück
ziehe ich ... zurück
ich ziehe ... zurück
unterschrift ... zurückziehen|zurücknehmen|zurück|streichen|löschen|entfernen|widerrufen|annullieren|zurückgezogen
namen ... wieder? streichen|löschen|entfernen|herunternehmen|zurückziehen|runter|herausnehmen|herunter
streichen|löschen|entfernen|nehmen|annullieren|stornieren sie ... meine|meinen unterschrift|namen
streicht|löscht|entfernt|nehmt ... meine|meinen unterschrift|namen
widerrufe ... unterschrift|zustimmung
ich widerrufe
widerruf
=zurückziehen
=zurückgezogen
=zurück
=rückzug
=widerrufen
möchte ... nicht mehr unterschreiben|dabei|unterstützen|unterzeichnen
meine meinung geändert
meinung geändert
es mir anders überlegt
mir|mich anders überlegt
trete ... zurück
nicht|nimmer mehr auf|unter|in der|dieser petition|liste
nicht mehr ... unterzeichner*|dabei
""",
    "unsubscribe": """
abmelden
abbestell*
austragen
melden sie mich ab
abmeldung
aus dem|diesem|ihrem|eurem|der|ihrer verteiler|mailingliste|liste|verteilerliste|newsletter
löschen|streichen|entfernen sie mich|meine ... verteiler|mailingliste|liste|adresse|mail
nehmen|tragen sie mich|meine ... aus|vom|von ... verteiler|mailingliste|liste|mail
keine weiteren? mails|e|nachrichten|emails|mehr|post|weitere
keine mails|emails|nachrichten mehr
nicht mehr anschreiben|schreiben|erhalten|bekommen|zusenden|schicken|kontaktieren
nichts mehr erhalten|bekommen|schicken|zusenden
hören sie|hört auf ... schreiben|schicken|senden|mailen
=stopp
=stop
=abmelden
=abbestellen
=austragen
=löschen
=aufhören
lassen sie mich in ruhe
""",
    "notme": """
=das war ich nicht
=ich war das nicht
=nicht ich
=war ich nicht
=das bin ich nicht
das war ich nicht
ich war das|es nicht
das war nicht ich|von
stammt|kommt nicht von mir
ich habe ... nicht|nie|niemals|nichts unterschrieben|unterzeichnet|geschrieben|gesendet|geschickt|bestätigt
habe ich nicht|nie unterschrieben|geschrieben|geschickt|unterzeichnet
jemand anders|anderes|anderer
ohne mein wissen|einverständnis
""",
    "negation": """
nicht
nie
niemals
kein
keine
keinen
keiner
keinesfalls
ohne
weder
nein
""",
    "decoy": """
unterschreibe|unterzeichne|unterschreiben|unterzeichnen ... vertrag|verträge|dokumente|unterlagen|rechnung|rechnungen|formular|formulare|urlaubsantrag
vertrag|verträge|dokumente|unterlagen|rechnungen ... unterschreiben|unterzeichnen|unterschreibe
kein problem|thema|ding|zweifel
keine frage|einwände|bedenken|zweifel|ahnung
ohne zweifel|bedenken|frage|weiteres|vorbehalt|zögern|wenn
nicht nur
warum|wieso nicht
nichts dagegen
auch wenn
als ob
wenn sie|ihr ... brauchen|benötigen|möchten|wollen|haben|braucht|fragen
wenn möglich|nötig|gewünscht|erforderlich
wenn es|das ... hilft|noch
falls nötig|noch|möglich|erforderlich|sie|es|benötigt
nicht zu vergessen
nicht ohne
ich unterschreibe ... briefe|dokumente|verträge|mails|bestellungen
nicht vergessen
nicht zögern
zögern sie nicht
nicht umsonst
gar nicht genug
""",
    "condition": """
wenn
falls
sofern
solange
unter der bedingung|voraussetzung
vorausgesetzt
es sei denn
nur dann
sobald
erst
bevor
nachdem
abhängig
kommt darauf an
je nachdem
im falle
bis
ob
bedingung|bedingungen|voraussetzung|vorbehalt
nach meiner rückkehr
""",
    "would": """
würde ... unterschreiben|unterzeichnen
würde|könnte ich ... unterschreiben|unterzeichnen
fast|beinahe ... unterschrieben|unterschrieb
""",
    "closing": """
=gezeichnet
=unterschrieben
""",
    "hedge": """
hängt|hinge ... ab|davon
abhängig von|davon
unterschreibe|unterzeichne|sign* ... am|nächste|nächsten montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|woche|monat|wochenende
am montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|wochenende unterschreibe|unterzeichne ich
unterschreibe|unterzeichne ... am|nächste|nächsten|morgen|später montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|woche|monat
unterschreibe|unterzeichne ... morgen|später
sobald ich|wir|das|mein*|die|der
wenn ich zurück|wieder
den ganzen tag
jeden tag
täglich
ständig
dauernd
vielleicht
eventuell
evtl
möglicherweise
wahrscheinlich
vermutlich
ich würde
würde ich
überlege
überlegen
nachdenken
nicht sicher
unsicher
unschlüssig
noch nicht
morgen
später
nächste|nächsten|nächster
demnächst
grundsätzlich
im prinzip
prinzipiell
könnte|sollte ... unterschreiben
weiß nicht
weiss nicht
ich glaube
ich denke
muss ich|mich|erst|noch
schau|schaue mir
demnächst
irgendwann
^dass|daß ich
""",
    "past": """
ich habe|hatte ... schon|bereits ... unterschrieben|unterzeichnet|bestätigt|geantwortet
ich habe|hatte ... unterschrieben|unterzeichnet
habe|hatte ich ... unterschrieben|unterzeichnet
habe ... schon|bereits unterschrieben|unterzeichnet|bestätigt
bereits|schon unterschrieben|unterzeichnet|erledigt
""",
    "third": """
mein|meine|unser|unsere|ein|eine kollege|kollegin|kollegen|mann|frau|freund|freundin|chef|chefin|bibliothek|direktor|direktorin|bruder|schwester|sohn|tochter ... unterschreib*|möchte|will|würde
wir unterschreiben|unterzeichnen
unterschreiben wir
er|sie möchte|will|würde unterschreiben
du solltest|musst|kannst unterschreiben
sie sollten|müssen|können unterschreiben
unterschreiben sie
alle|jeder|jede|man sollten|sollte|müssten|müsste|müssen|muss
""",
    "behalf": """
im namen
im auftrag
in vertretung
stellvertretend
für meinen|meine|unsere|unser|den arbeitgeber|mann|frau|kollegin|kollegen|bibliothek|einrichtung|verein
als leiter|leiterin|direktor|direktorin|vorsitzende|vorsitzender|einrichtung|institution
""",
    "irony": """
na klar doch nicht
haha
ha ha
von wegen
nur über meine leiche
wer's glaubt
ja ja is klar
ironie
""",
    "but": """
^aber
aber
^jedoch
jedoch
^allerdings
allerdings
leider
^doch
bedauerlicherweise
""",
    "question": """
^wo|wie|wann|wer|wen|wem|was|welche|welcher|welches|warum|wieso|weshalb|wozu|wohin|kann|können|darf|dürfen|muss|müssen|gibt|ist|sind|wird|werden|zählt|zählen ich|man|es|sie|wir|die|das|der|auch|ein|eine|viele|lange|ist|wird|kann|bekomme|finde
""",
    "asking": """
können|könnten|würden sie mir|uns? ... sagen|erklären|mitteilen|erläutern|schicken|zusenden
ich wüsste|wüßte gern|gerne
ich möchte|würde ... wissen
ich habe eine|noch|zwei|einige frage|fragen
frage mich
meine frage
mich|uns würde|interessiert|interessieren ... wer|was|wie|wann|ob|warum|wo|interessieren
würde mich interessieren
""",
    "support": """
unterstütze ich|das|die|sie|euch|diese
ich unterstütze
bin dafür
dafür
gute|tolle|super|schöne|großartige|wichtige|prima sache|idee|initiative
finde ich gut
find ich gut
viel erfolg
viel glück
weiter so
bravo
toll
stimme zu
ich befürworte
""",
    "polite": """
bitte
danke
danke schön|sehr|ihnen|euch
dankeschön
vielen dank
besten dank
herzlichen dank
hallo
guten tag|morgen|abend
moin
servus
grüß gott
grüezi
liebe|lieber
sehr geehrte|geehrter damen|herren|frau|herr?
und herren
mit freundlichen|freundlichem|besten|herzlichen grüßen|gruß|gruss|grüssen
viele|liebe|beste|freundliche|herzliche|schöne grüße|gruesse|grüsse
freundlichem gruß
mfg
lg
vg
hochachtungsvoll
ihr|ihre$
schönen tag|abend
im voraus
""",
    "object": """
petition
liste
unterschriftenliste
unterzeichner*
unterschrift*
gruppe
""",
    "for": """
für
als
zum
zur
""",
    "lead": """
also
aber
dann
und
na
nun
tja
meine antwort ist
von mir ein
""",
    "self": """
=ich
=ich unterzeichner
=der unterzeichner
=die unterzeichnerin
""",
    "concede": """
auch wenn|ohne
obwohl
ohne
""",
    "relation": """
mein|meine|meinen|meiner|meinem|meines|unser|unsere|unseren mann|frau|kollege|kollegin|kollegen|kolleginnen|bruder|schwester|freund|freundin|chef|chefin|direktor|direktorin|sohn|tochter|mutter|vater|team|partner|partnerin|ehemann|ehefrau
""",
    "receipt": """
habe ... erhalten|bekommen|gelesen|gesehen
ist angekommen|da|eingegangen
angekommen|eingetroffen
""",
    "demand": """
^ändern|ändert|ändere|streichen|streicht|korrigieren|kürzen|kürzt|verbessern|zeigen|zeigt|erklären|erklärt|veröffentlichen|beweisen|überarbeiten|entfernen|nennen|geben|übersetzen|ergänzen|formulieren sie? den|die|das|mir|uns|punkt|absatz|einen|eine
""",
    "not condition": """
ohne bedingung|bedingungen|vorbehalt|wenn
""",
}
