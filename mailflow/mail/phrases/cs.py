# ruff: noqa: E501 (one phrase a line, however many words it allows)
"""Czech and Slovak: close enough to share a table."""

WORDS = """a v na je se to že s z do o i k za ale pro po jako by si tak jsem jsme jste mi mě můj moje mé vám vás nás od už ve bych být byl byla není nebo kdy kde kdo co
jak děkuji prosím dobrý den pozdravem ano ne som sa nie áno ďakujem prosím dobrý deň pozdravom ako aj už alebo čo kto"""

PHRASES = {
    "sign": """
podepisuji|podepisuju|podpisujem|podepíšu|podpíšem
podepisuji|podpisujem se|sa|tímto|týmto
chci|chcem|hodlám|rád|ráda|rada|budu podepsat|podpísať
připojuji|připojuju|pripájam se|sa|svůj|svoj podpis?
připojuji svůj podpis
dávám|dávam svůj|svoj podpis
zde je můj podpis
potvrzuji|potvrdzujem svůj|svoj podpis
""",
    "willing": """
rád|ráda|rada podepíšu|podepisuji|podpíšem|podpisujem
s radostí|potěšením podepíšu|podepisuji
rád|ráda bych podepsal|podepsala
""",
    "request": """
přidejte|pridajte|zapište|zapíšte|připište|pripíšte|doplňte|uveďte|zařaďte|dopište mě|mne|ma|moje|mé|můj|moj|mi jméno|meno|podpis?
prosím o? přidat|pridať|přidání|zapsat|doplnit|dopísať mě|moje|mé|mého|ma
počítejte|rátajte|počítajte se|so mnou
počítejte se mnou
""",
    "lone": """
=podepisuji
=podepisuju
=podpisujem
=podepsáno
=podpísané
=podepsán
=podepsána
=podpis
=podepíšu
=podpíšem
=jsem pro a podepisuji
=přidejte mě
=počítejte se mnou
=jdu do toho
=já také
=já taky
=aj ja
=připojuji se
=pripájam sa
=můj podpis
""",
    "yes": """
=ano
=áno
=ano ano
=ano prosím
=jistě
=ano jistě
=samozřejmě
=ano samozřejmě
=samozrejme
=určitě
=určite
=ano určitě
=rád
=ráda
=ano rád
=ano ráda
=rozhodně
=rozhodně ano
=s radostí
=jasně
=jasně že ano
=jo
=hej
=proč ne
=prečo nie
=bez váhání
=ano děkuji
=ano souhlasím
""",
    "confirm": """
=potvrzuji
=potvrdzujem
=ano potvrzuji
=potvrzeno
=souhlasí
=ano souhlasí
=správně
=ano to jsem já
=to jsem já
=byl jsem to já
=byla jsem to já
=ano byl jsem to já
=ano byla jsem to já
=souhlasím
=súhlasím
=ok
=dobře
=přesně
potvrzuji
potvrdzujem
""",
    "no": """
=ne
=nie
=ne ne
=ne děkuji
=nie ďakujem
=děkuji ne
=ne díky
=nikdy
=v žádném případě
=určitě ne
=rozhodně ne
=beze mě
=bezo mňa
=já ne
=tentokrát ne
=bohužel ne
=raději ne
=jsem proti
=proti
=odmítám
=odmietam
=nemám zájem
=nemám záujem
=nezájem
=nechci
=nechcem
""",
    "decline": """
nepodepíšu
nepodepisuji
nepodepisuju
nepodpíšem
nepodpisujem
nepodepsal|nepodepsala bych
nechci|nemohu|nemůžu|nehodlám|nebudu|nechcem|nemôžem|nebudem ... podepsat|podepisovat|podpísať|podpisovať|to|se|sa
odmítám|odmietam
jsem proti
nesouhlasím
nemám zájem|záujem
nepřidávejte|nezapisujte|nepridávajte
zdržím|zdržuji se
nepodporuji
zdržím|zdržuji|zdržuju se
""",
    "withdraw": """
odvolávám|stahuji|beru|ruším|sťahujem|odvolávam ... podpis|zpět
stáhnout|odvolat|zrušit|vymazat|odstranit|vyškrtnout|stiahnuť|odvolať|zrušiť ... podpis|jméno|meno
stáhněte|odvolejte|zrušte|vymažte|odstraňte|vyškrtněte|stiahnite|zrušte|odstráňte ... podpis|jméno|meno
rozmyslel|rozmyslela|rozmyslel jsem|si
změnil|změnila jsem názor
=stahuji
=odvolávám
=stáhnout
=beru zpět
smažte|smazat|odstraňte|odstranit|vymažte|zrušte|škrtněte|vyškrtněte ... podpis|jméno
""",
    "unsubscribe": """
odhlásit
odhlaste
odhláste
odhlásiť
zrušit|zrušte|zrušiť odběr|odber
vyřaďte|vyškrtněte|odstraňte|vymažte|smažte mě|mne|můj|ma ... seznamu|adres*|databáze|zoznamu
neposílejte|nepište|neposielajte|nepíšte
nechci|nepřeji|nechcem si? už? dostávat|dostávať|další
přestaňte posílat|mi|psát
už neposílejte
=stop
=odhlásit
=konec
=zrušit
odhlášení|odhlaseni z|od|ze
o odhlášení
""",
    "notme": """
=to jsem nebyl já
=to jsem nebyla já
=já ne to
=nejsem to já
nebyl|nebyla jsem to já
to jsem nebyl|nebyla
nic|nikdy jsem nepodepsal|nepodepsala|neposlal|neposlala
nepodepsal|nepodepsala jsem
někdo jiný
bez mého vědomí|souhlasu
""",
    "negation": """
ne
nie
nikdy
bez
ani
nelze
""",
    "decoy": """
bez problémů|problému|váhání|pochyb
žádný|žiadny problém
není problém
nejen
proč ne
prečo nie
pokud je|bude potřeba|třeba|to|možné
i když
nemám námitek|námitky|pochyb
""",
    "condition": """
pokud
jestli
jestliže
když
kdyby
ak
za podmínky
pod podmienkou
až
jakmile
ledaže
záleží
podmínkou|podmínka|podmínky|výhradou
po návratu|dovolené
""",
    "would": """
podepsal|podepsala bych
bych podepsal|podepsala
málem|skoro podeps*
""",
    "hedge": """
možná
možno
snad
asi
pravděpodobně
podepsal bych
podepsala bych
bych podepsal|podepsala
rozmyslím
musím|chci si? promyslet|přečíst|poradit
nevím
neviem
nejsem si jist*
ještě ne
zítra
zajtra
později
neskôr
příští
v zásadě
""",
    "past": """
už|již jsem podepsal|podepsala
podepsal|podepsala jsem
""",
    "third": """
můj|moje|náš|naše|kolega|kolegyně kolega|kolegyně|manžel|manželka|přítel|šéf|ředitel|knihovna ... podep*|chce|chtěl*
podepisujeme
on|ona podepíše|chce
podepište
všichni|každý by|měli|měl|musí
""",
    "behalf": """
jménem
v mene
v zastoupení
za kolegu|kolegyni|manžela|manželku
jako ředitel|ředitelka|instituce|organizace
""",
    "irony": """
haha
ha ha
to určitě
""",
    "but": """
^ale
ale
^však
bohužel
bohužiaľ
""",
    "question": """
^kde|jak|kdy|kdo|co|jaký|jaká|jaké|kolik|proč|mohu|můžu|lze|je|ako|kedy|kto|čo|prečo|môžem
""",
    "asking": """
chtěl|chtěla|rád|ráda bych vědět|zeptat|věděl|věděla
můžete|mohli mi|byste vysvětlit|říct|poslat
mám dotaz|otázku
""",
    "support": """
podporuji
podporuju
podporujem
jsem pro
skvělý|dobrý|výborný|pěkný nápad
skvělá|dobrá iniciativa|věc
hodně štěstí
držím palce
bravo
""",
    "polite": """
děkuji
ďakujem
díky
moc děkuji
prosím
dobrý den|deň|večer
ahoj
vážený|vážená|vážení
s pozdravem
s pozdravom
s úctou
hezký den
předem
zdravím
""",
    "object": """
petic*
seznam
podpis*
""",
    "for": """
pro
jako
na
""",
    "relation": """
můj|moje|mého|moji|mou|mojí|mých|našeho|naši manžel|manžela|manželka|manželku|kolega|kolegu|kolegyně|kolegyni|kolegů|bratra|sestru|přítele|přítelkyni|šéfa|ředitele|syna|dceru
""",
    "receipt": """
dostal|dostala|obdržel|obdržela|dorazil|dorazila|dorazilo|přišel|přišla|přišlo
""",
    "demand": """
^změňte|opravte|vypusťte|škrtněte|ukažte|vysvětlete|zveřejněte|přepište|zkraťte|dokažte|vyškrtněte|doplňte|upravte
""",
    "not condition": """
zdrzim se
""",
}
