"""The log in the database: events, their words, and what a reader of the log follows it by.

Everything that is written here gets its `position` from `infield.history.actions`: a reader that has read up to
a position has missed nothing before it.
"""

from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce

from infield.history.events import KINDS
from infield.web.ids import new_id

OWN_SOURCES = ("app", "api", "form", "mail")
"""Every other source is the id of an import."""


class EventKept(TypeError):  # noqa: N818  (the word says it)
    """Somebody tried to change or delete an event: void it instead."""


class KeptQuerySet(models.QuerySet["Event"]):
    """Events are read and added to; whoever tries more has made a mistake, on any database."""

    def update(self, **kwargs: Any) -> int:
        raise EventKept

    def bulk_update(self, *args: Any, **kwargs: Any) -> int:
        raise EventKept

    def delete(self) -> tuple[int, dict[str, int]]:
        raise EventKept

    def counting(self) -> Self:
        """Those that count: neither voided nor a void, nor of an import that was undone."""
        voided = Event.objects.filter(voids=models.OuterRef("pk"))
        undone = UndoneSource.objects.filter(source=models.OuterRef("source"))
        return self.exclude(kind="voided").filter(~models.Exists(voided), ~models.Exists(undone))

    def as_meant(self) -> Self:
        """With `meant`: the stage as the names of an import are understood now, which may have been corrected."""
        names = StageAlias.objects.filter(
            source=models.OuterRef("source"), found=models.OuterRef("stage_found")
        )
        return self.annotate(meant=Coalesce(models.Subquery(names.values("stage")[:1]), F("stage")))


class Event(models.Model):
    """One thing that happened to a deal; history/events.py says what each kind is and tells."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    position = models.BigIntegerField(unique=True)  # in commit order
    case = models.UUIDField()
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    precision = models.CharField(max_length=4, default="time")
    kind = models.CharField(max_length=24)
    map_version = models.UUIDField(null=True)
    stage = models.CharField(max_length=200, blank=True, default="")  # on other kinds: where the case is
    stage_found = models.CharField(max_length=500, blank=True, default="")  # as an import had it
    object_kind = models.CharField(max_length=40)
    object_id = models.UUIDField()
    by = models.UUIDField(null=True)
    source = models.CharField(max_length=64, default="app")
    data = models.JSONField(default=dict)
    voids = models.ForeignKey("self", on_delete=models.PROTECT, null=True, db_index=False, related_name="+")
    dedupe = models.CharField(max_length=300, null=True)  # null: nothing to compare

    meant: str  # of `as_meant` alone

    objects = KeptQuerySet.as_manager()

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(kind__in=[kind.name for kind in KINDS]), name="event_kind"),
            models.CheckConstraint(condition=Q(precision__in=("time", "day")), name="event_precision"),
            models.CheckConstraint(condition=Q(position__gt=0), name="event_position"),
            models.CheckConstraint(
                condition=Q(kind="voided", voids__isnull=False) | (~Q(kind="voided") & Q(voids__isnull=True)),
                name="event_voided_voids",
            ),
            models.CheckConstraint(condition=~Q(voids=F("id")), name="event_voids_another"),
            models.CheckConstraint(condition=~Q(source=""), name="event_source"),
            models.UniqueConstraint(
                fields=["voids"], condition=Q(voids__isnull=False), name="event_voided_once"
            ),
            models.UniqueConstraint(
                fields=["dedupe"], condition=Q(dedupe__isnull=False), name="event_dedupe"
            ),
        )
        indexes = (
            models.Index(fields=["case", "position"], name="event_case"),
            models.Index(
                fields=["source", "case"], condition=~Q(source__in=OWN_SOURCES), name="event_import"
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.case}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise EventKept
        super().save(*args, **{**kwargs, "force_insert": True})

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise EventKept


class Words(models.Model):
    """What a person wrote with an event, or a name in it. Erasing a person deletes these; the log stands."""

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="words")
    name = models.CharField(max_length=40)
    text = models.TextField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["event", "name"], name="words_of_event"),)

    def __str__(self) -> str:
        return self.name


class Touched(models.Model):
    """A case whose steps must be built anew although no event of its own says so."""

    position = models.BigIntegerField()  # one order with the events
    case = models.UUIDField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["position", "case"], name="touched_once"),)

    def __str__(self) -> str:
        return f"{self.position} {self.case}"


class StageAlias(models.Model):
    """Which stage of the map a name in an import means; empty: none, the name stays as the import had it."""

    source = models.CharField(max_length=64)
    found = models.CharField(max_length=500)
    stage = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["source", "found"], name="stage_alias_of_source"),
            models.CheckConstraint(condition=~Q(source__in=OWN_SOURCES), name="alias_is_of_an_import"),
        )

    def __str__(self) -> str:
        return f"{self.found} → {self.stage}"


class UndoneSource(models.Model):
    """An import that was undone: its events count nowhere."""

    source = models.CharField(max_length=64, primary_key=True)
    at = models.DateTimeField()
    by = models.UUIDField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=~Q(source__in=OWN_SOURCES), name="undone_is_an_import"),
        )

    def __str__(self) -> str:
        return self.source


class Change(models.Model):
    """A change of a record that is no deal: a contact's phone, a user's role, a price. Deals tell theirs in events.

    `field`: what changed, a key; created, archived, restored and merged stand there too. `before` and `after` are
    plain JSON values, null for nothing; the name the object had is kept, since the object may be gone. One act that
    changes several fields shares an `act`.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    act = models.UUIDField()
    at = models.DateTimeField()
    by = models.UUIDField(null=True)
    object_kind = models.CharField(max_length=40)
    object_id = models.UUIDField()
    object_name = models.CharField(max_length=300, blank=True, default="")
    field = models.CharField(max_length=80)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    source = models.CharField(max_length=64, default="app")
    undoes = models.UUIDField(null=True)  # the act that this one took back

    class Meta:
        indexes = (
            models.Index(fields=["object_id", "at"], name="change_of_object"),
            models.Index(fields=["at"], name="change_at"),
            models.Index(fields=["act"], name="change_act"),
        )

    def __str__(self) -> str:
        return f"{self.object_kind} {self.field}"
