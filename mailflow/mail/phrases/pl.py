# ruff: noqa: E501 (one phrase a line, however many words it allows)
"""Polish."""

WORDS = """i w we z ze na nie się to jest do że o a od za po przez jak ale dla co czy tak już tylko są był była było być mnie mi mój moja moje mojego pan pani
państwo państwa bardzo dziękuję proszę dzień dobry pozdrawiam pozdrowieniami oraz lub gdy kiedy jeśli jeżeli gdzie kto jestem mam"""

PHRASES = {
    "elsewhere": """
gości|uczestników|prelegentów|programu|kalendarza|warsztatów|warsztaty|zebranie|konferencję|newslettera|ankiety|kolację
""",
    "sign": """
daję|oddaję|użyczam|przesyłam wam|państwu|pani|panu mój|swój? podpis
bez wahania|namysłu|zastanowienia podpisuję|podpiszę
mają|ma|macie państwo|pani|pan? mój podpis
mój podpis macie|mają|jest|już|pod państwo|wasz|z|tą|petycją?
wiadomość|mail|list ... jako|za mój? podpis
i ją|go|chętnie|niniejszym? podpisuję
podpisuję
podpisuje się|petycję
ja? podpisuję się?
podpiszę
podpiszę się
chcę|pragnę|zamierzam|postanowiłem|postanowiłam się? podpisać
składam ... podpis
daję ... podpis
dołączam się?
przyłączam się
oto mój podpis
macie mój podpis
to jest mój podpis
proszę uznać|potraktować ... podpis
potwierdzam mój|swój podpis
niniejszym podpisuję
""",
    "willing": """
chętnie podpiszę|podpisuję|się
z przyjemnością|radością podpiszę|podpisuję
z chęcią podpiszę|podpisuję
chciałbym|chciałabym podpisać|dopisać|dodać
""",
    "request": """
proszę też|również|także|tylko|jeszcze o dopisanie|dodanie|wpisanie|umieszczenie|uwzględnienie ... nazwiska|podpisu|mnie
proszę też|również|także dopisać|dodać|wpisać|dołączyć mnie|moje|mój
dopiszcie|dodajcie|wpiszcie też|również|także moje|mnie|mój
dopiszcie|dodajcie|wpiszcie|dołączcie|umieśćcie|przyjmijcie ... mój|moje podpis|nazwisko
proszę dopisać|dodać|wpisać|dołączyć|umieścić|przyjąć ... mój|moje podpis|nazwisko
liczyć na mój podpis
można dopisać|dodać|wpisać|doliczyć mnie|moje|mój
proszę dopisać|dodać|wpisać|dołączyć|uwzględnić|umieścić|zapisać|doliczyć|liczyć moje|mnie|mój|na nazwisko|imię|podpis?
proszę o dopisanie|dodanie|wpisanie|umieszczenie|uwzględnienie|dołączenie ... nazwiska|podpisu|mnie
dopiszcie|dodajcie|wpiszcie|dołączcie|umieśćcie|zapiszcie|dopisz|dodaj|wpisz mnie|moje|mój
liczcie|proszę na|liczyć mnie|na
możecie na mnie liczyć
możecie liczyć na mnie
""",
    "lone": """
=podpisuję
=podpisuję się
=podpisane
=podpisano
=podpisany
=podpisana
=podpis
=ja też
=jestem za i podpisuję
=wchodzę w to
=dołączam
=dołączam się
=przyłączam się
=podpiszę
=tak podpisuję
=proszę mnie dopisać
=proszę mnie wpisać
=dopiszcie mnie
=liczcie na mnie
=mój podpis
=piszę się na to
""",
    "yes": """
=tak
=tak tak
=tak oczywiście
=oczywiście
=oczywiście że tak
=jasne
=jasne że tak
=pewnie
=pewnie że tak
=chętnie
=tak chętnie
=bardzo chętnie
=z przyjemnością
=tak z przyjemnością
=naturalnie
=zdecydowanie
=zdecydowanie tak
=jak najbardziej
=tak jak najbardziej
=bez wahania
=tak proszę
=tak dziękuję
=tak zgadzam się
=czemu nie
=dlaczego nie
=z chęcią
=moja odpowiedź brzmi tak
""",
    "confirm": """
=potwierdzam
=tak potwierdzam
=potwierdzone
=zgadza się
=tak zgadza się
=to ja
=tak to ja
=to byłem ja
=to byłam ja
=tak to byłem ja
=tak to byłam ja
=zgoda
=zgadzam się
=tak jest
=dokładnie
=ok
=dobrze
=prawda
potwierdzam
to ja podpisał*|wysł*|napisał*
""",
    "no": """
=nie
=nie nie
=nie dziękuję
=dziękuję nie
=nigdy
=w żadnym wypadku
=oczywiście że nie
=zdecydowanie nie
=na pewno nie
=beze mnie
=ja nie
=nie tym razem
=niestety nie
=raczej nie
=jestem przeciw
=przeciw
=odmawiam
=rezygnuję
=nie jestem zainteresowany
=nie jestem zainteresowana
=nie interesuje mnie to
=pas
=pasuję
""",
    "decline": """
wolę|wolałbym|wolałabym nie|jednak? nie|podpisywać|podpisać?
raczej nie podpiszę|podpisze|podpisuję
nie podpisuję|podpiszę|podpisze|będę|chcę|mogę|zamierzam|mam|zgadzam się|podpisywać|podpisać|zamiaru|podpisywał|podpisywała|tego
nie podpisuję|podpiszę
nie chcę|mogę|zamierzam|będę się|tego|podpisać|podpisywać|podpisywał|podpisywała|uczestniczyć|być
odmawiam
jestem przeciw|przeciwny|przeciwna
nie popieram
nie jestem zainteresowany|zainteresowana
proszę nie|mnie dopisywać|wpisywać|dodawać|umieszczać|nie
proszę mnie nie
nie dopisujcie|wpisujcie|dodawajcie|liczcie
rezygnuję
wstrzymuję|wstrzymam się
ale nie mogę
^nie mogę$
nie chcę|chciałabym|chciałbym ... moje|mojego nazwisko|nazwiska|imię
nie chcę$
""",
    "withdraw": """
wycofuję|cofam|odwołuję ... podpis|poparcie|zgodę
wycofać|cofnąć|usunąć|wykreślić|anulować|skreślić|odwołać ... podpis|nazwisko|podpisu
proszę o? wycofanie|usunięcie|wykreślenie|cofnięcie|anulowanie|skreślenie ... podpisu|nazwiska
proszę wycofać|usunąć|wykreślić|cofnąć|anulować|skreślić ... podpis|nazwisko
wycofuję się
usuńcie|wykreślcie|skreślcie ... podpis|nazwisko
zmieniłem|zmieniłam zdanie
nie chcę|chcę już|podpisywać dłużej|więcej|być
=wycofuję
=wycofuję się
=wycofać
=rezygnuję z podpisu
""",
    "unsubscribe": """
wypisać|wypiszcie|wypisz|wypisanie mnie|z|się
proszę mnie|o? wypisać|wypisanie|usunąć|usunięcie|wykreślić ... listy|bazy|wysyłki|adres*|newslettera|mailing*
usunąć|usuńcie|usuń|wykreślcie|skreślcie mnie|mój ... listy|bazy|wysyłki|adres|mailingowej
usunięcie ... listy|adresu|bazy
rezygnuję z otrzymywania|subskrypcji|newslettera|wiadomości
nie chcę|życzę|zgadzam już? sobie? więcej? otrzymywać|dostawać|wiadomości
nie przysyłajcie|wysyłajcie|piszcie|przysyłać|wysyłać
proszę nie|więcej|już nie? przysyłać|wysyłać|pisać|więcej
proszę przestać|zaprzestać
przestańcie ... wysyłać|przysyłać|pisać
=stop
=wypisz
=wypisać
=wypisz mnie
=koniec
=anuluj
anulować subskrypcję
""",
    "notme": """
=to nie ja
=nie ja
=to nie byłem ja
=to nie byłam ja
to nie ja
to nie byłem|byłam ja
ja? nie|nigdy nie? podpisywałem|podpisywałam|podpisałem|podpisałam|wysyłałem|wysyłałam|pisałem|pisałam
niczego nie podpisywałem|podpisywałam
ktoś inny|podpisał
bez mojej wiedzy|zgody
""",
    "negation": """
nie
nigdy
ani
bez
żaden
żadnych
""",
    "decoy": """
podpi* ... umowę|umowy|dokument|dokumenty|fakturę|faktury|papiery
nie ma problemu|sprawy|za
żaden problem
bez problemu|wahania|wątpienia|zastrzeżeń
nie tylko
czemu|dlaczego nie
nie mam wątpliwości|zastrzeżeń|nic
jeśli|jeżeli potrzeba|trzeba|można|to|potrzebujecie|będzie|jest
nawet jeśli
jak gdyby
nie wątpię
nie zwlekajcie
dokumenty podpiszę
podpiszę|podpisuję dokumenty|umowy|wszystko
""",
    "condition": """
jeśli
jeżeli
pod warunkiem
o ile
chyba że
gdy
kiedy
dopiero
tylko jeśli
jak tylko
po tym
zanim
w przypadku
zależy
czy
warunkiem|warunek|warunkami|zastrzeżeniem
jak wrócę|będę|skończę|przeczytam|zobaczę|wrócimy|dostanę
po powrocie
""",
    "would": """
podpisałbym|podpisałabym
prawie|o|omal podpis*
""",
    "hedge": """
zależy|zależeć od|będzie
podpiszę ... poniedziałek|wtorek|środę|czwartek|piątek|sobotę|niedzielę|jutro|później|potem|jak|gdy|kiedy|tygodniu
codziennie
cały dzień
muszę
może
być może
prawdopodobnie
pewnie podpiszę
chyba
podpisałbym|podpisałabym
zastanowię
muszę|chcę przemyśleć|przeczytać|zapytać|skonsultować|porozmawiać|się
nie wiem
nie jestem pewien|pewna
jeszcze nie
jutro
później
przyszłym|następnym
wkrótce
w zasadzie
zasadniczo
myślę że
powinienem|powinnam podpisać
""",
    "past": """
już podpisałem|podpisałam|odpowiedziałem|wysłałem
podpisałem|podpisałam
już się? podpisałem|podpisałam
""",
    "third": """
mój|moja|nasz|nasza|kolega|koleżanka mąż|żona|kolega|koleżanka|szef|dyrektor|biblioteka|przyjaciel|brat|siostra ... podpi*|chce|chciał*
podpisujemy
on|ona podpisze|chce
powinniście|powinieneś|powinnaś podpisać
podpiszcie
wszyscy|każdy powinni|powinien|muszą|musi
""",
    "behalf": """
w imieniu
z ramienia
za męża|żonę|kolegę|koleżankę
jako dyrektor|instytucja|organizacja|kierownik
""",
    "irony": """
haha
ha ha
akurat
jasne już
na pewno już
""",
    "but": """
^ale
ale
^jednak
jednak
niestety
""",
    "question": """
^gdzie|jak|kiedy|kto|komu|jaki|jaka|jakie|ile|dlaczego|czemu|po|czy|co|mogę|można
""",
    "asking": """
chciałbym|chciałabym wiedzieć|zapytać|dowiedzieć
czy mogę|można|mogę|trzeba|jest|są|będzie|muszę|członkowie
proszę o informację|wyjaśnienie
proszę powiedzieć|wyjaśnić
mam pytanie|kilka|dwa
""",
    "support": """
popieram
jestem za
za$
świetny|dobry|doskonały|wspaniały pomysł
świetna|dobra|wspaniała|ważna inicjatywa|sprawa
brawo
powodzenia
gratuluję
podoba mi
""",
    "polite": """
dziękuję
bardzo dziękuję
dzięki
dziękuje
proszę
dzień dobry
dobry wieczór
cześć
witam
szanowni|szanowny|szanowna państwo|panie|pani?
pozdrawiam
z pozdrowieniami
z poważaniem
z wyrazami szacunku
serdecznie
miłego dnia
z góry
""",
    "object": """
petycj*
list*
podpis*
sygnatariusz*
grup*
liście|listy|listę|petycji|petycję
""",
    "for": """
na
jako
do
""",
    "lead": """
więc
ale
i
no
moja odpowiedź to
""",
    "relation": """
mój|moja|mojego|moją|mojej|mojemu|moich|naszą|naszego mąż|męża|mężowi|żona|żonę|żony|kolega|kolegę|koleżanka|koleżankę|brat|brata|siostra|siostrę|szef|szefa|szefowa|szefową|syna|córkę|przyjaciela|dyrektora|kolegów
""",
    "receipt": """
otrzymałem|otrzymałam|dostałem|dostałam|doszła|dotarła|doszło|dotarło|przyszła|przyszło
""",
    "demand": """
^zmieńcie|zmień|poprawcie|popraw|usuńcie|skreślcie|pokażcie|wyjaśnijcie|opublikujcie|skróćcie|dodajcie|wykreślcie|udowodnijcie
^proszę zmienić|poprawić|usunąć|skreślić|pokazać|wyjaśnić|skrócić
""",
    "not condition": """
bez warunków|zastrzeżeń
""",
}
