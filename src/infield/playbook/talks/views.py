"""The objections of a period: all, those that stand, by stage; each count opens the deals behind it."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from infield.accounts.rules import allow_all_roles
from infield.deals.wording import stage_name
from infield.playbook.models import RaisedObjection, RaisedObjectionQuerySet
from infield.playbook.talks.queries import counted, known, raised_page
from infield.playbook.views import Asked, language
from infield.playbook.wording import PERIOD_NAMES, how_manieth
from infield.process.models import Process
from infield.web.ids import from_text, to_text

PERIODS = {"month": 30, "quarter": 91, "year": 365, "all": None}
"""The days that a period goes back."""
AT_ONCE = 50
LONGEST_KEY = 60


@dataclass(frozen=True, slots=True)
class Wish:
    """What the address asks for."""

    period: str = "quarter"
    state: str = "all"
    stage: str = ""
    objection: str = ""

    @classmethod
    def told(cls, asked: Any) -> "Wish":
        period, state = asked.get("period", ""), asked.get("state", "")
        return cls(
            period=period if period in PERIODS else "quarter",
            state=state if state in ("all", "open") else "all",
            stage=_key(asked.get("stage", "")),
            objection=_key(asked.get("objection", "")),
        )

    def but(self, **others: str) -> str:
        """Give the address of the same wish with something else in it."""
        wish = replace(self, **others)
        return "?" + urlencode({name: getattr(wish, name) for name in self.__slots__ if getattr(wish, name)})


def _key(text: str) -> str:
    """Give what may be a key; PostgreSQL takes no NUL in a text."""
    return text[:LONGEST_KEY].replace("\0", "")


@allow_all_roles
@require_safe
def objections(request: Asked) -> HttpResponse:
    wish, shelf = Wish.told(request.GET), known(request.user, language())
    of_period = _of_period(RaisedObjection.objects.visible_to(request.user), wish.period)
    rows = _narrowed(of_period, wish)
    found = list(_after(rows, request.GET.get("before", "")).order_by("-id")[: AT_ONCE + 1])
    page = RaisedObjection.objects.filter(pk__in=[one.pk for one in found[:AT_ONCE]]).order_by("-id")
    context = {
        "wish": wish,
        "raised": [
            (one, how_manieth(one.number, language())) for one in raised_page(page, shelf, language())
        ],
        "more": f"{wish.but()}&before={to_text(found[AT_ONCE - 1].pk)}" if len(found) > AT_ONCE else "",
        "by_stage": _by_stage(_narrowed(of_period, replace(wish, stage="")), wish),
        "by_objection": _by_objection(
            _narrowed(of_period, replace(wish, objection="")), wish, {one.key: one.text for one in shelf}
        ),
        "total": rows.count(),
        "standing": rows.open().count(),
        "periods": [(name, wish.but(period=key), key == wish.period) for key, name in PERIOD_NAMES.items()],
        "all_states": wish.but(state="all"),
        "open_ones": wish.but(state="open"),
        "rail_here": "playbook:stages",
        "here": "objections",
        "everyone": request.user.sees() is None,
    }
    return render(request, "playbook/objections.html", context)


def _of_period(rows: RaisedObjectionQuerySet, period: str) -> RaisedObjectionQuerySet:
    days = PERIODS[period]
    return rows.since(_days_ago(days)) if days else rows


def _days_ago(days: int) -> datetime:
    return timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(days=days)


def _narrowed(rows: RaisedObjectionQuerySet, wish: Wish) -> RaisedObjectionQuerySet:
    if wish.state == "open":
        rows = rows.open()
    if wish.stage:
        rows = rows.filter(stage=wish.stage)
    return rows.filter(objection=wish.objection) if wish.objection else rows


def _after(rows: RaisedObjectionQuerySet, before: str) -> RaisedObjectionQuerySet:
    try:
        return rows.filter(pk__lt=from_text(before)) if before else rows
    except ValueError:
        return rows


def _by_stage(rows: RaisedObjectionQuerySet, wish: Wish) -> list[tuple[str, int, int, str, bool]]:
    """Give name, raised, open, address and whether it is wished, in the order of the maps."""
    counts = counted(rows, "stage")
    names: dict[str, str] = {}
    for process in Process.objects.order_by("created_at", "pk").prefetch_related("versions"):
        mapped = max(process.versions.all(), key=lambda version: version.number).map()
        names |= {one.key: stage_name(one.key, mapped, language()) for one in mapped.stages}
    keys = [key for key in names if key in counts] + [key for key in counts if key not in names]
    return [
        (
            names.get(key, key),
            *counts[key],
            wish.but(stage="" if wish.stage == key else key),
            wish.stage == key,
        )
        for key in keys
    ]


def _by_objection(
    rows: RaisedObjectionQuerySet, wish: Wish, names: dict[str, str]
) -> list[tuple[str, int, int, str, bool]]:
    counts = counted(rows, "objection")
    return [
        (
            names.get(key, key),
            *counts[key],
            wish.but(objection="" if wish.objection == key else key),
            wish.objection == key,
        )
        for key in sorted(counts, key=lambda key: -counts[key][0])
    ]
