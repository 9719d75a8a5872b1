"""How the columns of a foreign file are to be understood: guessed, shown, kept in a file, given again."""

import json
from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import available_timezones

import yaml
from annotated_types import Ge, MaxLen, MinLen
from pydantic import AfterValidator, BaseModel, ConfigDict, ValidationError

from infield.imports.reading import Unreadable

type Role = Literal[
    "case",
    "stage",
    "at",
    "lifecycle",
    "event_id",
    "owner",
    "organization",
    "product",
    "source",
    "segment",
    "amount",
    "currency",
    "status",
    "created",
    "closed",
    "won_at",
    "lost_at",
    "stage_since",
    "is_won",
    "is_closed",
    "active",
    "field",
    "old_value",
    "new_value",
]
type DateForm = Literal[
    "iso",
    "iso_buddhist",
    "day_first",
    "day_first_buddhist",
    "month_first",
    "month_first_buddhist",
    "year_first",
    "year_first_buddhist",
    "excel_days",
    "unix_s",
    "unix_ms",
    "unix_us",
]
type Shape = Literal["events", "stage_dates", "deals", "changes"]


class Guess(BaseModel):
    """Why a column was taken for something; only shown, a mapping that is given needs none."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    role: str
    column: str
    confidence: Literal["sure", "likely", "weak"]
    reason: Literal["format", "given", "name", "part_of_name", "values"]
    samples: tuple[str, ...] = ()


class Layout(BaseModel):
    """How one file is written."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    file: str
    kind: Literal["csv", "xlsx", "parquet"]
    encoding: str | None = None
    delimiter: str | None = None
    compressed: bool = False
    sheet: str | None = None
    header_row: int = 1
    """The row that names the columns, from 1; 0 where no row does: columns are then named 1, 2, 3 …"""


def _known_zone(name: str) -> str:
    if name not in available_timezones():
        raise ValueError("no_such_zone")
    return name


class Mapping(BaseModel):
    """Which column means what. Whatever is left out is detected; what a reading shows is complete."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    format: str | None = None
    """The recognised format, such as `salesforce_history`, or the shape where none was recognised."""
    shape: Shape | None = None
    """events: a row an event; stage_dates: a row a deal with a date column for each stage;
    deals: a row a deal with its first and closing date; changes: a row a change of a field."""
    columns: dict[Role, str] = {}
    """The column of each role, by its name in the file."""
    own: dict[str, str] = {}
    """The column of each field of the company's own, by the field's key, such as `own_machines`."""
    stage_dates: dict[str, str] = {}
    """Where a row is a deal with a date for each stage: column → stage."""
    lifecycle: Literal["complete", "all"] | None = None
    """Which events of a life cycle count."""
    won: tuple[str, ...] | None = None
    """The stages, activities or states that mean a sale."""
    lost: tuple[str, ...] | None = None
    """The stages, activities or states that mean a lost deal."""
    guess_outcomes: bool | None = None
    """Whether a step of an unrecognised log may mean won or lost by its usual name; left out, it may. It is for
    where a person looks the guess over before it counts."""
    stage_fields: tuple[str, ...] | None = None
    """Where a row is a change of a field: the names of the field that holds the stage."""
    created_stage: str | None = None
    """What the step at the date in the `created` column is called; an empty text makes it no step."""
    zone: Annotated[str, AfterValidator(_known_zone)] | None = None
    """The IANA time zone of times that name none."""
    dates: dict[str, DateForm] = {}
    """How each date column is written: iso, day_first, month_first, year_first, each perhaps with
    `_buddhist`, or excel_days, unix_s, unix_ms, unix_us."""
    decimal_mark: Literal[".", ","] | None = None
    currency: str | None = None
    """The ISO 4217 code of amounts in rows that name none."""
    encoding: str | None = None
    """The encoding of all text files; each file's own is under `layouts`."""
    delimiter: Annotated[str, MinLen(1), MaxLen(1)] | None = None
    header_row: Annotated[int, Ge(0)] | None = None
    sheet: str | None = None
    layouts: tuple[Layout, ...] = ()
    """Only shown: how each file turned out to be written."""
    companions: dict[str, str] = {}
    """Only shown: files that are no history, and what they were used for."""
    guesses: tuple[Guess, ...] = ()


def read_mapping(path: Path) -> Mapping:
    """Give the mapping in a JSON or YAML file; Unreadable `bad_mapping` names the first place that is
    wrong."""
    try:
        found = yaml.load(path.read_text("utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506  safe loaders both
        return Mapping.model_validate(found if found is not None else {})
    except (OSError, UnicodeDecodeError) as error:
        raise Unreadable("no_such_file", file=path.name) from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise Unreadable("bad_mapping", {"place": ""}, file=path.name, line=mark and mark.line + 1) from error
    except ValidationError as error:
        place = ".".join(str(part) for part in error.errors()[0]["loc"])
        raise Unreadable("bad_mapping", {"place": place}, file=path.name) from error


def write_mapping(mapping: Mapping) -> str:
    """Give the text of a mapping file: JSON, which is YAML as well; empty fields are left out."""
    shown = mapping.model_dump(mode="json", exclude_none=True, exclude_defaults=True)
    return json.dumps(shown, ensure_ascii=False, indent=2) + "\n"
