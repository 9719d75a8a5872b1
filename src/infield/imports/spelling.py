"""Tells a likely misspelling of the usual names of industries and countries."""

from difflib import get_close_matches
from functools import cache

INDUSTRIES = (
    "aerospace", "agriculture", "automotive", "banking", "chemicals", "construction", "consulting",
    "consumer goods",
    "defence", "education", "electronics", "employment", "energy", "engineering", "entertainment", "finance",
    "food", "government", "healthcare", "hospitality", "insurance", "legal", "logistics", "manufacturing",
    "marketing", "media", "medical", "mining", "nonprofit", "pharmaceuticals", "real estate", "retail",
    "services", "software", "technology", "telecommunications", "textiles", "tourism", "transport",
    "transportation", "travel", "utilities", "wholesale",
)  # fmt: skip
LIKENESS = 0.88


@cache
def known_names() -> dict[str, str]:
    """Give the usual names by their small letters; countries in English."""
    from babel import Locale

    countries = {name.casefold(): name for name in Locale("en").territories.values()}
    return countries | {name: name for name in INDUSTRIES}


def likely_misspelled(value: str) -> str | None:
    """Give the usual name that `value` nearly is, or None where it is one or is far from all.

    >>> likely_misspelled("technolgy"), likely_misspelled("technology"), likely_misspelled("Sector 7")
    ('technology', None, None)
    """
    folded = value.casefold()
    if folded in known_names():
        return None
    close = get_close_matches(folded, known_names(), 1, LIKENESS)
    return known_names()[close[0]] if close else None
