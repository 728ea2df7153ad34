# ruff: noqa: E501 (one phrase a line, however many words it allows)
"""French."""

WORDS = """le la les un une des du de et en que qui ne pas est sont ce cette ces pour par avec sur dans au aux je vous nous il elle ils on mon ma mes
votre vos notre nos son sa ses leur se sa plus très bien mais ou où comme si tout tous toute j d l n qu c s m y a été être avoir ai avez avons merci oui non
bonjour cordialement cela ça aussi même sans"""

PHRASES = {
    "elsewhere": """
invités|invité|participants|programme|annuaire|calendrier|atelier|réunion|colloque|conférence|infolettre|newsletter|sondage|dîner|déjeuner
liste d'attente|d'envoi|de diffusion|des invités|orateurs|intervenants
""",
    "sign": """
je vous|te donne|apporte|prête|offre|accorde|envoie volontiers|donc|ici? ma|mon signature|nom
n'hésite pas à signer
sans hésiter|hésitation je signe
ma signature est|vous|va à|acquise|accompagne|vôtre
soutien et ma? signature
que ce|cet message|courriel|mail|email ... signature
ce|cet message|courriel|mail|email vaut|tient|sert|fait ... signature
je prête|donne|mets|appose|ajoute mon|ma nom|signature
et la|le|y? signe
je co|cosigne signe?
j'apporte|j'offre ma signature
je signe
je la|le|les signe
je soussigné*
je contresigne
je signerai
j'y appose
j'appose ma signature
je souhaite|veux|désire|tiens|choisis|accepte à|de? signer
je vais|viens signer
j'accepte de signer
je souscris
j'adhère à|et|pleinement la|cette|l'initiative? pétition|initiative
je m'associe à
je me joins à|aux la|cette|votre? pétition|signataires
je donne|apporte|ajoute|mets|joins ma|mon signature|nom
j'ajoute ma|mon signature|nom
vous avez|aurez ma signature
voici ma signature
ma signature vous est
considérez ceci|ce|cette|moi ... signature|signataire
considérez que je signe
comptez ma signature
et je signe
je confirme ma signature
je confirme que je signe
on signe
""",
    "willing": """
heureux|heureuse|ravi|ravie|content|contente|fier|fière de signer
volontiers je signe
avec plaisir je signe
c'est avec plaisir|joie|enthousiasme que je signe|signerai
je serais|serai heureux|heureuse|ravi|ravie de signer
j'aimerais signer|ajouter
je voudrais signer|ajouter|que
prêt|prête à signer
je signerais volontiers
""",
    "request": """
ajoutez|inscrivez|mettez|notez|incluez aussi|également|donc|bien mon|ma nom|signature
ajoutez|inscrivez|mettez|incluez|notez|comptez|enregistrez|portez|acceptez ... ma|mon signature|nom
ajouter|inscrire|mettre|inclure|porter|enregistrer ... ma|mon signature|nom
compter sur|avec ma|moi signature|voix?
comptez|compte sur|avec ma|mon signature|voix|nom
pouvez|peux|peut ajouter|inscrire|mettre|inclure|compter mon|ma nom|signature
comptez sur|avec moi
compte sur|avec moi
comptez moi
ajoutez|ajouter|ajoute|inscrivez|inscrire|inscris|mettez|mettre|inclure|incluez|notez|noter|rajoutez|rajouter|enregistrez|enregistrer|joindre|joignez|portez mon|ma nom|signature|voix
ajoutez|inscrivez|mettez|rajoutez|incluez|notez|comptez|mets|ajoute moi
m'ajouter|m'inscrire à|sur|parmi la|aux?
me compter parmi|dans
faites figurer mon nom
que mon nom soit|figure
m ajouter|inscrire|compter|inclure aux|à|parmi|sur|dans|au|comme|avec
ajoutez|mettez|inscrivez|ajoute le mien
""",
    "lone": """
=je signe
=signe
=signé
=signée
=signer
=j'en suis
=je suis partant
=je suis partante
=partant
=partante
=comptez sur moi
=comptez moi
=oui je signe
=ok je signe
=je participe
=moi aussi
=je signe aussi
=ma signature
=présent
=présente
=j'y suis
=lu et approuvé
=bon pour accord
=inscrivez moi
=ajoutez moi
""",
    "yes": """
=oui
=oui oui
=oui merci
=oui bien sûr
=bien sûr
=bien sûr que oui
=bien entendu
=évidemment
=certainement
=absolument
=tout à fait
=volontiers
=oui volontiers
=avec plaisir
=oui avec plaisir
=mais oui
=oui madame|monsieur
=sans hésiter
=sans hésitation
=oui sans hésiter
=pourquoi pas
=naturellement
=mille fois oui
=oui absolument
=oui tout à fait
=ouais
=oui je le veux
=oui j'accepte
=ma réponse est oui
=des deux mains
=c'est oui
=c'est un oui
=un grand|oui oui?
""",
    "confirm": """
=je confirme
=confirmé
=confirmée
=oui je confirme
=je le confirme
=exact
=c'est exact
=oui c'est exact
=c'est bien ça
=c'est ça
=c'est moi
=c'est bien moi
=oui c'est moi
=oui c'est bien moi
=c'était moi
=oui c'était moi
=d'accord
=ok
=entendu
=correct
=oui c'est correct
=effectivement
je confirme ma|que|avoir
c'est|c'était bien? moi qui|même
j'ai bien signé
c'était|c'est|était bien? moi
c'est|c'était ... moi qui
""",
    "no": """
=non
=non non
=non merci
=merci mais non
=non désolé|désolée
=désolé|désolée non
=pas question
=hors de question
=jamais
=surtout pas
=certainement pas
=pas du tout
=pas moi
=sans moi
=pas cette fois
=pas intéressé
=pas intéressée
=ça ne m'intéresse pas
=je passe
=je m'abstiens
=je décline
=je refuse
=absolument pas
=plutôt pas
=bien sûr que non
=non pas cette fois
=ce sera non
=c'est non
""",
    "decline": """
préfère|préférerais ne? pas signer|la|le|y|participer
je ne? la|le? signe|signerai|signerais pas|point|rien
je ne signe|signerai pas
je ne la|le signe|signerai pas
je ne souhaite|veux|peux|désire|compte|vais|puis|pourrai|saurais|souhaiterais pas signer
je ne souhaite|veux|peux|désire|compte|vais|puis|pourrai|saurais pas la|le|être|y|vous|que|m'associer|m'y|donner|apporter|figurer|participer
je ne le|la|y peux|veux|souhaite|puis pas
je ne suis pas intéressé|intéressée|favorable|d'accord|disposé|prêt|prête|en|autorisé|habilité|partant|partante
je suis contre|opposé|opposée
je refuse
je décline
je préfère ne|m'abstenir
je m'abstiens
je m'oppose
je renonce
je passe mon tour
ne comptez pas sur|avec
ne m'ajoutez|m'inscrivez|mettez|ajoutez|inscrivez pas
sans moi
pas intéressé|intéressée
ça|cela ne m'intéresse
c'est non
ce sera non
mais non
impossible de signer
pas en mesure de signer
pas de signature
""",
    "withdraw": """
retirez|retirer|retire|enlevez|enlever|supprimez|supprimer|annulez|annuler|effacez|effacer|rayez|rayer|ôtez|ôter|biffez|révoquez|révoquer ma|mon|cette signature|nom|adhésion|soutien
retire|annule|révoque|reprends ma signature
je retire ma|mon|cette
je me rétracte
=retrait
=retirer
=je retire
=je me retire
=retirez
me|m retirer|enlever|rayer ... signataires|pétition
retirez|enlevez|rayez moi ... signataires|pétition
j'ai changé d'avis
je ne souhaite|veux plus signer|figurer|soutenir|être|apparaître
je reviens sur ma signature
ne tenez pas|plus compte de ma|mon signature|oui|réponse
retrait de ma signature
""",
    "unsubscribe": """
désabonn*
désinscri*
me|m désabonner|désinscrire
retirer|retirez|enlever|enlevez|supprimer|supprimez|rayer|rayez|ôter|effacer|sortir|sortez de|du|moi|mon|mes ... liste|listes|diffusion|fichier|fichiers|mailing|adresse|envois
me|m retirer|enlever|supprimer|rayer|ôter|sortir|effacer de|du ... liste|listes|diffusion|fichier|fichiers|mailing|envois
retirez|enlevez|supprimez|rayez moi
me retirer de vos|votre|cette
ne plus recevoir
ne plus m'envoyer|m'écrire|me|être
je ne souhaite|veux|désire plus recevoir|être
ne m'envoyez|m'écrivez|me plus|contactez
arrêtez|cessez|arrêter|cesser de m'envoyer|m'écrire|me|m'adresser|vos|ces|les|d'envoyer
arrêtez|stop vos|ces|les|aux mails|courriels|messages|envois|emails|mail
plus de mails|courriels|messages
=stop
=stop mail|mails|email
=arrêt
=arrêter
=arrêtez
=désabonnement
=supprimez
""",
    "notme": """
=pas moi
=ce n'est pas moi
=c'est pas moi
=ce n'était pas moi
ce n'est|n'était pas moi
c'est|c'était pas moi
je n'ai jamais|pas|rien signé|envoyé|écrit|confirmé
je ne suis pas l'auteur
n'ai rien|jamais signé
quelqu'un a|d'autre ... signé|utilisé|usurpé
à mon insu
sans mon accord|consentement|autorisation
""",
    "negation": """
pas
ne
n
jamais
plus
rien
aucun
aucune
sans
ni
non
""",
    "decoy": """
signer|signerai|signe|signé|signons ... contrat|contrats|document|documents|convention|conventions|courriers|facture|papiers|bail
pas de souci|soucis|problème|problèmes|objection|objections|souci|doute
aucun|aucune problème|souci|objection|doute|hésitation
sans problème|souci|aucun|hésiter|hésitation|réserve|doute
pas d'objection
pas la moindre
non seulement
pourquoi pas
n'hésitez pas
il n'y a pas de|photo
même si
comme si
si besoin|nécessaire|possible
si vous avez|voulez|souhaitez|désirez|pouvez|le
s'il n'est pas trop tard
s'il faut|est|y
s'il vous|te plaît|plait
rien contre
un|bon|mauvais|le|ce|aucun signe de|des|du
je signe les|pour|en|chaque|tout|mes documents|conventions|contrats|courriers|absence?
je signerai les|des|vos|tout|vos documents|conventions|contrats
bon signe
langue des signes
ne plus ... contente|content
je ne peux que
je n'ai rien contre
on ne peut plus
""",
    "condition": """
si
s'il|s'ils
à condition
sous réserve
sous condition
pourvu que
à moins que
dès que|lors
quand
lorsque
une fois
en cas de
seulement si
au cas où
avant de
tant que
après avoir
dépend
condition|conditions
à mon retour
dès mon retour
au retour
""",
    "would": """
je signerais
pourrais|devrais signer
presque|failli sign*
j'allais signer
""",
    "closing": """
=signé
""",
    "hedge": """
dépend|dépendra|dépendrait de|du|des
signerai ... lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|demain|prochain*|plus|bientôt|quand|dès|lorsque|après
dès que|mon
aussitôt que
toute la journée
tous les jours
chaque jour
je dois
peut être
éventuellement
probablement
sans doute
je vais réfléchir|lire|voir|demander|consulter
à réfléchir
je réfléchis
je dois réfléchir|lire|demander|consulter|d'abord
je ne sais pas
pas sûr|sûre|certain|certaine
pas encore
j'hésite
demain
plus tard
prochain|prochaine
bientôt
en principe
a priori
je verrai
je pense signer
je crois
laissez moi
pourrais|devrais signer
ultérieurement
""",
    "past": """
j'ai déjà|bien|pourtant signé|répondu|envoyé|fait
j'ai signé
j'avais signé|déjà
déjà signé|signée|fait
je l'ai déjà signée|signé|fait
""",
    "third": """
mon|ma|notre|un|une|sa|son collègue|collègues|mari|femme|épouse|époux|ami|amie|directeur|directrice|chef|bibliothèque|institution|fils|fille|soeur|frère ... sign*|souhait*|aimerai*|voudrai*|veut
nous signons
il|elle signe|signera|souhaite
signez
vous devriez|devez|pouvez signer
tu devrais|dois|peux signer
tous|toutes|chacun|monde devraient|devrait|doivent|doit
""",
    "behalf": """
au nom de|du|des
pour le compte
de la part de
en tant que directeur|directrice|président|présidente|représentant*|responsable
à la place de
pour mon|ma mari|femme|collègue|employeur
""",
    "irony": """
mais bien sûr
quand les poules
ha ha
haha
lol
jamais de la vie
et puis quoi
ben voyons
""",
    "but": """
^mais
mais
^toutefois
^cependant
malheureusement
hélas
""",
    "question": """
^où|comment|quand|qui|quel|quelle|quels|quelles|combien|pourquoi|est|puis|peut|peuvent|faut|dois|y
^est ce
^qu'est ce
""",
    "asking": """
est ce que
est ce qu'il|on
je voudrais|souhaiterais|souhaite|aimerais|veux savoir|comprendre|demander
j'aimerais savoir|comprendre
pouvez|pourriez vous me|m'|nous? dire|préciser|indiquer|expliquer|envoyer|renvoyer|confirmer
dites moi
j'ai une|deux|quelques question|questions
""",
    "support": """
je soutiens
je vous soutiens
soutien
je suis pour|favorable|d'accord
favorable
d'accord avec
bonne|belle|excellente|très|superbe|magnifique|formidable initiative|idée|cause|bien|proposition
bravo
félicitations
bon courage
bonne chance
super
génial
j'approuve
tout mon soutien
""",
    "polite": """
merci
merci beaucoup
merci d'avance|bien
s'il vous plaît|plait
s'il te plaît|plait
svp
stp
bonjour
bonsoir
salut
madame
monsieur
mesdames
messieurs
cher|chère|chers|chères
cordialement
bien cordialement
bien à vous
bonne journée|soirée
salutations
meilleures salutations
amicalement
amitiés
bises
sincères
respectueusement
""",
    "object": """
pétition
liste
signataires
signatures
groupe
cela
initiative
cause
""",
    "for": """
pour
comme
à
sur
""",
    "lead": """
alors
donc
mais
eh bien
et
ben
ma réponse est
pour moi c'est
""",
    "self": """
=je soussigné
=je soussignée
=moi
""",
    "concede": """
même si
sans
bien que
""",
    "relation": """
mon|ma|mes|notre|nos mari|femme|épouse|époux|conjoint|conjointe|collègue|collègues|frère|soeur|sœur|ami|amie|amis|chef|directeur|directrice|fils|fille|mère|père|équipe
""",
    "receipt": """
bien|ai reçu|reçue|recu
est bien? arrivé|arrivée
bien arrivé|arrivée
""",
    "demand": """
^changez|corrigez|supprimez|modifiez|réécrivez|montrez|expliquez|publiez|prouvez|clarifiez|améliorez|raccourcissez|enlevez|retirez|ôtez|ajoutez|donnez|traduisez le|la|les|l|un|une|moi|ce|cette|votre
""",
    "not condition": """
sans condition|conditions|réserve
""",
}
