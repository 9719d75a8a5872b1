"""Reads a deal history from CSV, XLSX, Parquet or XES into the two tables of a reading."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

import duckdb

from infield.imports.cases import write_own, write_tables
from infield.imports.companions import Use, use_companions
from infield.imports.loading import Loaded, load
from infield.imports.mapping import Mapping, Role
from infield.imports.outcomes import folded
from infield.imports.planning import Plan, Plans, plan_all
from infield.imports.reading import REJECTED_KEPT, Finding, LeftOut, OnProgress, Reading, Rejected, Unreadable
from infield.imports.shapes import FirstStage, first_stage, judge, make_events
from infield.imports.sources import Kind, kind_of, open_source
from infield.imports.staging import Staged, header_of, read_columns
from infield.imports.suspicion import findings


def read(
    files: Sequence[Path],
    connection: duckdb.DuckDBPyConnection,
    *,
    zone: ZoneInfo,
    mapping: Mapping | None = None,
    won: Sequence[str] = (),
    lost: Sequence[str] = (),
    lifecycle: str | None = None,
    progress: OnProgress | None = None,
) -> Reading:
    """Write `found_events` and `found_cases` of a history into `connection` and give the account of it.

    `files` are one history, in any order, perhaps with companions (deals, products, accounts, sellers) that
    are recognised among them. What `mapping` says is kept, the rest is detected. `won` and `lost` name the
    stages, activities or states that mean it and come before the mapping's; `zone` is the zone of times that
    name none. `lifecycle` is "complete" (where neither it nor the mapping says otherwise) or "all".
    Raises Unreadable where a file cannot be read; the connection is then as it was.
    """
    if not files:
        raise Unreadable("no_files")
    wanted = _wanted(mapping or Mapping(), won, lost, lifecycle)
    kinds = {path: kind_of(path) for path in files}
    if "xes" in kinds.values():
        return _read_xes(files, kinds, connection, wanted, zone, progress)
    plans = plan_all([open_source(path, wanted) for path in files], wanted)
    if wanted.guess_outcomes is False:
        wanted = _without_guesses(wanted, plans.history[0])
    # a second cursor has settings and temporary tables of its own; what it leaves in the database is the same
    cursor = connection.cursor()
    try:
        cursor.execute("set TimeZone = 'UTC'")
        return _read_tables(cursor, plans, wanted, zone, progress, files)
    finally:
        cursor.close()  # rolls back what was not committed


def _without_guesses(wanted: Mapping, main: Plan) -> Mapping:
    """Let nothing in rows of events from anywhere mean won or lost that nobody named."""
    if main.format is not None or main.shape != "events" or wanted.won is not None or wanted.lost is not None:
        return wanted
    return wanted.model_copy(update={"won": (), "lost": ()})


def _wanted(mapping: Mapping, won: Sequence[str], lost: Sequence[str], lifecycle: str | None) -> Mapping:
    changes: dict[str, object] = {}
    if won or lost:
        changes |= {"won": tuple(won), "lost": tuple(lost)}
    if lifecycle:
        changes["lifecycle"] = lifecycle
    return Mapping.model_validate(mapping.model_dump() | changes)


def _read_xes(
    files: Sequence[Path],
    kinds: dict[Path, Kind],
    connection: duckdb.DuckDBPyConnection,
    wanted: Mapping,
    zone: ZoneInfo,
    progress: OnProgress | None,
) -> Reading:
    for path, kind in kinds.items():
        if kind != "xes":
            raise Unreadable("mixed_with_xes", file=path.name)
    from infield.imports.xes import read_xes

    return read_xes(
        files, connection, lifecycle=wanted.lifecycle or "complete", won=wanted.won or (),
        lost=wanted.lost or (),
        zone=wanted.zone or zone.key, progress=progress,
    )  # fmt: skip


def _read_tables(
    cursor: duckdb.DuckDBPyConnection,
    plans: Plans,
    wanted: Mapping,
    zone: ZoneInfo,
    progress: OnProgress | None,
    files: Sequence[Path],
) -> Reading:
    main = plans.history[0]
    assert main.shape is not None  # noqa: S101  plan_all gives no history without one
    loaded = load(cursor, "raw", plans.history, progress, tuple(wanted.own.values()))
    columns = {role: column for found in reversed(plans.history) for role, column in found.columns.items()}
    dates = {column: stage for found in plans.history for column, stage in found.stage_dates.items()}
    names = tuple(dates[column] for column in loaded.stage_dates)
    staged = Staged(main.shape, main.format, loaded, wanted.zone or zone.key, len(plans.history), names)
    staged.dates_are_midnights = all(found.source.layout.kind == "xlsx" for found in plans.history)
    comma = any(found.source.layout.delimiter == ";" for found in plans.history)
    read_columns(cursor, staged, wanted, columns, comma_likely=comma)
    judge(cursor, staged, wanted)
    first = first_stage(cursor, staged, wanted, columns.get("created"))
    make_events(cursor, staged, first)
    # only now: memory of tables that are dropped within a transaction is not given back before its end
    cursor.begin()
    write_tables(cursor, staged)
    write_own(cursor, tuple(wanted.own))
    suspicious = findings(cursor, staged, columns)
    unheard = _unheard(wanted, staged, columns)
    uses = use_companions(cursor, staged, plans.others, wanted, columns)
    shown = _shown(wanted, main, plans, staged, columns, first, uses)
    reading = _account(cursor, loaded, plans, files, main, shown)
    cursor.commit()
    return replace(
        reading, findings=(*unheard, *suspicious, *(found for use in uses for found in use.findings))
    )


def _unheard(wanted: Mapping, staged: Staged, columns: dict[Role, str]) -> list[Finding]:
    """Find names that were said to mean a sale or a loss and that the files do not have."""
    where = columns.get("stage", columns.get("new_value", columns.get("status", "")))
    heard = {folded(name) for name in staged.meanings}
    names = [*(wanted.won or ()), *(wanted.lost or ())]
    return [
        Finding("outcome_name_unknown", where, 0, {"name": name})
        for name in names
        if folded(name) not in heard
    ]


def _account(
    cursor: duckdb.DuckDBPyConnection,
    loaded: Loaded,
    plans: Plans,
    files: Sequence[Path],
    main: Plan,
    shown: Mapping,
) -> Reading:
    kept, bad = cursor.execute(
        "select count(*) filter (bad is null and out is null), count(*) filter (bad is not null) from judged"
    ).fetchall()[0]
    left = cursor.execute(
        "select out, count(*) from judged where out is not null group by 1 order by 1"
    ).fetchall()
    left += [("footer", loaded.footer)] if loaded.footer else []
    return Reading(
        files=tuple(path.name for path in files),
        format=main.name,
        rows_read=loaded.read,
        rows_kept=kept,
        rows_rejected=loaded.rejected + bad,
        rejected=_rejected(cursor, loaded, plans),
        left_out=tuple(LeftOut(reason, n) for reason, n in left),
        mapping=shown.model_dump(mode="json", exclude_none=True, exclude_defaults=True),
    )


def _rejected(cursor: duckdb.DuckDBPyConnection, loaded: Loaded, plans: Plans) -> tuple[Rejected, ...]:
    names = [found.source.path.name for found in plans.history]
    rows = cursor.execute(
        f"select file, row, bad, bad_value from judged where bad is not null order by gid limit "
        f"{REJECTED_KEPT}"
    ).fetchall()
    found = [
        Rejected(names[file], row, bad, {"value": value} if value is not None else {})
        for file, row, bad, value in rows
    ]
    both = sorted([*loaded.rejections, *found], key=lambda one: (names.index(one.file), one.row))
    return tuple(both[:REJECTED_KEPT])


def _shown(
    wanted: Mapping,
    main: Plan,
    plans: Plans,
    staged: Staged,
    columns: dict[Role, str],
    first: FirstStage,
    uses: Sequence[Use],
) -> Mapping:
    """Give the whole mapping: what was given and everything that was detected."""
    dates = {header_of(name, staged.loaded, columns): form.name for name, form in staged.times.items()}
    meant = staged.meanings.items()
    changes = {
        "format": main.name,
        "shape": main.shape,
        "columns": columns,
        "stage_dates": dict(zip(staged.loaded.stage_dates, staged.stage_names, strict=True)),
        "lifecycle": (wanted.lifecycle or "complete") if "lifecycle" in columns else None,
        "won": wanted.won if wanted.won is not None else tuple(name for name, end in meant if end == "won"),
        "lost": wanted.lost
        if wanted.lost is not None
        else tuple(name for name, end in meant if end == "lost"),
        "stage_fields": wanted.stage_fields or (main.format.stage_fields if main.format else None) or None,
        "created_stage": first.name,
        "zone": staged.zone,
        "dates": dates,
        "decimal_mark": staged.amount.decimal_mark if staged.amount else None,
        "layouts": [found.source.layout.model_dump() for found in (*plans.history, *plans.others)],
        "companions": {use.file: use.purpose for use in uses},
        "guesses": [one.model_dump() for one in main.guesses],
    }
    return Mapping.model_validate(wanted.model_dump() | changes)
