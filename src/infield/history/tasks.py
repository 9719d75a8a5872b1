"""Bringing the parts of the log up to date while nobody waits for it."""

from django.conf import settings
from django.tasks import task
from django.utils.module_loading import import_string

from infield.history.queries import log_source
from infield.history.upkeep import refresh, rewrite_base
from infield.web.actions import tell_planner


@task()
def refresh_log() -> None:
    """Writes what the parts do not have yet, and a new base where there are many deltas; safe to repeat.

    Where so much has happened the database is told as well how large its tables have become.

    Then the tasks of LOG_FOLLOWERS are queued: rooms on the right keep figures of the log by them.
    """
    source = log_source()
    refresh(source)
    rewrite_base(source)
    tell_planner()
    for follower in settings.LOG_FOLLOWERS:
        import_string(follower).enqueue()
