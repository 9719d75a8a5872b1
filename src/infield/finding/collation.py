"""The order of names, the same on every database: a text that sorts as the names do.

Latin letters by the alphabet with å, ä and ö after z, as Finns have them; Thai by its dictionary, where a vowel
written before a consonant is read after it; Japanese by its kana reading. In this order: digits, Latin, Thai, kana,
kanji without a reading.
"""

from collections.abc import Iterator
from unicodedata import category, normalize

from infield.finding.folding import FINNISH, fold

AFTER_Z = {"å": 0x7B, "ä": 0x7C, "æ": 0x7C, "ö": 0x7D, "ø": 0x7D}
THAI_CONSONANTS = range(0x0E01, 0x0E2F)
THAI_LEADING = frozenset("เแโใไ")
THAI_SILENT = frozenset("\u0e2f\u0e46\u0e47\u0e48\u0e49\u0e4a\u0e4b\u0e4c\u0e4d\u0e4e")
"""Tones and signs: they only decide between words that are the same without them."""
SARA_AM = ("\u0e4d\u0e32", "\u0e33")
"""One vowel, which folding takes apart."""
SMALL = dict(zip("ぁぃぅぇぉっゃゅょゎゕゖ", "あいうえおつやゆよわかけ", strict=True))
VOWELS = {
    "あ": "あかさたなはまやらわ",
    "い": "いきしちにひみりゐ",
    "う": "うくすつぬふむゆる",
    "え": "えけせてねへめれゑ",
    "お": "おこそとのほもよろを",
}
VOWEL_OF = {kana: vowel for vowel, row in VOWELS.items() for kana in row}
LONG = "ー"
VOICED = frozenset("\u3099\u309a")
CHARACTERS = 40
"""So many characters of a name decide; who needs one order of all adds the id."""


def sort_key(text: str, reading: str = "") -> str:
    """Give what a name sorts by, in ASCII letters and digits; `reading`: its kana, where there is one.

    Names that sort alike without accents, tones and voicing are then sorted with them.

    >>> names = ["Österberg", "Zander", "Åberg", "Äijälä", "Aalto", "แก้ว", "เกษม", "ขวัญ"]
    >>> " ".join(sorted(names, key=sort_key))
    'Aalto Zander Åberg Äijälä Österberg เกษม แก้ว ขวัญ'
    >>> sorted([("渡辺", "わたなべ"), ("伊藤", "イトウ")], key=lambda name: sort_key(*name))[0]
    ('伊藤', 'イトウ')
    """
    folded = fold(reading) or fold(text)
    first = "".join(f"{weight:05x}" for weight in list(_weights(folded))[:CHARACTERS])
    exact = "".join(f"{ord(letter):05x}" for letter in _exact(reading or text)[:CHARACTERS])
    return f"{first}00000{exact}"


def _exact(text: str) -> str:
    return normalize("NFKC", normalize("NFKC", text).casefold())


def _weights(folded: str) -> Iterator[int]:
    before = ""
    for letter in _as_read(folded.replace(*SARA_AM)):
        kept = VOWEL_OF.get(before, "") if letter == LONG else _plain(letter)
        before = kept or before
        if kept:
            yield AFTER_Z.get(kept) or ord(kept)


def _as_read(folded: str) -> Iterator[str]:
    """Give the letters with a Thai vowel after the consonant that it is written before."""
    waiting = ""
    for letter in folded:
        if waiting:
            yield from (letter, waiting) if ord(letter) in THAI_CONSONANTS else (waiting, letter)
            waiting = ""
        elif letter in THAI_LEADING:
            waiting = letter
        else:
            yield letter
    yield from waiting


def _plain(letter: str) -> str:
    """Give the letter that decides first; nothing for a mark or for what is no letter, digit or space."""
    if letter in THAI_SILENT or (category(letter)[0] not in "LNM" and letter != " "):
        return ""
    if letter in FINNISH:
        return letter
    base = "".join(part for part in normalize("NFD", letter) if part not in VOICED)
    return SMALL.get(base, base[:1])
