"""The library of objections: those that come with Infield and the team's own, with the answers prepared for each.

In: the team's changes. Out: `Known` objections in the reader's language; answers in the order of `Tally`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from infield.playbook.shipped import OBJECTIONS, objection, prepared
from infield.process.texts import in_language

FEW = 10
"""Below so many decided deals a share says little: it is shown with a note."""


@dataclass(frozen=True, slots=True)
class Reworded:
    """The team's change of an objection or an answer, or one of its own. `of`: the objection of an answer, else
    what an objection is about."""

    key: str
    of: str
    texts: Mapping[str, str]
    is_hidden: bool


@dataclass(frozen=True, slots=True)
class Tally:
    """How an answer fared: given so often, decided in so many, led onward in so many of the decided.

    An answer leads onward where the deal's next move after it is forward or the sale; it does not where the next
    move is back or the deal is lost. A deal that did neither yet is not decided.
    """

    given: int = 0
    decided: int = 0
    onward: int = 0

    @property
    def is_few(self) -> bool:
        return self.decided < FEW

    @property
    def rank(self) -> float:
        """Give the share that led onward as if one more had and one more had not: 2 of 2 stands below 9 of 10.

        >>> Tally(2, 2, 2).rank < Tally(10, 10, 9).rank
        True
        """
        return (self.onward + 1) / (self.decided + 2)


@dataclass(frozen=True, slots=True)
class Prepared:
    """An answer as prepared, and how it fared."""

    key: str
    text: str
    is_shipped: bool
    is_changed: bool
    is_hidden: bool
    tally: Tally


@dataclass(frozen=True, slots=True)
class Known:
    """An objection of the library with its answers, the one that led onward most first."""

    key: str
    about: str
    text: str
    is_shipped: bool
    is_changed: bool
    is_hidden: bool
    answers: tuple[Prepared, ...]

    @property
    def shown_answers(self) -> tuple[Prepared, ...]:
        return tuple(one for one in self.answers if not one.is_hidden)


NONE = Tally()


def library(
    language: str,
    objections: Iterable[Reworded],
    answers: Iterable[Reworded],
    tallies: Mapping[tuple[str, str], Tally],
) -> tuple[Known, ...]:
    """Give all objections, hidden ones too: the shipped ones in their order, then the team's own as they came.

    `tallies`: by the keys of objection and answer.
    """
    changed = {one.key: one for one in objections}
    of_objection: dict[str, list[Reworded]] = {}
    for one in answers:
        of_objection.setdefault(one.of, []).append(one)
    keys = [*OBJECTIONS, *(key for key in changed if key not in OBJECTIONS)]
    return tuple(_known(key, changed.get(key), of_objection.get(key, ()), language, tallies) for key in keys)


def _known(
    key: str,
    change: Reworded | None,
    answers: Iterable[Reworded],
    language: str,
    tallies: Mapping[tuple[str, str], Tally],
) -> Known:
    is_shipped = key in OBJECTIONS
    texts = {**(objection(key) if is_shipped else {}), **(change.texts if change else {})}
    return Known(
        key=key,
        about=OBJECTIONS[key] if is_shipped else (change.of if change else "other"),
        text=in_language(texts, language, "en"),
        is_shipped=is_shipped,
        is_changed=is_shipped and change is not None and bool(change.texts),
        is_hidden=change is not None and change.is_hidden,
        answers=_answers(key, answers, language, tallies),
    )


def _answers(
    of: str, changes: Iterable[Reworded], language: str, tallies: Mapping[tuple[str, str], Tally]
) -> tuple[Prepared, ...]:
    shipped, changed = prepared(of), {one.key: one for one in changes}
    found = []
    for key in dict.fromkeys((*shipped, *changed)):
        change = changed.get(key)
        texts = {**shipped.get(key, {}), **(change.texts if change else {})}
        found.append(
            Prepared(
                key=key,
                text=in_language(texts, language, "en"),
                is_shipped=key in shipped,
                is_changed=key in shipped and change is not None and bool(change.texts),
                is_hidden=change is not None and change.is_hidden,
                tally=tallies.get((of, key), NONE),
            )
        )
    return tuple(sorted(found, key=lambda one: -one.tally.rank))
