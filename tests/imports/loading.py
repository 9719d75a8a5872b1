"""Imports as the tests make them: files as a browser sends them, both jobs run at once."""

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID
from zoneinfo import ZoneInfo

from django.core.files.uploadedfile import SimpleUploadedFile

from infield.accounts.models import User
from infield.history.sample_files import write_two_dates
from infield.history.sample_log import sample_log
from infield.imports import actions
from infield.imports.models import Import
from infield.process.models import ProcessVersion

UTC_ZONE = ZoneInfo("UTC")
ENDS = datetime(2026, 10, 31, tzinfo=UTC)
THREE_DEALS = b"""deal,stage,changed,owner
1,Lead,2026-01-05,dan@northwind.example
1,Qualified,2026-01-12,dan@northwind.example
1,Won,2026-02-02,dan@northwind.example
2,Lead,2026-01-07,Fay Gone
2,Lost,2026-01-20,Fay Gone
3,Lead,2026-01-09,bo@northwind.example
3,Qualified,2026-01-23,bo@northwind.example
"""


def looked(by: User, *files: tuple[str, bytes], given: Mapping[str, object] | None = None) -> Import:
    """Begin an import and read it."""
    imported = actions.begin([SimpleUploadedFile(name, text) for name, text in files], by, given)
    actions.look(imported, UTC_ZONE)
    return imported


def loaded(
    imported: Import,
    version: ProcessVersion,
    *,
    working: bool = False,
    stages: Mapping[str, str] | None = None,
    owners: Mapping[str, UUID] | None = None,
) -> Import:
    """Choose and load."""
    actions.choose(imported, version, working=working, stages=stages or {}, owners=owners or {})
    actions.load(imported, UTC_ZONE)
    imported.refresh_from_db()
    return imported


def two_dates(folder: Path, deals: int = 300) -> bytes:
    """Give a generated twin of a pipeline export: one row a deal, two dates each."""
    file = folder / "sales_pipeline.csv"
    write_two_dates(sample_log(deals, seed=4, until=ENDS), file)
    return file.read_bytes()
