"""The jobs of an import. Each is safe to repeat and does nothing where it does not fit the state."""

from uuid import UUID
from zoneinfo import ZoneInfo

from django.tasks import task
from django.utils import translation

from infield.imports import actions
from infield.imports.models import Import
from infield.web.company import the_company


@task()
def look(import_id: str) -> None:
    """Read the files and keep what was found."""
    imported = Import.objects.filter(pk=UUID(import_id)).first()
    if imported:
        with actions.failures_told(imported):
            actions.look(imported, zone())


@task()
def load(import_id: str) -> None:
    """Load what was chosen."""
    imported = Import.objects.select_related("by", "version").filter(pk=UUID(import_id)).first()
    if imported:
        with translation.override(imported.by.language), actions.failures_told(imported):
            actions.load(imported, zone())


def zone() -> ZoneInfo:
    """Give the zone of times that name none: the company's."""
    company = the_company()
    return company.tzinfo if company else ZoneInfo("UTC")
