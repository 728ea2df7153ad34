# ruff: noqa: E501 (one phrase a line, however many words it allows)
"""Italian."""

WORDS = """il lo la i gli le un uno una di del della dei delle da dal in nel nella con per su sul che non è sono e o ma se come mi ti si ci vi mio mia miei
suo sua vostro nostra nostro questo questa questi io lei noi voi anche più molto bene grazie buongiorno saluti cordiali sì no si ho ha hanno abbiamo al alla ai
alle a dove chi quando cosa quale"""

PHRASES = {
    "elsewhere": """
invitati|partecipanti|relatori|programma|elenco telefonico|calendario|laboratorio|riunione|convegno|newsletter|sondaggio|cena|pranzo
lista d'attesa|degli invitati|di distribuzione
""",
    "sign": """
vi|ti do|offro|presto|concedo|invio volentieri? la|il mia|mio firma|nome|adesione
non|senza esito|esitare|esitazione|esitazioni a|nel? firmare|firmo|sottoscrivere|sottoscrivo
la mia firma è|va|c'è con|vostra|qui
sostegno|appoggio e la? mia? firma
sottoscrivo convintamente|pienamente|volentieri|con|l'appello|il|la
questa|questo mail|email|messaggio|risposta vale|valga|conta|serva ... firma
che questa|questo mail|email|messaggio ... firma
presto|do|metto|offro ... la|il mia|mio firma|nome
e la|lo|volentieri? firmo|sottoscrivo
firmo
io firmo
firmerò
lo|la firmo
sottoscrivo
aderisco
voglio|vorrei|desidero|intendo|accetto di? firmare|sottoscrivere|aderire
ho deciso di firmare
do|metto|appongo|aggiungo|presto la|il mia|mio firma|nome|adesione
avete|ha|hai la mia firma
ecco la mia firma
questa è la mia firma
considerate|consideri|considera ... firma|firmato|firmataria|firmatario
mi unisco
confermo la mia firma
confermo di firmare
anche io|anch'io firmo
sto firmando
""",
    "willing": """
firmo volentieri
volentieri firmo
felice|lieto|lieta|contento|contenta|onorato|onorata|disposto|disposta di|a firmare
mi piacerebbe firmare
con piacere firmo
sarei|sarò felice|lieto|lieta di firmare
""",
    "request": """
anche? il mio nome nella|sulla|alla|in lista|elenco|petizione
la mia firma nella|sulla|alla|in lista|elenco|petizione
aggiungete|aggiunga|inserite|mettete|includete|registrate|accettate ... mia|mio firma|nome|adesione
aggiungete|aggiunga|aggiungi|inserite|inserisca|mettete|metta|includete|includa|registrate ... mia|mio firma|nome|nominativo
contate|conti|conta|contare ... sulla|su mia? firma|me
potete|può|puoi aggiungere|inserire|mettere|contare ... firma|nome
contate|conti|conta su|anche di? me
contate|conti|conta anche? su di? me
contate|conti|contate la|anche mia firma
aggiungete|aggiunga|aggiungi|inserite|inserisca|inserisci|mettete|metta|metti|includete|includa|scrivete|scriva|segnate|segni|annoverate|registrate|registri anche? il|la|pure? mio|mia nome|firma|adesione|nominativo
aggiungetemi|inseritemi|mettetemi|segnatemi|includetemi|contatemi|iscrivetemi
aggiungere|inserire|includere|mettere|registrare il|la mio|mia nome|firma|nominativo
metta|metti|mettete il mio
""",
    "lone": """
=firmo
=firmato
=firmata
=io firmo
=ci sto
=ci sono
=anch'io
=anche io
=sottoscrivo
=aderisco
=presente
=contate su di me
=conta su di me
=contate su me
=contatemi
=la mia firma
=firma
=firmare
=sì firmo
=io ci sono
=io ci sto
=sono dei vostri
""",
    "yes": """
=sì
=sì sì
=sì grazie
=sì certo
=certo
=certo che sì
=certamente
=sì certamente
=volentieri
=sì volentieri
=molto volentieri
=senz'altro
=senza dubbio
=ovviamente
=naturalmente
=assolutamente sì
=sicuramente
=sicuro
=con piacere
=sì con piacere
=sì assolutamente
=perché no
=come no
=sì accetto
=sì lo voglio
=sì lo faccio
=ma certo
=dico sì
=la mia risposta è sì
""",
    "confirm": """
=confermo
=confermato
=sì confermo
=lo confermo
=esatto
=sì esatto
=corretto
=è corretto
=sì è corretto
=sono io
=sì sono io
=ero io
=sì ero io
=sono stato io
=sono stata io
=sì sono stato io
=sì sono stata io
=va bene
=d'accordo
=ok
=giusto
=è così
confermo la|di|che
sono stato|stata io
ho firmato io
""",
    "no": """
=no
=no no
=no grazie
=grazie no
=grazie ma no
=mai
=mai e poi mai
=assolutamente no
=certo che no
=no mi dispiace
=mi dispiace no
=per niente
=io no
=non mi interessa
=non io
=passo
=preferisco di no
=direi di no
=non questa volta
=neanche per sogno
=purtroppo no
=rifiuto
=declino
""",
    "decline": """
preferirei non
preferisco ... non firmare
non firmo|firmerò|sottoscrivo|aderisco|firmerei
non la|lo|la? firmo|firmerò
non voglio|vorrei|posso|intendo|desidero|potrò|me firmare|firmarla|sottoscrivere|aderire|che|essere|la
non sono interessato|interessata|d'accordo|disposto|disposta|favorevole|autorizzato
non mi interessa|unisco|sento
non contate|conti su
non aggiungete|inserite|mettete|includete il|la|mi
preferisco non|di
mi rifiuto
rifiuto di
declino
mi astengo
mi oppongo
sono contrario|contraria
purtroppo non posso
ma non posso
^non posso$
non avrete la mia
senza la mia firma
""",
    "withdraw": """
ritiro|revoco|annullo la|il mia|mio firma|nome|adesione
ritirate|ritiri|ritira|togliete|tolga|togli|cancellate|cancelli|cancella|rimuovete|rimuova|rimuovi|eliminate|elimini|annullate|annulli|depennate la|il mia|mio firma|nome|adesione|nominativo
ritirare|togliere|cancellare|rimuovere|eliminare|annullare|revocare la|il mia|mio firma|nome|adesione|nominativo
=ritiro
=ritirare
=mi ritiro
=ritirata
non voglio|desidero|intendo più firmare|sostenere|figurare|aderire
ho cambiato idea
toglietemi|cancellatemi|rimuovetemi ... firmatari|petizione|firme
mi tiro indietro
ritiro|revoco|annullo la? mia? firma
ritirate|annullate|cancellate|togliete|revocate la? mia? firma
""",
    "unsubscribe": """
cancellatemi|toglietemi|rimuovetemi|cancellami|toglimi|mi|eliminatemi|disiscrivetemi da|dalla|dalle|dai|dal
cancellatemi|toglietemi|rimuovetemi|disiscrivetemi|eliminatemi
disiscriv*
disiscrizion*
annullare|annulla|annullate|cancellare|cancellate|cancella la|mia|iscrizione mia? iscrizione?
essere cancellato|cancellata|rimosso|rimossa|tolto|tolta
cancellazione dalla
togliere|rimuovere|cancellare|eliminare il|mi|la ... indirizzo|lista|mailing|elenco|email
non voglio|desidero|vorrei più ricevere|essere
non voglio|desidero ricevere
non inviatemi|mandatemi|scrivetemi|inviate|mandate|contattatemi più?
smettete|smettetela|smetta|basta di|con inviar*|mandar*|scriver*|queste|queste|mail|email|messaggi
=basta
=stop
=cancellami
=cancella
=annulla
""",
    "notme": """
=non io
=non sono stato io
=non sono stata io
=non sono io
=non ero io
non sono stato|stata io
non ero io
non ho mai|io? firmato|inviato|scritto|mandato|confermato
io non ho firmato|scritto|inviato|mandato
mai firmato
qualcuno ha|altro ... firmato|usato|scritto
a mia insaputa
senza il mio consenso
""",
    "negation": """
non
mai
né
neanche
nemmeno
neppure
senza
nessun
nessuna
""",
    "decoy": """
firm* ... contratto|contratti|documento|documenti|fattura|modulo|carte
nessun problema|dubbio
nessuna obiezione|esitazione
senza dubbio|problemi|esitazione|esitare|alcun|indugio
non c'è problema
non solo
perché no
come no
non ho dubbi|obiezioni|nulla|niente
non vedo l'ora
anche se
come se
se serve|servono|possibile|necessario|avete|volete|vuole|è occorre?
se non è troppo tardi
non esitate|esiti
firmo i|le|per|tutti documenti|contratti|lettere
""",
    "condition": """
se
a condizione
a patto
purché
sempre che
a meno che
salvo
qualora
quando
dopo
solo se
appena
prima di
dipende
nel caso
una volta
finché
condizione|condizioni
al mio ritorno|rientro
""",
    "would": """
firmerei
dovrei|potrei firmare
stavo|stavamo per
quasi firm*
vorrei|potessi|avrei voluto? poter firmare|aggiungere
vorrei poter
""",
    "hedge": """
dipende|dipenderà da|dal|dalla|dalle
firmerò ... lunedì|martedì|mercoledì|giovedì|venerdì|sabato|domenica|domani|prossim*|poi|dopo|quando|appena|più
tutti i giorni
tutto il giorno
devo ... chiedere|leggere|parlare|vedere|sentire
prima devo
devo prima
forse
magari
probabilmente
eventualmente
può darsi
ci penso
ci penserò
devo pensarci|leggere|chiedere|parlare|vedere
non sono sicuro|sicura
non so se
non ancora
domani
più tardi
prossimo|prossima
in linea di principio
in teoria
dovrei|potrei firmare
vedrò
ci devo
penso di
credo
""",
    "past": """
ho già firmato|risposto|inviato|fatto
ho firmato
avevo già? firmato
già firmato|fatto
""",
    "third": """
mio|mia|il|la|un|una mio|mia? collega|marito|moglie|amico|amica|direttore|direttrice|capo|biblioteca|fratello|sorella|figlio|figlia ... firm*|vuole|vorrebbe
firmiamo
lui|lei firma|vuole|vorrebbe
dovreste|dovresti|dovrebbe firmare
firmate
tutti|tutte|ognuno|chiunque dovrebbero|dovrebbe|devono|deve|possono|può
""",
    "behalf": """
a nome di|del|della
per conto
in rappresentanza
in qualità di direttore|direttrice|presidente|rappresentante
come istituzione|ente
""",
    "irony": """
sì come no
ah ah
ahah
figuriamoci
certo come no
sogna
neanche morto|morta
""",
    "but": """
^ma
ma
^però
però
^tuttavia
purtroppo
""",
    "question": """
^dove|come|quando|chi|quale|quali|quanto|quanti|quante|cosa|perché|posso|possono|può|si|devo|bisogna|c'è|è si|posso|devo|firma|può|possibile|è|sono|fare|faccio|che|succede|la|il|già
""",
    "asking": """
vorrei|volevo sapere|chiedere|capire
potete|può|potreste|potrebbe dirmi|spiegarmi|indicarmi|inviarmi|mandarmi|chiarire|farmi
mi sapete|può dire
ho una|due|alcune domanda|domande
""",
    "support": """
sostengo
appoggio
sono favorevole|d'accordo
favorevole
bella|ottima|buona|splendida|grande|bellissima iniziativa|idea|causa|proposta
complimenti
bravi
bravo
in bocca al lupo
buona fortuna
buon lavoro
approvo
""",
    "polite": """
grazie
mille grazie
grazie mille|tante|infinite
per favore|cortesia|piacere
buongiorno
buonasera
buon giorno
salve
ciao
gentile|gentili
egregio|egregi
caro|cara|cari|care
cordiali saluti
distinti saluti
saluti
un saluto
cordialmente
un abbraccio
buona giornata
in anticipo
spettabile
""",
    "object": """
petizione
lista
elenco
firmatari
firme
gruppo
iniziativa
""",
    "for": """
per
come
a
""",
    "lead": """
allora
ma
beh
dunque
e
la mia risposta è
""",
    "self": """
=io
=io sottoscritto
=io sottoscritta
=il sottoscritto
=la sottoscritta
""",
    "concede": """
anche se|senza
senza
benché
""",
    "relation": """
mio|mia|miei|mie|nostro|nostra marito|moglie|collega|colleghi|colleghe|fratello|sorella|amico|amica|amici|capo|direttore|direttrice|figlio|figlia|madre|padre|compagno|compagna
""",
    "receipt": """
ho ricevuto|letto|visto
è arrivata|arrivato
arrivata|arrivato|ricevuta
""",
    "demand": """
^cambiate|cambi|correggete|corregga|togliete|tolga|eliminate|modificate|modifichi|mostrate*|mostrate|spiegate*|pubblicate|riscrivete|migliorate|aggiungete|date*|accorciate il|la|lo|i|le|un|una|l|mi|quel|quella|questo
""",
    "not condition": """
senza condizioni|condizione|riserve
""",
}
