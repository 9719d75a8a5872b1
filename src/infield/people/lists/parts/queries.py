"""What the lists of organizations, contacts and leads have in common: choices, fields and columns."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.lookups import Exact
from django.urls import reverse

from infield.finding.filters import Condition, Filter
from infield.finding.lists.around.queries import Around
from infield.finding.lists.columns.queries import (
    Cell,
    Column,
    Part,
    Row,
    by,
    by_label,
    by_owner,
    day,
    number_cell,
    text,
)
from infield.finding.lists.fields.queries import (
    NOTHING,
    Choices,
    Field,
    Narrow,
    any_of,
    by_column,
    by_moments,
    by_number,
    by_person,
    by_team,
    by_words,
    named,
    owners_or_nobody,
    teams,
)
from infield.people.contacts.models import Consent
from infield.people.lists.wording import ARCHIVED, CONSENTS, LABELS, nobody
from infield.people.organizations.models import Organization
from infield.people.wording import place_said
from infield.people.words import wording
from infield.people.words.wording import INDUSTRY_NAMES

type Things = QuerySet[Any]

industries = named(INDUSTRY_NAMES, or_nothing=True)


def used_countries(model: Any) -> Choices:
    """Offer the countries that stand on records that the viewer may open."""

    def choices(around: Around) -> list[tuple[str, str]]:
        there = model.objects.visible_to(around.user).order_by().values_list("country", flat=True).distinct()
        used = set(there)
        return [one for one in wording.countries(around.language) if one[0] in used]

    return choices


def named_countries(_asked: Condition, around: Around) -> Mapping[str, str]:
    return dict(wording.countries(around.language))


def country_field(model: Any, column: str = "country") -> Field:
    choices = used_countries(model)
    return Field("country", LABELS["country"], "choices", by_column(column), choices, named_countries)


countries = used_countries(Organization)


def languages(around: Around) -> list[tuple[str, str]]:
    return [*wording.languages(around.language), *named({}, or_nothing=True)(around)]


def common_fields(before: Sequence[Field]) -> dict[str, Field]:
    """Give the fields of a list, by key: those of every record around its own."""
    some = (
        Field("owner", LABELS["owner"], "choices", by_person("owner"), owners_or_nobody),
        Field("team", LABELS["team"], "choices", by_team, teams),
        *before,
        Field("created", LABELS["created"], "days", by_moments("created_at")),
        Field("archived", LABELS["archived"], "choices", _by_archived, named(ARCHIVED)),
    )
    return {one.key: one for one in some}


def firm_fields(model: Any, before: str = "") -> tuple[Field, ...]:
    """Give place, industry and size: of the record, or of the organization that `before` leads to."""
    return (
        country_field(model, f"{before}country"),
        Field("place", LABELS["place"], "words", by_words(f"{before}place")),
        Field("industry", LABELS["industry"], "choices", by_column(f"{before}industry"), industries),
        Field("size", LABELS["size"], "number", by_number(f"{before}size")),
    )


def consent_field(relation: str) -> Field:
    return Field("consent", LABELS["consent"], "choices", _by_consent(relation), named(CONSENTS))


def usual(things: Things, wish: Filter) -> Things:
    """Leave out what is put away, unless it is asked for."""
    return things.filter(archived_at=None) if wish.of("archived") is None else things


def usual_of_merged(things: Things, wish: Filter) -> Things:
    """Leave out what is put away, unless it is asked for, and always what went into another record: put away too."""
    if wish.of("archived") is not None:
        return things.filter(merged_into=None)
    if not wish.conditions:
        return things.filter(archived_at=None)
    # said so that no index of current records fits: SQLite would walk along the names and fetch each record by itself
    # until a page of them fits the conditions; as they lie, or by what a condition has an index for, is read sooner
    return things.exclude(archived_at__isnull=False)


def common_columns(before: Sequence[Column]) -> dict[str, Column]:
    """Give the columns of a list, by key: its own, then those of every record."""
    some = (
        *before,
        Column("owner", LABELS["owner"], ("owner", "owner__name"), by_owner, _owner),
        Column(
            "created",
            LABELS["created"],
            ("created_at",),
            by("created_at"),
            day("created_at"),
            is_certain=True,
        ),
        Column("archived", LABELS["archived"], ("archived_at",), by("archived_at"), day("archived_at")),
    )
    return {one.key: one for one in some}


def firm_columns(before: str = "") -> tuple[Column, ...]:
    """Give place, country, industry and size: of the record, or of the organization that `before` leads to."""
    place, country, industry, size = (f"{before}{name}" for name in ("place", "country", "industry", "size"))

    def where(row: Row, _around: Around) -> Cell:
        return Cell(place_said(row[place] or "", row[country] or ""))

    def which(row: Row, _around: Around) -> Cell:
        return Cell(wording.country_name(row[country]) if row[country] else "")

    def what(row: Row, _around: Around) -> Cell:
        return Cell(str(INDUSTRY_NAMES.get(row[industry], "")))

    def people(row: Row, around: Around) -> Cell:
        return number_cell(row[size], around)

    # in a file the town stands alone and the country beside it, as an import takes them
    apart = (
        Part("place", LABELS["place"], lambda row, _around: row[place] or ""),
        Part("country", LABELS["country"], lambda row, around: which(row, around).text),
    )
    return (
        Column("place", LABELS["place"], (place, country), by(place), where, parts=apart),
        Column("country", LABELS["country"], (country,), by(country), which),
        Column("industry", LABELS["industry"], (industry,), by_label(industry, industries), what),
        Column("size", LABELS["size"], (size,), by(size), people, "number"),
    )


def worded(key: str, names: Mapping[str, Any]) -> Column:
    """Give a column of keys, read and sorted by their words."""

    def cell(row: Row, _around: Around) -> Cell:
        return Cell(str(names.get(row[key], row[key] or "")))

    return Column(key, LABELS[key], (key,), by_label(key, named(names)), cell)


def plain(key: str, name: str = "") -> Column:
    """Give a column of text as it stands; `name`: of the field, where it is not the key."""
    name = name or key
    return Column(key, LABELS[key], (name,), by(name), text(name))


def language_column() -> Column:
    def cell(row: Row, _around: Around) -> Cell:
        return Cell(wording.language_name(row["language"]) if row["language"] else "")

    return Column("language", LABELS["language"], ("language",), by_label("language", languages), cell)


def step_cell(said: str, on: Any, around: Around, *, is_owed: bool, address: str = "") -> Cell:
    """Show a next step with its day; where one is owed, the slot that asks for it."""
    if on is None:
        return Cell("", "is-missing", address=address) if is_owed else Cell("")
    shown = day("on")({"on": on}, around)
    state = "is-due-late" if on < around.today else "is-due-today" if on == around.today else ""
    if not said:
        return Cell(shown.text, f"is-day {state}", on)
    return Cell(said, f"is-step {state}", note=shown.text)


@cache
def at(kind: str) -> str:
    """Give what the addresses of records of a kind begin with, so that no row looks its own up."""
    return reverse(f"people:{kind}s") + "/"


def _owner(row: Row, _around: Around) -> Cell:
    if row["owner"] is None:
        return Cell(nobody(), pill="is-warning")
    return Cell(row["owner__name"], "is-owner")


def _by_archived(things: Things, asked: Condition, _around: Around) -> Things:
    return things if "any" in asked.values else things.exclude(archived_at=None)


def _by_consent(relation: str) -> Narrow:
    """Narrow by the last word on a channel: what was said of all channels counts for each."""

    def noted(*channels: str) -> QuerySet[Consent]:
        return Consent.objects.filter(channel__in=channels) if channels else Consent.objects.all()

    def last_word(*channels: str, given: bool) -> Q:
        # who never said so is left out before the last word of each is looked for
        said = noted(*channels).filter(given=given, **{f"{relation}__isnull": False}).values(relation)
        last = (
            noted(*channels).filter(**{relation: OuterRef("pk")}).order_by("-on", "-at").values("given")[:1]
        )
        return Q(pk__in=said) & Q(Exact(Subquery(last), given))

    def narrow(things: Things, asked: Condition, _around: Around) -> Things:
        channels = [one for one in asked.values if one in Consent.CHANNELS]
        meanings = {one: last_word(one, "all", given=True) for one in channels}
        nothing = ~Q(Exists(noted().filter(**{relation: OuterRef("pk")})))
        return things.filter(
            any_of(asked, {**meanings, "withdrawn": last_word(given=False), NOTHING: nothing})
        )

    return narrow
