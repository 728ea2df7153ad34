"""What members write, by language."""

from __future__ import annotations

SIGN: dict[str, tuple[str, ...]] = {
    "en": (
        "SIGN", "I sign.", "Yes, I sign.", "sign", "Please add my name.", "Count me in, I sign!",
        "I sign this petition.",
        "I'd be glad to sign. Please add my signature.", "Happy to sign this.", "Yes", "Sign me up!",
        "Hi Alma,\n\nof course I sign. High time we had such a group.\n\nBest,\nyour colleague from the branch",
        "Consider this my signature.", "I hereby sign the petition.", "Yes please, add my name to the petition.",
    ),
    "fr": ("Je signe.", "Je signe la pétition.", "Oui, je signe avec plaisir.\n\nMerci à vous.", "Oui"),
    "es": ("Firmo.", "Sí, firmo la petición.", "Firmo la petición. ¡Mucha suerte!", "Sí, con gusto"),
    "de": ("Ich unterschreibe.", "Ja, ich unterzeichne die Petition.", "Hiermit unterschreibe ich.", "Ja"),
    "ja": ("署名します。", "はい、署名します。よろしくお願いします。", "賛同し、署名いたします。"),
    "pt": ("Assino.", "Sim, assino a petição.", "Eu assino, com muito gosto.", "Sim"),
}  # fmt: skip

DECLINE = {
    "en": "No, thank you.", "fr": "Non, je ne signe pas.", "de": "Nein, ich unterschreibe nicht.",
    "es": "No, no firmo.", "pt": "Não, não assino.", "ja": "署名しません。",
}  # fmt: skip

FEEDBACK: dict[str, tuple[str, ...]] = {
    "en": (
        "I like the proposal. Please say a word about school libraries too.",
        "The purpose is sound, but the second paragraph repeats the first. I would cut it.",
        "Good idea. We tried something similar at our branch, and the monthly call was what kept it alive.",
        "Three years seem short for this. Still, a start is a start.",
        "Please think of the support staff: most of the work described here is theirs.",
        "Recruitment is the right place to begin. Retention deserves the same space in the text.",
        "Well written. I shared it with our staff committee, and they would like to see a reading list.",
        "I am not convinced that a new group is needed, since two round tables work on this already.",
        "A yearly report to all members would help, so that the rest of us can follow.",
        "My one wish: meetings at hours that people on the islands can attend.",
    ),
    "fr": ("Très bonne proposition. Il faudrait mentionner les bibliothèques bilingues.",),
    "es": ("Me parece muy bien. Convendría incluir los servicios en español desde el principio.",),
    "de": ("Ein guter Vorschlag. Die Ausbildung sollte darin mehr Platz bekommen.",),
    "ja": ("とてもよい提案だと思います。海外の会員も参加できるようにしてください。",),
    "pt": ("Boa proposta. Falta uma palavra sobre as bibliotecas rurais.",),
}

WITHDRAW = "Please withdraw my signature. I have thought again."
CONDITION = "I would sign if the group also took in the school libraries."
UNSUBSCRIBE = "Please take me off this list. I get too much mail."
NOT_ME = "NOT ME"
QUESTION = "Does the group meet in person, or can those of us abroad take part online?"
ANSWER = "Online: one call a month, at changing hours, and all notes are kept on our page."


def in_language(table: dict[str, tuple[str, ...]], language: str, n: int) -> str:
    """Give the n-th wording of a language, from the start again after the last; English for a language without any."""
    wordings = table.get(language, table["en"])
    return wordings[n % len(wordings)]
