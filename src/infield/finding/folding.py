"""Words as they are searched: one width, one case, one kana; and cut into pairs of characters.

Japanese and Thai put no spaces between words, so nothing there can be found by whole words. A text is kept as its
overlapping pairs of characters, and a word that is looked for is a run of such pairs.
"""

from collections.abc import Iterable, Iterator
from itertools import pairwise
from unicodedata import category, normalize

FINNISH = frozenset("åäö")
"""Letters of their own, not a and o with something on top."""
KATAKANA = range(0x30A1, 0x30F7)
TO_HIRAGANA = 0x60
LONGEST = 2_000
"""So many characters of a text are searched."""
PHONE = frozenset("+()-./ 0123456789")
PHONE_DIGITS = 5


def fold(text: str) -> str:
    """Give a text as it is compared: width, case, katakana and accents make no difference; å, ä and ö do.

    >>> fold("ＡＣＭＥ　Oy"), fold("ｲﾄｳ"), fold("Müller & Hämäläinen")
    ('acme oy', 'いとう', 'muller & hämäläinen')
    """
    plain = normalize("NFKC", normalize("NFKC", text).casefold())
    return " ".join("".join(map(_folded, plain)).split())


def words_of(text: str) -> tuple[str, ...]:
    """Give the words of a text, folded: what stands between spaces, points and dashes. A phone number is one word.

    >>> words_of("山田-製作 (Tokyo)"), words_of("+358 40 123-4567"), words_of("  ")
    (('山田', '製作', 'tokyo'), ('358401234567',), ())
    """
    folded = fold(text)
    if _is_phone(folded):
        return ("".join(filter(str.isdecimal, folded)),)
    return tuple("".join(letter if _counts(letter) else " " for letter in folded).split())


def bigrams(text: str) -> tuple[str, ...]:
    """Give the pairs of characters of a text in their order. Each word is led by its first character alone, which
    keeps a run of pairs from crossing into the next word, and is found by who has typed one character.

    >>> bigrams("山田製 Oy")
    ('山', '山田', '田製', 'o', 'oy')
    """
    return tuple(gram for word in words_of(text[:LONGEST]) for gram in (word[0], *_pairs(word)))


def runs(query: str) -> tuple[tuple[str, ...], ...]:
    """Give what must be found for a query: a run of pairs for each word; for a single character, a word's first.

    >>> runs("山田製 o"), runs("")
    ((('山田', '田製'), ('o',)), ())
    """
    return tuple(tuple(_pairs(word)) or (word,) for word in words_of(query[:LONGEST]))


def searchable(texts: Iterable[str]) -> str:
    """Give the texts of one object as the one text that is searched: each once, phone numbers also without gaps.

    >>> searchable(["Aalto Oy", "", "aalto oy", "040-123 456"])
    'aalto oy 040 123 456 040123456'
    """
    kept: dict[str, None] = {}
    for text in map(fold, texts):
        kept[" ".join("".join(letter if _counts(letter) else " " for letter in text).split())] = None
        kept[" ".join(words_of(text))] = None
    return " ".join(filter(None, kept))[:LONGEST]


def _folded(letter: str) -> str:
    if ord(letter) in KATAKANA:
        return chr(ord(letter) - TO_HIRAGANA)
    if letter in FINNISH or letter.isascii():
        return letter
    base = normalize("NFD", letter)[0]
    return base if base.isascii() else letter


def _counts(letter: str) -> bool:
    # marks too: Thai writes vowels and tones with them
    return category(letter)[0] in "LNM"


def _pairs(word: str) -> Iterator[str]:
    return (first + second for first, second in pairwise(word))


def _is_phone(folded: str) -> bool:
    return set(folded) <= PHONE and sum(map(str.isdecimal, folded)) >= PHONE_DIGITS
