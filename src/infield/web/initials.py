"""A person in two letters and a colour."""

from zlib import crc32

TONES = 4
_THAI_LEADING_VOWELS = "เแโใไ"


def initials(name: str) -> str:
    """Give what stands in a person's circle: two capitals, or the family name where it is written without letters.

    >>> initials("Anna Lindqvist"), initials("鈴木 花子"), initials("เอกชัย ใจดี"), initials("")
    ('AL', '鈴木', 'อ', '?')
    """
    words = name.split()
    if not words:
        return "?"
    first = words[0]
    if "\u3040" <= first[0] <= "\u9fff":
        return first[:2]
    if "\u0e00" <= first[0] <= "\u0e7f":
        return first[1:2] if first[0] in _THAI_LEADING_VOWELS else first[0]
    return (first[0] + (words[-1][0] if len(words) > 1 else "")).upper()


def tone(name: str) -> int:
    """Give the number of the colour, 0 to 3, that this name always has."""
    return crc32(name.encode()) % TONES
