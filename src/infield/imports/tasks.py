"""The jobs of an import. Each is safe to repeat and does nothing where it does not fit the state."""

from types import ModuleType
from uuid import UUID
from zoneinfo import ZoneInfo

from django.tasks import task
from django.utils import translation

from infield.imports import actions
from infield.imports.models import Import
from infield.imports.people import actions as people
from infield.web.company import the_company


@task()
def look(import_id: str) -> None:
    """Read the files and keep what was found."""
    imported = Import.objects.select_related("by").filter(pk=UUID(import_id)).first()
    if imported:
        with translation.override(imported.by.language), actions.failures_told(imported):
            steps_of(imported).look(imported, zone())


@task()
def load(import_id: str) -> None:
    """Load what was chosen."""
    imported = Import.objects.select_related("by", "version").filter(pk=UUID(import_id)).first()
    if imported:
        with translation.override(imported.by.language), actions.failures_told(imported):
            steps_of(imported).load(imported, zone())


def steps_of(imported: Import) -> ModuleType:
    """Give the module with the steps of an import: of deals and their history, or of records of people."""
    return actions if imported.kind == "history" else people


def zone() -> ZoneInfo:
    """Give the zone of times that name none: the company's."""
    company = the_company()
    return company.tzinfo if company else ZoneInfo("UTC")
