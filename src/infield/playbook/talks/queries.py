"""Objections as screens show them: the library with how each answer fared, those of a deal, those of a period.

Each function says how many queries it makes; none makes more for a longer page or a longer history.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from uuid import UUID

from django.db.models import CharField, Count, F, OuterRef, Prefetch, Q, QuerySet, Subquery, Value, Window
from django.db.models.functions import Concat, RowNumber

from infield.accounts.models import User
from infield.deals.models import Deal
from infield.deals.wording import stage_name
from infield.history.models import Event
from infield.playbook.models import (
    GivenAnswer,
    Objection,
    PreparedAnswer,
    RaisedObjection,
    RaisedObjectionQuerySet,
)
from infield.playbook.prepared import Known, Prepared, Reworded, Tally, library
from infield.process.gate import gate
from infield.process.models import maps_of
from infield.process.values import ProcessMap
from infield.web.compiled import compiled

MOVES = ("stage_entered", "won", "lost")
OFFERED = 4
LATEST = 500
"""Of so many, the last of the whole company, are those chosen that are offered: more would cost more every year."""


@dataclass(frozen=True, slots=True)
class Given:
    """An answer that was given; `is_own`: in the seller's own words; `is_new`: and the library has no such words."""

    id: UUID
    text: str
    is_own: bool
    is_new: bool
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Raised:
    """An objection of a deal. `number`: the how-manieth of the deal; `words`: how the buyer said it."""

    id: UUID
    event: UUID
    deal: UUID
    organization: str
    title: str
    owner: str
    key: str
    text: str
    about: str
    words: str
    person: str
    by: str
    at: datetime
    stage: str
    stage_name: str
    number: int
    is_resolved: bool
    given: tuple[Given, ...]
    answers: tuple[Prepared, ...]


@dataclass(frozen=True, slots=True)
class Counted:
    """How many objections of one kind there are, and how many of them stand."""

    key: str
    name: str
    raised: int
    open: int


def known(user: User, language: str) -> tuple[Known, ...]:
    """Give the library, answers by how often they led onward in deals this user may open. Three queries."""
    answers = [
        Reworded(row.key, row.objection, row.texts, row.hidden_at is not None)
        for row in PreparedAnswer.objects.order_by("id")
    ]
    return library(language, _objections(), answers, tallies(user))


def named(language: str) -> tuple[Known, ...]:
    """Give the objections of the library without their answers. One query."""
    return library(language, _objections(), (), {})


def _objections() -> list[Reworded]:
    return [Reworded(row.key, row.about, row.texts, row.hidden_at is not None) for row in _reworded()]


@compiled
def _reworded() -> QuerySet[Objection]:
    return Objection.objects.order_by("id")


def tallies(user: User) -> dict[tuple[str, str], Tally]:
    """Give how each prepared answer fared, by the keys of objection and answer. One query, grouped by the database;
    prepared.Tally says what leads onward. Maps come from memory."""
    next_move = (
        Event.objects.filter(
            case=OuterRef("event__case"), position__gt=OuterRef("event__position"), kind__in=MOVES
        )
        .counting()
        .order_by("position")
        .values(told=Concat("kind", Value("/"), "stage", output_field=CharField()))[:1]
    )
    owners = user.sees()
    given = GivenAnswer.objects.exclude(answer="")
    if owners is not None:
        given = given.filter(raised__deal__owner__in=owners)
    rows = (
        given.annotate(next=Subquery(next_move), version=F("raised__deal__version"))
        .values_list("objection", "answer", "stage", "next", "version")
        .annotate(times=Count("id"))
        .order_by()
    )
    found: dict[tuple[str, str], Tally] = defaultdict(Tally)
    for objection, answer, stage, told, version, times in rows:
        onward = _leads_onward(version, stage, told) if told else None
        before = found[objection, answer]
        found[objection, answer] = Tally(
            before.given + times,
            before.decided + (times if onward is not None else 0),
            before.onward + (times if onward else 0),
        )
    return dict(found)


def _leads_onward(version: UUID, stage: str, told: str) -> bool:
    kind, _, target = told.partition("/")
    return kind == "won" or (kind == "stage_entered" and _is_forward(version, stage, target))


@cache
def _is_forward(version: UUID, stage: str, target: str) -> bool:
    mapped = maps_of([version])[version]
    keys = {one.key for one in mapped.stages}
    return {stage, target} <= keys and stage != target and not gate(mapped, (), stage, target).is_back


def objections_of(deal: Deal, shelf: Sequence[Known], language: str) -> tuple[Raised, ...]:
    """Give the objections of a deal, those that stand first, then the latest. Seven queries at most."""
    found = raised_page(RaisedObjection.objects.filter(deal=deal).order_by("-raised_at"), shelf, language)
    return tuple(sorted(found, key=lambda one: one.is_resolved))


def raised_page(rows: RaisedObjectionQuerySet, shelf: Sequence[Known], language: str) -> tuple[Raised, ...]:
    """Give objections, each with its answers. Seven queries at most, however many rows there are."""
    by_key = {one.key: one for one in shelf}
    found = list(
        rows.select_related("deal__organization", "deal__owner", "person", "raised").prefetch_related(
            "raised__words",
            Prefetch("answers", GivenAnswer.objects.select_related("event").order_by("event__position")),
            "answers__event__words",
        )
    )
    told = _Told(
        numbers=_numbers({one.deal_id for one in found}),
        names=_names(found),
        maps=maps_of({one.deal.version_id for one in found}),
        language=language,
    )
    return tuple(_shown(one, by_key.get(one.objection), told) for one in found)


def offered(shelf: Sequence[Known], user: User) -> tuple[Known, ...]:
    """Give the objections that were raised most of late, to be noted with one tap. One query."""
    latest = RaisedObjection.objects.order_by("-raised_at").values("pk")[:LATEST]
    seen = RaisedObjection.objects.visible_to(user).filter(pk__in=latest)
    times = {key: raised for key, (raised, _) in counted(seen, "objection").items()}
    shown = [one for one in shelf if not one.is_hidden]
    return tuple(sorted(shown, key=lambda one: -times.get(one.key, 0))[:OFFERED])


def counted(rows: RaisedObjectionQuerySet, by: str) -> dict[str, tuple[int, int]]:
    """Give how many were raised and how many of them stand, by the field `by`. One query."""
    found = (
        rows.order_by()
        .values_list(by)
        .annotate(raised_times=Count("id"), open_times=Count("id", filter=Q(resolved=None)))
    )
    return {key: (raised, standing) for key, raised, standing in found}


@dataclass(frozen=True, slots=True)
class _Told:
    numbers: Mapping[UUID, int]
    names: Mapping[UUID, str]
    maps: Mapping[UUID, ProcessMap]
    language: str


def _numbers(deals: set[UUID]) -> dict[UUID, int]:
    """Give each objection's place among those of its deal, from 1."""
    place = Window(RowNumber(), partition_by=F("deal"), order_by=(F("raised_at").asc(), F("id").asc()))
    return dict(RaisedObjection.objects.filter(deal__in=deals).values_list("pk", place))


def _names(found: Iterable[RaisedObjection]) -> dict[UUID, str]:
    events = [one.raised for one in found] + [given.event for one in found for given in one.answers.all()]
    wanted = {event.by for event in events if event.by}
    return dict(User.objects.filter(pk__in=wanted).values_list("pk", "name"))


def _shown(row: RaisedObjection, known: Known | None, told: _Told) -> Raised:
    prepared = known.shown_answers if known else ()
    texts = {one.key: one.text for one in (known.answers if known else ())}
    return Raised(
        id=row.pk,
        event=row.raised_id,
        deal=row.deal_id,
        organization=row.deal.organization.name,
        title=row.deal.title,
        owner=str(row.deal.owner),
        key=row.objection,
        text=known.text if known else row.objection,
        about=known.about if known else "other",
        words=_words(row.raised, "said"),
        person=str(row.person) if row.person else "",
        by=told.names.get(row.raised.by, "") if row.raised.by else "",
        at=row.raised_at,
        stage=row.stage,
        stage_name=stage_name(row.stage, told.maps[row.deal.version_id], told.language),
        number=told.numbers[row.pk],
        is_resolved=row.resolved_id is not None,
        given=tuple(_given(one, texts, told) for one in row.answers.all()),
        answers=prepared,
    )


def _given(row: GivenAnswer, texts: Mapping[str, str], told: _Told) -> Given:
    own = _words(row.event, "answer")
    text = own or texts.get(row.answer, "")
    is_new = not row.answer and bool(own) and own not in texts.values()
    by = told.names.get(row.event.by, "") if row.event.by else ""
    return Given(row.pk, text, not row.answer, is_new, by, row.event.at)


def said_in_own_words(user: User, given: UUID) -> str:
    """Give an answer in the seller's own words, of a deal that this user may open; "" where there is none."""
    rows = GivenAnswer.objects.filter(pk=given, answer="", raised__deal__in=Deal.objects.visible_to(user))
    row = rows.select_related("event").prefetch_related("event__words").first()
    return _words(row.event, "answer") if row else ""


def _words(event: Event, name: str) -> str:
    return next((words.text for words in event.words.all() if words.name == name), "")
