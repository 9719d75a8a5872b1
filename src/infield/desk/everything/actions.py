"""The archive of everything: a ZIP that is written while it is read, so that nobody's memory or disk holds it.

tables/NAME.csv     each table, a row a record
maps/NAME.yaml      each map as it is now, as `infield map` takes it
history.csv         the deals' way through the stages, as `infield report` takes it
files/NAME          what was uploaded
README.txt          what is what
"""

import io
from collections.abc import Iterable, Iterator
from typing import Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from django.core.files.storage import default_storage
from django.utils import timezone

from infield.accounts.models import User
from infield.deals.models import Document
from infield.desk.everything.queries import HISTORY_COLUMNS, Table, deal_history, tables
from infield.finding.lists.export.files import as_csv
from infield.history.actions import note_changes
from infield.playbook.models import Material
from infield.process.models import Process
from infield.process.yaml_output import write
from infield.web.company import the_company
from infield.web.ids import to_text

BLOCK = 64 * 1024
README = """\
Everything that is kept in Infield{of}, as it was on {day} (UTC).

tables/     One CSV file a table, UTF-8, with the names of its columns in the first row. A key in one file (a column
            that ends in "id") is the same in every other. Times are UTC, lists and texts by language are JSON, the
            least unit of a currency (cents, yen) is the unit of columns that end in "_minor". A text that a
            spreadsheet would take for a formula begins with an apostrophe, which is not part of it.
            Left out: passwords, second factors and links that let somebody in; and what is made from the rest.
maps/       Each map as it is now: `infield map check FILE` and `infield map draw FILE` take it.
history.csv The way of each deal through the stages: `infield report history.csv --won Won --lost Lost`.
files/      What was uploaded, by the names that stand in tables/deals_document.csv and playbook_material.csv.
"""


class _Passing(io.RawIOBase):
    """What is written waits here until it is taken."""

    def __init__(self) -> None:
        super().__init__()
        self._waiting = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, some: Any) -> int:
        self._waiting += some
        return len(some)

    def taken(self, at_least: int = 1) -> Iterator[bytes]:
        if len(self._waiting) >= at_least:
            yield bytes(self._waiting)
            self._waiting.clear()


def note_taken(by: User, name: str) -> None:
    """Leave in the audit that somebody took everything along, and the name of the archive."""
    note_changes(by, by, {"everything": (None, name)})


def packed() -> Iterator[bytes]:
    """Give the archive piece by piece. What is changed meanwhile may be in one table and not yet in another."""
    passing = _Passing()
    with ZipFile(passing, "w", ZIP_DEFLATED) as archive:
        archive.writestr("README.txt", _readme())
        for process in Process.objects.order_by("created_at", "pk"):
            archive.writestr(f"maps/{_name(process)}.yaml", write(process.current().map()))
        for name, pieces in _entries():
            with archive.open(_entry(name), "w", force_zip64=True) as entry:
                for piece in pieces:
                    entry.write(piece)
                    yield from passing.taken(BLOCK)
    yield from passing.taken()


def _entries() -> Iterator[tuple[str, Iterable[bytes]]]:
    yield "history.csv", as_csv(HISTORY_COLUMNS, deal_history())
    for table in tables():
        yield f"tables/{table.name}.csv", _csv(table)
    for name in _uploaded():
        yield f"files/{name}", _read(name)


def _csv(table: Table) -> Iterator[bytes]:
    return as_csv(table.columns, table.rows())


def _uploaded() -> Iterator[str]:
    """Give the names of what was uploaded and is there still."""
    for model in (Document, Material):
        for name in model._base_manager.exclude(file="").order_by("pk").values_list("file", flat=True):
            if default_storage.exists(name):
                yield name


def _read(name: str) -> Iterator[bytes]:
    with default_storage.open(name) as file:
        yield from file.chunks(BLOCK)


def _entry(name: str) -> ZipInfo:
    entry = ZipInfo(name, timezone.now().timetuple()[:6])
    # what was uploaded is small already, as a rule: pictures, PDFs, office files
    entry.compress_type = ZIP_STORED if name.startswith("files/") else ZIP_DEFLATED
    return entry


def _name(process: Process) -> str:
    """Give a map's name as a file may have it, with its key, since two maps may have one name."""
    letters = "".join(letter if letter.isalnum() else "-" for letter in process.name)[:60].strip("-")
    return f"{letters}-{to_text(process.pk)}"


def _readme() -> str:
    company = the_company()
    return README.format(of=f" by {company}" if company else "", day=f"{timezone.now():%Y-%m-%d %H:%M}")
