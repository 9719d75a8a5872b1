"""Turns the parsed rows into events: which rows cannot be used and why, and the events of each shape.

Makes the temporary table `judged` (the parsed rows with outcome, `bad`: a reason or null, bad_value, `out`:
the rule
by which a row is left out, or null) and the view `events` (case_id, key, at_us, precision, kind, stage,
owner),
where key is the order in which the files gave the events.
"""

from dataclasses import dataclass
from typing import Literal

import duckdb

from infield.imports.mapping import Mapping, Role
from infield.imports.outcomes import bare
from infield.imports.staging import Staged, has, parsed_query

LONGEST_NAME = 10_000
type Check = tuple[str, str, str]
"""The condition in SQL, the reason, and the SQL of the value to show."""


@dataclass(frozen=True, slots=True)
class FirstStage:
    """What the step at the created date is called, and whether that is one of the file's stages."""

    name: str | None
    kind: Literal["stage_entered", "created"]


def judge(connection: duckdb.DuckDBPyConnection, staged: Staged, wanted: Mapping) -> None:
    """Make `meaning` and `judged`: each row with the first reason against it, if any."""
    connection.execute("create or replace temp table meaning (name varchar, outcome varchar)")
    if staged.meanings:
        connection.executemany("insert into meaning values (?, ?)", list(staged.meanings.items()))
    outcome = _outcome(staged, explicit=wanted.won is not None or wanted.lost is not None)
    bad = _case([(test, f"'{reason}'") for test, reason, _ in _checks(staged)])
    value = _case([(test, shown) for test, _, shown in _checks(staged)])
    doubtful = f"""select *, {bad} as bad, left({value}, 100) as bad_value
        from (select p.*, {outcome} as outcome from ({parsed_query(staged)}) p {_joins(staged)})"""
    windows = _windows(staged)
    if windows:
        connection.execute(f"create or replace temp table doubtful as {doubtful}")
    texts = ", ".join(f"{name.removeprefix('r_')}_text" for name in staged.times)
    connection.execute(
        f"""create or replace temp table judged as
            select * exclude ({texts}, amount_text), case when bad is null then
              {_case(_rules(staged, wanted))} end as out
            from {"doubtful" if windows else f"({doubtful})"} {windows}"""
    )
    for table in ("doubtful", "raw"):
        connection.execute(f"drop table if exists {table}")


def _case(pairs: list[tuple[str, str]]) -> str:
    if not pairs:
        return "null::varchar"
    return "case " + " ".join(f"when {test} then {value}" for test, value in pairs) + " end"


def _joins(staged: Staged) -> str:
    roles: list[Role] = [role for role in _named_roles(staged) if has(staged, role)]
    return " ".join(f"left join meaning m_{role} on m_{role}.name = p.{role}" for role in roles)


def _named_roles(staged: Staged) -> tuple[Role, ...]:
    return ("new_value",) if staged.shape == "changes" else ("status", "stage")


def _outcome(staged: Staged, *, explicit: bool) -> str:
    """Give the SQL of what a row says about the deal's end."""
    meant = [f"m_{role}.outcome" for role in _named_roles(staged) if has(staged, role)]
    by_name = f"coalesce({', '.join([*meant, 'null::varchar'])})"
    if explicit or staged.shape in ("events", "changes"):
        return by_name
    flags = []
    if has(staged, "is_closed"):
        flags.append(("is_closed = false", "null"))
    if has(staged, "is_won"):
        flags.append(("is_won", "'won'"))
    if has(staged, "is_won", "is_closed"):
        flags.append(("is_closed and is_won = false", "'lost'"))
    if has(staged, "active"):
        flags.append(("active = false", "'lost'"))
    return f"case {' '.join(f'when {t} then {v}' for t, v in flags)} else {by_name} end" if flags else by_name


def _checks(staged: Staged) -> list[Check]:
    checks: list[Check] = [
        (" or ".join(f"length({name}) > {LONGEST_NAME}" for name in _texts(staged)), "cell_too_long", "null"),
        (" or ".join(f"contains({name}, chr(0))" for name in _texts(staged)), "bad_characters", "null"),
        ("case_id is null", "no_case", "null"),
    ]
    if staged.shape == "events":
        checks += [("stage is null", "no_stage", "null"), ("at_text is null", "no_time", "null")]
    if staged.shape == "changes":
        checks.append(("at_text is null", "no_time", "null"))
    for label in _dates_needed(staged):
        closing = label in ("closed", "won_at", "lost_at")
        needed = "outcome is not null and " if closing else ""
        checks.append(
            (f"{needed}{label}_text is not null and {label}_us is null", "bad_time", f"{label}_text")
        )
    checks.append(("amount_text is not null and amount_minor is null", "bad_amount", "amount_text"))
    return checks


def _texts(staged: Staged) -> list[str]:
    roles: tuple[Role, ...] = (
        "stage",
        "status",
        "new_value",
        "owner",
        "organization",
        "product",
        "source",
        "segment",
    )
    return ["case_id", *(role for role in roles if has(staged, role))]


def _dates_needed(staged: Staged) -> list[str]:
    if staged.shape in ("events", "changes"):
        return ["at"]
    return [name.removeprefix("r_") for name in staged.times if name != "r_at"]


def _rules(staged: Staged, wanted: Mapping) -> list[tuple[str, str]]:
    """Give the rules by which rows that are understood are left out, the first that holds counts."""
    rules = []
    if staged.shape == "changes" and has(staged, "field"):
        rules.append((f"not ({_is_stage_field(staged, wanted)})", "'other_field'"))
        rules.append(("new_value is null", "'no_new_value'"))
        if has(staged, "old_value"):
            rules.append(("old_value = new_value", "'no_change'"))
    if has(staged, "lifecycle") and wanted.lifecycle != "all":
        rules.append(("lower(lifecycle) <> 'complete'", "'lifecycle_not_complete'"))
    if staged.shape in ("deals", "stage_dates"):
        rules.append((_has_no_date(staged), "'no_date'"))
        rules.append(("nth_of_case > 1 and same = first_same", "'duplicate_row'"))
        rules.append(("nth_of_case > 1", "'repeated_id'"))
    elif has(staged, "event_id"):
        rules.append(("event_id is not null and nth_of_event > 1", "'repeated_event_id'"))
    elif staged.files > 1:
        rules.append(("file > first_file", "'duplicate_of_other_file'"))
    return rules


def _windows(staged: Staged) -> str:
    """Give the join that numbers the rows of a case, an event or an equal row, where the rules ask for it."""
    if staged.shape in ("deals", "stage_dates"):
        return f"""left join (
            select gid as gid_, row_number() over (partition by case_id order by gid) as nth_of_case,
                   first_value(same) over (partition by case_id order by gid) as first_same
            from doubtful where bad is null and not coalesce({_has_no_date(staged)}, false)) w on gid_ =
              gid"""
    if has(staged, "event_id"):
        return """left join (select gid as gid_, row_number() over (partition by event_id order by gid) as
        nth_of_event
            from doubtful where bad is null and event_id is not null) w on gid_ = gid"""
    if staged.files == 1:
        return ""
    return """left join (select same as same_, min(file) as first_file from doubtful
            where bad is null group by same having min(file) < max(file)) w on same_ = same"""


def _is_stage_field(staged: Staged, wanted: Mapping) -> str:
    fields = wanted.stage_fields or (staged.format.stage_fields if staged.format else ()) or ("stage",)
    names = ", ".join("'" + _plain_name(name) + "'" for name in fields)
    stripped = "regexp_replace(regexp_replace(lower(field), ' *\\(.*$', ''), '[^a-z0-9]', '', 'g')"
    return f"{stripped} in ({names})"


def _plain_name(name: str) -> str:
    return "".join(letter for letter in bare(name) if letter.isalnum())


def _has_no_date(staged: Staged) -> str:
    first = [
        f"{label}_us is null"
        for label in _dates_needed(staged)
        if label not in ("closed", "won_at", "lost_at")
    ]
    ended = f"(outcome is null or {closing_us(staged)} is null)"
    return " and ".join([*first, ended])


def closing_us(staged: Staged) -> str:
    """Give the SQL of when a deal ended: its own won or lost time before the general closing date."""
    choices = []
    if has(staged, "won_at"):
        choices.append("case when outcome = 'won' then won_at_us end")
    if has(staged, "lost_at"):
        choices.append("case when outcome = 'lost' then lost_at_us end")
    if has(staged, "closed"):
        choices.append("closed_us")
    return f"coalesce({', '.join([*choices, 'null::bigint'])})"


def closing_day(staged: Staged) -> str:
    """Give the SQL of whether that moment is a date alone."""
    choices = []
    if has(staged, "won_at"):
        choices.append("case when outcome = 'won' and won_at_us is not null then won_at_day end")
    if has(staged, "lost_at"):
        choices.append("case when outcome = 'lost' and lost_at_us is not null then lost_at_day end")
    if has(staged, "closed"):
        choices.append("closed_day")
    return f"coalesce({', '.join([*choices, 'true'])})"


def make_events(connection: duckdb.DuckDBPyConnection, staged: Staged, first: FirstStage) -> None:
    """Make the temporary view `events` of the rows of `judged` that are kept."""
    parts = {
        "events": lambda: [_event_rows("stage")],
        "changes": lambda: [_event_rows("new_value")],
        "stage_dates": lambda: _stage_dates(staged),
        "deals": lambda: _deal_rows(staged, first),
    }[staged.shape]()
    owner = "owner" if has(staged, "owner") else "null::varchar"
    connection.execute(
        "create or replace temp view events as "
        + " union all ".join(part.replace("OWNER", owner) for part in parts)
    )


def _select(key: str, at: str, day: str, kind: str, stage: str, where: str) -> str:
    return (
        f"select case_id, {key} as key, {at} as at_us, if({day}, 'day', 'time') as precision, {kind} as "
        f"kind, "
        f"{stage} as stage, OWNER as owner from judged where bad is null and out is null and {where}"
    )


def _event_rows(name: str) -> str:
    if name == "stage":
        return _select("gid", "at_us", "at_day", "coalesce(outcome, 'stage_entered')", "stage", "true")
    # a state that is set back to open is no stage
    kind = "coalesce(outcome, if(lower(new_value) = 'open', 'reopened', 'stage_entered'))"
    return _select("gid", "at_us", "at_day", kind, "if(lower(new_value) = 'open', null, new_value)", "true")


def _stage_dates(staged: Staged) -> list[str]:
    many = len(staged.stage_names) + 2
    parts = []
    for i, name in enumerate(staged.stage_names):
        kind = staged.meanings.get(name, "stage_entered")
        text = name.replace("'", "''")
        parts.append(
            _select(
                f"gid * {many} + {i + 1}",
                f"d{i}_us",
                f"d{i}_day",
                f"'{kind}'",
                f"'{text}'",
                f"d{i}_us is not null",
            )
        )
    if has(staged, "created"):
        parts.append(
            _select(
                f"gid * {many}", "created_us", "created_day", "'created'", "null", "created_us is not null"
            )
        )
    for outcome in ("won", "lost"):
        dates = [
            f"d{i}_us" for i, name in enumerate(staged.stage_names) if staged.meanings.get(name) == outcome
        ]
        undated = f"coalesce({', '.join([*dates, 'null::bigint'])}) is null"
        where = f"outcome = '{outcome}' and {undated} and {closing_us(staged)} is not null"
        parts.append(
            _select(
                f"gid * {many} + {many - 1}",
                closing_us(staged),
                closing_day(staged),
                "outcome",
                _end_name(staged),
                where,
            )
        )
    return parts


def _deal_rows(staged: Staged, first: FirstStage) -> list[str]:
    parts = []
    if has(staged, "created"):
        name = "null::varchar" if not first.name else "'" + first.name.replace("'", "''") + "'"
        parts.append(
            _select("gid * 4", "created_us", "created_day", f"'{first.kind}'", name, "created_us is not null")
        )
    if has(staged, "stage_since", "stage"):
        parts.append(
            _select("gid * 4 + 1", "stage_since_us", "stage_since_day", "'stage_entered'", "stage",
                    "stage_since_us is not null and stage is not null and stage not in (select name from "
                    "meaning)"
                    f" and not (outcome is not null and {_end_name(staged)} = stage)")
        )  # fmt: skip
    where = f"outcome is not null and {closing_us(staged)} is not null"
    parts.append(
        _select("gid * 4 + 2", closing_us(staged), closing_day(staged), "outcome", _end_name(staged), where)
    )
    return parts


def _end_name(staged: Staged) -> str:
    """Give the SQL of what the file calls the end: the stage or state that means it, else the last stage.

    An archived deal keeps the stage it was lost in; its end is called Lost.
    """
    named = [
        f"case when {role} in (select name from meaning) then {role} end"
        for role in ("stage", "status")
        if has(staged, role)
    ]
    last = [] if has(staged, "active") or not has(staged, "stage") else ["stage"]
    return f"coalesce({', '.join([*named, *last, 'upper(left(outcome, 1)) || substr(outcome, 2)'])})"


def first_stage(
    connection: duckdb.DuckDBPyConnection, staged: Staged, wanted: Mapping, created: str | None
) -> FirstStage:
    """Name the step at the created date.

    A deal that closed was in the stage whose name the date column's name means (`engage_date`: Engaging);
    where no
    stage of the file is meant, the step is called as the column is, without the words for dates.
    """
    from infield.imports.guessing import date_column_name, stem

    if created is None or staged.shape != "deals":
        return FirstStage(None, "created")
    stages = [name for (name,) in connection.execute(
        "select stage from judged where stage is not null and outcome is null group by stage order by "
        "min(gid) limit 200"
    ).fetchall()] if has(staged, "stage") else []  # fmt: skip
    if wanted.created_stage is not None:
        known = wanted.created_stage in stages
        return FirstStage(wanted.created_stage or None, "stage_entered" if known else "created")
    own = date_column_name(created)
    if staged.format or stem(own) == stem("created"):
        own = "Created"
    match = next((name for name in stages if len(stem(own)) > 2 and stem(name) == stem(own)), None)
    return FirstStage(match, "stage_entered") if match else FirstStage(own or created, "created")
