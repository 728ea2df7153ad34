# ruff: noqa: E501 (one phrase a line, however many words it allows)
"""Dutch."""

WORDS = """de het een en van ik te dat die in is niet zijn op aan met als voor er maar om hem dan zou of wat mijn men dit zo door over ze zich bij ook tot je mij
uit der daar naar heb hoe heeft hebben deze u want nog zal me zij nu geen omdat iets worden wordt graag dank bedankt groet groeten beste wij we uw ja nee"""

NEGATION_FOLLOWS = True

PHRASES = {
    "elsewhere": """
gastenlijst|wachtlijst|deelnemerslijst|nieuwsbrief|programma|agenda|workshop|vergadering|congres|enquête
""",
    "sign": """
steun dit|het|jullie|u en teken|onderteken
en teken|onderteken ik?$
ik? teken|onderteken|signeer graag|hierbij|ook|de|deze|wel|mee|natuurlijk|met|het|dit|voor
ik teken|onderteken
teken|onderteken ik
hierbij teken|onderteken
ik wil|zal|ga ... tekenen|ondertekenen
wil|zal ik ... tekenen|ondertekenen
ik zet mijn handtekening|naam
ik geef|plaats|verleen mijn handtekening|naam
ik doe mee
hier is mijn handtekening
u|je|jullie heeft|hebt|hebben mijn handtekening
beschouw dit als mijn handtekening
ik sluit me|mij aan
ik bevestig mijn handtekening
zet|plaats|geef ik ... mijn|een handtekening|naam
ik zet|plaats|geef ... mijn|een handtekening|naam
""",
    "willing": """
ik teken|onderteken graag
graag teken|onderteken ik
ik zou graag tekenen|ondertekenen
met plezier teken|onderteken
bereid te tekenen|ondertekenen
""",
    "request": """
voeg|zet|schrijf|neem|plaats|vermeld|noteer maar? mijn|mij|me naam|handtekening|maar? toe|op|erbij|bij?
mijn naam ... toevoegen|toe|zetten|opnemen|vermelden|erbij
mijn handtekening ... toevoegen|toe|meetellen
reken|tel op|mij mij|me|mee?
tel mij|me mee
mijn naam mag
""",
    "lone": """
=ik teken
=ik onderteken
=teken ik
=getekend
=ondertekend
=tekenen
=ik doe mee
=doe mee
=ik ook
=reken op mij
=ik ben erbij
=ben erbij
=akkoord en getekend
=handtekening
=mijn handtekening
=tel mij mee
=zet mij erbij
=zet me erbij
""",
    "yes": """
=ja
=ja ja
=jazeker
=jawel
=ja graag
=graag
=heel graag
=ja hoor
=natuurlijk
=ja natuurlijk
=zeker
=ja zeker
=zeker weten
=uiteraard
=ja uiteraard
=absoluut
=met plezier
=ja met plezier
=met genoegen
=vanzelfsprekend
=waarom niet
=ja dat wil ik
=ja doe ik
=doe ik
=mijn antwoord is ja
""",
    "confirm": """
=ik bevestig
=bevestigd
=ja ik bevestig
=klopt
=dat klopt
=ja dat klopt
=ja klopt
=juist
=correct
=dat was ik
=ja dat was ik
=dat ben ik
=ja dat ben ik
=akkoord
=ok
=oké
=prima
=precies
ik bevestig
dat was ik
""",
    "no": """
=nee
=neen
=nee nee
=nee dank u
=nee dank je
=nee bedankt
=bedankt nee
=nooit
=zeker niet
=absoluut niet
=beslist niet
=liever niet
=ik niet
=zonder mij
=geen interesse
=helaas niet
=nee helaas
=deze keer niet
=ik pas
=ik weiger
=tegen
""",
    "decline": """
ik teken|onderteken ... niet
teken|onderteken ik ... niet
niet tekenen|ondertekenen|meedoen|mee
ik wil|kan|ga|zal|mag ... niet
wil|kan|ga ik ... niet
ik doe niet mee
ik weiger
ik zie ervan af
zie ik ervan af
ik ben tegen
ben ik tegen
niet geïnteresseerd
geen interesse|handtekening
liever niet
mijn naam niet
mijn naam ... niet
zonder mij
ik bedank ervoor
reken niet op
onthoud|onthou me|mij|ik
""",
    "withdraw": """
ik? trek ... handtekening|naam|steun terug|in
trek ik ... terug|in
handtekening|naam ... intrekken|terugtrekken|verwijderen|schrappen|weghalen|doorhalen
verwijder|schrap|haal|trek|annuleer ... handtekening|naam
van gedachten|mening veranderd
ik heb me|mij bedacht
ik wil niet meer|langer tekenen|ondertekenen
=intrekken
=ingetrokken
=terugtrekken
=ik trek me terug
""",
    "unsubscribe": """
uitschrijven
schrijf me|mij uit
afmelden
meld me|mij af
haal|verwijder|schrap me|mij|mijn ... lijst|mailinglijst|adres|bestand|verzendlijst|e
geen mails|e|berichten|mail|post meer
niet meer mailen|sturen|ontvangen|schrijven|benaderen
stop met sturen|mailen|deze|het
wil ... geen|niet ... ontvangen|meer
=stop
=afmelden
=uitschrijven
=stoppen
=verwijder
""",
    "notme": """
=dat was ik niet
=ik was het niet
=dat ben ik niet
=niet ik
dat was ik niet
ik was dat|het niet
ik heb ... niet|nooit|niets getekend|ondertekend|gestuurd|geschreven|verstuurd
iemand anders
zonder mijn medeweten|toestemming
""",
    "negation": """
niet
nooit
geen
zonder
nee
""",
    "decoy": """
teken|onderteken|tekenen|ondertekenen ... contract|contracten|documenten|formulier|factuur
geen probleem|bezwaar|twijfel|enkel|punt
zonder twijfel|probleem|problemen|aarzelen|meer
niet alleen
waarom niet
ook al
als u|je|jullie ... nodig|wilt|wil|hebt|heeft
als dat|het ... helpt|kan|mag|nodig
indien nodig|mogelijk
als of
niets op tegen
""",
    "condition": """
als
indien
mits
tenzij
op voorwaarde
wanneer
zolang
zodra
pas
voordat
nadat
hangt ervan
of
voorwaarde|voorwaarden|voorbehoud
bij terugkomst|terugkeer
na mijn|het terugkomst|vakantie
""",
    "would": """
ik zou ... tekenen|ondertekenen
zou ik ... tekenen|ondertekenen
bijna ... getekend|ondertekend
""",
    "hedge": """
de hele dag
elke dag
misschien
wellicht
mogelijk
waarschijnlijk
ik zou
zou ik
overweeg
nadenken
weet niet
niet zeker
twijfel
nog niet
morgen
later
volgende
binnenkort
in principe
eventueel
moet nog|eerst
eerst
ik denk
""",
    "past": """
ik? heb|had ... al|reeds getekend|ondertekend|gedaan|geantwoord
ik heb|had ... getekend|ondertekend
al getekend|ondertekend
""",
    "third": """
mijn|onze|een collega|man|vrouw|vriend|vriendin|baas|directeur|bibliotheek|broer|zus ... teken*|onderteken*|wil|zou
wij|we tekenen|ondertekenen
hij|zij tekent|wil
u|je zou moeten tekenen
iedereen|allen|men zou|moet|moeten|hoort
""",
    "behalf": """
namens
uit naam
in opdracht
als directeur|instelling|organisatie|voorzitter
voor mijn man|vrouw|collega|werkgever
""",
    "irony": """
haha
ha ha
ja ja
""",
    "but": """
^maar
^echter
echter
helaas
""",
    "question": """
^waar|hoe|wanneer|wie|wat|welke|waarom|hoeveel|kan|kunnen|mag|mogen|moet|is|zijn|wordt|telt ik|je|we|men|er|dit|dat|het|de|ook|een|moet|kan
""",
    "asking": """
kunt|kun|kan|kunnen u|je|jullie mij|me ... zeggen|vertellen|uitleggen|sturen
ik wil|zou ... weten
ik heb een|nog|enkele vraag|vragen
""",
    "support": """
ik steun
steun ik
ben voor
goed|mooi|prachtig|prima|uitstekend|geweldig idee|initiatief|plan
succes
bravo
mee eens
""",
    "polite": """
dank
dank u|je wel?
bedankt
hartelijk dank|bedankt
alvast
alstublieft
alsjeblieft
aub
hallo
goedemorgen|goedemiddag|goedenavond|goedendag
dag
beste
geachte heer|mevrouw|heren|dames?
met vriendelijke|hartelijke groet|groeten
vriendelijke groet|groeten
groet|groeten|groetjes
hoogachtend
mvg
""",
    "object": """
petitie
lijst
ondertekenaars
handtekening*
groep
""",
    "for": """
voor
als
bij
""",
    "lead": """
dus
maar
en
nou
dan
mijn antwoord is
""",
    "relation": """
mijn|onze|ons man|vrouw|collega|collega's|broer|zus|vriend|vriendin|baas|bazin|directeur|zoon|dochter|moeder|vader|partner
""",
    "receipt": """
heb ... ontvangen|gekregen|gezien
is binnen|aangekomen|ontvangen
""",
    "demand": """
^verander|wijzig|schrap|corrigeer|verbeter|toon|leg|publiceer|bewijs|herschrijf|haal|laat|vertaal|geef|voeg de|het|dat|die|punt|me|mij|een|uit|eerst|deze|dit
""",
    "not condition": """
zonder voorwaarde|voorwaarden|voorbehoud
""",
}
