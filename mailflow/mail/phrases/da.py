# ruff: noqa: E501 (one phrase a line, however many words it allows)
"""Danish and Norwegian (bokmål): close enough to share a table."""

WORDS = """og i at det er en til på som af for de med han den ikke der var mig sig har et hun men om jeg vi så kan når også efter eller nu min mit mine din jer
tak hej hilsen venlig vennlig skal vil skulle havde hva hvad hvordan hvem ja nej nei meget mye av meg deg fra dere takk hei på hilsener"""

NEGATION_FOLLOWS = True

PHRASES = {
    "sign": """
jeg skriver gjerne|gerne|hermed? under
jeg underskriver|signerer|underskriv
jeg skriver under
underskriver hermed|jeg
skriver jeg under
jeg vil|skal|ønsker ... skrive|underskrive|signere under?
jeg er med
her er min underskrift
min underskrift har|får i|dere|du
jeg slutter meg|mig
jeg bekrefter|bekræfter min underskrift
i|du|de har min underskrift|signatur
støtter ... med min underskrift|signatur
""",
    "willing": """
skriver gjerne|gerne under
underskriver gjerne|gerne
""",
    "request": """
tilføj|legg|skriv|sæt|sett|før|ta|tag|noter|føj til|på|opp|op|ind|inn|meg|mig|mit|min|mitt|gjerne|gerne navn|underskrift?
tilføj mit navn
regn med meg|mig
tæl mig med
mit|mitt|navnet navn? på listen|lista
mitt navn kan|til
""",
    "lone": """
=jeg skriver under
=skriver under
=underskriver
=jeg underskriver
=underskrevet
=signert
=signeret
=signerer
=jeg er med
=er med
=jeg også
=også jeg
=regn med mig
=regn med meg
=tæl mig med
=min underskrift
""",
    "yes": """
=ja
=ja ja
=ja tak
=ja takk
=ja gerne
=ja gjerne
=gerne
=gjerne
=selvfølgelig
=ja selvfølgelig
=naturligvis
=absolut
=absolutt
=ja absolutt
=ja absolut
=sikkert
=bestemt
=med glæde
=med glede
=med fornøjelse
=jo
=jada
=jep
=det gør jeg
=det gjør jeg
=ja det gør jeg
=hvorfor ikke
=helt klart
""",
    "confirm": """
=jeg bekræfter
=jeg bekrefter
=bekræftet
=bekreftet
=ja jeg bekræfter
=ja jeg bekrefter
=det stemmer
=ja det stemmer
=det passer
=det var mig
=det var meg
=ja det var mig
=ja det var meg
=det er mig
=det er meg
=korrekt
=rigtigt
=riktig
=ok
=enig
jeg bekræfter
jeg bekrefter
det var mig|meg
""",
    "no": """
=nej
=nei
=nej tak
=nei takk
=nej nej
=nei nei
=tak men nej
=takk men nei
=desværre nej
=dessverre nei
=dessverre ikke
=desværre ikke
=aldrig
=aldri
=ikke mig
=ikke meg
=ikke interesseret
=ikke interessert
=helst ikke
=uden mig
=uten meg
=bestemt ikke
=absolut ikke
=absolutt ikke
""",
    "decline": """
jeg skriver|underskriver|signerer ikke
skriver ikke under
vil|kan|skal|ønsker|kommer ikke ... skrive|underskrive|signere|at|å|være|ha|have
jeg vil|kan|ønsker ikke
jeg avslår|afslår
jeg er imod|mot
jeg takker|siger|sier nej|nei
jeg siger|sier
ikke interesseret|interessert
tilføj|legg|skriv|sæt|sett ikke
kan|vil|må|får|skal ... ikke skrive|underskrive|signere|være|deltage
""",
    "withdraw": """
træk|trekk|fjern|slet|slett|stryk ... underskrift|navn
trækker|trekker ... underskrift ... tilbage|tilbake
trække|trekke ... underskrift|navn ... tilbage|tilbake
fjern|slet|slett mit|mitt|min navn|underskrift
jeg har ombestemt mig|meg
jeg har ændret|endret mening
=træk tilbage
=trekk tilbake
=trækkes tilbage
=tilbagetrækning
""",
    "unsubscribe": """
afmeld
afmelde
avmeld
avmelde
meld meg|mig af|av
fjern|slet|slett|stryk mig|meg|min
ikke have|ha|motta|modtage flere|mere|mer|e
ingen flere mails|mailer|e|beskeder
stop med at|å sende
slutt å sende
send ikke
ikke send
=stop
=stopp
=afmeld
=avmeld
=slutt
""",
    "notme": """
=det var ikke mig
=det var ikke meg
=ikke mig
=ikke meg
det var ikke mig|meg
jeg har ikke|aldrig|aldri skrevet|underskrevet|sendt|signert
en|noen|nogen anden|annen
uden|uten mit|min vidende|samtykke
""",
    "negation": """
ikke
aldrig
aldri
ingen
intet
uden
uten
nej
nei
""",
    "decoy": """
intet|ikke|ingen noe? problem|problemer|indvendinger|innvendinger|tvil|tvivl
uden|uten tvivl|tvil|tøven
ikke bare|kun
hvorfor ikke
hvis i|du|dere|det vil|har|hjelper|hjælper|trenger|passer|går
selv om
""",
    "condition": """
hvis
dersom
forutsatt
forudsat
såfremt
når
så længe
så lenge
med mindre
etter at
efter at
før
betingelse|betingelsen|vilkår|forbehold
""",
    "would": """
ville ... skrive|underskrive|signere
næsten ... skrev|skrevet
""",
    "hedge": """
måske
kanskje
muligvis
muligens
sandsynligvis
sannsynligvis
ville
tænker|tenker over|på
ved ikke
vet ikke
usikker
ikke sikker
endnu ikke
ikke ennå
i morgen
senere
neste
næste
i princippet
i prinsippet
jeg tror
""",
    "past": """
jeg har allerede? skrevet|underskrevet|signert
allerede skrevet|underskrevet|signert
""",
    "third": """
min|mitt|vores|vår|en kollega|mand|mann|kone|ven|venn|chef|sjef|bibliotek ... skriv*|underskriv*|vil
vi skriver|underskriver
han|hun vil
alle|man burde|bør|må|skal
""",
    "behalf": """
på vegne
på vegner
for min|mit|mitt kollega|arbejdsgiver|arbeidsgiver|mand|mann|kone
som leder|organisation|organisasjon|formand|styreleder
""",
    "irony": """
haha
ha ha
særlig
""",
    "but": """
^men
men
^dog
desværre
dessverre
""",
    "question": """
^hvor|hvordan|hvornår|når|hvem|hvad|hva|hvilke|hvilken|hvorfor|kan|må|skal|er|tæller|gælder|gjelder jeg|man|vi|det|de|medlemmer|mange|lenge
""",
    "asking": """
jeg lurer|undrer
kan du|i|dere fortælle|fortelle|forklare|sende
vil gerne vide
jeg har et|en spørgsmål|spørsmål
""",
    "support": """
jeg støtter
støtter
god|godt|flot|flott|fint|bra idé|ide|initiativ|forslag
held og lykke
lykke til
enig
bravo
""",
    "polite": """
tak
takk
mange tak|takk
tusen takk
på forhånd
hej
hei
goddag
kære
kjære
venlig|vennlig|venlige|vennlige hilsen|hilsner|hilsener
med venlig|vennlig|hilsen hilsen?
hilsen
mvh
vh
vær så snill
""",
    "object": """
listen
lista
petisjonen
underskriftsindsamlingen
underskrift*
""",
    "for": """
for
som
til
""",
    "relation": """
min|mit|mine|vores|vår mand|mann|kone|kollega|kolleger|bror|søster|ven|veninde|venn|chef|sjef|søn|sønn|datter|mor|far|kæreste
""",
    "receipt": """
modtaget|fået|mottatt|fått
kommet frem|fram
""",
    "demand": """
^ændr|ret|stryg|slet|vis|forklar|offentliggør|omskriv|forkort|bevis|fjern|endre|stryk|rett|oversæt titlen|titelen|tittelen|teksten|punkt|det|den|mig|meg|os|afsnittet|afsnit
""",
}
