"""Decides what each file is: part of the history, or a companion that only adds to it."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from infield.imports.formats import Format, by_name, hubspot_stages, plain, recognise
from infield.imports.guessing import Guessed, guess, profile
from infield.imports.mapping import Guess, Mapping, Role, Shape
from infield.imports.reading import Unreadable
from infield.imports.sources import Source

NEEDED: dict[Shape, tuple[tuple[Role, ...], ...]] = {
    "events": (("case",), ("stage",), ("at",)),
    "changes": (("case",), ("field",), ("new_value",), ("at",)),
    "stage_dates": (("case",),),
    "deals": (("case",), ("stage", "status", "is_won"), ("created", "closed", "won_at")),
}
RANK: dict[Shape | None, int] = {"events": 3, "changes": 3, "stage_dates": 2, "deals": 1, None: 0}


@dataclass(frozen=True, slots=True)
class Plan:
    """How one file is understood."""

    source: Source
    shape: Shape | None
    format: Format | None
    columns: dict[Role, str]
    stage_dates: dict[str, str] = field(default_factory=dict)
    guesses: tuple[Guess, ...] = ()

    @property
    def name(self) -> str:
        return self.format.name if self.format else self.shape or "table"

    def missing(self) -> tuple[str, ...]:
        """Give the roles that its shape needs and the file does not have."""
        needed = NEEDED[self.shape or "events"]
        return tuple(roles[0] for roles in needed if not any(role in self.columns for role in roles))


def plan(source: Source, wanted: Mapping) -> Plan:
    """Understand one file: what the mapping says, else its format, else by guess."""
    given = {role: column for role, column in wanted.columns.items() if column in source.columns}
    known = recognise(source.columns)
    if known and wanted.format and by_name(wanted.format):
        known = replace(known, format=by_name(wanted.format) or known.format)
    if known and not (wanted.shape and wanted.shape != known.format.shape):
        return _of_format(source, wanted, known.format, {**known.columns, **given}, given)
    guessed = guess(source.columns, source.sample, given, wanted.shape)
    return _of_guess(source, wanted, guessed)


def _of_format(
    source: Source, wanted: Mapping, known: Format, columns: dict[Role, str], given: dict[Role, str]
) -> Plan:
    if known.shape == "events":
        columns = columns | _case_that_repeats(source, known, columns, given)
    dates = wanted.stage_dates or (hubspot_stages(source.columns) if known.shape == "stage_dates" else {})
    guesses = tuple(
        Guess(role=role, column=column, confidence="sure", reason="given" if role in given else "format",
              samples=_samples(source, column))
        for role, column in columns.items()
    )  # fmt: skip
    return Plan(source, known.shape, known, columns, dates, guesses)


def _case_that_repeats(
    source: Source, known: Format, columns: dict[Role, str], given: dict[Role, str]
) -> dict[Role, str]:
    """Take another name for the case where the first one is an id of the row, as in Zoho's stage history."""
    if "case" in given or "case" not in columns or len(source.sample) < 2:
        return {}
    headers = {plain(header): header for header in reversed(source.columns)}
    choices = [headers[name] for name in known.columns["case"] if name in headers]
    distinct = {column: _distinct(source, column) for column in choices}
    best = min(choices, key=lambda column: distinct[column] >= 1)
    return {"case": best}


def _distinct(source: Source, column: str) -> float:
    place = source.columns.index(column)
    return profile([row[place] for row in source.sample]).distinct


def _samples(source: Source, column: str) -> tuple[str, ...]:
    place = source.columns.index(column)
    return profile([row[place] for row in source.sample[:50]]).samples


def _of_guess(source: Source, wanted: Mapping, guessed: Guessed) -> Plan:
    dates = {column: stage for column, stage in wanted.stage_dates.items() if column in source.columns}
    shape = wanted.shape or ("stage_dates" if dates else guessed.shape)
    return Plan(
        source, shape, None, dict(guessed.columns), dates or dict(guessed.stage_dates), guessed.guesses
    )


@dataclass(frozen=True, slots=True)
class Plans:
    """All files: the ones that are the history, and the others."""

    history: tuple[Plan, ...]
    others: tuple[Plan, ...]


def plan_all(sources: Sequence[Source], wanted: Mapping) -> Plans:
    """Tell the files of the history from the others.

    The history is the first file with the most detailed shape, and all that have its columns. Raises
    Unreadable:
    no_such_column where a column that was given is in no file, columns_missing where no file has a history.
    """
    _refuse_unknown(sources, wanted)
    plans = [plan(source, wanted) for source in sources]
    whole = [found for found in plans if found.shape and not found.missing()]
    if not whole:
        raise _missing(plans)
    main = max(whole, key=lambda found: RANK[found.shape])
    history = tuple(found for found in whole if found.name == main.name and found.shape == main.shape)
    return Plans(history, tuple(found for found in plans if found not in history))


def _refuse_unknown(sources: Sequence[Source], wanted: Mapping) -> None:
    known = {column for source in sources for column in source.columns}
    for column in (*wanted.columns.values(), *wanted.own.values(), *wanted.stage_dates):
        if column not in known:
            raise Unreadable(
                "no_such_column",
                {"column": column, "columns": list(sources[0].columns[:50])},
                file=sources[0].path.name,
            )


def _missing(plans: Sequence[Plan]) -> Unreadable:
    best = max(plans, key=lambda found: RANK[found.shape])
    return Unreadable(
        "columns_missing",
        {"roles": list(best.missing()) or ["stage"], "columns": list(best.source.columns[:50])},
        file=best.source.path.name,
    )
