"""The steps of an import of organizations, contacts or leads: looked at, chosen, loaded, taken back."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from itertools import batched
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction

from infield.accounts.models import User
from infield.fields.models import Field
from infield.imports.models import Double, Import
from infield.imports.own.forms import UnfitCell
from infield.imports.people.doubles.actions import (
    MOST,
    Place,
    choices_made,
    double_of,
    forget_doubles,
    keep_doubles,
)
from infield.imports.people.forms import Cells, Told
from infield.imports.people.landing.actions import land, take_back
from infield.imports.people.queries import Known, Sign, first_of, signs_of, strength
from infield.imports.people.table import Line, Table, open_tables
from infield.imports.people.wording import called
from infield.imports.reading import REJECTED_KEPT, Rejected, Unreadable
from infield.imports.sources import Tally
from infield.imports.state.actions import Refused, forget_files, move, say, unreadable

DOUBLES = ("skip", "update", "new")
"""What becomes of a row whose record is here already: left out, written over it, or added all the same."""
LOOKED_AT = 500
LANDED_AT_ONCE = 100
ROWS_SHOWN = 8

type Understood = tuple[Line, Told | Rejected]


def look(imported: Import, _zone: ZoneInfo) -> None:
    """The job of reading: leaves what was found and who is here already. Nothing is loaded; safe to repeat."""
    if imported.state != "reading":
        return
    say(imported, refusal={})
    try:
        tables = _tables(imported)
        chosen = choices_made(imported)
        forget_doubles(imported)
        found = _Found(imported)
        for some in batched(_understood(imported, tables, found.tallies), LOOKED_AT):
            keep_doubles(found.add(some), chosen)
            say(imported, done=found.rows)
    except Unreadable as refusal:
        unreadable(imported, refusal)
        return
    columns = list(dict.fromkeys(column for one in tables for column in one.source.columns))
    used = {guess.column for one in tables for guess in one.guesses}
    guesses = {(one.role, one.column): one for table in tables for one in table.guesses}
    account = found.account() | {
        "mapping": {
            "columns": {one.role: one.column for one in guesses.values()},
            "guesses": [asdict(one) | {"confidence": one.confidence} for one in guesses.values()],
        },
        "unused": [column for column in columns if column not in used],
    }
    move(
        imported, ("reading",), state="read", account=account, columns=columns, totals=found.totals(),
        rejected=[asdict(one) for one in found.rejected()],
    )  # fmt: skip


def choose(imported: Import, doubles: str) -> None:
    """Say what becomes of rows whose record is here, and begin to load. Refused: not_now, nobody_found."""
    if not imported.totals.get("rows"):
        raise Refused("nobody_found")
    given = {**imported.given, "doubles": doubles if doubles in DOUBLES else "skip"}
    move(imported, ("read",), state="loading", given=given, done=0, total=imported.totals["read"])


def load(imported: Import, _zone: ZoneInfo) -> None:
    """The job of loading, some rows a transaction; safe to repeat: it goes on where it was."""
    if imported.state != "loading":
        return
    say(imported, refusal={})
    try:
        rows = _understood(imported, _tables(imported), [])
    except Unreadable as refusal:  # the files were changed or lost meanwhile
        unreadable(imported, refusal)
        return
    for number, some in enumerate(batched(rows, LANDED_AT_ONCE)):
        if (number + 1) * LANDED_AT_ONCE <= imported.done:
            continue
        if not _load_some(imported, some):
            return
    forget_doubles(imported)
    move(imported, ("loading",), state="done", finished_at=datetime.now(UTC), done=imported.total)
    forget_files(imported)


def undo(imported: Import, by: User) -> None:
    """Take the import back: what came new goes, what was written over is as it was.

    What somebody worked on since stays and is listed. Refused: not_now.
    """
    with transaction.atomic():
        held = Import.objects.select_for_update().get(pk=imported.pk)
        if not held.can_undo:
            raise Refused("not_now")
        held.kept = [str(pk) for pk in take_back(held, by)]
        held.state, held.undone_at, held.undone_by = "undone", datetime.now(UTC), by
        held.save()
    forget_files(held)
    imported.refresh_from_db()


class _Found:
    """What a reading counts, row by row."""

    def __init__(self, imported: Import) -> None:
        self.imported = imported
        self.tallies: list[Tally] = []
        self.rows = self.good = self.known = self.twice = self.strangers = self.undated = self.unfit = 0
        self.shown: list[dict[str, str]] = []
        self.rejections: list[Rejected] = []
        self.seen: dict[Sign, Place] = {}

    def add(self, some: tuple[Understood, ...]) -> list[Double]:
        """Count some rows; gives those whose record is here already, or that stand twice, up to doubles.MOST."""
        good = [(line, told) for line, told in some if isinstance(told, Told)]
        bad = [told for _line, told in some if isinstance(told, Rejected)]
        self.rows += len(some)
        self.good += len(good)
        self.unfit += len(bad)
        self.rejections += bad[: REJECTED_KEPT - len(self.rejections)]
        kind = self.imported.kind
        known = first_of(kind, [told for _, told in good], self.imported.by)
        doubles = [self._count(*one, there) for one, there in zip(good, known, strict=True)]
        return list(filter(None, doubles))

    def _count(self, line: Line, told: Told, known: Known | None) -> Double | None:
        signs = signs_of(self.imported.kind, told)
        self.strangers += told.is_of_stranger
        self.undated += told.is_undated
        twice = min((sign for sign in signs if sign in self.seen), key=strength, default=None)
        self.known += bool(known)
        self.twice += bool(twice and not known)
        if len(self.shown) < ROWS_SHOWN:
            self.shown.append(dict(line.cells))
        there = known or (self.seen[twice] if twice else None)
        for sign in signs:
            self.seen.setdefault(sign, (line.file, line.row))
        if there is None or self.known + self.twice > MOST:
            return None
        return double_of(self.imported, line, there, known.why if known else twice[0] if twice else "")

    def rejected(self) -> list[Rejected]:
        told = [one for tally in self.tallies for one in tally.first_rejected]
        return sorted([*told, *self.rejections], key=lambda one: (one.file, one.row))[:REJECTED_KEPT]

    def account(self) -> dict[str, Any]:
        broken = sum(tally.rejected for tally in self.tallies)
        return {
            "format": self.imported.kind,
            "rows_kept": self.good,
            "rows_rejected": broken + self.unfit,
            "shown": self.shown,
            "strangers": self.strangers,
            "undated": self.undated,
        }

    def totals(self) -> dict[str, int]:
        return {"read": self.rows, "rows": self.good, "known": self.known, "twice": self.twice}


def _tables(imported: Import) -> list[Table]:
    own = dict(Field.objects.of(imported.kind).values_list("key", "label"))
    given: Mapping[str, str] = imported.given.get("columns", {})
    return open_tables(imported.paths(), imported.kind, called(imported.kind, own), given)


def _understood(imported: Import, tables: list[Table], tallies: list[Tally]) -> Iterator[Understood]:
    cells = Cells(imported.kind, imported.by)
    for table in tables:
        tally = Tally()
        tallies.append(tally)
        for line in table.lines(tally):
            try:
                yield line, cells.read(line)
            except UnfitCell as unfit:
                params = {"field": unfit.label, "why": unfit.why}
                yield line, Rejected(line.file, line.row, "unfit", params)


def _load_some(imported: Import, some: tuple[Understood, ...]) -> bool:
    """Land some rows in one transaction; False where the import was undone meanwhile."""
    with transaction.atomic():
        held = Import.objects.select_for_update().get(pk=imported.pk)
        if held.state != "loading":
            return False
        added, rejected = dict(held.added), list(held.rejected)
        chosen = choices_made(held, [(line.file, line.row) for line, _told in some])
        for line, told in some:
            if isinstance(told, Rejected):
                continue
            outcome = land(held, told, chosen.get((line.file, line.row)) or held.given["doubles"])
            if isinstance(outcome, str):
                added[outcome] = added.get(outcome, 0) + 1
            elif len(rejected) < REJECTED_KEPT:
                rejected.append(asdict(Rejected(line.file, line.row, "refused", {"why": outcome.why})))
                added["refused"] = added.get("refused", 0) + 1
        say(imported, done=min(held.done + len(some), held.total), added=added, rejected=rejected)
    return True
