"""The words of the trade, each with what it means, in the reader's language; found by other words for it too."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from infield.finding.folding import fold
from infield.playbook.shipped import read
from infield.process.texts import LANGUAGES


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
