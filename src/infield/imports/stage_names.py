"""Guesses which stage of a map a foreign name means."""

import re
from typing import TYPE_CHECKING
from unicodedata import normalize

from infield.process.texts import each_language

if TYPE_CHECKING:
    from infield.process.values import ProcessMap

NUMBERED = re.compile(r"^[\W\d_]*(?=\w)")


def plain(name: str) -> str:
    """Give a name without capitals, numbering and marks.

    >>> plain("02 - Needs_Agreed "), plain("Ｎｅｅｄｓ agreed")
    ('needs agreed', 'needs agreed')
    """
    folded = normalize("NFKC", name).casefold()
    return " ".join(re.sub(r"[\W_]+", " ", NUMBERED.sub("", folded)).split())


def guessed_stage(name: str, process: "ProcessMap") -> str:
    """Give the key of the stage that has this name in any language, or this key; empty where none has."""
    for stage in process.stages:
        names = (stage.key, *each_language(stage.name, process.language).values())
        if plain(name) and plain(name) in map(plain, names):
            return stage.key
    return ""
