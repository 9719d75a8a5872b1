"""What can be searched, and the views that people keep."""

from collections.abc import Iterable
from itertools import batched
from typing import Self, TypeVar
from uuid import UUID

from django.conf import settings
from django.db import connection, models, transaction
from django.db.models import Q
from django.db.models.expressions import RawSQL

from infield.accounts.models import User
from infield.finding import index
from infield.finding.folding import searchable
from infield.web.ids import new_id

Found = TypeVar("Found", bound=models.Model)
AT_ONCE = 1_000
LONGEST_NAME = 80
SHARES_WITH_ALL = "settings"
"""The one of roles.ACTS that those do who may give a view to everyone."""


class SearchedManager(models.Manager["Searched"]):
    """Keeps the index and asks it. An act that changes a name puts the thing here in its own transaction."""

    def put(self, thing: models.Model, *texts: str) -> None:
        """Make a thing found by these texts and no others: its name, readings, addresses, phone numbers."""
        self.put_many([(thing, texts)])

    def put_many(self, things: Iterable[tuple[models.Model, Iterable[str]]]) -> int:
        """Put several things, a thousand at a time; gives how many."""
        count = 0
        for some in batched(things, AT_ONCE):
            with transaction.atomic():
                self._write([_row(thing, texts) for thing, texts in some])
            count += len(some)
        return count

    def drop(self, thing: models.Model) -> None:
        """Let a thing be found no more."""
        with transaction.atomic():
            self._forget([thing.pk])

    def clear(self) -> None:
        """Forget everything."""
        with connection.cursor() as cursor:
            for statement in index.CLEAR[connection.vendor]:
                cursor.execute(statement)

    def matching(
        self, things: models.QuerySet[Found], query: str, newest: int | None = None
    ) -> models.QuerySet[Found]:
        """Give those of `things` in which every word of the query is found, as part of a word; all for no words.

        A single character finds the words that begin with it. `newest`: look through so many of the found at most,
        those that came last, whatever `things` are limited to: what half the company matches costs no more than that.
        """
        asked = index.asked(query, _kind(things.model), connection.vendor)
        if not asked:
            return things
        if newest is None:
            return things.filter(pk__in=RawSQL(index.IDS[connection.vendor], (asked,)))  # noqa: S611
        return things.filter(pk__in=RawSQL(index.NEWEST_IDS[connection.vendor], (asked, newest)))  # noqa: S611

    def _write(self, rows: list["Searched"]) -> None:
        self._forget([row.object_id for row in rows])
        with connection.cursor() as cursor:
            kept = [
                (index.kept(row.text, row.object_kind, connection.vendor), row.pk)
                for row in self.bulk_create(rows)
            ]
            cursor.executemany(index.KEEP[connection.vendor], kept)

    def _forget(self, ids: list[UUID]) -> None:
        old = self.filter(object_id__in=ids)
        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                cursor.executemany(index.FORGET, list(old.values_list("pk")))
        old.delete()


class Searched(models.Model):
    """A thing that can be found; its pairs of characters stand in an index that the database keeps (index.py)."""

    id = models.BigAutoField(primary_key=True)
    object_kind = models.CharField(max_length=40)
    object_id = models.UUIDField(unique=True)
    text = models.TextField()

    objects = SearchedManager()

    def __str__(self) -> str:
        return f"{self.object_kind} {self.text}"


class SavedViewQuerySet(models.QuerySet["SavedView"]):
    def visible_to(self, user: User) -> Self:
        """One's own, those given to everyone, and those given to a team that one is in or that is below one."""
        return self.filter(Q(owner=user) | Q(for_all=True) | Q(team__in=user.teams))

    def offered_to(self, user: User, kind: str) -> Self:
        """Those of a kind of list that this user may use, by name."""
        return self.visible_to(user).filter(kind=kind).select_related("team").order_by("name", "id")

    def keep(
        self,
        user: User,
        kind: str,
        name: str,
        shape: str,
        query: str,
        *,
        for_all: bool = False,
        team: User | None = None,
    ) -> "SavedView":
        """Keep a view under a name, in place of one's own view of that name; `team`: who leads those it is for.

        ValueError: no name.
        """
        name = " ".join(name.split())[:LONGEST_NAME]
        if not name:
            raise ValueError("name_missing")
        kept, _ = self.update_or_create(
            owner=user,
            kind=kind,
            name=name,
            defaults={"shape": shape, "query": query, "for_all": for_all, "team": team},
        )
        return kept


class SavedView(models.Model):
    """A list as somebody wants to see it again: `shape` is board, table …, `query` the filter as its address has it.

    `team`: whoever leads the people that may use it: all below them in the tree. Each sees what they may open.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=20)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    name = models.CharField(max_length=LONGEST_NAME)
    for_all = models.BooleanField(default=False)
    team = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    shape = models.CharField(max_length=20)
    query = models.CharField(max_length=2_000, blank=True, default="")

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["owner", "kind", "name"], name="view_named_once"),
            models.CheckConstraint(condition=~Q(name=""), name="view_named"),
            models.CheckConstraint(
                condition=Q(for_all=False) | Q(team__isnull=True), name="view_for_one_circle"
            ),
        )

    def __str__(self) -> str:
        return self.name

    def may_be_dropped_by(self, user: User) -> bool:
        """Tell whether it is this user's to drop: their own, of a team they lead, everyone's for who may share so."""
        if self.owner_id == user.pk:
            return True
        if self.for_all:
            return user.may(SHARES_WITH_ALL)
        return self.team_id is not None and user.leads(self.team_id)


def _row(thing: models.Model, texts: Iterable[str]) -> Searched:
    return Searched(object_kind=_kind(type(thing)), object_id=thing.pk, text=searchable(texts))


def _kind(model: type[models.Model]) -> str:
    return model._meta.model_name or ""
