"""What a list of deals can show: a table of columns, with what each reads, how it sorts and how a cell is written."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db.models import Expression, OuterRef, Subquery

from infield.deals.models import Deal, Fact
from infield.deals.wording import lost_reason
from infield.desk.deals.fields.queries import Around
from infield.desk.deals.rank.queries import cell as rank_cell
from infield.desk.deals.rank.queries import first_ranked, gathered
from infield.desk.deals.wording import COLUMN_LABELS, OUTCOMES
from infield.desk.wording import due_state, due_words, log_at
from infield.finding.lists.columns.queries import Cell, Column, Row, by, by_order, by_owner, day, text
from infield.people.models import Lead
from infield.people.wording import place_said
from infield.people.words.wording import SOURCE_NAMES
from infield.process.models import maps_of
from infield.process.texts import in_language
from infield.web import dates, figures
from infield.web.ids import to_text
from infield.web.money import Money

DEFAULT = ("organization", "title", "stage", "amount", "close", "step", "owner")


def _stage_order(around: Around) -> Expression:
    keys = list(dict.fromkeys(stage.key for _, mapped in around.processes for stage in mapped.stages))
    return by_order("stage", keys)


def _stage(row: Row, around: Around) -> Cell:
    mapped = maps_of([row["version"]])[row["version"]]
    found = next((one for one in mapped.stages if one.key == row["stage"]), None)
    return Cell(in_language(found.name, around.language, mapped.language) if found else row["stage"])


def _amount(row: Row, around: Around) -> Cell:
    if row["amount_minor"] is None:
        return Cell("", "is-number")
    money = Money(row["amount_minor"], row["currency"])
    return Cell(money.plain(around.language), "is-number", money.amount, money.currency)


def _step(row: Row, _around: Around) -> Cell:
    if not row["next_step"]:
        is_open = row["outcome"] is None
        address = log_at("next") + to_text(row["id"]) if is_open else ""
        return Cell("", "is-missing" if is_open else "", address=address)
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


def _sources(ids: Sequence[UUID], _around: Around) -> dict[UUID, str]:
    """Give where deals came from: what somebody wrote, else what is known of the lead. Two queries."""
    cases = {case: deal for deal, case in Deal.objects.filter(pk__in=ids).values_list("pk", "case")}
    leads = Lead.objects.filter(case__in=cases).values_list("case", "source")
    found = {cases[case]: str(SOURCE_NAMES.get(source, source)) for case, source in leads}
    facts = Fact.objects.filter(deal__in=ids, key="source").values_list("deal", "text")
    return found | {deal: str(SOURCE_NAMES.get(text, text)) for deal, text in facts}


def _source(row: Row, _around: Around) -> Cell:
    return Cell(row["gathered"]["source"] or "")


def _place(row: Row, _around: Around) -> Cell:
    return Cell(place_said(row["organization__place"], row["organization__country"]))


def _by_goal(_around: Around) -> Subquery:
    return Subquery(Fact.objects.filter(deal=OuterRef("pk"), key="goal_date").values("day")[:1])


def _goals(ids: Sequence[UUID], _around: Around) -> dict[UUID, date]:
    found = Fact.objects.filter(deal__in=ids, key="goal_date", day__isnull=False)
    return {deal: on for deal, on in found.values_list("deal", "day") if on}


def _goal(row: Row, around: Around) -> Cell:
    found: date | None = row["gathered"]["goal"]
    return Cell(dates.day(found, around.language), "is-day", found) if found else Cell("", "is-day")


_BUILT_IN = (
    Column(
        "organization",
        COLUMN_LABELS["organization"],
        ("organization__name",),
        by("organization__sort_key"),
        text("organization__name", "is-name"),
    ),
    Column("title", COLUMN_LABELS["title"], ("title",), by("title"), text("title", "is-name")),
    Column("stage", COLUMN_LABELS["stage"], ("version", "stage"), _stage_order, _stage),
    Column(
        "amount",
        COLUMN_LABELS["amount"],
        ("amount_minor", "currency"),
        by("amount_minor"),
        _amount,
        "number",
        has_currency=True,
    ),
    Column("close", COLUMN_LABELS["close"], ("expected_close",), by("expected_close"), day("expected_close")),
    Column(
        "step", COLUMN_LABELS["step"], ("next_step", "next_step_on", "outcome"), by("next_step_on"), _step
    ),
    Column("step_on", COLUMN_LABELS["step_on"], ("next_step_on",), by("next_step_on"), _due),
    Column(
        "owner",
        COLUMN_LABELS["owner"],
        ("owner__name",),
        by_owner,
        text("owner__name", "is-owner"),
    ),
    Column(
        "age",
        COLUMN_LABELS["age"],
        ("stage_entered_at", "closed_at"),
        by("stage_entered_at"),
        _age,
        "number",
    ),
    Column("created", COLUMN_LABELS["created"], ("created_at",), by("created_at"), day("created_at")),
    Column("closed", COLUMN_LABELS["closed"], ("closed_at",), by("closed_at"), day("closed_at")),
    Column("outcome", COLUMN_LABELS["outcome"], ("outcome",), by("outcome"), _outcome),
    Column("reason", COLUMN_LABELS["reason"], ("version", "lost_reason"), by("lost_reason"), _reason),
    Column("currency", COLUMN_LABELS["currency"], ("currency",), by("currency"), text("currency")),
    Column("rank", COLUMN_LABELS["rank"], (), first_ranked, rank_cell, "number", gather=gathered),
    Column("goal", COLUMN_LABELS["goal"], (), _by_goal, _goal, gather=_goals),
    Column(
        "entered_on",
        COLUMN_LABELS["entered_on"],
        ("stage_entered_at",),
        by("stage_entered_at"),
        day("stage_entered_at"),
    ),
    Column("source", COLUMN_LABELS["source"], (), None, _source, gather=_sources),
    Column(
        "place",
        COLUMN_LABELS["place"],
        ("organization__place", "organization__country"),
        by("organization__place"),
        _place,
    ),
)

BUILT_IN = {one.key: one for one in _BUILT_IN}
