"""Names as they are compared, not as they are shown."""

from unicodedata import normalize


def folded(name: str) -> str:
    """Give a name in the form in which equal names are equal: one width, one case, single spaces.

    >>> folded("  ＡＣＭＥ   Oy ")
    'acme oy'
    """
    return " ".join(normalize("NFKC", normalize("NFKC", name).casefold()).split())
