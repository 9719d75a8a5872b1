"""A map file: YAML in, values out, and the line of everything in it.

In: the text of a file. Out: a `MapFile` with the `ProcessMap` and the line of each of its places, or
`MapFileError` with every problem found, each with line, column, place and what is allowed. The checker's
findings name places in the same form, so that `line_of` gives their line too.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

from infield.process.yaml_nodes import Located, Place, read_nodes

if TYPE_CHECKING:
    from pydantic import TypeAdapter, ValidationError
    from pydantic_core import ErrorDetails

    from infield.process.values import ProcessMap


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong at one place of a map file. `code` and `params` are put into words by `wording`."""

    code: str
    line: int
    column: int
    place: Place = ()
    params: Mapping[str, Any] = field(default_factory=dict)


class MapFileError(ValueError):
    """The file is no map; `problems` says where and why, in the order of the lines."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__(f"{len(problems)} problems")
        self.problems = problems


@dataclass(frozen=True, slots=True)
class MapFile:
    """A map with the lines it was read from."""

    process: "ProcessMap"
    located: Located

    def line_of(self, place: Place) -> int:
        """Give the line (from 1) of a place such as ("stages", 2, "criteria", 0, "weight").

        Where the place itself is not written in the file, the line of what would hold it.
        """
        return self.located.at(place)[0]


def read(text: str) -> MapFile:
    """Read a map file; MapFileError where it is not YAML, or not a map."""
    located = read_nodes(text)
    if isinstance(located, tuple):
        code, line, column, params = located
        raise MapFileError((Problem(code, line, column, (), params),))
    if not isinstance(located.data, dict):
        raise MapFileError((Problem("not-a-map", 1, 1),))
    repeated = tuple(Problem("repeated-name", *located.at(place), place) for place in located.repeated)
    return MapFile(_validated(located, repeated), located)


def _validated(located: Located, repeated: tuple[Problem, ...]) -> "ProcessMap":
    from pydantic import ValidationError

    try:
        process = adapter().validate_python(located.data)
    except ValidationError as error:
        raise MapFileError(_in_line_order((*repeated, *_problems(error, located)))) from None
    if repeated:
        raise MapFileError(repeated)
    return process


@cache
def adapter() -> "TypeAdapter[ProcessMap]":
    """Give the validator of map files, built once."""
    from pydantic import TypeAdapter

    from infield.process.values import ProcessMap

    return TypeAdapter(ProcessMap)


def _problems(error: "ValidationError", located: Located) -> list[Problem]:
    """Give one problem a place: a text that is neither a string nor a mapping fails in two ways at once."""
    found: dict[Place, Problem] = {}
    for detail in error.errors(include_url=False):
        problem = _problem(detail, located)
        found.setdefault(problem.place, problem)
    return [p for p in found.values() if not (p.code == "empty-list" and _has_below(p.place, found))]


def _has_below(place: Place, found: Mapping[Place, Problem]) -> bool:
    return any(len(other) > len(place) and other[: len(place)] == place for other in found)


# pydantic's error types, by what a person has to do about them
CODES = {
    "missing": "missing",
    "unexpected_keyword_argument": "unknown-field",
    "literal_error": "not-allowed",
    "decimal_parsing": "not-a-number",
    "decimal_type": "not-a-number",
    "finite_number": "not-a-number",
    "int_parsing": "not-a-whole-number",
    "int_type": "not-a-whole-number",
    "int_from_float": "not-a-whole-number",
    "bool_parsing": "not-yes-or-no",
    "bool_type": "not-yes-or-no",
    "date_from_datetime_parsing": "not-a-date",
    "date_parsing": "not-a-date",
    "date_type": "not-a-date",
    "greater_than_equal": "too-small",
    "less_than_equal": "too-large",
    "string_too_short": "empty",
    "string_too_long": "too-long",
    "too_short": "empty-list",
    "too_long": "too-long",
    "value_error": "one-proof",
    "tuple_type": "not-a-list",
    "dataclass_type": "not-a-mapping",
    "dict_type": "not-a-text",
    "string_type": "not-a-text",
}


def _problem(detail: "ErrorDetails", located: Located) -> Problem:
    code = CODES.get(detail["type"], "not-allowed")
    place = located.known_part(detail["loc"], keep_last=code in ("missing", "unknown-field"))
    line, column = located.at(place)
    return Problem(code, line, column, place, _params(code, detail, place))


def _params(code: str, detail: "ErrorDetails", place: Place) -> Mapping[str, Any]:
    params: dict[str, Any] = dict(detail.get("ctx") or {})
    params.pop("error", None)
    if code not in ("missing", "empty-list"):
        params["given"] = detail["input"]
    if code == "unknown-field":
        params["fields"] = tuple(_fields_at(place[:-1]))
    return params


def _fields_at(place: Place) -> list[str]:
    """Give the names that are allowed at a place, by walking the published schema."""
    from infield.process.schema import schema_at

    return sorted(schema_at(place).get("properties", {}))


def _in_line_order(problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    return tuple(sorted(problems, key=lambda problem: (problem.line, problem.column)))
