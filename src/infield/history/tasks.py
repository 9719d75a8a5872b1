"""Bringing the parts of the log up to date while nobody waits for it."""

from django.tasks import task

from infield.history.queries import log_source
from infield.history.upkeep import refresh, rewrite_base


@task()
def refresh_log() -> None:
    """Writes what the parts do not have yet, and a new base where there are many deltas; safe to repeat."""
    source = log_source()
    refresh(source)
    rewrite_base(source)
