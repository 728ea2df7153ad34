"""Words that are often mistyped and that much hangs on, by language; and words that are no mistake.

A slip of the fingers is put right where it makes no word of the tables: two letters that changed places, one left out,
one typed twice, in long words one wrong (mailflow/mail/intent_spelling.py).
"""

SPELLED = {
    "en": """
sign signed signing signature signatures petition signer signatory signatories name list please thanks count want would
like should could remove delete withdraw unsubscribe subscribe include support happy gladly absolutely definitely
certainly tomorrow maybe perhaps probably possibly later colleague colleagues husband director unless until before
decline interested question deadline address member already yesterday either without cannot condition provided
because though although hereby register record confirm confirmed
""",
    "es": "firmo firmar firma petición nombre agreguen incluyan gracias retirar quiero mañana quizás borrar lista",
    "fr": "signature pétition ajoutez ajouter retirer désabonner désinscrire demain volontiers souhaite merci",
    "de": "unterschreiben unterschrift petition namen setzen zurückziehen abmelden vielleicht morgen bedingung",
    "it": "firmare petizione aggiungete ritirare cancellate volentieri domani forse grazie",
    "pt": "assinar assinatura petição incluam retirar cancelar amanhã talvez obrigado",
    "nl": "onderteken handtekening petitie uitschrijven afmelden intrekken misschien morgen",
}
# words that look like a slip and are none
REAL = """
sing sings singer singing singed sins withdrew remote removed mane lost cont court wold cold conformed provably tanks
latter alter nether ether whether pease resister hoses fore directory
"""
