"""What organizations, contacts and leads have in common: an owner, a lock, an archive, changes that are kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, ClassVar, Self
from uuid import UUID

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.db.models import Q

from infield.accounts.models import User
from infield.accounts.owning.actions import follow_owner
from infield.finding.models import Searched
from infield.history.actions import note_changes
from infield.history.models import Change
from infield.people.refusals import Refusal, Stale
from infield.web.ids import new_id


@dataclass(frozen=True, slots=True)
class Done:
    """What an act did: a key of wording.DEEDS, and the act to give to `undo`, None where nothing changed."""

    what: str
    act: UUID | None = None


UNCHANGED = Done("unchanged")


class Record(models.Model):
    """A record that people keep. `lock` grows with every change: who read an older one is refused."""

    CHANGES: ClassVar[tuple[str, ...]] = ()
    """The names of the fields that `change` may write."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    sort_key = models.CharField(max_length=420, editable=False, default="")
    created_at = models.DateTimeField(auto_now_add=True)
    archived_at = models.DateTimeField(null=True)
    lock = models.PositiveIntegerField(default=0)

    class Meta:
        abstract = True

    def derive(self) -> None:
        """Fill in what follows from other fields: how it sorts and compares."""

    def refuse_flaws(self) -> None:
        """Refuse what cannot be kept."""

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.derive()
        super().save(*args, **kwargs)

    def begin(self, by: User) -> Self:
        """Save a new record, and who added it."""
        may_write(by)
        self.refuse_flaws()
        with transaction.atomic():
            self.save(force_insert=True)
            self.keep_up()
            note_changes(self, by, {"created": (None, str(self))})
        return self

    def keep_up(self) -> None:
        """Bring up to date what other tables derive from this row."""

    def found_by(self) -> tuple[str, ...]:
        """Give the names, readings, addresses and numbers by which people look for it."""
        return (str(self),)

    def be_found(self, keys: set[tuple[str, str]]) -> None:
        """Let it be found by its words, while it is not put away, and compared by its keys."""
        Key.replace(self, keys)
        if self.archived_at:
            Searched.objects.drop(self)
        else:
            Searched.objects.put(self, *self.found_by())

    def change(self, by: User, seen: Mapping[str, Any] | None = None, **values: Any) -> Done:
        """Change fields of CHANGES; `seen`: as `plain` gave them to whoever decided, else as they are here.

        Stale: one of them was changed since; Refusal: see `refuse_flaws`.
        """
        with transaction.atomic():
            self.take(by, seen, **values)
            return self._write(by, values)

    def archive(self, by: User) -> Done:
        """Put it away: no list shows it any more, unless asked for."""
        with transaction.atomic():
            self.take(by)
            if self.archived_at:
                return UNCHANGED
            return Done("archived", self._write(by, {"archived_at": datetime.now(UTC)}).act)

    def restore(self, by: User) -> Done:
        """Take it out of the archive again. Refusal: merged."""
        with transaction.atomic():
            self.take(by)
            if not self.archived_at:
                return UNCHANGED
            if getattr(self, "merged_into_id", None):
                raise Refusal("merged")
            return Done("restored", self._write(by, {"archived_at": None}).act)

    def undo(self, act: UUID, by: User) -> Done:
        """Take back one act. Refusal: not_latest (what it changed was changed again), cannot_undo."""
        with transaction.atomic():
            self.take(by)
            changes = list(Change.objects.filter(act=act, object_id=self.pk))
            if not changes or any(one.field not in self.undoable() for one in changes):
                raise Refusal("cannot_undo")
            if Change.objects.filter(undoes=act).exists():
                return UNCHANGED
            if any(self.plain(one.field) != one.after for one in changes):
                raise Refusal("not_latest")
            values = {one.field: self.from_plain(one.field, one.before) for one in changes}
            self._write(by, values, undoes=act)
            return Done("undone")

    def undoable(self) -> frozenset[str]:
        return frozenset({*self.CHANGES, "archived_at"})

    def take(self, by: User, seen: Mapping[str, Any] | None = None, **yours: Any) -> None:
        """Lock the row until the transaction ends; refuse who may not, and who writes over what they did not see."""
        before = {name: self.plain(name) for name in yours} | dict(seen or {})
        self.refresh_from_db(from_queryset=type(self)._default_manager.select_for_update())
        may_write(by)
        for name, value in yours.items():
            if self.plain(name) != before[name]:
                raise Stale(name, self.plain(name), to_plain(value))

    def plain(self, name: str) -> Any:
        """Give a field as a plain JSON value."""
        return to_plain(getattr(self, name))

    def from_plain(self, name: str, value: Any) -> Any:
        """Give what `plain` wrote as the field takes it."""
        field = self._meta.get_field(name)
        if isinstance(field, models.ForeignKey):
            return field.related_model._default_manager.filter(pk=value).first() if value else None
        if isinstance(value, str) and isinstance(field, models.DateField):
            return datetime.fromisoformat(value) if "T" in value else date.fromisoformat(value)
        return value

    def _write(self, by: User, values: Mapping[str, Any], undoes: UUID | None = None) -> Done:
        before, owner = {name: self.plain(name) for name in values}, self.owner_id
        for name, value in values.items():
            setattr(self, name, value)
        self.refuse_flaws()
        self.derive()
        told = {name: (was, self.plain(name)) for name, was in before.items() if self.plain(name) != was}
        if not told:
            return UNCHANGED
        self.lock += 1
        self.save()
        self.keep_up()
        follow_owner(self, owner)
        return Done("changed", note_changes(self, by, told, undoes=undoes))


def to_plain(value: Any) -> Any:
    """Give a value of a field as JSON keeps it: ids and times as text."""
    if isinstance(value, models.Model):
        return str(value.pk)
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    return str(value) if isinstance(value, UUID) else value


def may_write(user: User) -> None:
    """PermissionDenied for whose role does not work on people, and who may no longer sign in."""
    if not user.may("people"):
        raise PermissionDenied


class Key(models.Model):
    """An e-mail, phone or domain of a record, in the form in which it is compared: derived from the record."""

    KINDS = ("email", "phone", "domain")

    kind = models.CharField(max_length=8)
    text = models.CharField(max_length=300)
    object_kind = models.CharField(max_length=16)
    object_id = models.UUIDField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["object_id", "kind", "text"], name="key_once"),
            models.CheckConstraint(condition=Q(kind__in=("email", "phone", "domain")), name="key_kind"),
        )
        indexes = (models.Index(fields=["kind", "text"], name="key_text"),)

    def __str__(self) -> str:
        return self.text

    @classmethod
    def replace(cls, record: models.Model, keys: set[tuple[str, str]]) -> None:
        """Make `keys` the keys of this record."""
        there = set(cls.objects.filter(object_id=record.pk).values_list("kind", "text"))
        for kind, text in there - keys:
            cls.objects.filter(object_id=record.pk, kind=kind, text=text).delete()
        Key.objects.bulk_create(
            Key(kind=kind, text=text, object_kind=record._meta.model_name or "", object_id=record.pk)
            for kind, text in sorted(keys - there)
        )
