"""How a column writes its dates and times, decided from all of its values, and the SQL that reads them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import duckdb

type Order = Literal["day_first", "month_first", "year_first"]

FOREIGN_DIGITS = "０１２３４５６７８９๐๑๒๓๔๕๖๗๘๙"
PLAIN_DIGITS = "01234567890123456789"
ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "R": 2018, "H": 1988, "S": 1925}
BUDDHIST = 543
YEARS = (1900, 2200)
ISO = re.compile(
    r"9{4}-9{1,2}-9{1,2}(?:[T ]9{1,2}:99(?::99(?:\.9{1,9})?)?(?: ?(?:Z|UTC|[+-]99(?::?99)?))?)?$"
)
OFFSET = re.compile(r"(Z|UTC|[+-]99(?::?99)?)$")
DIGITS_ONLY = re.compile(r"9+(\.9+)?$")
NUMERIC = re.compile(r"(9{1,4})([/.\- ])(9{1,2})\2(9{1,4})(?=\D|$)")
CLOCK = re.compile(r"(,? *T?|T)(9{1,2}):99(:99)?([.,]9{1,9})?( ?[AaPp]\.?[Mm]\.?)?( ?)(Z|UTC|[+-]99:?99)?$")
ENGLISH_MONTH = re.compile(r"(?i)(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*")
NUMBERED = {
    "excel_days": (80_000, "(try_cast({x} as double) * 86400000000)::bigint - 2209161600000000"),
    "unix_s": (10**10, "(try_cast({x} as double) * 1000000)::bigint"),
    "unix_ms": (10**13, "(try_cast({x} as double) * 1000)::bigint"),
    "unix_us": (10**16, "try_cast({x} as bigint)"),
}
"""The largest number, as larger ones are no times and would not fit, and the microseconds since 1970."""


@dataclass(frozen=True, slots=True)
class TimeForm:
    """How a column is written: `name` is one of the mapping's words; the others are SQL over the column's
    text."""

    name: str
    wall: str
    """The clock on the wall as TIMESTAMP, null where the text is no date."""
    is_day: str
    """Whether the value is a date alone."""
    zone: str
    """The zone of values that name none."""
    instant: str | None = None
    """Microseconds since 1970 UTC where the value names its offset, else null."""
    all_midnight: bool = False
    ambiguous: bool = False
    several_offsets: bool = False

    def us(self, wall: str, is_day: str, instant: str) -> str:
        """Give the SQL of microseconds since 1970 UTC over columns that hold the three; a day is local
        noon."""
        noon = _to_utc(f"(date_trunc('day', {wall}) + interval 12 hour)", self.zone)
        timed = (
            f"coalesce({instant}, {_to_utc(wall, self.zone)})" if self.instant else _to_utc(wall, self.zone)
        )
        chosen = timed if self.is_day == "false" else f"if({is_day}, {noon}, {timed})"
        return f"case when year({wall}) between {YEARS[0]} and {YEARS[1]} then {chosen} end"


@dataclass(frozen=True, slots=True)
class Hints:
    """What else is known of the file where a date could be read two ways."""

    zone: str
    order: Order | None = None
    day_first_likely: bool = True


def time_form(
    connection: duckdb.DuckDBPyConnection, table: str, column: str, hints: Hints, given: str | None = None
) -> TimeForm:
    """Decide how `column` (text) of `table` is written. `given` is a name from a mapping, kept as it is.

    ISO columns are cast, the others are read by the formats that their values' shapes ask for.
    """
    if given in (None, "iso") and (form := _iso_form(connection, table, column, hints.zone)):
        return form
    text = _plain_text(connection, table, column)
    patterns = _patterns(connection, table, text)
    if numbered := _numbered(connection, table, text, patterns, given):
        return _form_of_numbers(numbered, text, hints.zone)
    buddhist = given.endswith("_buddhist") if given else _is_buddhist(connection, table, text)
    if buddhist:
        text = _without_buddhist(text)
    if all(ISO.match(pattern) for pattern in patterns) and given in (None, "iso", "iso_buddhist"):
        return _checked(connection, table, text, "iso" + "_buddhist" * buddhist, *_cast(text), hints.zone)
    order, ambiguous = _order(connection, table, text, patterns, hints, given)
    wall, instant = _by_formats(text, patterns, order)
    form = _checked(connection, table, text, order + "_buddhist" * buddhist, wall, instant, hints.zone)
    return replace(form, ambiguous=ambiguous)


def _iso_form(connection: duckdb.DuckDBPyConnection, table: str, column: str, zone: str) -> TimeForm | None:
    """Give the form of a column whose values are all ISO; one pass, and None at the first doubt."""
    (others,) = connection.execute(
        f"""select count(*) from (select try_cast({column} as timestamp) as wall, trim({column}) as text
            from {table})
            where (wall is null and text <> '') or year(wall) not between 1000 and {BUDDHIST + YEARS[0]}"""
    ).fetchall()[0]
    return None if others else _checked(connection, table, column, "iso", *_cast(column), zone)


def _cast(text: str) -> tuple[str, str | None]:
    instant = f"case when {_has_offset(text)} then epoch_us(try_cast({text} as timestamptz)) end"
    return f"try_cast({text} as timestamp)", instant


def _checked(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    text: str,
    name: str,
    wall: str,
    instant: str | None,
    zone: str,
) -> TimeForm:
    """Give the form after a look at all values: dates alone, midnights only, offsets."""
    clocks, midnight, offset = connection.execute(
        f"""select coalesce(bool_or(contains({text}, ':')), false),
                   coalesce(bool_and({wall} = date_trunc('day', {wall})), false),
                   coalesce(bool_or(contains(substr({text}, 11), '+') or contains(substr({text}, 11), '-')
                                    or right({text}, 1) in ('Z', 'C')), false)
            from {table}"""
    ).fetchall()[0]
    if not offset or not instant:
        is_day = "true" if midnight else f"not contains({text}, ':')" if clocks else "true"
        return TimeForm(name, wall, is_day, zone, all_midnight=midnight and clocks)
    several = connection.execute(
        f"select count(distinct right({text}, 6)) from {table} where {_has_offset(text)}"
    ).fetchall()[0][0]
    is_day = "true" if midnight else f"not contains({text}, ':')"
    return TimeForm(name, wall, is_day, zone, instant, midnight and clocks, several_offsets=several > 1)


def _plain_text(connection: duckdb.DuckDBPyConnection, table: str, column: str) -> str:
    text = f"trim({column}, ' \t\r\n\u00a0\u3000')"
    foreign = f"[{FOREIGN_DIGITS}年]|^(令和|平成|昭和|[RHS]\\d)"
    asked = f"select coalesce(bool_or(regexp_matches({column}, '{foreign}')), false) from {table}"
    (found,) = connection.execute(asked).fetchone() or (False,)
    return _from_japanese(text) if found else text


def _from_japanese(text: str) -> str:
    plain = f"replace(translate({text}, '{FOREIGN_DIGITS}', '{PLAIN_DIGITS}'), '元年', '1年')"
    dashed = rf"regexp_replace({plain}, '^(\D*\d+)[年.](\d+)[月.](\d+)日?', '\1-\2-\3')"
    eras = " ".join(
        f"when starts_with({dashed}, '{era}') then concat({base} + "
        rf"try_cast(regexp_extract({dashed}, '^\D+(\d+)', 1) as integer), regexp_replace({dashed}, "
        rf"'^\D+\d+', ''))"
        for era, base in ERAS.items()
    )
    return f"(case {eras} else {dashed} end)"


def _patterns(connection: duckdb.DuckDBPyConnection, table: str, text: str) -> dict[str, int]:
    """Give the shapes of the values, every digit a 9, with how many values have them; the commonest 200."""
    rows = connection.execute(
        f"""select translate({text}, '012345678', '999999999') as shape, count(*) from {table}
            where {text} <> '' group by shape order by 2 desc, 1 limit 200"""
    ).fetchall()
    known = {shape: n for shape, n in rows if _is_known(shape)}
    return known or dict(rows)


def _is_known(shape: str) -> bool:
    return bool(ISO.match(shape) or DIGITS_ONLY.match(shape) or _format_of(shape, "day_first"))


def _numbered(
    connection: duckdb.DuckDBPyConnection, table: str, text: str, patterns: dict[str, int], given: str | None
) -> str | None:
    if given in NUMBERED:
        return given
    if given or not patterns or not all(DIGITS_ONLY.match(pattern) for pattern in patterns):
        return None
    (middle,) = connection.execute(f"select median(try_cast({text} as double)) from {table}").fetchone() or (
        None,
    )
    limits = (
        (20_000, 80_000, "excel_days"), (1e8, 1e10, "unix_s"), (1e11, 1e13, "unix_ms"), (1e14, 1e16,
        "unix_us"),
    )  # fmt: skip
    return next((name for low, high, name in limits if middle is not None and low <= middle < high), None)


def _form_of_numbers(name: str, text: str, zone: str) -> TimeForm:
    most, us = NUMBERED[name]
    fits = f"try_cast({text} as double) between 0 and {most}"
    wall = f"case when {fits} then make_timestamp({us.format(x=text)}) end"
    if name != "excel_days":
        return TimeForm(name, wall, "false", "UTC")
    return TimeForm(name, wall, f"coalesce(try_cast({text} as double) % 1 = 0, false)", zone)


def _is_buddhist(connection: duckdb.DuckDBPyConnection, table: str, text: str) -> bool:
    years, buddhist = connection.execute(
        f"""select count(*) filter (y between 1900 and 2200), count(*) filter (y between 2443 and 2643)
            from (select try_cast(regexp_extract(v, '(?:^|[^0-9])([0-9]{{4}})(?:[^0-9]|$)', 1) as integer)
              as y
                  from (select distinct left({text}, 14) as v from {table}))"""
    ).fetchone() or (0, 0)
    return bool(buddhist > 9 * years)


def _without_buddhist(text: str) -> str:
    year = f"regexp_extract({text}, '2[4-6][0-9][0-9]')"
    western = f"({year}::integer - {BUDDHIST})::varchar"
    return f"(case when {year} <> '' then replace({text}, {year}, {western}) else {text} end)"


ORDERS: Mapping[str, Order] = {"month": "month_first", "year": "year_first"}
"""The order by the first word of a given form; every other form begins with the day."""


def _order(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    text: str,
    patterns: dict[str, int],
    hints: Hints,
    given: str | None,
) -> tuple[Order, bool]:
    """Give the order of day, month and year, and whether nothing in the column decided it."""
    if given:
        return (
            "month_first"
            if given.startswith("month")
            else "year_first"
            if given.startswith("year")
            else "day_first"
        ), False
    shapes = [match for pattern in patterns if (match := NUMERIC.match(pattern))]
    if not shapes or all(len(match[1]) == 4 for match in shapes):
        compact = any(re.match(r"9{8}(?=T|$)", pattern) for pattern in patterns)
        return ("year_first" if shapes or compact else "day_first"), False
    first, second = connection.execute(
        f"""select count(*) filter (a between 13 and 31), count(*) filter (b between 13 and 31) from (
              select try_cast(regexp_extract({text}, '^([0-9]+)', 1) as integer) as a,
                     try_cast(regexp_extract({text}, '^[0-9]+[/. -]([0-9]+)', 1) as integer) as b from
                       {table})"""
    ).fetchone() or (0, 0)
    if first != second:
        return ("day_first" if first > second else "month_first"), False
    if all(match[2] == "." for match in shapes):
        return "day_first", False
    return hints.order or ("day_first" if hints.day_first_likely else "month_first"), hints.order is None


def _by_formats(text: str, patterns: dict[str, int], order: Order) -> tuple[str, str | None]:
    """Give the SQL of the clock on the wall, and of the instant where some values name their offset."""
    formats = dict.fromkeys(found for pattern in patterns if (found := _format_of(pattern, order)))
    plain = [found for found in formats if not found.endswith("%z")]
    offset = [found for found in formats if found.endswith("%z")]
    tidy = rf"regexp_replace({text}, '([AaPp])\.?([Mm])\.?$', '\1\2')"
    wall = f"try_strptime({tidy}, {_listed(plain)})" if plain else "null::timestamp"
    if not offset:
        return wall, None
    zoned = f"try_strptime(regexp_replace({text}, '(Z|UTC)$', '+00:00'), {_listed(offset)})"
    return f"coalesce({wall}, ({zoned})::timestamp)", f"epoch_us({zoned})"


def _listed(formats: Sequence[str]) -> str:
    return "[" + ", ".join("'" + found.replace("'", "''") + "'" for found in formats) + "]"


def _format_of(pattern: str, order: Order) -> str | None:
    """Give the strptime format of a value's shape, or None where it is no date.

    >>> _format_of("9.99.9999 99:99", "day_first")
    '%d.%m.%Y %H:%M'
    """
    found = _date_format(pattern, order)
    if found is None:
        return None
    date, rest = found
    if not rest:
        return date
    clock = CLOCK.match(rest)
    return date + _clock_format(clock) if clock else None


def _date_format(pattern: str, order: Order) -> tuple[str, str] | None:
    if match := NUMERIC.match(pattern):
        first, mark, _, last = match.groups()
        if len(first) > 2 and len(last) > 2:
            return None
        names = _date_names(len(first), len(last), order)
        return mark.join(names), pattern[match.end() :]
    if match := re.match(r"9{1,2}([ -/])([A-Za-z]+)\1(9{4}|99)(?=\D|$)", pattern):
        if not ENGLISH_MONTH.fullmatch(match[2]):
            return None
        year = "%Y" if len(match[3]) == 4 else "%y"
        return f"%d{match[1]}{_month_name(match[2])}{match[1]}{year}", pattern[match.end() :]
    if (match := re.match(r"([A-Za-z]+) 9{1,2}(,?) 9{4}(?=\D|$)", pattern)) and ENGLISH_MONTH.fullmatch(
        match[1]
    ):
        return f"{_month_name(match[1])} %d{match[2]} %Y", pattern[match.end() :]
    if re.match(r"9{8}(?=T|$)", pattern):
        return "%Y%m%d", pattern[8:]
    return None


def _date_names(first: int, last: int, order: Order) -> tuple[str, str, str]:
    if first == 4:
        return ("%Y", "%m", "%d")
    year = "%Y" if last == 4 else "%y"
    if order == "year_first" and last <= 2:
        return ("%y", "%m", "%d")
    return ("%m", "%d", year) if order == "month_first" else ("%d", "%m", year)


def _month_name(name: str) -> str:
    return "%b" if len(name) == 3 else "%B"


def _clock_format(match: re.Match[str]) -> str:
    between, _, seconds, fraction, half, space, offset = match.groups()
    clock = ("%I" if half else "%H") + ":%M" + (":%S" if seconds else "")
    clock += f"{fraction[0]}%f" if fraction else ""
    clock += f"{' ' if half.startswith(' ') else ''}%p" if half else ""
    return between + clock + (f"{space}%z" if offset else "")


def _has_offset(text: str) -> str:
    # a date alone ends in -05 as well: an offset comes after a clock
    return f"(contains({text}, ':') and regexp_matches({text}, '(Z|UTC|[+-][0-9][0-9](:?[0-9][0-9])?)$'))"


def _to_utc(wall: str, zone: str) -> str:
    return f"epoch_us({wall})" if zone == "UTC" else f"epoch_us(timezone('{zone}', {wall}))"
