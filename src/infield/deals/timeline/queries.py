"""What happened to a deal, line by line."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from uuid import UUID

from infield.accounts.models import User
from infield.deals.closing.models import own_names
from infield.deals.models import Deal, told_of
from infield.deals.state import Told
from infield.deals.timeline.wording import happened, quote
from infield.history.models import Event, KeptQuerySet
from infield.process.values import ProcessMap
from infield.web.compiled import compiled

LINES_AT_ONCE = 50


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the timeline; `quote` is what a person wrote with it."""

    event: UUID
    kind: str
    at: datetime
    is_day: bool
    by: str
    sentence: str
    quote: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """Lines, the newest first; `before` asks for the next older ones, None: there are none."""

    lines: tuple[Line, ...]
    before: int | None


def timeline(deal: Deal, language: str, before: int | None = None, size: int = LINES_AT_ONCE) -> Timeline:
    """Give what happened in the case of a deal and counts, the newest first. Three queries, four where it was lost."""
    if before is None:
        found = _latest(size + 1)(deal.case)
    else:
        found = list(_events(deal.case).filter(position__lt=before)[: size + 1])
    shown, process = found[:size], deal.map()
    names = names_of(shown)
    reasons = own_names() if any(event.kind == "lost" for event in shown) else {}
    lines = tuple(_line(event, process, names, language, reasons) for event in shown)
    return Timeline(lines, shown[-1].position if len(found) > size else None)


def _events(case: UUID) -> KeptQuerySet:
    return Event.objects.filter(case=case).counting().order_by("-position").prefetch_related("words")


@cache
def _latest(size: int) -> Callable[[UUID], list[Event]]:
    return compiled(lambda case: _events(case)[:size])


def _line(
    event: Event,
    process: ProcessMap,
    names: Mapping[UUID, str],
    language: str,
    reasons: Mapping[str, str],
) -> Line:
    told: Told = told_of(event)
    return Line(
        event=event.pk,
        kind=event.kind,
        at=event.at,
        is_day=event.precision == "day",
        by=names.get(event.by, "") if event.by else "",
        sentence=happened(told, process, names, language, reasons),
        quote=quote(told),
    )


def names_of(events: Iterable[Event]) -> dict[UUID, str]:
    """Give who did the events and who is named as an owner in them, by id. One query."""
    wanted = {event.by for event in events if event.by}
    wanted |= {UUID(event.data["owner"]) for event in events if event.data.get("owner")}
    return dict(User.objects.filter(pk__in=wanted).values_list("pk", "name"))
