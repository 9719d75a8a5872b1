"""Imports: a foreign history that was brought in, or is about to be."""

from pathlib import Path
from typing import Self

from django.conf import settings
from django.db import models

from infield.accounts.models import User
from infield.history.models import Event, StageAlias
from infield.process.models import ProcessVersion
from infield.web.ids import new_id, to_text

STATES = ("reading", "read", "unreadable", "loading", "done", "undone")
RUNNING = ("reading", "loading")
KINDS = ("history", "organization", "contact", "lead")
"""What the rows are: deals and what happened to them, or one record each."""


class ImportQuerySet(models.QuerySet["Import"]):
    def visible_to(self, user: User) -> Self:
        """Those begun by the user or by somebody whose deals the user may open."""
        owners = user.sees()
        return self.all() if owners is None else self.filter(by__in=owners)


class Import(models.Model):
    """One history on its way in: read, shown as a dry run, loaded, perhaps undone.

    Until `state` is done, or undone, it is unfinished; what was loaded so far is whole deals.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    by = models.ForeignKey(User, models.PROTECT, related_name="imports")
    kind = models.CharField(max_length=12, default="history")
    begun_at = models.DateTimeField(auto_now_add=True)
    moved_at = models.DateTimeField(auto_now=True)  # when the job last said something
    finished_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=10, default="reading")
    files = models.JSONField(default=list)  # their names
    given = models.JSONField(default=dict)  # the mapping, as far as somebody said it
    account = models.JSONField(default=dict)  # of the reading, without the rejected rows
    rejected = models.JSONField(default=list)  # file, row, reason, params
    columns = models.JSONField(default=list)  # of the files
    stages = models.JSONField(default=list)  # found, deals
    owners = models.JSONField(default=list)  # found, deals, user or nothing
    totals = models.JSONField(default=dict)
    refusal = models.JSONField(default=dict)  # code, params, file, line; while it runs: how its job died
    origin = models.CharField(max_length=60, default="")  # the system that the ids are of
    working = models.BooleanField(null=True)  # deals to work on, or history only
    version = models.ForeignKey(ProcessVersion, models.PROTECT, null=True, related_name="+")
    done = models.BigIntegerField(default=0)  # of the job: bytes read, or deals loaded
    total = models.BigIntegerField(default=0)
    added = models.JSONField(default=dict)  # deals, events, left, organizations, people
    kept = models.JSONField(default=list)  # after undoing: ids of deals that somebody worked on since
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    objects = ImportQuerySet.as_manager()

    class Meta:
        constraints = (
            models.CheckConstraint(condition=models.Q(state__in=STATES), name="import_state"),
            models.CheckConstraint(condition=models.Q(kind__in=KINDS), name="import_kind"),
            models.CheckConstraint(
                condition=~models.Q(state="loading")
                | ~models.Q(kind="history")
                | models.Q(working__isnull=False, version__isnull=False),
                name="import_loading_knows_how",
            ),
        )
        indexes = (models.Index(fields=["by", "-begun_at"], name="import_by"),)

    def __str__(self) -> str:
        return ", ".join(self.files)

    @property
    def source(self) -> str:
        """The source of its events."""
        return str(self.pk)

    @property
    def is_of_people(self) -> bool:
        """Tell whether its rows are organizations, contacts or leads."""
        return self.kind != "history"

    @property
    def folder(self) -> Path:
        """Where its files are, until it is done."""
        return Path(settings.HOME) / "files" / "imports" / to_text(self.pk)

    def paths(self) -> list[Path]:
        return sorted((path for path in self.folder.glob("*/*")), key=lambda path: int(path.parent.name))

    @property
    def aliases(self) -> dict[str, str]:
        """Which stage of the map each name found means, by its key; empty: none."""
        return dict(StageAlias.objects.filter(source=self.source).values_list("found", "stage"))

    @property
    def has_stages(self) -> bool:
        """True where some name of it means a stage of the map."""
        return any(self.aliases.values())

    @property
    def is_running(self) -> bool:
        return self.state in RUNNING

    @property
    def failure(self) -> str:
        """The number under which the log says why the job died; empty where it did not."""
        return str(self.refusal["params"]["reason"]) if self.is_running and self.refusal else ""

    @property
    def can_undo(self) -> bool:
        return self.state == "done" or (self.state == "loading" and self.done > 0)


class Landed(models.Model):
    """A record that came by an import, or that it wrote over: by `act`, own fields of it by `own_act`.

    `consents`: the acts that noted consent of it.
    """

    imported = models.ForeignKey(Import, models.CASCADE, related_name="landed")
    kind = models.CharField(max_length=12)
    record = models.UUIDField()
    is_new = models.BooleanField()
    act = models.UUIDField(null=True)
    own_act = models.UUIDField(null=True)
    consents = models.JSONField(default=list)

    class Meta:
        indexes = (models.Index(fields=["record"], name="landed_record"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.record}"


class Double(models.Model):
    """A row of a dry run whose record is here already, or which stands twice in the files: `earlier`, its number.

    `why`: by what it was known again; `cells`: what it says, by role. `choice`: what becomes of it alone, "" for what
    becomes of all.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    imported = models.ForeignKey(Import, models.CASCADE, related_name="doubles")
    file = models.CharField(max_length=300)
    row = models.PositiveIntegerField()
    record = models.UUIDField(null=True)
    earlier = models.PositiveIntegerField(null=True)
    why = models.CharField(max_length=8)
    cells = models.JSONField(default=dict)
    choice = models.CharField(max_length=8, blank=True, default="")

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(choice__in=("", "skip", "update", "new")), name="double_choice"
            ),
        )
        indexes = (models.Index(fields=["imported", "row"], name="double_row"),)

    def __str__(self) -> str:
        return f"{self.file} {self.row}"


def told_by(imported: Import) -> models.QuerySet[Event]:
    """Give the events that came by an import."""
    return Event.objects.filter(source=imported.source)
