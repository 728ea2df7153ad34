"""Feedback whose writer asks that others not see it: it is counted, and shown to staff alone."""

from __future__ import annotations

import re
import unicodedata

SCANNED_MAX = 20_000  # characters

# as people write it; folded, without accents. Words around it do not matter: doubt keeps a text from others
_PHRASES = tuple(
    " ".join(line.split())
    for line in """
    not for others
    not for other members
    not for sharing
    not for publication
    not for circulation
    not to be shared
    not to be passed on
    not to be published
    do not share this
    do not share it
    do not share my
    don't share this
    don't share it
    don't share my
    please do not share
    please don't share
    do not pass this on
    don't pass this on
    do not forward this
    don't forward this
    do not publish
    don't publish
    do not quote me
    don't quote me
    keep this private
    keep this confidential
    keep this between us
    keep it between us
    keep it private
    keep it confidential
    keep my name out
    just between us
    strictly between us
    in confidence
    confidentially
    this is confidential
    this is private
    off the record
    for your eyes only
    for staff only
    only for staff
    for the staff only
    no para otros
    no para los demas
    no lo comparta
    no lo compartan
    no lo compartas
    no compartir
    no comparta esto
    no comparta este
    no publicar
    no lo publique
    es confidencial
    quede entre nosotros
    queda entre nosotros
    en confianza
    pas pour les autres
    ne pas partager
    ne le partagez pas
    ne partagez pas
    ne pas diffuser
    ne pas publier
    ne pas transmettre
    reste entre nous
    dit entre nous
    confidentiellement
    c'est confidentiel
    a titre confidentiel
    nicht fur andere
    nicht fur die anderen
    nicht weitergeben
    nicht weiterleiten
    nicht veroffentlichen
    bitte vertraulich
    vertraulich behandeln
    ist vertraulich
    bleibt unter uns
    nur unter uns
    im vertrauen
    nao para outros
    nao compartilhe
    nao compartilhar
    nao partilhar
    e confidencial
    fica entre nos
    fique entre nos
    non per altri
    non per gli altri
    non condividere
    non condividete
    non pubblicare
    in confidenza
    resti tra noi
    niet voor anderen
    niet delen
    niet doorsturen
    blijft onder ons
    vertrouwelijk
    """.strip().split("\n")
)
_ANY = re.compile(r"(?<!\w)(?:" + "|".join(re.escape(phrase) for phrase in _PHRASES) + r")(?!\w)")
_LABEL = re.compile(
    r"(?:strictly |streng |strictement )?"
    r"(?:confidential|private|confidencial|privado|confidentiel|prive|vertraulich|privat|confidenziale|riservato)[.!:]*"
)


def is_not_for_others(text: str) -> bool:
    """Tell whether a writer asks that others not see this: a phrase anywhere, or a line that is only such a label."""
    folded = _folded(text[:SCANNED_MAX])
    if any(_LABEL.fullmatch(line.strip(" ([*_-])")) for line in folded.split("\n")):
        return True
    return _ANY.search(" ".join(folded.split())) is not None


def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFD", text.casefold().replace("’", "'").replace("ß", "ss"))
    return "".join(c for c in plain if not unicodedata.combining(c))
