"""Building the index anew from what there is."""

from collections.abc import Iterable
from typing import Any, Protocol, Self

from django.apps import apps
from django.db import connection, models, transaction

from infield.finding.models import Searched


class Findable(Protocol):
    """A model that can be searched says by which texts; `FOUND_WITH` names the relations it needs for that."""

    FOUND_WITH: tuple[str, ...]

    def found_by(self: Self) -> tuple[str, ...]:
        """Give the names, readings, addresses and numbers by which people look for it."""


def findable() -> list[type[models.Model]]:
    """Give the models whose things can be searched."""
    return [model for model in apps.get_models() if hasattr(model, "found_by")]


def rebuild() -> int:
    """Make the index anew; gives how many things can be found. Nobody finds half an index: it is one transaction."""
    with transaction.atomic():
        Searched.objects.clear()
        return sum(map(_put_all, findable()))


def rebuild_if_empty() -> int:
    """Make the index where there is none yet, as after an update that brought the search; gives how many are found."""
    is_new = not Searched.objects.exists() and any(model._default_manager.exists() for model in findable())
    return rebuild() if is_new else 0


def find_anew_with(thing: models.Model) -> int:
    """Have what is found by the words of this thing too be found by its present ones; gives how many."""
    listed, count = Searched.objects.values("object_id"), 0
    for relation in thing._meta.related_objects:
        model, name = relation.related_model, relation.field.name
        needed = getattr(model, "FOUND_WITH", ())
        if name in needed:
            there = model._default_manager.filter(**{name: thing}, pk__in=listed).select_related(*needed)
            things: Iterable[Any] = there.order_by().iterator(1_000)
            count += Searched.objects.put_many((one, one.found_by()) for one in things)
    return count


def ready_index() -> None:
    """Make the index where it is missing, before a server starts: it takes no connection over from here."""
    rebuild_if_empty()
    connection.close()


def _put_all(model: type[models.Model]) -> int:
    needed, things = getattr(model, "FOUND_WITH", ()), model._default_manager.order_by()
    things = things.select_related(*needed) if needed else things
    return Searched.objects.put_many((thing, thing.found_by()) for thing in things.iterator(1_000))  # type: ignore[attr-defined]
