"""How people say please, and one-word answers: a 'please' between commas parts no clause, after an answer it does."""

PLEASE = (
    "please",
    "kindly",
    "bitte",
    "prosím",
    "proszę",
    "por favor",
    "per favore",
    "s'il vous plaît",
    "alstublieft",
    "lütfen",
    "пожалуйста",
    "будь ласка",
    "من فضلكم",
    "رجاء",
    "vui lòng",
    "tack",
)
SHORT_ANSWERS = (
    *("yes", "no", "oui", "non", "sí", "ja", "nein", "nee", "nej", "não", "sim"),
    *("да", "нет", "так", "ні", "nie", "tak", "ano", "ne", "evet"),
)
