"""Signs that turn the direction of writing: with one of them a name reads as another than it is."""

import re

TURNS = "\u202a-\u202e\u2066-\u2069"
"""Embeddings, overrides and isolates of Unicode, as the inside of a class of a regular expression."""
_TURN = re.compile(f"[{TURNS}]")
_TURN_IN_UTF8 = re.compile(rb"\xe2(?:\x80[\xaa-\xae]|\x81[\xa6-\xa9])")


def undisguised(text: str) -> str:
    """Give a text of one line without them; one of several lines, which names nobody, keeps them.

    >>> undisguised("Aalto \\u202egpj.exe"), undisguised("עברית"), undisguised("one\\n\\u2067two") == "one\\n\\u2067two"
    ('Aalto gpj.exe', 'עברית', True)
    """
    return text if "\n" in text else _TURN.sub("", text)


def may_disguise(utf8: bytes | memoryview) -> bool:
    """Tell whether one of them stands in a text in UTF-8, at the cost of a look: almost none has any."""
    return _TURN_IN_UTF8.search(utf8) is not None
