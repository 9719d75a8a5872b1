"""The words of the trade, each with what it means, in the reader's language; found by other words for it too."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from types import MappingProxyType

from infield.finding.folding import fold
from infield.playbook.shipped import read
from infield.process.texts import LANGUAGES

UNSPACED = frozenset({"ja", "th"})
"""Languages that put no space between words."""


@dataclass(frozen=True, slots=True)
class Term:
    """A word: its key, how it is written, what it is, and other words by which people look for it."""

    key: str
    term: str
    meaning: str
    also: tuple[str, ...]

    @property
    def looked_for_by(self) -> str:
        return " ".join(fold(one) for one in (self.term, *self.also))


@cache
def glossary(language: str) -> Mapping[str, Term]:
    """Give the terms by key, in English where the language is not one of ours."""
    words = read("glossary", language if language in LANGUAGES else "en")
    return MappingProxyType(
        {key: Term(key, said["term"], said["is"], tuple(said["also"])) for key, said in words.items()}
    )


@lru_cache(4_000)
def word_in(language: str, text: str) -> Term | None:
    """Give the term that stands in a text, such as the label of a field, the longest of several; None where none does.

    >>> word_in("en", "Days in this stage").key, word_in("ja", "次のアクション").key, word_in("en", "Stagehand")
    ('stage', 'next_step', None)
    """
    found = [term for term in glossary(language).values() if _stands_in(term.term, text, language)]
    return max(found, key=lambda term: len(term.term), default=None)


def _stands_in(word: str, text: str, language: str) -> bool:
    if language in UNSPACED:
        return word.casefold() in text.casefold()
    return re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text, re.IGNORECASE) is not None


def find(language: str, wish: str) -> tuple[Term, ...]:
    """Give the terms that are called so, in their order; nothing wished gives all.

    A word of another of our languages finds its term too: a Finn who knows the English word gets the Finnish one.

    >>> [term.term for term in find("fi", "Prospekti")]
    ['Asiakasehdokas', 'Kvalifioitu asiakasehdokas']
    """
    wanted = fold(wish)
    return tuple(
        term
        for key, term in glossary(language).items()
        if any(wanted in glossary(one)[key].looked_for_by for one in LANGUAGES)
    )
