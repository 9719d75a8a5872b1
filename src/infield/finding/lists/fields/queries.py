"""By what a list can be looked through: a table of fields, each with how it narrows the list and what it offers.

An end of a range, or a key, that says nothing narrows nothing: an address that somebody has cut still shows a list.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from infield.fields.models import Field as OwnField
from infield.fields.models import Value
from infield.finding import narrowing
from infield.finding.filters import Condition
from infield.finding.lists.around.queries import Around
from infield.finding.lists.wording import SPECIAL
from infield.web.ids import from_text, to_text

ME, NOBODY = "me", "nobody"
NOTHING = "-"
"""Stands for no value, where a field may have none."""
MOST_TEXTS, LONGEST_TEXT = 20, 200
"""What is looked at of a condition in words: databases refuse to compare with what is far longer."""

type Things = QuerySet[Any]
type Narrow = Callable[[Any, Condition, Any], Any]
"""Gives those of a list, a query, that meet a condition; the last is the Around of the list."""
type Choices = Callable[[Any], Sequence[tuple[str, str]]]


@dataclass(frozen=True, slots=True)
class Field:
    """One field to look by. `kind` decides how it is asked for: choices, days, amount, number, words; chosen ones
    are asked for by a link only. `names`: what is asked for in words, where not all are offered."""

    key: str
    label: object
    kind: str
    narrow: Narrow
    choices: Choices | None = None
    names: Callable[[Condition, Any], Mapping[str, str]] | None = None

    def named(self, asked: Condition, around: Around) -> Mapping[str, str]:
        if self.names:
            return self.names(asked, around)
        return dict(self.choices(around)) if self.choices else {}


def by_person(column: str) -> Narrow:
    """Narrow by somebody who works here: me, nobody, or ids."""

    def narrow(things: Things, asked: Condition, around: Around) -> Things:
        ids = ids_of(to_text(around.user.pk) if one == ME else one for one in asked.values)
        nobody = Q(**{column: None}) if {NOBODY, NOTHING} & set(asked.values) else Q(pk__in=())
        return things.filter(Q(**{f"{column}__in": ids}) | nobody)

    return narrow


def by_team(things: Things, asked: Condition, around: Around) -> Things:
    """Narrow by the owner's team: that of somebody to whom people report."""
    heads = set(ids_of(asked.values))
    owners = {pk for head in around.heads if head.pk in heads for pk in around.team_of(head)}
    return things.filter(owner__in=owners)


def by_ids(column: str) -> Narrow:
    return lambda things, asked, _around: things.filter(**{f"{column}__in": ids_of(asked.values)})


def by_column(column: str) -> Narrow:
    """Narrow by a column of keys, where an empty one is no value."""

    def narrow(things: Things, asked: Condition, _around: Around) -> Things:
        values = {"" if one == NOTHING else one for one in asked.values}
        found = Q(**{f"{column}__in": values})
        # across a relation, a record that has none has no value either
        lacks = Q(**{f"{column.rpartition('__')[0]}": None}) if "" in values and "__" in column else None
        return things.filter(found | lacks if lacks else found)

    return narrow


def by_words(column: str) -> Narrow:
    """Narrow by a part of a text, in small letters or capitals: databases fold ASCII alone."""

    def narrow(things: Things, asked: Condition, _around: Around) -> Things:
        if asked.values == (NOTHING,):
            return things.filter(**{column: ""})
        some = Q(pk__in=())
        for text in (one[:LONGEST_TEXT] for one in asked.values[:MOST_TEXTS]):
            for written in {text, text.lower(), text.upper(), text.capitalize()}:
                some |= Q(**{f"{column}__icontains": written})
        return things.filter(some) if asked.values else things

    return narrow


def by_number(column: str) -> Narrow:
    def narrow(things: Things, asked: Condition, _around: Around) -> Things:
        if asked.values == (NOTHING,):
            return things.filter(**{column: None})
        for text, compared in ((asked.least, "gte"), (asked.most, "lte")):
            end = narrowing.number(text)
            things = things if end is None else things.filter(**{f"{column}__{compared}": end})
        return things

    return narrow


def by_amount(column: str, currency: str = "currency") -> Narrow:
    """Narrow by an amount in whole units of whichever currency."""

    def narrow(things: Things, asked: Condition, _around: Around) -> Things:
        if asked.values == (NOTHING,):
            return things.filter(**{column: None})
        for text, compared in ((asked.least, "gte"), (asked.most, "lte")):
            whole = narrowing.number(text)
            if whole is not None:
                things = things.filter(_in_minor(f"{column}__{compared}", currency, whole))
        return things

    return narrow


def by_days(column: str) -> Narrow:
    """Narrow by a column of days."""

    def narrow(things: Things, asked: Condition, around: Around) -> Things:
        if asked.values == (NOTHING,):
            return things.filter(**{column: None})
        least, most = days_of(asked, around)
        things = things.filter(**{f"{column}__gte": least}) if least else things
        return things.filter(**{f"{column}__lte": most}) if most else things

    return narrow


def by_moments(column: str) -> Narrow:
    """Narrow by a column of moments, to whole days as the viewer's clock has them."""

    def narrow(things: Things, asked: Condition, around: Around) -> Things:
        if asked.values == (NOTHING,):
            return things.filter(**{column: None})
        least, most = moments_of(asked, around)
        things = things.filter(**{f"{column}__gte": least}) if least else things
        return things.filter(**{f"{column}__lt": most}) if most else things

    return narrow


def days_of(asked: Condition, around: Around) -> tuple[date | None, date | None]:
    """Give the ends of a range of days."""
    return narrowing.day(asked.least, around.today), narrowing.day(asked.most, around.today)


def moments_of(asked: Condition, around: Around) -> tuple[datetime | None, datetime | None]:
    """Give the moment that a range of days begins at, and the one before which it ends."""
    least, most = days_of(asked, around)
    return (
        _midnight(least, around) if least else None,
        _midnight(most + timedelta(days=1), around) if most else None,
    )


def due_choices(column: str, today: date) -> dict[str, Q]:
    """Give what each choice of a next step means for a column with its day."""
    return {
        "none": Q(**{column: None}),
        "late": Q(**{f"{column}__lt": today}),
        "today": Q(**{column: today}),
        "week": Q(**{f"{column}__gte": today, f"{column}__lte": today + timedelta(days=7)}),
    }


def any_of(asked: Condition, meanings: Mapping[str, Q]) -> Q:
    """Give what meets one of the choices that are asked for; an unknown one is met by nothing."""
    some = Q(pk__in=())
    for one in asked.values:
        some |= meanings.get(one, Q(pk__in=()))
    return some


def own_field(own: OwnField) -> Field:
    """Give the field to look by that a field of one's own is."""
    kinds = {"text": "words", "number": "number", "money": "amount", "date": "days"}
    choices = {"choice": _own_choices, "person": _people}.get(own.type)
    return Field(
        own.key,
        own.label,
        kinds.get(own.type, "choices"),
        partial(_by_own, own),
        partial(choices, own) if choices else None,
    )


def ids_of(texts: Any) -> list[UUID]:
    """Give the ids that these texts are, without those that are none."""
    found = []
    for text in texts:
        try:
            found.append(from_text(text))
        except ValueError:
            continue
    return found


def owners(around: Around) -> list[tuple[str, str]]:
    """Offer those who may own what the viewer sees."""
    return [(ME, str(SPECIAL[ME])), *((to_text(one.pk), one.name) for one in around.workers)]


def owners_or_nobody(around: Around) -> list[tuple[str, str]]:
    return [*owners(around), (NOBODY, str(SPECIAL[NOBODY]))]


def teams(around: Around) -> list[tuple[str, str]]:
    return [(to_text(one.pk), one.name) for one in around.heads]


def named(pairs: Mapping[str, object], *, or_nothing: bool = False) -> Choices:
    """Offer what a table of words names; and, with `or_nothing`, that nothing stands there."""

    def choices(_around: Around) -> list[tuple[str, str]]:
        some = [(key, str(label)) for key, label in pairs.items()]
        return [*some, (NOTHING, str(SPECIAL["empty"]))] if or_nothing else some

    return choices


def _in_minor(compared: str, currency: str, whole: Any) -> Q:
    odd = narrowing.currencies_by_decimals()
    usual = ~Q(**{f"{currency}__in": frozenset().union(*odd.values())})
    found = Q(**{compared: int(whole.scaleb(2))}) & usual
    for decimals, some in odd.items():
        found |= Q(**{compared: int(whole.scaleb(decimals)), f"{currency}__in": some})
    return found


def _midnight(day: date, around: Around) -> datetime:
    return datetime.combine(day, time.min, around.now.tzinfo).astimezone(UTC)


def _own_choices(own: OwnField, _around: Around) -> list[tuple[str, str]]:
    return [(one.key, one.label) for one in own.all_choices]


def _people(_own: OwnField, around: Around) -> list[tuple[str, str]]:
    return around.colleagues


def _by_own(own: OwnField, things: Things, asked: Condition, around: Around) -> Things:
    values = Value.objects.filter(field=own, object_id=OuterRef("pk"))
    if asked.values == (NOTHING,):
        return things.exclude(Exists(values))
    return things.filter(Exists(_OWN[own.type](values, asked, around)))


_OWN: Mapping[str, Narrow] = {
    "text": by_words("text"),
    "number": by_number("number"),
    "date": by_days("day"),
    "money": by_amount("amount_minor"),
    "choice": by_column("choice"),
    "person": by_ids("person"),
}
