"""Every change in one order of time: of deals from their events, of everything else from the changes noted.

Both have ids that grow with time, so one id is the place in both, and a day is a range of ids: a page costs the same
number of queries however long the history is.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from itertools import islice
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.urls import NoReverseMatch, reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from infield.accounts.models import User
from infield.deals.models import Deal
from infield.deals.state import Told
from infield.deals.timeline.wording import HAPPENED, happened, quote
from infield.desk.audit.facts.queries import fact_changes
from infield.desk.audit.names import facts_of, ids_in, replaced
from infield.desk.audit.wish import Wish
from infield.desk.audit.wording import (
    CHANGES,
    fact_words,
    field_words,
    lead_words,
    model_of,
    thing_words,
    value_words,
)
from infield.fields.models import PREFIX
from infield.fields.queries import Told as OwnFields
from infield.fields.queries import told_fields
from infield.history.models import Change, Event, Words
from infield.people.leads.models import Lead
from infield.people.records.queries import records_named
from infield.process.models import maps_of
from infield.process.values import ProcessMap

AT_ONCE = 50
ADDRESSES = {
    "deal": "desk:deal",
    "user": "accounts:user",
    "contact": "people:contact",
    "organization": "people:organization",
    "lead": "people:lead",
}
TIME_BITS = 80
"""An id of version 7 begins with the milliseconds since 1970; so many bits follow them."""

type Found = Event | Change


@dataclass(frozen=True, slots=True)
class Line:
    """One change: when, who, what kind of thing and which, what changed on it, from what to what.

    `happened`: the day it is told of, where somebody wrote it down on another one, or an import brought it.
    """

    id: UUID
    at: datetime
    happened: date | None
    by: str
    thing: str
    name: str
    url: str
    change: str
    before: str
    after: str
    said: str


@dataclass(frozen=True, slots=True)
class Page:
    """Some lines, the newest first; `before` asks for the next older ones."""

    lines: tuple[Line, ...]
    before: UUID | None


def page(user: User, wish: Wish, zone: tzinfo, language: str, size: int = AT_ONCE) -> Page:
    """Give a page of what this user may audit. Fourteen queries and one for each other kind of thing on it."""
    events = _events(user, wish, zone)[: size + 1] if wish.kind in {"", "deal", "lead"} else []
    changes = _changes(user, wish, zone)[: size + 1] if wish.kind != "deal" else []
    found: list[Found] = sorted([*events, *changes], key=lambda one: one.pk, reverse=True)
    shown = found[:size]
    return Page(tuple(_lines(shown, language)), shown[-1].pk if len(found) > size else None)


def every_line(user: User, wish: Wish, zone: tzinfo, language: str, most: int) -> Iterator[Line]:
    """Give the lines of all pages, at most `most`."""

    def pages() -> Iterator[Line]:
        at = wish
        while True:
            some = page(user, at, zone, language, 500)
            yield from some.lines
            if some.before is None:
                return
            at = Wish(at.first, at.last, at.by, at.kind, at.thing, some.before)

    return islice(pages(), most)


def colleagues(user: User) -> list[User]:
    """Give those whose changes this user may ask for."""
    owners = user.sees()
    users = User.objects.order_by("name")
    return list(users if owners is None else users.filter(pk__in=owners))


def id_at(moment: datetime) -> UUID:
    """Give the smallest id that can be made at a moment.

    >>> id_at(datetime(1970, 1, 1, 0, 0, 1, tzinfo=UTC)).hex[:12]
    '0000000003e8'
    """
    milliseconds = (moment - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(milliseconds=1)
    return UUID(int=max(0, milliseconds) << TIME_BITS)


def _events(user: User, wish: Wish, zone: tzinfo) -> QuerySet[Event]:
    events = Event.objects.filter(_when(wish, zone))
    owners = user.sees()
    if owners is not None:
        cases = Deal.objects.visible_to(user).values("case"), Lead.objects.visible_to(user).values("case")
        events = events.filter(Q(case__in=cases[0]) | Q(case__in=cases[1]))
    if wish.by:
        events = events.filter(by=wish.by)
    if wish.kind:
        events = events.filter(object_kind=wish.kind)
    if wish.thing:
        events = events.filter(Q(object_id=wish.thing))
    return events.order_by("-pk").select_related("voids")


def _changes(user: User, wish: Wish, zone: tzinfo) -> QuerySet[Change]:
    changes = Change.objects.filter(_when(wish, zone))
    owners = user.sees()
    if owners is not None:
        changes = changes.filter(Q(by__in=owners) | Q(object_kind="user", object_id__in=owners))
    if wish.by:
        changes = changes.filter(by=wish.by)
    if wish.kind:
        changes = changes.filter(object_kind=wish.kind)
    if wish.thing:
        changes = changes.filter(object_id=wish.thing)
    return changes.order_by("-pk")


def _when(wish: Wish, zone: tzinfo) -> Q:
    when = Q(pk__lt=id_at(_midnight(wish.last + timedelta(days=1), zone)))
    if wish.has_first:
        when &= Q(pk__gte=id_at(_midnight(wish.first, zone)))
    return when & Q(pk__lt=wish.before) if wish.before else when


def _midnight(of: date, zone: tzinfo) -> datetime:
    return datetime.combine(of, time(), zone)


def _lines(found: Sequence[Found], language: str) -> Iterator[Line]:
    events = [one for one in found if isinstance(one, Event)]
    told = _told(events)
    before, facts = _facts_before(events), fact_changes(events, told, language)
    names = _names(found, before)
    things = _things(found)
    own = told_fields((one.object_kind, one.field) for one in found if isinstance(one, Change))
    maps = maps_of(
        {one.map_version for event in events for one in (event.voids or event,) if one.map_version}
    )
    for one in found:
        by = names.get(one.by, _("somebody who is gone")) if one.by else _("Infield itself")
        name = things.get(_thing_of(one), "") or (one.object_name if isinstance(one, Change) else "")
        about = (one.pk, *_times(one), by)
        place = (thing_words(one.object_kind), name, _url(one) if _thing_of(one) in things else "")
        if isinstance(one, Change):
            yield Line(*about, *place, *_of_change(one, own, names, language), "")
        elif one.pk in facts:
            yield Line(*about, *place, *facts[one.pk], "")
        else:
            version = (one.voids or one).map_version
            process = maps.get(version) if version else None
            yield Line(*about, *place, *_of_event(one, told, before, process, names, language))


def _times(one: Found) -> tuple[datetime, date | None]:
    if isinstance(one, Change):
        return one.at, None
    is_told_later = one.recorded_at - one.at > timedelta(days=1)
    return one.recorded_at, localtime(one.at).date() if is_told_later else None


def _of_change(one: Change, own: OwnFields, names: Mapping[UUID, str], language: str) -> tuple[str, str, str]:
    is_own = one.field.startswith(PREFIX)
    field = (own.label if is_own else field_words)(one.object_kind, one.field)
    field = _("{change} (taken back)").format(change=field) if one.undoes else field
    before, after = (
        own.text(one.object_kind, one.field, value, {str(pk): name for pk, name in names.items()})
        if is_own
        else value_words(one.object_kind, one.field, value, names, language)
        for value in (one.before, one.after)
    )
    return field, before, after


def _of_event(
    one: Event,
    told: Mapping[UUID, Told],
    before: Mapping[UUID, Mapping[str, Any]],
    process: ProcessMap | None,
    names: Mapping[UUID, str],
    language: str,
) -> tuple[str, str, str, str]:
    if one.voids:
        undone = _sentence(told[one.voids.pk], process, names, language)
        return _("Taken back"), undone, "", ""
    field = one.data.get("field", "") if one.kind == "field_changed" else one.kind
    if field not in CHANGES:
        return _sentence(told[one.pk], process, names, language), "", "", quote(told[one.pk])
    after = replaced(one.kind, one.data, facts_of(one.kind, one.data, one.stage))
    was, now = (
        fact_words(one.object_kind, facts, process, names, language) for facts in (before[one.pk], after)
    )
    if one.kind == "next_step_set":
        now = ", ".join(filter(None, (told[one.pk].said.get("next_step", ""), now)))
    return str(CHANGES[field]), was, now, quote(told[one.pk])


def _sentence(told: Told, process: ProcessMap | None, names: Mapping[UUID, str], language: str) -> str:
    if process is None:
        return lead_words(told, names, language)
    if told.kind not in HAPPENED:
        return field_words("deal", told.kind)
    return happened(told, process, names, language)


def _told(events: Iterable[Event]) -> dict[UUID, Told]:
    """Give the events and those they take back, with what people wrote with them."""
    all_events = {one.pk: one for event in events for one in (event, event.voids) if one}
    said: dict[UUID, dict[str, str]] = defaultdict(dict)
    for event, name, text in Words.objects.filter(event__in=all_events).values_list("event", "name", "text"):
        said[event][name] = text
    return {
        pk: Told(id=pk, kind=one.kind, at=one.at, stage=one.stage, data=one.data, said=said[pk])
        for pk, one in all_events.items()
    }


def _facts_before(events: Sequence[Event]) -> dict[UUID, Mapping[str, Any]]:
    """Give, for each event, what it replaced: folded from the earlier events of its case that count."""
    found: dict[UUID, Mapping[str, Any]] = {event.pk: {} for event in events}
    known: dict[UUID, dict[str, Any]] = defaultdict(dict)
    earlier = Event.objects.counting().filter(case__in={one.case for one in events})
    for pk, case, kind, data, stage in (
        earlier.filter(kind__in=("created", "converted", "activity_done", "won", "field_changed", *CHANGES))
        .order_by("position")
        .values_list("pk", "case", "kind", "data", "stage")
    ):
        if pk in found:
            found[pk] = replaced(kind, data, known[case])
        known[case] |= facts_of(kind, data, stage)
    return found


def _names(found: Iterable[Found], before: Mapping[UUID, Mapping[str, Any]]) -> dict[UUID, str]:
    ids: set[UUID] = set()
    for one in found:
        ids |= {one.by} if one.by else set()
        values = one.data.values() if isinstance(one, Event) else (one.before, one.after)
        ids |= ids_in(values)
    for facts in before.values():
        ids |= ids_in(facts.values())
    users = {user.pk: str(user) for user in User.objects.filter(pk__in=ids)}
    return users | {UUID(key): name for key, name in records_named(ids - users.keys()).items()}


def _thing_of(one: Found) -> tuple[str, UUID]:
    return one.object_kind, one.object_id


def _things(found: Iterable[Found]) -> dict[tuple[str, UUID], str]:
    """Give the names of the things that are still there, one query for each kind."""
    by_kind: dict[str, set[UUID]] = defaultdict(set)
    for one in found:
        by_kind[one.object_kind].add(one.object_id)
    names = {}
    for kind, ids in by_kind.items():
        model = model_of(kind)
        for thing in model._default_manager.filter(pk__in=ids) if model else ():
            names[(kind, thing.pk)] = str(thing)
    return names


def _url(one: Found) -> str:
    try:
        return reverse(ADDRESSES[one.object_kind], args=[one.object_id])
    except (KeyError, NoReverseMatch):
        return ""
