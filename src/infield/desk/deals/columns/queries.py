"""What a list of deals can show: a table of columns, with what each reads, how it sorts and how a cell is written."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Case, Expression, F, IntegerField, OuterRef, Subquery, When
from django.utils import timezone

from infield.accounts.models import User
from infield.deals.wording import lost_reason
from infield.desk.deals.fields.queries import Around
from infield.desk.deals.wording import COLUMN_LABELS, OUTCOMES
from infield.desk.wording import due_state, due_words
from infield.fields.filled import Filled
from infield.fields.models import Field as OwnField
from infield.fields.models import Value
from infield.process.models import maps_of
from infield.process.texts import in_language
from infield.web import dates, figures
from infield.web.money import Money

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a cell: its text; `kind` says how it looks; `value` is what an export writes."""

    text: str
    kind: str = ""
    value: Any = None
    currency: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A column. `reads`: what it needs of a deal; `sort`: by what it sorts; `edits`: which act changes it in place."""

    key: str
    label: object
    reads: tuple[str, ...]
    sort: Callable[[Around], Any]
    cell: Callable[[Row, Around], Cell]
    kind: str = ""


def columns(around: Around) -> dict[str, Column]:
    """Give every column there is, the company's own fields last."""
    return BUILT_IN | {one.key: _own(one) for one in around.own}


DEFAULT = ("organization", "title", "stage", "amount", "close", "step", "owner")


def _own(field: OwnField) -> Column:
    def sort(_around: Around) -> Any:
        found = Value.objects.filter(field=field, object_id=OuterRef("pk")).values(SORTED[field.type])
        return Subquery(found[:1])

    def cell(row: Row, around: Around) -> Cell:
        return own_cell(field, row["own"].get(field.pk), around, row["people"])

    return Column(
        field.key, field.label, (), sort, cell, "number" if field.type in {"number", "money"} else ""
    )


SORTED = {
    "text": "text",
    "number": "number",
    "money": "amount_minor",
    "date": "day",
    "choice": "choice",
    "person": "person__name",
}


def own_cell(field: OwnField, filled: Filled | None, around: Around, people: Mapping[UUID, str]) -> Cell:
    """Give what stands in a field of one's own, as the viewer reads it."""
    if filled is None:
        return Cell("")
    if filled.money:
        return Cell(
            filled.money.plain(around.language), "is-number", filled.money.amount, filled.money.currency
        )
    if filled.number is not None:
        return Cell(figures.count(filled.number, around.language), "is-number", filled.number)
    if filled.day:
        return Cell(dates.day(filled.day, around.language), "is-day", filled.day)
    if filled.person:
        return Cell(people.get(filled.person, ""))
    labels = {one.key: one.label for one in field.all_choices}
    return Cell(filled.text or labels.get(filled.choice, ""))


def _named(column: str) -> Callable[[Around], Any]:
    return lambda _around: F(column)


def _stage_order(around: Around) -> Expression:
    keys = list(dict.fromkeys(stage.key for _, mapped in around.processes for stage in mapped.stages))
    places = [When(stage=key, then=place) for place, key in enumerate(keys)]
    return Case(*places, default=len(keys), output_field=IntegerField())


def _stage(row: Row, around: Around) -> Cell:
    mapped = maps_of([row["version"]])[row["version"]]
    found = next((one for one in mapped.stages if one.key == row["stage"]), None)
    return Cell(in_language(found.name, around.language, mapped.language) if found else row["stage"])


def _amount(row: Row, around: Around) -> Cell:
    if row["amount_minor"] is None:
        return Cell("", "is-number")
    money = Money(row["amount_minor"], row["currency"])
    return Cell(money.plain(around.language), "is-number", money.amount, money.currency)


def _day(name: str) -> Callable[[Row, Around], Cell]:
    def cell(row: Row, around: Around) -> Cell:
        value: date | datetime | None = row[name]
        if value is None:
            return Cell("", "is-day")
        local = timezone.localtime(value).date() if isinstance(value, datetime) else value
        return Cell(dates.day(local, around.language), "is-day", local)

    return cell


def _step(row: Row, _around: Around) -> Cell:
    if not row["next_step"]:
        return Cell("", "is-missing" if row["outcome"] is None else "")
    return Cell(row["next_step"], "is-step", row["next_step"])


def _due(row: Row, around: Around) -> Cell:
    due = row["next_step_on"]
    if due is None:
        return Cell("", "is-day")
    late_days = (around.today - due).days
    return Cell(due_words(late_days, due), f"is-day {due_state(late_days)}", due)


def _age(row: Row, around: Around) -> Cell:
    days = max(((row["closed_at"] or around.now) - row["stage_entered_at"]).days, 0)
    return Cell(figures.count(days, around.language), "is-number", days)


def _outcome(row: Row, _around: Around) -> Cell:
    return Cell(str(OUTCOMES.get(row["outcome"] or "open", row["outcome"])))


def _reason(row: Row, around: Around) -> Cell:
    mapped = maps_of([row["version"]])[row["version"]]
    return Cell(lost_reason(row["lost_reason"], mapped, around.language) if row["lost_reason"] else "")


def _text(name: str, kind: str = "") -> Callable[[Row, Around], Cell]:
    return lambda row, _around: Cell(row[name] or "", kind)


def names_of(rows: list[dict[str, Any]]) -> dict[UUID, str]:
    """Give the names of the people who stand in fields of one's own."""
    wanted = {filled.person for row in rows for filled in row["own"].values() if filled.person}
    return dict(User.objects.filter(pk__in=wanted).values_list("pk", "name")) if wanted else {}


_BUILT_IN = (
    Column(
        "organization",
        COLUMN_LABELS["organization"],
        ("organization__name",),
        _named("organization__sort_key"),
        _text("organization__name", "is-name"),
    ),
    Column("title", COLUMN_LABELS["title"], ("title",), _named("title"), _text("title", "is-name")),
    Column("stage", COLUMN_LABELS["stage"], ("version", "stage"), _stage_order, _stage),
    Column(
        "amount",
        COLUMN_LABELS["amount"],
        ("amount_minor", "currency"),
        _named("amount_minor"),
        _amount,
        "number",
    ),
    Column(
        "close", COLUMN_LABELS["close"], ("expected_close",), _named("expected_close"), _day("expected_close")
    ),
    Column(
        "step", COLUMN_LABELS["step"], ("next_step", "next_step_on", "outcome"), _named("next_step_on"), _step
    ),
    Column("step_on", COLUMN_LABELS["step_on"], ("next_step_on",), _named("next_step_on"), _due),
    Column(
        "owner",
        COLUMN_LABELS["owner"],
        ("owner__name",),
        _named("owner__name"),
        _text("owner__name", "is-owner"),
    ),
    Column(
        "age",
        COLUMN_LABELS["age"],
        ("stage_entered_at", "closed_at"),
        _named("stage_entered_at"),
        _age,
        "number",
    ),
    Column("created", COLUMN_LABELS["created"], ("created_at",), _named("created_at"), _day("created_at")),
    Column("closed", COLUMN_LABELS["closed"], ("closed_at",), _named("closed_at"), _day("closed_at")),
    Column("outcome", COLUMN_LABELS["outcome"], ("outcome",), _named("outcome"), _outcome),
    Column("reason", COLUMN_LABELS["reason"], ("version", "lost_reason"), _named("lost_reason"), _reason),
    Column("currency", COLUMN_LABELS["currency"], ("currency",), _named("currency"), _text("currency")),
)

BUILT_IN = {one.key: one for one in _BUILT_IN}
