"""By what deals can be looked for: a table of fields, each with how it narrows a list and what it offers to choose."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property

from django.db.models import Exists, OuterRef, Q

from infield.deals.models import Deal, DealQuerySet, Fact, MetCriterion
from infield.deals.reasons import lost_reasons
from infield.deals.wording import lost_reason
from infield.desk.deals.known.queries import by_competitor, by_product, by_role, fact_fields, products, roles
from infield.desk.deals.rank.queries import narrowed as ranked
from infield.desk.deals.wording import FIELD_LABELS, OUTCOMES
from infield.finding import narrowing
from infield.finding.filters import Condition
from infield.finding.lists.around.queries import Around as AroundAny
from infield.finding.lists.fields.queries import (
    NOTHING,
    Field,
    any_of,
    by_amount,
    by_column,
    by_days,
    by_ids,
    by_moments,
    by_person,
    by_team,
    by_words,
    due_choices,
    ids_of,
    named,
    owners,
    teams,
)
from infield.finding.lists.wording import DUE
from infield.history.models import Event
from infield.people.lists.parts.queries import countries, industries
from infield.people.models import Lead, Organization
from infield.people.words.wording import SOURCE_NAMES
from infield.process.models import Process
from infield.process.texts import in_language
from infield.process.values import ProcessMap
from infield.web.choices import currencies
from infield.web.ids import to_text

SOURCES_AT_MOST = 40


@dataclass(frozen=True)
class Around(AroundAny):
    """What is around a list of deals: the maps too."""

    @cached_property
    def processes(self) -> list[tuple[Process, ProcessMap]]:
        return [(one, one.current().map()) for one in Process.objects.order_by("created_at", "pk")]


def _step(deals: DealQuerySet, asked: Condition, around: Around) -> DealQuerySet:
    if not asked.values:
        return by_days("next_step_on")(deals, asked, around)  # type: ignore[no-any-return]
    return deals.filter(any_of(asked, due_choices("next_step_on", around.today)))


def _age(deals: DealQuerySet, asked: Condition, around: Around) -> DealQuerySet:
    for text, compared in ((asked.least, "lte"), (asked.most, "gte")):
        days = narrowing.number(text)
        if days is not None and abs(days) < 100_000:
            deals = deals.filter(
                **{f"stage_entered_at__{compared}": around.now - timedelta(days=float(days))}
            )
    return deals


def _met(deals: DealQuerySet, asked: Condition, _around: Around) -> DealQuerySet:
    for criterion in asked.values:
        deals = deals.filter(Exists(MetCriterion.objects.filter(deal=OuterRef("pk"), criterion=criterion)))
    return deals


def _unmet(deals: DealQuerySet, asked: Condition, _around: Around) -> DealQuerySet:
    for criterion in asked.values:
        deals = deals.exclude(Exists(MetCriterion.objects.filter(deal=OuterRef("pk"), criterion=criterion)))
    return deals


def _entered(deals: DealQuerySet, asked: Condition, _around: Around) -> DealQuerySet:
    for stage in asked.values:
        entered = Event.objects.filter(case=OuterRef("case"), kind="stage_entered", stage=stage).counting()
        deals = deals.filter(Exists(entered))
    return deals


def _source(deals: DealQuerySet, asked: Condition, _around: Around) -> DealQuerySet:
    """Keep those whose lead came from there, and those of which somebody wrote so."""
    leads = Lead.objects.filter(case=OuterRef("case"))
    facts = Fact.objects.filter(deal=OuterRef("pk"), key="source")
    texts = {*asked.values, *(str(SOURCE_NAMES[one]) for one in asked.values if one in SOURCE_NAMES)}
    some = Q(Exists(leads.filter(source__in=asked.values))) | Q(Exists(facts.filter(text__in=texts)))
    none = Q(~Exists(leads) & ~Exists(facts)) if NOTHING in asked.values else Q(pk__in=())
    return deals.filter(some | none)


def _town(deals: DealQuerySet, asked: Condition, _around: Around) -> DealQuerySet:
    """Keep those of one town, written just so; a comma in its name has parted it in the address."""
    if asked.values == (NOTHING,):
        return deals.filter(organization__place="")
    return deals.filter(organization__place__in=(", ".join(asked.values), ",".join(asked.values)))


def _outcome(deals: DealQuerySet, asked: Condition, _around: Around) -> DealQuerySet:
    some = Q(pk__in=())
    for one in asked.values:
        some |= {
            "any": Q(),
            "open": Q(outcome=None, history_only=False, archived_at=None),
            "postponed": Q(outcome=None, history_only=False, archived_at=None, parked_until__isnull=False),
            "archived": Q(archived_at__isnull=False),
        }.get(one, Q(outcome=one, archived_at=None))
    return deals if "any" in asked.values else deals.filter(some)


def stages(around: Around) -> list[tuple[str, str]]:
    found: dict[str, str] = {}
    for _, mapped in around.processes:
        for stage in mapped.stages:
            if stage.about == "deal":
                found.setdefault(stage.key, in_language(stage.name, around.language, mapped.language))
    return list(found.items())


def _criteria(around: Around) -> list[tuple[str, str]]:
    found: dict[str, str] = {}
    for _, mapped in around.processes:
        for stage in mapped.stages:
            for one in stage.criteria:
                found.setdefault(one.key, in_language(one.text, around.language, mapped.language))
    return list(found.items())


def _maps(around: Around) -> list[tuple[str, str]]:
    return [(to_text(process.pk), process.name) for process, _ in around.processes]


def _currencies(around: Around) -> list[tuple[str, str]]:
    used = set(
        Deal.objects.visible_to(around.user)
        .exclude(currency="")
        .values_list("currency", flat=True)
        .distinct()
    )
    return [one for one in currencies(around.language) if one[0] in used]


def _reasons(around: Around) -> list[tuple[str, str]]:
    found: dict[str, str] = {}
    for _, mapped in around.processes:
        for stage in mapped.stages:
            for key in lost_reasons(mapped, stage.key):
                found.setdefault(key, lost_reason(key, mapped, around.language))
    return list(found.items())


def _sources(around: Around) -> list[tuple[str, str]]:
    """Offer where leads come from, and what people wrote instead; a comma would part an address."""
    known = named(SOURCE_NAMES, or_nothing=True)(around)
    taken = {label for _key, label in known}
    written = Fact.objects.filter(key="source", deal__in=Deal.objects.visible_to(around.user))
    texts = written.exclude(text__contains=",").order_by("text").values_list("text", flat=True).distinct()
    new = (text for text in texts[:SOURCES_AT_MOST] if text not in taken)
    return [*known, *((text, text) for text in new)]


def _named_sources(_asked: Condition, _around: Around) -> Mapping[str, str]:
    return {key: str(label) for key, label in SOURCE_NAMES.items()}


def _named_organizations(asked: Condition, around: Around) -> Mapping[str, str]:
    some = Organization.objects.visible_to(around.user).filter(pk__in=ids_of(asked.values))
    return {to_text(one.pk): one.name for one in some}


_BUILT_IN = (
    Field("owner", FIELD_LABELS["owner"], "choices", by_person("owner"), owners),
    Field("team", FIELD_LABELS["team"], "choices", by_team, teams),
    Field("map", FIELD_LABELS["map"], "choices", by_ids("version__process"), _maps),
    Field("stage", FIELD_LABELS["stage"], "choices", by_column("stage"), stages),
    Field("step", FIELD_LABELS["step"], "choices", _step, named(DUE)),
    Field("age", FIELD_LABELS["age"], "number", _age),
    Field("amount", FIELD_LABELS["amount"], "amount", by_amount("amount_minor")),
    Field("currency", FIELD_LABELS["currency"], "choices", by_column("currency"), _currencies),
    Field("close", FIELD_LABELS["close"], "days", by_days("expected_close")),
    Field("outcome", FIELD_LABELS["outcome"], "choices", _outcome, named(OUTCOMES)),
    Field("reason", FIELD_LABELS["reason"], "choices", by_column("lost_reason"), _reasons),
    Field("source", FIELD_LABELS["source"], "choices", _source, _sources, _named_sources),
    Field("country", FIELD_LABELS["country"], "choices", by_column("organization__country"), countries),
    Field("place", FIELD_LABELS["place"], "words", by_words("organization__place")),
    Field("town", FIELD_LABELS["place"], "chosen", _town),
    Field("industry", FIELD_LABELS["industry"], "choices", by_column("organization__industry"), industries),
    Field("created", FIELD_LABELS["created"], "days", by_moments("created_at")),
    Field("closed", FIELD_LABELS["closed"], "days", by_moments("closed_at")),
    Field("rank", FIELD_LABELS["rank"], "number", ranked),
    Field("entered_on", FIELD_LABELS["entered_on"], "days", by_moments("stage_entered_at")),
    Field("parked", FIELD_LABELS["parked"], "days", by_days("parked_until")),
    Field("product", FIELD_LABELS["product"], "choices", by_product, products),
    Field("role", FIELD_LABELS["role"], "choices", by_role, roles),
    Field("competitor", FIELD_LABELS["competitor"], "words", by_competitor),
    *fact_fields(),
    Field("met", FIELD_LABELS["met"], "choices", _met, _criteria),
    Field("unmet", FIELD_LABELS["unmet"], "choices", _unmet, _criteria),
    Field("entered", FIELD_LABELS["entered"], "choices", _entered, stages),
    Field(
        "organization",
        FIELD_LABELS["organization"],
        "chosen",
        by_ids("organization"),
        names=_named_organizations,
    ),
)

BUILT_IN = {one.key: one for one in _BUILT_IN}
