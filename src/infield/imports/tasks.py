"""The jobs of an import. Each is safe to repeat and does nothing where it does not fit the state."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID
from zoneinfo import ZoneInfo

from django.tasks import task
from django.utils import translation

from infield.accounts.models import User
from infield.imports import actions
from infield.imports.models import Import
from infield.imports.people import actions as people
from infield.imports.state.actions import failures_told
from infield.imports.undoing import actions as undoing
from infield.web.company import the_company


@task()
def look(import_id: str) -> None:
    """Read the files and keep what was found."""
    imported = Import.objects.select_related("by").filter(pk=UUID(import_id)).first()
    if imported:
        with translation.override(imported.by.language), failures_told(imported):
            steps_of(imported).look(imported, zone())


@task()
def load(import_id: str) -> None:
    """Load what was chosen."""
    imported = Import.objects.select_related("by", "version").filter(pk=UUID(import_id)).first()
    if imported:
        with translation.override(imported.by.language), failures_told(imported):
            steps_of(imported).load(imported, zone())


@dataclass(frozen=True, slots=True)
class Steps:
    """What an import goes through: its two jobs, and the way back."""

    look: Callable[[Import, ZoneInfo], None]
    load: Callable[[Import, ZoneInfo], None]
    undo: Callable[[Import, User], None]


def steps_of(imported: Import) -> Steps:
    """Give the steps of an import: of deals and their history, or of records of people."""
    if imported.kind == "history":
        return Steps(actions.look, actions.load, undoing.undo)
    return Steps(people.look, people.load, people.undo)


def zone() -> ZoneInfo:
    """Give the zone of times that name none: the company's."""
    company = the_company()
    return company.tzinfo if company else ZoneInfo("UTC")
