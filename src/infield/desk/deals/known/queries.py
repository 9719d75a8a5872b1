"""What is known about deals as fields to look by: every fact of its table, what was bought from whom, and days."""

from collections.abc import Mapping
from functools import partial

from django.db.models import Exists, F, OuterRef, Q
from django.utils.functional import lazy

from infield.deals.buyers.roles import ROLES
from infield.deals.facts.kinds import KINDS, FactKind
from infield.deals.models import Deal, DealQuerySet, Fact, LineItem, Product, Stakeholder
from infield.deals.terms.wording import fact_name, role_name
from infield.desk.deals.wording import FIELD_LABELS
from infield.finding.filters import Condition
from infield.finding.lists.around.queries import Around
from infield.finding.lists.fields.queries import (
    NOTHING,
    Field,
    Narrow,
    by_amount,
    by_days,
    by_number,
    by_words,
    ids_of,
)
from infield.web.ids import to_text

ASKED: Mapping[FactKind, tuple[str, Narrow]] = {
    "text": ("words", by_words("text")),
    "money": ("amount", by_amount("amount_minor")),
    "day": ("days", by_days("day")),
    "days": ("number", by_number("days")),
}
"""How each kind of fact is asked for, and by which of its columns it narrows."""

ELSEWHERE = frozenset({"source", "competitors"})
"""Facts that are also kept elsewhere and have a field of their own."""


lazy_name = lazy(fact_name, str)


def fact_fields() -> tuple[Field, ...]:
    """Give a field for each fact of the table, in its order."""
    return tuple(
        Field(key, lazy_name(key), ASKED[kind][0], partial(_by_fact, key, ASKED[kind][1]))
        for key, kind in KINDS.items()
        if key not in ELSEWHERE
    )


def _by_fact(key: str, narrow: Narrow, deals: DealQuerySet, asked: Condition, around: Around) -> DealQuerySet:
    facts = Fact.objects.filter(deal=OuterRef("pk"), key=key)
    if asked.values == (NOTHING,):
        return deals.exclude(Exists(facts))
    return deals.filter(Exists(narrow(facts, asked, around)))


def by_competitor(deals: DealQuerySet, asked: Condition, around: Around) -> DealQuerySet:
    """Narrow by who else is in it, as somebody wrote, or who got the order."""
    facts = Fact.objects.filter(deal=OuterRef("pk"), key="competitors")
    if asked.values == (NOTHING,):
        return deals.filter(Q(lost_to="") & ~Exists(facts))
    lost_to = by_words("lost_to")(Deal.objects.all(), asked, around)
    return deals.filter(Exists(by_words("text")(facts, asked, around)) | Q(pk__in=lost_to.values("pk")))


def by_product(deals: DealQuerySet, asked: Condition, _around: Around) -> DealQuerySet:
    items = LineItem.objects.filter(deal=OuterRef("pk"))
    some = Q(Exists(items.filter(product__in=ids_of(asked.values))))
    return deals.filter(some | Q(~Exists(items)) if NOTHING in asked.values else some)


def products(_around: Around) -> list[tuple[str, str]]:
    rows = Product.objects.order_by(F("archived_at").asc(nulls_first=True), "name").values_list("pk", "name")
    some = [(to_text(pk), name) for pk, name in rows]
    return [*some, (NOTHING, str(FIELD_LABELS["no_product"]))] if some else []


def by_role(deals: DealQuerySet, asked: Condition, _around: Around) -> DealQuerySet:
    """Keep those that have somebody in one of these parts of the decision."""
    people = Stakeholder.objects.filter(deal=OuterRef("pk"))
    some = Q(Exists(people.filter(role__in=asked.values)))
    return deals.filter(some | Q(~Exists(people)) if NOTHING in asked.values else some)


def roles(_around: Around) -> list[tuple[str, str]]:
    return [*((key, role_name(key)) for key in ROLES), (NOTHING, str(FIELD_LABELS["nobody_known"]))]
