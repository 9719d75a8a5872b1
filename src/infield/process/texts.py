"""A map's texts: one string in the map's own language, or one string per language."""

from collections.abc import Mapping

type Text = str | Mapping[str, str]

LANGUAGES = ("en", "ja", "fi", "th")


def in_language(text: Text, language: str, otherwise: str) -> str:
    """Give `text` in `language`, else in the language `otherwise` (the map's own), else in any it has.

    An empty mapping gives an empty string.

    >>> in_language({"en": "Demo", "ja": "デモ"}, "fi", "en")
    'Demo'
    """
    if isinstance(text, str):
        return text
    for wanted in (language, otherwise):
        if text.get(wanted):
            return text[wanted]
    return next(iter(text.values()), "")


def each_language(text: Text, own: str) -> Mapping[str, str]:
    """Give the text by language; a plain string is in the language `own`."""
    return {own: text} if isinstance(text, str) else text
