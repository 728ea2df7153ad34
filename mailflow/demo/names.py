"""Names to make members of: given and family names of many origins, put together by the seed: nobody is real."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

_LATIN = str.maketrans(
    {"ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ß": "ss", "ı": "i", "þ": "th", "æ": "ae"}
)


@dataclass(frozen=True, slots=True)
class Origin:
    """Names that go together, and where people with such names in this story live.

    language: ISO 639-1, of those who write in it. zones: IANA names. Names in another script come as 'script|latin'.
    family_first: the family name is written before the given name, without a space where the script has none.
    """

    language: str
    zones: tuple[str, ...]
    given: tuple[str, ...]
    family: tuple[str, ...]
    family_first: bool = False


_US = ("America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles")

ORIGINS: tuple[Origin, ...] = (
    Origin(
        "en", _US,
        ("Abigail", "Calvin", "Deborah", "Everett", "Joanna", "Marcus", "Priscilla", "Russell", "Tamika", "Wendell"),
        ("Ashdown", "Birchfield", "Cartwell", "Drummond", "Ellsworthy", "Farraday", "Holloway", "Kettering"),
    ),
    Origin(
        "en", ("America/Chicago", "America/New_York", "America/Phoenix"),
        ("DeShawn", "Imani", "Jamal", "Keisha", "Latoya", "Malik", "Nia", "Tyrone"),
        ("Beaumont-Hayes", "Freewater", "Goodwin", "Jeffers", "Lovelace", "Merriweather", "Stokely"),
    ),
    Origin(
        "es", ("America/Mexico_City", "America/Puerto_Rico", "America/Los_Angeles", "America/Denver"),
        ("Alejandra", "Benjamín", "Consuelo", "Diego", "Inés", "Joaquín", "Lucía", "Mateo", "Pilar", "Ramón"),
        ("Arreola", "Belmontes", "Cifuentes", "Echeverría", "Galdámez", "Ibáñez", "Montoya", "Quiñones", "Zaldívar"),
    ),
    Origin(
        "fr", ("America/Toronto", "Europe/Paris"),
        ("Amélie", "Bastien", "Céline", "Édouard", "Geneviève", "Hélène", "Loïc", "Noémie", "Rémi"),
        ("Beauchêne", "Courtemanche", "Desrosiers", "Fontaine-Lévy", "Grandpré", "Lachaîne", "Thériault"),
    ),
    Origin(
        "de", ("Europe/Berlin", "America/Chicago", "Europe/Zurich"),
        ("Annegret", "Bjarne", "Friederike", "Götz", "Jürgen", "Käthe", "Lorenz", "Sabine"),
        ("Ackermann", "Böhmler", "Großkopf", "Hülsmann", "Krähenbühl", "Nettelbeck", "Weißgerber"),
    ),
    Origin(
        "pt", ("America/Sao_Paulo", "Europe/Lisbon", "America/New_York"),
        ("Beatriz", "Caetano", "Conceição", "Fernão", "João", "Luísa", "Simão", "Vânia"),
        ("Abrantes", "Bragança", "Falcão", "Gonçalves", "Magalhães", "Queirós", "Vasconcelos"),
    ),
    Origin(
        "ja", ("Asia/Tokyo", "Pacific/Honolulu"),
        ("花子|Hanako", "健一|Kenichi", "美咲|Misaki", "直樹|Naoki", "陽子|Yoko", "涼|Ryo"),
        ("秋月|Akizuki", "星野|Hoshino", "北原|Kitahara", "森脇|Moriwaki", "早瀬|Hayase", "白川|Shirakawa"),
        family_first=True,
    ),
    Origin(
        "en", ("America/Los_Angeles", "America/New_York", "Asia/Taipei"),
        ("Bo-Yi", "Chia-Ling", "Jian", "Mei-Hua", "Wen", "Xiulan", "Yun"),
        ("Chou", "Fang", "Kuo", "Liang", "Ouyang", "Tsai", "Zhuang"),
    ),
    Origin(
        "en", ("Asia/Seoul", "America/Los_Angeles"),
        ("Hye-Jin", "Ji-Woo", "Min-Seo", "Seung", "Sun-Hee", "Young-Ho"),
        ("Baek", "Gwak", "Ryu", "Seo", "Yoon"),
    ),
    Origin(
        "en", ("Asia/Kolkata", "America/New_York", "America/Chicago"),
        ("Aarti", "Devendra", "Ishaan", "Kavitha", "Lakshmi", "Nikhil", "Roshni", "Tarun"),
        ("Bhattarai", "Chaudhuri", "Iyengar", "Kulkarni", "Nambiar", "Rangarajan", "Sodhi"),
    ),
    Origin(
        "en", ("Africa/Lagos", "Africa/Accra", "America/New_York"),
        ("Adaeze", "Chinedu", "Folake", "Kwabena", "Ngozi", "Oluwaseun", "Yaa"),
        ("Adebayo-Cole", "Boateng", "Eze", "Mensah", "Nwachukwu", "Ogunleye"),
    ),
    Origin(
        "en", ("Africa/Cairo", "America/Detroit", "Asia/Beirut"),
        ("Farida", "Hisham", "Layla", "Mahmoud", "Nadia", "Rania", "Yusuf"),
        ("Abdelnour", "El-Khatib", "Haddad", "Mansouri", "Qasimi", "Tawfiq"),
    ),
    Origin(
        "en", ("Europe/Warsaw", "America/Chicago"),
        ("Agnieszka", "Bożena", "Grzegorz", "Łukasz", "Małgorzata", "Stanisław"),
        ("Dąbrowiecki", "Jaworska", "Krzyżanek", "Ostrowicz", "Świętojański"),
    ),
    Origin(
        "en", ("America/Chicago", "Europe/Oslo", "Europe/Stockholm"),
        ("Astrid", "Bjørn", "Ingrid", "Mårten", "Solveig", "Torvald"),
        ("Bergström", "Fjeldgård", "Hågensen", "Lindqvist", "Sørbø"),
    ),
    Origin(
        "en", ("America/Los_Angeles", "Asia/Ho_Chi_Minh"),
        ("Bảo", "Hạnh", "Linh", "Minh", "Thảo", "Tuấn"),
        ("Đặng", "Huỳnh", "Lương", "Phùng", "Trịnh"),
    ),
    Origin(
        "en", ("Pacific/Honolulu", "Pacific/Auckland", "America/Anchorage"),
        ("Kalea", "Keoni", "Mele", "Sefa", "Tavita", "Wiremu"),
        ("Fonoti", "Kahananui", "Ngatai", "Tuilagi", "Whetu"),
    ),
    Origin(
        "en", ("America/Denver", "America/Phoenix", "America/Anchorage"),
        ("Aiyana", "Elan", "Nizhoni", "Tallulah", "Wes"),
        ("Begaye", "Redcloud", "Tsosie", "Yellowhorse", "Yazzie-Cook"),
    ),
)  # fmt: skip


def ascii_of(name: str) -> str:
    """Give a name in lower-case ASCII letters, words joined by hyphens, for the local part of an address."""
    plain = unicodedata.normalize("NFKD", name.translate(_LATIN)).encode("ascii", "ignore").decode("ascii")
    return "".join(c if c.isalnum() else "-" for c in plain.lower()).strip("-")


def full_name(origin: Origin, given: str, family: str) -> tuple[str, str]:
    """Give the name as its bearer writes it and the local part of an address made of it."""
    shown_given, _, latin_given = given.partition("|")
    shown_family, _, latin_family = family.partition("|")
    shown = f"{shown_family} {shown_given}" if origin.family_first else f"{shown_given} {shown_family}"
    return shown, f"{ascii_of(latin_given or shown_given)}.{ascii_of(latin_family or shown_family)}"
