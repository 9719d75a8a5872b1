"""Everything that is kept, table by table, as plain values: what goes into the archive that a company takes with it.

A model of ours is in it by being there. Left out are what is made from the rest, and what would let somebody in.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import batched
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.models import Model

from infield.deals.models import Deal
from infield.deals.wording import stage_name
from infield.history.models import Event
from infield.web.ids import to_text

OURS = "infield."
LEFT_OUT = {
    "accounts.link": "secrets",
    "deals.usualstay": "made from the log",
    "finding.searched": "made from the rest",
    "history.touched": "made from the log",
    "people.key": "made from the rest",
    "people.likelydouble": "made from the rest",
}
"""Tables that are not taken along, and why."""
SECRET = {"accounts.user": {"password"}}
AT_ONCE = 2_000
HISTORY_COLUMNS = ("deal", "organization", "title", "stage", "entered_at", "amount", "currency", "owner")
OUTCOMES = {"won": "Won", "lost": "Lost"}


@dataclass(frozen=True, slots=True)
class Table:
    """A kept table: its name, its columns, and its model."""

    name: str
    columns: tuple[str, ...]
    model: type[Model]

    def rows(self) -> Iterator[tuple[Any, ...]]:
        """Give every row in the order of the keys: keys as addresses have them, times in UTC, lists as JSON."""
        found = self.model._base_manager.order_by("pk").values_list(*self.columns)
        for row in found.iterator(chunk_size=AT_ONCE):
            yield tuple(_plain(value) for value in row)


def tables() -> tuple[Table, ...]:
    """Give the tables that are taken along, by name."""
    ours = (model for model in apps.get_models() if model.__module__.startswith(OURS))
    kept = (model for model in ours if model._meta.label_lower not in LEFT_OUT)
    return tuple(sorted(map(_table, kept), key=lambda table: table.name))


def _table(model: type[Model]) -> Table:
    hidden = SECRET.get(model._meta.label_lower, set())
    columns = tuple(one.attname for one in model._meta.concrete_fields if one.attname not in hidden)
    return Table(model._meta.label_lower.replace(".", "_"), columns, model)


def _plain(value: Any) -> Any:
    match value:
        case UUID():
            return to_text(value)
        case datetime():
            return value.isoformat()
        case bool():
            return "yes" if value else "no"
        case dict() | list():
            return json.dumps(value, ensure_ascii=False, sort_keys=True)
        case None | int() | date() | Decimal():
            return value
        case _:
            return str(value)


def deal_history() -> Iterator[tuple[Any, ...]]:
    """Give the way of each deal: a row for each stage that it entered, and for its end, in the order of the log."""
    told = (
        Event.objects.filter(kind__in=("stage_entered", *OUTCOMES))
        .counting()
        .as_meant()
        .order_by("position")
        .values_list("case", "kind", "meant", "at")  # type: ignore[misc]  # `meant` is of as_meant
    )
    for some in batched(told.iterator(chunk_size=AT_ONCE), AT_ONCE):
        deals = _deals({case for case, *_ in some})
        for case, kind, stage, at in some:
            if deal := deals.get(case):
                yield (
                    to_text(deal.pk), deal.organization.name, deal.title,
                    OUTCOMES.get(kind) or stage_name(stage, deal.map(), deal.map().language), at.isoformat(),
                    deal.money.amount if deal.money else None, deal.currency, str(deal.owner),
                )  # fmt: skip


def _deals(cases: set[UUID]) -> dict[UUID, Deal]:
    found = Deal.objects.filter(case__in=cases).select_related("organization", "owner", "version")
    return {one.case: one for one in found}
