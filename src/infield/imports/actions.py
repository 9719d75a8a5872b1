"""The steps of an import: begun, read, chosen, loaded, corrected. Each is refused where it does not fit the state."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import asdict, replace
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any, Protocol
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction

from infield.accounts.models import User
from infield.deals.checks import first_of_deals
from infield.history.actions import alias_stages
from infield.history.ask import connect
from infield.history.tasks import refresh_log
from infield.imports import arrivals
from infield.imports.file_names import safe_name
from infield.imports.mapping import Mapping as Columns
from infield.imports.models import Import
from infield.imports.own.actions import own_columns, unfit_own
from infield.imports.own.forms import OwnCells
from infield.imports.reader import read
from infield.imports.reading import Progress, Reading, Unreadable
from infield.imports.records.actions import add_former, known_owners, restage, write_cases
from infield.imports.records.terms import Terms
from infield.imports.sources import kind_of, open_source
from infield.imports.state.actions import Refused, forget_files, move, plain, say, unreadable
from infield.process.models import ProcessVersion

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

MOST_FILES = 20
MOST_BYTES = 1 << 30
MOST_OWNERS = 2_000
"""More of them are no sellers: another column was taken for the owner."""
LONGEST_NAME = 500
"""Of a stage found: what is longer is cut off."""
MEMORY = "1GB"
TELL_EVERY_S = 0.5


class GivenFile(Protocol):
    """A file as a browser sends it, or as it lies on a disk."""

    @property
    def name(self) -> str | None: ...

    @property
    def size(self) -> int | None: ...

    def chunks(self) -> Iterable[bytes]: ...


def begin(
    files: Sequence[GivenFile], by: User, given: Mapping[str, Any] | None = None, kind: str = "history"
) -> Import:
    """Keep the files and begin to read them; `kind`: see models.KINDS. Refused: no_files, too_many_files, too_large."""
    if not files:
        raise Refused("no_files")
    if len(files) > MOST_FILES:
        raise Refused("too_many_files", most=MOST_FILES)
    if sum(file.size or 0 for file in files) > MOST_BYTES:
        raise Refused("too_large", most=MOST_BYTES >> 20)
    names = [safe_name(file.name or "") for file in files]
    imported = Import(by=by, kind=kind, files=names, given=dict(given or {}))
    for number, (file, name) in enumerate(zip(files, names, strict=True)):
        folder = imported.folder / str(number)
        folder.mkdir(mode=0o700, parents=True)
        with (folder / name).open("wb") as out:
            out.writelines(file.chunks())
    imported.save(force_insert=True)
    return imported


def read_again(imported: Import, given: Mapping[str, Any]) -> None:
    """Read once more with what somebody says about the columns. Refused: not_now."""
    move(imported, ("read", "unreadable"), state="reading", given=dict(given), done=0, total=0, refusal={})


def look(imported: Import, zone: ZoneInfo) -> None:
    """The job of reading: leaves what was found, or why it cannot be read. Nothing is loaded; safe to repeat."""
    if imported.state != "reading":
        return
    say(imported, refusal={})
    with closing(connect(memory_limit=MEMORY)) as connection:
        try:
            reading = _read(imported, connection, zone)
        except Unreadable as refusal:
            unreadable(imported, refusal)
            return
        _keep(imported, reading, connection)


def choose(
    imported: Import,
    version: ProcessVersion,
    *,
    working: bool,
    stages: Mapping[str, str],
    owners: Mapping[str, UUID],
    origin: str = "",
) -> None:
    """Say what the deals become, and begin to load them.

    `stages`: name found → key of a stage, empty for none; `owners`: name found → user. Refused: not_now,
    nothing_found, too_many_owners, unknown_stage, stages_open (deals to work on need a stage each).
    """
    if not imported.totals.get("deals"):
        raise Refused("nothing_found")
    if len(imported.owners) > MOST_OWNERS:
        raise Refused("too_many_owners", n=len(imported.owners), most=MOST_OWNERS)
    _check_stages(imported, version, stages, working=working)
    with transaction.atomic():
        move(
            imported, ("read",), state="loading", working=working, version=version, done=0,
            total=imported.totals["deals"], origin=(origin.strip() or imported.account["format"])[:60],
            owners=[{**one, "user": _text(owners.get(one["name"])) or one.get("user")} for one in imported.owners],
        )  # fmt: skip
        alias_stages(imported.source, {name[:LONGEST_NAME]: key for name, key in stages.items()})


def load(imported: Import, zone: ZoneInfo) -> None:
    """The job of loading, some whole deals a transaction; safe to repeat: it goes on where it was."""
    if imported.state != "loading":
        return
    say(imported, refusal={})
    with closing(connect(memory_limit=MEMORY)) as connection:
        try:
            _read(imported, connection, zone)
        except Unreadable as refusal:  # the files were changed or lost meanwhile
            unreadable(imported, refusal)
            return
        terms = _terms(imported)
        for some in arrivals.arrivals(connection):
            if not _write(imported, terms, some):
                return
    _finish(imported)


def correct_stages(imported: Import, stages: Mapping[str, str]) -> int:
    """Say anew which stage each name found means, after loading; gives how many deals stand elsewhere now.

    Analysis counts them anew; a deal that people have moved since stays where they put it. Refused: not_now,
    unknown_stage, stages_open.
    """
    if imported.state != "done" or imported.version is None:
        raise Refused("not_now")
    _check_stages(imported, imported.version, stages, working=bool(imported.working))
    keys = {name[:LONGEST_NAME]: key for name, key in stages.items()}
    with transaction.atomic():
        Import.objects.select_for_update().get(pk=imported.pk)
        moved = restage(_terms_of_stages(imported, {**imported.aliases, **keys}))
        alias_stages(imported.source, keys)
    return moved


def _check_stages(
    imported: Import, version: ProcessVersion, stages: Mapping[str, str], *, working: bool
) -> None:
    if set(filter(None, stages.values())) - {stage.key for stage in version.map().stages}:
        raise Refused("unknown_stage")
    open_names = [one["name"] for one in imported.stages if not stages.get(one["name"])]
    if working and open_names:
        raise Refused("stages_open", names=", ".join(open_names[:5]))


def _read(imported: Import, connection: "DuckDBPyConnection", zone: ZoneInfo) -> Reading:
    told = monotonic()

    def tell(progress: Progress) -> None:
        nonlocal told
        if monotonic() - told >= TELL_EVERY_S and imported.state == "reading":
            told = monotonic()
            say(imported, done=progress.done, total=progress.total)

    wanted = Columns.model_validate(imported.given)
    if "own" not in imported.given:
        wanted = wanted.model_copy(update={"own": own_columns(columns_of(imported.paths()))})
    return read(imported.paths(), connection, zone=zone, mapping=wanted, progress=tell)


def _keep(imported: Import, reading: Reading, connection: "DuckDBPyConnection") -> None:
    owners = arrivals.owners_found(connection)
    known = known_owners(one.name for one in owners)
    account = asdict(reading)
    account["findings"] = [*account["findings"], *map(asdict, unfit_own(connection, imported.by))]
    rejected = account.pop("rejected")
    move(
        imported, ("reading",), state="read", account=plain(account), rejected=plain(rejected),
        columns=columns_of(imported.paths()), totals=asdict(arrivals.totals(connection)),
        stages=[asdict(one) for one in arrivals.stages_found(connection)],
        owners=[{**asdict(one), "user": _text(known.get(one.name))} for one in owners],
    )  # fmt: skip


def columns_of(paths: Sequence[Path]) -> list[str]:
    """Give the columns of the tables among the files, each once."""
    tables = [path for path in paths if kind_of(path) != "xes"]
    found = [column for path in tables for column in open_source(path, Columns()).columns]
    return list(dict.fromkeys(found))


def _terms(imported: Import) -> Terms:
    chosen = {one["name"]: UUID(one["user"]) for one in imported.owners if one.get("user")}
    with transaction.atomic():
        # another import may have added them meanwhile
        names = [one["name"] for one in imported.owners if one["name"] not in chosen]
        known = known_owners(names)
        new = add_former([name for name in names if name not in known], imported.by)
        people = [*imported.added.get("people", []), *map(str, new.values())]
        say(imported, added={**imported.added, "people": people})
    owners = {**known, **new, **chosen}
    own = OwnCells("deal", imported.by)
    return replace(_terms_of_stages(imported, imported.aliases), owners=owners, own=own)


def _terms_of_stages(imported: Import, aliases: Mapping[str, str]) -> Terms:
    version = imported.version
    assert version is not None  # noqa: S101  a constraint of the table says so
    return Terms(
        source=imported.source,
        origin=imported.origin,
        working=bool(imported.working),
        process=version.process_id,
        version=version.pk,
        first_stage=first_of_deals(version.map()),
        by=imported.by_id,
        stages={found: stage for found, stage in aliases.items() if stage},
    )


def _write(imported: Import, terms: Terms, some: list[arrivals.Arrival]) -> bool:
    """Write some deals; False where the import was undone meanwhile."""
    with transaction.atomic():
        held = Import.objects.select_for_update().get(pk=imported.pk)
        if held.state != "loading":
            return False
        before = held.added
        written = write_cases(terms, some)
        say(
            imported,
            done=min(held.done + len(some), held.total),
            added={
                "people": before.get("people", []),
                "deals": before.get("deals", 0) + written.deals,
                "events": before.get("events", 0) + written.events,
                "left": before.get("left", 0) + written.left,
                "organizations": [*before.get("organizations", []), *map(str, written.organizations)],
            },
        )
    return True


def _finish(imported: Import) -> None:
    move(imported, ("loading",), state="done", finished_at=datetime.now(UTC), done=imported.total)
    forget_files(imported)
    refresh_log.enqueue()


def _text(user: UUID | None) -> str | None:
    return str(user) if user else None
