"""Bytes to text: the declared charset where it can be true, what the bytes show where it can't."""

from __future__ import annotations

import codecs
import re

# Declared names that mean, or in practice hold, a larger set (WHATWG Encoding, section 4.2).
_MEANS = {
    "gb2312": "gb18030", "gbk": "gb18030", "gb_2312-80": "gb18030", "x-gbk": "gb18030", "cp936": "gb18030",
    "hz-gb-2312": "hz", "shift_jis": "cp932", "shift-jis": "cp932", "sjis": "cp932", "x-sjis": "cp932",
    "ms_kanji": "cp932", "windows-31j": "cp932", "euc-kr": "cp949", "ks_c_5601-1987": "cp949", "ks_c_5601": "cp949",
    "ksc5601": "cp949", "uhc": "cp949", "x-windows-949": "cp949", "big5": "big5hkscs", "x-big5": "big5hkscs",
    "cn-big5": "big5hkscs", "iso-8859-1": "cp1252", "latin1": "cp1252", "latin-1": "cp1252", "iso8859-1": "cp1252",
    "iso_8859-1": "cp1252", "iso-8859-9": "cp1254", "iso-8859-8-i": "iso-8859-8", "iso-8859-8-e": "iso-8859-8",
    "iso-8859-11": "cp874", "tis-620": "cp874", "windows-874": "cp874", "x-mac-roman": "mac_roman",
    "macintosh": "mac_roman", "x-mac-cyrillic": "mac_cyrillic", "koi8-u": "koi8_u", "koi": "koi8_r", "koi8": "koi8_r",
    "cp-850": "cp850", "ibm850": "cp850", "unicode-1-1-utf-7": "utf-7", "x-unicode-2-0-utf-7": "utf-7",
    "utf8mb4": "utf-8", "unicode-1-1-utf-8": "utf-8", "x-utf-8": "utf-8", "iso-2022-jp": "iso2022_jp_ext",
    "iso-2022-jp-2": "iso2022_jp_2", "cp50220": "iso2022_jp_ext", "cp50221": "iso2022_jp_ext",
    "iso-2022-jp-ms": "iso2022_jp_ext", "x-euc-jp": "euc_jp", "eucjp": "euc_jp",
}  # fmt: skip
# Says nothing: senders write these when they don't know.
_SAYS_NOTHING = frozenset(
    {"", "us-ascii", "ascii", "ansi_x3.4-1968", "cp1252", "windows-1252", "unknown-8bit", "x-unknown",
     "unknown", "default", "binary", "8bit", "user-defined", "x-user-defined", "none"}
)  # fmt: skip
_MULTIBYTE = frozenset({"gb18030", "cp932", "cp949", "big5hkscs", "euc_jp", "hz"})
_NOT_TEXT = frozenset({"base64", "hex", "zip", "bz2", "rot13", "quopri", "uu", "zlib", "idna", "punycode", "undefined",
                       "unicode_escape", "raw_unicode_escape", "mbcs", "oem"})  # fmt: skip
_ESCAPES = re.compile(rb"\x1b[$(]")  # ISO 2022
_HIGH_RUN = re.compile(rb"[\x80-\xff]+")
_UNSAFE = re.compile("[\x00\ud800-\udfff]")
_SAMPLE_BYTES = 4096


def safe(text: str) -> str:
    """Replace what no database keeps: NUL and lone surrogates (R41)."""
    if text.isascii() and "\0" not in text:  # nearly always
        return text
    return _UNSAFE.sub("\ufffd", text)


def codec_name(charset: str) -> str:
    """Give the Python codec for a declared charset, "" where there is none or it says nothing."""
    name = charset.strip(" \t\"';.").lower().removeprefix("3d")
    if not name.isascii() or len(name) > 60 or "\0" in name or name in _SAYS_NOTHING:
        return ""
    name = _MEANS.get(name, name)
    if name in _SAYS_NOTHING:
        return ""
    try:
        info = codecs.lookup(name)
    except (LookupError, ValueError):
        return ""
    return "" if info.name.replace("-", "_") in _NOT_TEXT or not getattr(info, "_is_text_encoding", True) else info.name


def decode_bytes(data: bytes, charset: str) -> str:
    """Decode text that says it is in `charset`; never fails. Undecodable bytes become U+FFFD."""
    codec = codec_name(charset)
    if data.isascii():
        return _decode_ascii(data, codec)
    if data.startswith(codecs.BOM_UTF8):
        return data[3:].decode("utf-8", "replace")
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) and len(data) % 2 == 0:
        return data.decode("utf-16", "replace")
    if codec in _MULTIBYTE and _is_short(data):
        text = _strictly(data, codec)  # two or three letters of GBK or Shift_JIS may look like UTF-8
        if text is not None:
            return text
    text = _strictly(data, "utf-8")
    if text is not None:
        is_lost = _is_western(charset) and not any(char > "\x7f" and char != "\ufffd" for char in text)
        return _decode_western(data) if is_lost else text  # UTF-8 that says only U+FFFD is no better than the label
    if codec == "utf-8":
        return _decode_broken_utf8(data)
    if codec:
        text = _strictly(data, codec)
        return text if text is not None else data.decode(codec, "replace")
    return guess(data)


def _decode_ascii(data: bytes, codec: str) -> str:
    if b"\x1b" in data and _ESCAPES.search(data) and not codec.startswith("iso2022"):
        return data.decode("iso2022_kr" if b"\x1b$)C" in data else "iso2022_jp_ext", "replace")
    if codec.startswith("iso2022") or codec in ("utf-7", "hz"):
        return data.decode(codec, "replace")
    if codec.startswith(("utf-16", "utf-32")):
        return data.decode(codec, "replace") if b"\0" in data else data.decode("ascii")
    return data.decode("ascii")


def _strictly(data: bytes, codec: str) -> str | None:
    try:
        return data.decode(codec)
    except (UnicodeError, ValueError):
        return None


def _is_western(charset: str) -> bool:
    return charset.strip(" \"'").lower().startswith(("windows-125", "iso-8859-"))


def _is_short(data: bytes) -> bool:
    return sum(map(len, _HIGH_RUN.findall(data[:_SAMPLE_BYTES]))) < 8


def _decode_broken_utf8(data: bytes) -> str:
    """Decode what says UTF-8 and is not quite: a cut character is replaced, another charset is guessed."""
    text = data.decode("utf-8", "replace")
    bad = text.count("\ufffd")
    good = sum(1 for char in text if char > "\x7f") - bad
    return text if good >= bad else guess(data)


def guess(data: bytes) -> str:
    """Decode bytes with high bits whose charset nobody told: Western where letters stand alone, else by their shape."""
    sample = data[:_SAMPLE_BYTES]
    runs = [len(run) for run in _HIGH_RUN.findall(sample)]
    is_sparse = not runs or sum(runs) / len(runs) < 2.5  # letters with accents stand alone; so do halves of Big5
    best, best_score = "", 0.5 if is_sparse else 0.25
    for codec in ("big5hkscs", "gb18030", "cp932") if is_sparse else _SHAPES:
        score = _score(sample, codec)
        if score > best_score:
            best, best_score = codec, score
    return data.decode(best, "replace") if best else _decode_western(data)


def _decode_western(data: bytes) -> str:
    text = _strictly(data, "cp1252")
    return text if text is not None else data.decode("latin-1")


_HAN = (
    "的一是不了在人有我他这這个個们們中来來上大为為和国國地到以说"
    "說时時要就出会會可也你對对生能請请簽签名謝谢書书加字下年同"
)
# What running text in a charset is made of: ranges of its letters, the most frequent ones, and their usual share.
_KANA = "のいたしますにをはとがでるお"
_HANGUL = "이다는의가에을하고를지은사도로한기나대어그니자시서인해요습합"
_CYRILLIC = "оеаинтсрвл"
_Ranges = tuple[tuple[str, str], ...]
_JAPANESE_RANGES: _Ranges = (("\u3040", "\u30ff"), ("\u4e00", "\u9fa5"), ("\u3001", "\u3002"))
_CHINESE_RANGES: _Ranges = (("\u4e00", "\u9fa5"), ("\u3001", "\u3002"), ("\uff01", "\uff1f"))
_SHAPES: dict[str, tuple[_Ranges, frozenset[str], float]] = {
    "euc_jp": (_JAPANESE_RANGES, frozenset(_KANA), 0.3),
    "cp932": (_JAPANESE_RANGES, frozenset(_KANA), 0.3),
    "gb18030": (_CHINESE_RANGES, frozenset(_HAN), 0.12),
    "big5hkscs": (_CHINESE_RANGES, frozenset(_HAN), 0.12),
    "cp949": ((("\uac00", "\ud7a3"),), frozenset(_HANGUL), 0.3),
    "cp1251": ((("\u0410", "\u044f"),), frozenset(_CYRILLIC), 0.5),
    "koi8_r": ((("\u0410", "\u044f"),), frozenset(_CYRILLIC), 0.5),
    "cp1256": ((("\u0621", "\u064a"),), frozenset("اليمونرتبة"), 0.5),
    "cp1253": ((("\u0386", "\u03ce"),), frozenset("αοιετνσηρκ"), 0.5),
    "cp1255": ((("\u05d0", "\u05ea"),), frozenset("יוהלאתרםבש"), 0.5),
}


def _score(sample: bytes, codec: str) -> float:
    """Say between 0 and 1 how much the bytes are like running text in that charset."""
    ranges, frequent, usual = _SHAPES[codec]
    high = [char for char in sample.decode(codec, "replace") if char > "\x7f"]
    if not high or high.count("\ufffd") > 1 + len(high) // 20:
        return 0.0
    share = sum(1 for char in high if any(a <= char <= b for a, b in ranges)) / len(high)
    return share * min(1.0, sum(1 for char in high if char in frequent) / len(high) / usual)
