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
from infield.deals.undoing.lately import undoable
from infield.history.models import OWN_SOURCES, Event, KeptQuerySet
from infield.process.values import ProcessMap
from infield.web.compiled import compiled

LINES_AT_ONCE = 50


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the timeline; `quote` is what a person wrote with it. `undoes`: an undo of its event takes it back."""

    event: UUID
    kind: str
    at: datetime
    is_day: bool
    by: str
    sentence: str
    quote: str
    undoes: bool = False


@dataclass(frozen=True, slots=True)
class Timeline:
    """Lines, the newest first; `before` asks for the next older ones, None: there are none."""

    lines: tuple[Line, ...]
    before: int | None


def timeline(deal: Deal, language: str, before: int | None = None, size: int = LINES_AT_ONCE) -> Timeline:
    """Give what happened in the case of a deal and counts, the newest first. Three queries, four where it was lost.

    What can be taken back is said of the newest lines alone, those that nothing is newer than.
    """
    if before is None:
        found = _latest(size + 1)(deal.case)
    else:
        found = list(_events(deal.case).filter(position__lt=before)[: size + 1])
    shown, process = found[:size], deal.map()
    names = names_of(shown)
    reasons = own_names() if any(event.kind == "lost" for event in shown) else {}
    told = [told_of(event) for event in shown]
    mine = [one for one, event in zip(told, shown, strict=True) if _is_of(event, deal)]
    undone_by = undoable(mine) if before is None else frozenset()
    lines = tuple(
        _line(event, one, process, names, language, reasons, event.pk in undone_by)
        for event, one in zip(shown, told, strict=True)
    )
    return Timeline(lines, shown[-1].position if len(found) > size else None)


def _is_of(event: Event, deal: Deal) -> bool:
    """Tell whether an event is of the deal, and neither of its lead nor of an import."""
    return event.object_id == deal.pk and event.source in OWN_SOURCES


def _events(case: UUID) -> KeptQuerySet:
    return Event.objects.filter(case=case).counting().order_by("-position").prefetch_related("words")


@cache
def _latest(size: int) -> Callable[[UUID], list[Event]]:
    return compiled(lambda case: _events(case)[:size])


def _line(
    event: Event,
    told: Told,
    process: ProcessMap,
    names: Mapping[UUID, str],
    language: str,
    reasons: Mapping[str, str],
    undoes: bool,
) -> Line:
    return Line(
        event=event.pk,
        kind=event.kind,
        at=event.at,
        is_day=event.precision == "day",
        by=names.get(event.by, "") if event.by else "",
        sentence=happened(told, process, names, language, reasons),
        quote=quote(told),
        undoes=undoes,
    )


def names_of(events: Iterable[Event]) -> dict[UUID, str]:
    """Give who did the events and who is named as an owner in them, by id. One query."""
    wanted = {event.by for event in events if event.by}
    wanted |= {UUID(event.data["owner"]) for event in events if event.data.get("owner")}
    return dict(User.objects.filter(pk__in=wanted).values_list("pk", "name"))
