# ruff: noqa: E501 (one phrase a line, however many words it allows)
"""Swedish."""

WORDS = """och i att det som en på är av för med den till inte om ett han men var jag sig från vi så kan när år säger hon under också efter eller nu sin där vid mot
mig min mitt mina du ni er era tack hej hälsningar vänliga ska skulle har hade gärna vad hur vem ja nej mycket"""

NEGATION_FOLLOWS = True

PHRASES = {
    "sign": """
jag skriver|undertecknar|signerar ... under|härmed|petitionen|uppropet|gärna
jag undertecknar
undertecknar härmed|jag
jag skriver gärna? under
skriver jag under
jag vill|ska|kommer ... skriva|underteckna under?
jag är med
här är min underskrift
ni har min underskrift
jag ger|lämnar min underskrift|namn
jag ansluter mig
jag bekräftar min underskrift
skriver gärna|också|också? på
ni|du har min underskrift|namnteckning
stöder|stödjer ... med min underskrift|namnteckning
""",
    "willing": """
gärna skriver|undertecknar
skriver gärna under
undertecknar gärna
""",
    "request": """
lägg|skriv|sätt|för|ta|anteckna|notera gärna? till|upp|dit|in|med mitt|mig|min namn|underskrift?
räkna med mig
räkna in mig
mitt namn på listan
""",
    "lone": """
=jag skriver under
=skriver under
=undertecknar
=jag undertecknar
=undertecknat
=signerat
=signerar
=underskrivet
=jag är med
=är med
=jag med
=jag också
=räkna med mig
=räkna in mig
=min underskrift
=signera
""",
    "yes": """
=ja
=ja ja
=ja tack
=ja gärna
=gärna
=javisst
=ja visst
=visst
=absolut
=ja absolut
=självklart
=ja självklart
=naturligtvis
=ja det vill jag
=ja det gör jag
=med glädje
=med nöje
=jajamän
=japp
=jo
=varför inte
""",
    "confirm": """
=jag bekräftar
=bekräftat
=bekräftas
=bekräftar
=ja jag bekräftar
=det stämmer
=ja det stämmer
=stämmer
=det var jag
=ja det var jag
=det är jag
=korrekt
=rätt
=ok
=okej
jag bekräftar
det var jag
""",
    "no": """
=nej
=nej tack
=nej nej
=tack men nej
=nej tyvärr
=tyvärr nej
=tyvärr inte
=aldrig
=absolut inte
=inte jag
=inte intresserad
=helst inte
=jag avstår
=avstår
=jag passar
=utan mig
=jag är emot
=jag vägrar
""",
    "decline": """
jag skriver|undertecknar inte
skriver inte under
vill|kan|ska|kommer|tänker inte ... skriva|underteckna|vara|att
jag vill|kan inte
jag avstår
jag är emot
jag tackar nej
inte intresserad
lägg|skriv|sätt inte
vill inte ... namn
kan|vill|får|tänker|ska|kommer ... inte skriva|underteckna|ställa|vara
""",
    "withdraw": """
ta|dra|stryk|radera ... tillbaka|bort ... underskrift|namn
ta|stryk|radera bort? mitt|min namn|underskrift
dra tillbaka min|underskrift
drar tillbaka
återkallar
återta min
jag har ändrat mig
ångrat mig
=återkallas
=återkalla
=dra tillbaka
""",
    "unsubscribe": """
avregistrera
avprenumerera
avsluta prenumeration*
säga upp prenumeration*
ta bort mig|min
stryk mig
vill inte ... ha|få ... mejl|mail|utskick|meddelanden|fler
inga fler|mer mejl|mail|utskick
sluta skicka|mejla|maila
skicka inte
=stopp
=stop
=sluta
=avregistrera
""",
    "notme": """
=det var inte jag
=inte jag
=det är inte jag
det var inte jag
jag har inte|aldrig skrivit|undertecknat|skickat
någon annan har
utan min vetskap|tillåtelse
""",
    "negation": """
inte
ej
aldrig
ingen
inga
utan
nej
""",
    "decoy": """
inga problem|invändningar|tvivel
inget problem
utan tvekan|tvivel
inte bara
varför inte
om ni|du behöver|vill
om det hjälper|behövs|går
även om
""",
    "condition": """
om
ifall
förutsatt
under förutsättning
när
så länge
såvida
efter att
innan
beror på
villkor|villkoret|förbehåll
efter hemkomsten|semestern
""",
    "would": """
skulle ... skriva|underteckna
nästan ... skrev|skrivit
""",
    "hedge": """
kanske
möjligen
troligen
förmodligen
skulle
funderar
fundera
vet inte
osäker
inte säker
ännu inte
imorgon
senare
nästa
i princip
jag tror
i morgon|kväll|övermorgon
nästa vecka
på måndag|tisdag|onsdag|torsdag|fredag|lördag|söndag
""",
    "past": """
jag har redan? skrivit|undertecknat
redan skrivit|undertecknat
""",
    "third": """
min|mitt|vår|en kollega|man|fru|vän|chef|bibliotek ... skriv*|undertecknar|vill
vi skriver|undertecknar
han|hon vill
alla|man borde|bör|måste|ska
""",
    "behalf": """
å mina vägnar
på uppdrag
för min|mitt|vår kollega|arbetsgivare|man|fru
som chef|organisation|ordförande
""",
    "irony": """
haha
ha ha
eller hur
""",
    "but": """
^men
men
^dock
tyvärr
""",
    "question": """
^var|hur|när|vem|vad|vilka|vilken|varför|kan|får|måste|är|finns|räknas jag|man|vi|ni|det|de|medlemmar|många|länge
""",
    "asking": """
jag undrar
kan|skulle ni|du kunna? berätta|förklara|skicka
vill veta
jag har en fråga
""",
    "support": """
jag stöder|stödjer
stödjer
bra|jättebra|utmärkt|fin idé|initiativ|förslag
lycka till
jag håller med
bravo
""",
    "polite": """
tack
tack så mycket
tack på förhand
hej
hejsan
god dag
bästa
med vänliga|vänlig hälsningar|hälsning
vänliga|vänlig|hälsningar hälsningar|hälsning?
mvh
snälla
kära
""",
    "object": """
listan
petitionen
uppropet
underskrift*
""",
    "for": """
för
som
till
""",
    "relation": """
min|mitt|mina|vår|våra man|fru|kollega|kollegor|bror|syster|vän|väninna|chef|son|dotter|mor|far|mamma|pappa|sambo|make|maka
""",
    "receipt": """
fått|mottagit|kommit fram
""",
    "demand": """
^ändra|stryk|ta bort|rätta|visa|förklara|publicera|skriv om|förkorta|bevisa|byt|översätt titeln|texten|punkt|det|den|mig|oss|stycket|budgeten|paragraf
^ändra|byt|rätta|stryk
""",
}
