"""Bytes to text: labels that are right, wrong, missing and hostile."""

from __future__ import annotations

import pytest

from mailflow.mail.parse_charset import codec_name, decode_bytes, safe

TEXTS = {
    "ja": "お世話になっております。署名いたします。よろしくお願いいたします。",
    "zh-hans": "我支持这个请愿，请把我的名字加上，谢谢。",
    "zh-hant": "我願意連署這份請願書，請加上我的名字，謝謝。",
    "ko": "안녕하세요. 청원에 서명합니다. 감사합니다.",
    "ru": "Здравствуйте! Подписываю петицию, добавьте моё имя.",
    "el": "Καλημέρα, υπογράφω το αίτημα με μεγάλη χαρά.",
    "he": "שלום, אני חותמת על העצומה הזאת בשמחה רבה.",
    "ar": "السلام عليكم، أوقع على هذه العريضة وأشكركم.",
    "fr": "D’accord, je signe – même à 100 €, c’est décidé.",
    "cs": "Souhlasím s peticí, prosím přidejte mé jméno.",
    "tr": "Dilekçeyi imzalıyorum, lütfen adımı ekleyin.",
}


@pytest.mark.parametrize(
    ("language", "charset", "label"),
    [
        ("ja", "iso-2022-jp", "iso-2022-jp"),
        ("ja", "iso-2022-jp", "us-ascii"),
        ("ja", "shift_jis", "shift_jis"),
        ("ja", "shift_jis", ""),
        ("ja", "euc-jp", "euc-jp"),
        ("ja", "euc-jp", "x-unknown"),
        ("ja", "utf-8", "shift_jis"),
        ("zh-hans", "gb18030", "gb2312"),
        ("zh-hans", "gbk", ""),
        ("zh-hans", "gbk", "us-ascii"),
        ("zh-hans", "hz", "hz-gb-2312"),
        ("zh-hans", "utf-8", "gb2312"),
        ("zh-hant", "big5", "big5"),
        ("zh-hant", "big5", "unknown-8bit"),
        ("ko", "euc-kr", "ks_c_5601-1987"),
        ("ko", "euc-kr", ""),
        ("ko", "iso-2022-kr", "iso-2022-kr"),
        ("ko", "utf-8", "euc-kr"),
        ("ru", "koi8-r", "koi8-r"),
        ("ru", "koi8-r", ""),
        ("ru", "windows-1251", "windows-1251"),
        ("ru", "windows-1251", "us-ascii"),
        ("el", "windows-1253", "windows-1253"),
        ("el", "windows-1253", ""),
        ("he", "windows-1255", "windows-1255"),
        ("he", "windows-1255", ""),
        ("ar", "windows-1256", "windows-1256"),
        ("fr", "windows-1252", "iso-8859-1"),
        ("fr", "windows-1252", "us-ascii"),
        ("fr", "windows-1252", "utf-8"),
        ("fr", "utf-8", "windows-1252"),
        ("fr", "utf-7", "utf-7"),
        ("fr", "utf-16", "utf-16"),
        ("cs", "iso-8859-2", "iso-8859-2"),
        ("tr", "iso-8859-9", "iso-8859-9"),
    ],
)
def test_text_comes_back(language: str, charset: str, label: str) -> None:
    text = TEXTS[language]
    assert decode_bytes(text.encode(charset), label) == text


@pytest.mark.parametrize(
    "label",
    [
        "\0utf-8",
        "utf-8\0",
        "x" * 500,
        "base64",
        "zip",
        "rot13",
        "unicode_escape",
        "undefined",
        "idna",
        "ütf",
        "../x",
        "mbcs",
        '"utf-8"',
    ],
)
def test_no_label_does_harm(label: str) -> None:
    """R39: names of codecs that are no charsets, names that no codec has."""
    assert decode_bytes("Grüße".encode(), label) == "Grüße"


def test_a_cut_character_does_not_change_the_rest() -> None:
    assert decode_bytes("Grüße, größer".encode()[:-1] + b"\xc3", "utf-8").startswith("Grüße, größe")


def test_names_are_folded() -> None:
    assert codec_name(' "UTF-8" ') == "utf-8"
    assert codec_name("GB2312") == "gb18030"
    assert codec_name("us-ascii") == ""


def test_nul_and_lone_surrogates_are_replaced() -> None:
    """R41."""
    assert safe("a\0b\ud800c") == "a\ufffdb\ufffdc"
