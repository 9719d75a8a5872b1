"""By what deals can be looked for: a table of fields, each with how it narrows a list and what it offers to choose.

An end of a range, or a key, that says nothing narrows nothing: an address that somebody has cut still shows a list.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property, partial
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from infield.accounts.models import User
from infield.accounts.roles import WRITERS
from infield.deals.models import Deal, DealQuerySet, MetCriterion
from infield.deals.wording import lost_reason
from infield.desk.deals.wording import FIELD_LABELS, OUTCOMES, STEPS
from infield.fields.models import Field as OwnField
from infield.fields.models import Value
from infield.finding import narrowing
from infield.finding.filters import Condition, Filter
from infield.finding.models import Searched
from infield.history.models import Event
from infield.people.models import Organization
from infield.process.models import Process
from infield.process.texts import in_language
from infield.process.values import ProcessMap
from infield.web.choices import currencies
from infield.web.ids import from_text, to_text

ME = "me"
NOTHING = "-"
"""Stands for no value, where a field may have none."""


@dataclass(frozen=True)
class Around:
    """Who looks, when in their zone, in which language; and what the company has, each read when it is needed."""

    user: User
    now: datetime
    language: str

    @property
    def today(self) -> date:
        return self.now.date()

    @cached_property
    def processes(self) -> list[tuple[Process, ProcessMap]]:
        return [(one, one.current().map()) for one in Process.objects.order_by("created_at", "pk")]

    @cached_property
    def own(self) -> tuple[OwnField, ...]:
        return tuple(OwnField.objects.of("deal"))

    @cached_property
    def workers(self) -> list[User]:
        """Those who may own a deal that this user sees."""
        owners = self.user.sees()
        people = User.objects.filter(role__in=WRITERS).order_by("name")
        return list(people if owners is None else people.filter(pk__in=owners))

    @cached_property
    def colleagues(self) -> list[tuple[str, str]]:
        return [
            (to_text(pk), name)
            for pk, name in User.objects.filter(active=True).values_list("pk", "name").order_by("name")
        ]


type Narrow = Callable[[DealQuerySet, Condition, Around], DealQuerySet]
type Choices = Callable[[Around], Sequence[tuple[str, str]]]


@dataclass(frozen=True, slots=True)
class Field:
    """One field to look by. `kind` decides how it is asked for: choices, days, amount, number, words."""

    key: str
    label: object
    kind: str
    narrow: Narrow
    choices: Choices | None = None


def fields(around: Around) -> dict[str, Field]:
    """Give every field by which deals can be looked for, the company's own ones last."""
    return BUILT_IN | {one.key: _own_field(one) for one in around.own}


def narrowed(deals: DealQuerySet, wish: Filter, around: Around) -> DealQuerySet:
    """Give those of `deals` that a filter asks for; without a condition on the outcome, the open ones."""
    for condition in wish.conditions:
        field = BUILT_IN.get(condition.field) or fields(around)[condition.field]
        deals = field.narrow(deals, condition, around)
    if wish.of("outcome") is None:
        deals = deals.open().filter(archived_at=None)
    return Searched.objects.matching(deals, wish.words) if wish.words else deals  # type: ignore[return-value]


def _owner(deals: DealQuerySet, asked: Condition, around: Around) -> DealQuerySet:
    return deals.filter(
        owner__in=_ids(tuple(to_text(around.user.pk) if one == ME else one for one in asked.values))
    )


def _map(deals: DealQuerySet, asked: Condition, _around: Around) -> DealQuerySet:
    return deals.filter(version__process__in=_ids(asked.values))


def _organization(deals: DealQuerySet, asked: Condition, _around: Around) -> DealQuerySet:
    return deals.filter(organization__in=_ids(asked.values))


def _column(name: str, deals: DealQuerySet, asked: Condition, _around: Around) -> DealQuerySet:
    return deals.filter(**{f"{name}__in": asked.values})


def _amount(deals: DealQuerySet, asked: Condition, _around: Around) -> DealQuerySet:
    if asked.values == (NOTHING,):
        return deals.filter(amount_minor=None)
    for text, compared in ((asked.least, "gte"), (asked.most, "lte")):
        whole = narrowing.number(text)
        if whole is not None:
            deals = deals.filter(_in_minor(f"amount_minor__{compared}", whole))
    return deals


def _in_minor(compared: str, whole: Any) -> Q:
    odd = narrowing.currencies_by_decimals()
    found = Q(**{compared: int(whole.scaleb(2))}) & ~Q(currency__in=frozenset().union(*odd.values()))
    for decimals, some in odd.items():
        found |= Q(**{compared: int(whole.scaleb(decimals))}, currency__in=some)
    return found


def _days(name: str, deals: DealQuerySet, asked: Condition, around: Around) -> DealQuerySet:
    """Narrow by a column of days."""
    if asked.values == (NOTHING,):
        return deals.filter(**{name: None})
    least, most = (narrowing.day(text, around.today) for text in (asked.least, asked.most))
    deals = deals.filter(**{f"{name}__gte": least}) if least else deals
    return deals.filter(**{f"{name}__lte": most}) if most else deals


def _moments(name: str, deals: DealQuerySet, asked: Condition, around: Around) -> DealQuerySet:
    """Narrow by a column of moments, to whole days as the viewer's clock has them."""
    least, most = (narrowing.day(text, around.today) for text in (asked.least, asked.most))
    deals = deals.filter(**{f"{name}__gte": _midnight(least, around)}) if least else deals
    return deals.filter(**{f"{name}__lt": _midnight(most + timedelta(days=1), around)}) if most else deals


def _midnight(day: date, around: Around) -> datetime:
    return datetime.combine(day, time.min, around.now.tzinfo).astimezone(UTC)


def _step(deals: DealQuerySet, asked: Condition, around: Around) -> DealQuerySet:
    if not asked.values:
        return _days("next_step_on", deals, asked, around)
    today, any_of = around.today, Q(pk__in=())
    for one in asked.values:
        any_of |= {
            "none": Q(next_step_on=None),
            "late": Q(next_step_on__lt=today),
            "today": Q(next_step_on=today),
            "week": Q(next_step_on__gte=today, next_step_on__lte=today + timedelta(days=7)),
        }.get(one, Q(pk__in=()))
    return deals.filter(any_of)


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


def _outcome(deals: DealQuerySet, asked: Condition, _around: Around) -> DealQuerySet:
    any_of = Q(pk__in=())
    for one in asked.values:
        any_of |= {
            "any": Q(),
            "open": Q(outcome=None, history_only=False, archived_at=None),
            "postponed": Q(outcome=None, history_only=False, archived_at=None, parked_until__isnull=False),
            "archived": Q(archived_at__isnull=False),
        }.get(one, Q(outcome=one, archived_at=None))
    return deals if "any" in asked.values else deals.filter(any_of)


def _own_field(own: OwnField) -> Field:
    kinds = {"text": "words", "number": "number", "money": "amount", "date": "days"}
    choices = {"choice": _own_choices, "person": _people}.get(own.type)
    return Field(
        own.key,
        own.label,
        kinds.get(own.type, "choices"),
        partial(_by_own, own),
        partial(choices, own) if choices else None,
    )


def _own_choices(own: OwnField, _around: Around) -> list[tuple[str, str]]:
    return [(one.key, one.label) for one in own.all_choices]


def _people(_own: OwnField, around: Around) -> list[tuple[str, str]]:
    return around.colleagues


def _by_own(own: OwnField, deals: DealQuerySet, asked: Condition, around: Around) -> DealQuerySet:
    values = Value.objects.filter(field=own, object_id=OuterRef("pk"))
    if asked.values == (NOTHING,):
        return deals.exclude(Exists(values))
    narrowed_values = OWN[own.type](values, asked, around)
    return deals.filter(Exists(narrowed_values))


def _own_text(values: Any, asked: Condition, _around: Around) -> Any:
    return values.filter(text__icontains=asked.values[0]) if asked.values else values


def _own_range(
    column: str, read: Callable[[str, Around], Any], values: Any, asked: Condition, around: Around
) -> Any:
    for text, compared in ((asked.least, "gte"), (asked.most, "lte")):
        end = read(text, around)
        if end is not None:
            values = values.filter(**{f"{column}__{compared}": end})
    return values


def _own_money(values: Any, asked: Condition, _around: Around) -> Any:
    for text, compared in ((asked.least, "gte"), (asked.most, "lte")):
        whole = narrowing.number(text)
        if whole is not None:
            values = values.filter(_in_minor(f"amount_minor__{compared}", whole))
    return values


OWN: Mapping[str, Callable[[Any, Condition, Around], Any]] = {
    "text": _own_text,
    "number": partial(_own_range, "number", lambda text, _around: narrowing.number(text)),
    "date": partial(_own_range, "day", lambda text, around: narrowing.day(text, around.today)),
    "money": _own_money,
    "choice": lambda values, asked, _around: values.filter(choice__in=asked.values),
    "person": lambda values, asked, _around: values.filter(person__in=_ids(asked.values)),
}


def _ids(texts: Sequence[str]) -> list[UUID]:
    found = []
    for text in texts:
        try:
            found.append(from_text(text))
        except ValueError:
            continue
    return found


def _owners(around: Around) -> list[tuple[str, str]]:
    return [(ME, str(FIELD_LABELS["me"])), *((to_text(one.pk), one.name) for one in around.workers)]


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
            for key in _lost_reasons(mapped, stage.key):
                found.setdefault(key, lost_reason(key, mapped, around.language))
    return list(found.items())


def _lost_reasons(mapped: ProcessMap, stage: str) -> Sequence[str]:
    from infield.deals.reasons import lost_reasons

    return lost_reasons(mapped, stage)


def _organizations(_around: Around) -> list[tuple[str, str]]:
    return []


def names_of(field: Field, asked: Condition, around: Around) -> dict[str, str]:
    """Give the names of what a condition asks for, where they are not all offered."""
    if field.key == "organization":
        return {
            to_text(one.pk): one.name
            for one in Organization.objects.visible_to(around.user).filter(pk__in=_ids(asked.values))
        }
    return dict(field.choices(around)) if field.choices else {}


_BUILT_IN = (
    Field("owner", FIELD_LABELS["owner"], "choices", _owner, _owners),
    Field("map", FIELD_LABELS["map"], "choices", _map, _maps),
    Field("stage", FIELD_LABELS["stage"], "choices", partial(_column, "stage"), stages),
    Field(
        "step",
        FIELD_LABELS["step"],
        "choices",
        _step,
        lambda _around: [(key, str(label)) for key, label in STEPS.items()],
    ),
    Field("age", FIELD_LABELS["age"], "number", _age),
    Field("amount", FIELD_LABELS["amount"], "amount", _amount),
    Field("currency", FIELD_LABELS["currency"], "choices", partial(_column, "currency"), _currencies),
    Field("close", FIELD_LABELS["close"], "days", partial(_days, "expected_close")),
    Field(
        "outcome",
        FIELD_LABELS["outcome"],
        "choices",
        _outcome,
        lambda _around: [(key, str(label)) for key, label in OUTCOMES.items()],
    ),
    Field("reason", FIELD_LABELS["reason"], "choices", partial(_column, "lost_reason"), _reasons),
    Field("created", FIELD_LABELS["created"], "days", partial(_moments, "created_at")),
    Field("closed", FIELD_LABELS["closed"], "days", partial(_moments, "closed_at")),
    Field("met", FIELD_LABELS["met"], "choices", _met, _criteria),
    Field("unmet", FIELD_LABELS["unmet"], "choices", _unmet, _criteria),
    Field("entered", FIELD_LABELS["entered"], "choices", _entered, stages),
    Field("organization", FIELD_LABELS["organization"], "chosen", _organization, _organizations),
)

BUILT_IN = {one.key: one for one in _BUILT_IN}


@dataclass(frozen=True, slots=True)
class AskedFor:
    """A field in the form that asks what to look for, filled with what is looked for now."""

    key: str
    label: object
    kind: str
    choices: tuple[tuple[str, str, bool], ...]
    least: str
    most: str
    text: str
    is_on: bool


def asked_for(wish: Filter, around: Around) -> tuple[AskedFor, ...]:
    """Give every field that can be looked for by choosing; one that offers nothing is left out."""
    found = (_asked_for(field, wish.of(field.key), around) for field in fields(around).values())
    return tuple(one for one in found if one.kind != "chosen" and (one.kind != "choices" or one.choices))


def _asked_for(field: Field, now: Condition | None, around: Around) -> AskedFor:
    chosen = now.values if now else ()
    offered = field.choices(around) if field.choices else ()
    return AskedFor(
        field.key,
        field.label,
        field.kind,
        tuple((key, name, key in chosen) for key, name in offered),
        now.least if now else "",
        now.most if now else "",
        ",".join(chosen),
        now is not None,
    )
