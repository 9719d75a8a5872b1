"""YAML 1.2 scalars, read by PyYAML's C parser, with the line of every value.

PyYAML speaks YAML 1.1, where `no` is false and 12:30 a number; map files follow the core schema of YAML 1.2,
so scalars are resolved here, and numbers become int or Decimal exactly as written.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

type Place = tuple[str | int, ...]
type Refusal = tuple[str, int, int, dict[str, Any]]

MAX_CHARACTERS = 2_000_000
MAX_VALUES = 200_000
MAX_DEPTH = 40

INTEGER = re.compile(r"[-+]?[0-9]{1,30}")
DECIMAL = re.compile(r"[-+]?(\.[0-9]{1,30}|[0-9]{1,30}(\.[0-9]{0,30})?)([eE][-+]?[0-9]{1,3})?")
CONSTANTS: dict[str, bool | None] = {"": None, "~": None, "null": None, "Null": None, "NULL": None}
CONSTANTS |= dict.fromkeys(("true", "True", "TRUE"), True) | dict.fromkeys(("false", "False", "FALSE"), False)


@dataclass(slots=True)
class Located:
    """Plain data (dict, list, str, int, Decimal, bool, None) with the line and column of each place."""

    data: Any = None
    marks: dict[Place, tuple[int, int]] = field(default_factory=dict)
    repeated: list[Place] = field(default_factory=list)

    def at(self, place: Place) -> tuple[int, int]:
        """Give (line, column), from 1, of the place, or of the nearest place above it that is written."""
        while place not in self.marks and place:
            place = place[:-1]
        return self.marks.get(place, (1, 1))

    def known_part(self, place: Place, *, keep_last: bool) -> Place:
        """Cut what a validator added to a place (the branches of a union) off its end."""
        for size, _ in enumerate(place):
            if place[: size + 1] not in self.marks:
                return place[: size + 1] if keep_last and size + 1 == len(place) else place[:size]
        return place


def read_nodes(text: str) -> Located | Refusal:
    """Read one YAML document; a refusal (code, line, column, params) where that is not possible."""
    import yaml

    if len(text) > MAX_CHARACTERS:
        return "too-large-file", 1, 1, {"limit": MAX_CHARACTERS}
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        return _Composer(yaml.parse(text, Loader=loader)).document()
    except _RefusedError as error:
        return error.code, error.line, error.column, error.params
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        return (
            "not-yaml",
            *((mark.line + 1, mark.column + 1) if mark else (1, 1)),
            {"reason": error.problem or ""},
        )
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        return "bad-character", line, 1, {"character": f"U+{ord(text[error.position]):04X}"}


class _RefusedError(Exception):
    def __init__(self, code: str, mark: Any, **params: Any) -> None:
        super().__init__(code)
        self.code, self.line, self.column, self.params = code, mark.line + 1, mark.column + 1, params


@dataclass(slots=True)
class _Composer:
    """Puts parser events together into plain data.

    PyYAML's own composer calls itself for every level in C, and 100,000 brackets end the process with it,
    so depth is bounded here; an alias counts as all that it stands for, so that aliases of aliases end too.
    """

    events: Iterator[Any]
    located: Located = field(default_factory=Located)
    anchors: dict[str, tuple[Any, int]] = field(default_factory=dict)
    values: int = 0

    def document(self) -> Located:
        next(self.events)  # the stream begins
        if type(event := next(self.events)).__name__ == "StreamEndEvent":
            raise _RefusedError("empty-file", event.start_mark)
        self.located.data = self.value(next(self.events), ())
        next(self.events)  # the document ends
        if type(event := next(self.events)).__name__ != "StreamEndEvent":
            raise _RefusedError("two-documents", event.start_mark)
        return self.located

    def value(self, event: Any, place: Place) -> Any:
        self.located.marks.setdefault(place, (event.start_mark.line + 1, event.start_mark.column + 1))
        self.count(1, event)
        kind = type(event).__name__
        if kind == "AliasEvent":
            return self.alias(event)
        if len(place) > MAX_DEPTH:
            raise _RefusedError("too-deep", event.start_mark, limit=MAX_DEPTH)
        before = self.values
        data = READERS[kind](self, event, place)
        if event.anchor:
            self.anchors[event.anchor] = data, self.values - before
        return data

    def count(self, values: int, event: Any) -> None:
        self.values += values
        if self.values > MAX_VALUES:
            raise _RefusedError("too-many-values", event.start_mark, limit=MAX_VALUES)

    def alias(self, event: Any) -> Any:
        if event.anchor not in self.anchors:
            raise _RefusedError("unknown-alias", event.start_mark, name=event.anchor)
        data, values = self.anchors[event.anchor]
        self.count(values, event)
        return data

    def scalar(self, event: Any, _place: Place) -> str | int | Decimal | bool | None:
        return plain_scalar(event.value) if event.implicit[0] else str(event.value)

    def sequence(self, _event: Any, place: Place) -> list[Any]:
        items: list[Any] = []
        while type(event := next(self.events)).__name__ != "SequenceEndEvent":
            items.append(self.value(event, (*place, len(items))))
        return items

    def mapping(self, _event: Any, place: Place) -> dict[str, Any]:
        data: dict[str, Any] = {}
        while type(event := next(self.events)).__name__ != "MappingEndEvent":
            if type(event).__name__ != "ScalarEvent":
                raise _RefusedError("name-not-text", event.start_mark)
            inner = (*place, event.value)
            if event.value in data:
                self.located.repeated.append(inner)
            self.located.marks[inner] = (event.start_mark.line + 1, event.start_mark.column + 1)
            data[event.value] = self.value(next(self.events), inner)
        return data


READERS = {
    "ScalarEvent": _Composer.scalar,
    "SequenceStartEvent": _Composer.sequence,
    "MappingStartEvent": _Composer.mapping,
}


def plain_scalar(text: str) -> str | int | Decimal | bool | None:
    """Give what an unquoted scalar means by the core schema of YAML 1.2.

    >>> plain_scalar("no"), plain_scalar("12.50"), plain_scalar("true"), plain_scalar("~")
    ('no', Decimal('12.50'), True, None)
    """
    if text in CONSTANTS:
        return CONSTANTS[text]
    if INTEGER.fullmatch(text):
        return int(text)
    if DECIMAL.fullmatch(text):
        return Decimal(text)
    return text
