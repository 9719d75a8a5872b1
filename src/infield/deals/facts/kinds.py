"""The facts about a deal that are kept with their history: which there are, and of what kind each is.

A map may ask for a field that is not in the table, such as demo_date: it is kept all the same, as a day where its
key says so and else as text. An event tells a fact as `field` and `value`; free text stands in its words.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from infield.deals.refusals import Refusal
from infield.web.money import Money

FactKind = Literal["text", "money", "day", "days"]

KINDS: Mapping[str, FactKind] = {
    "need": "text",
    "cost_of_problem": "money",
    "compelling_reason": "text",
    "pain_points": "text",
    "budget": "money",
    "decision_process": "text",
    "competitors": "text",
    "goals": "text",
    "goal_date": "day",
    "days_needed": "days",
    "research_notes": "text",
    "source": "text",
}
"""In the order of the page. goal_date: by when the buyer must have reached the goal; days_needed: how soon the plan
can be carried out once the buyer has said yes."""

SAME_AS: Mapping[str, str] = {"timeline": "goal_date", "company": "organization"}
"""Other names that maps use for a fact."""

LONGEST_TEXT = 5_000
LONGEST_KEY = 60
MOST_DAYS = 36_500


@dataclass(frozen=True, slots=True)
class Value:
    """What a fact says: the one of these that its kind has."""

    text: str = ""
    money: Money | None = None
    day: date | None = None
    days: int | None = None

    @property
    def is_empty(self) -> bool:
        return not self.text and self.money is None and self.day is None and self.days is None


NOTHING = Value()


def kind_of(key: str) -> FactKind:
    """Give the kind of a fact.

    >>> kind_of("budget"), kind_of("demo_date"), kind_of("topic")
    ('money', 'day', 'text')
    """
    return KINDS.get(key) or ("day" if key.endswith("_date") else "text")


def checked(key: str, value: Value) -> Value:
    """Give the value as it is kept, nothing where it is empty; Refusal: too_long, negative_amount, too_many_days."""
    text = value.text.strip()
    if len(text) > LONGEST_TEXT:
        raise Refusal("too_long", most=LONGEST_TEXT)
    if value.money and value.money.amount_minor < 0:
        raise Refusal("negative_amount")
    if value.days is not None and not 0 <= value.days <= MOST_DAYS:
        raise Refusal("too_many_days", most=MOST_DAYS)
    kept: Mapping[FactKind, Value] = {
        "text": Value(text=text),
        "money": Value(money=value.money),
        "day": Value(day=value.day),
        "days": Value(days=value.days),
    }
    return kept[kind_of(key)]


def told(key: str, value: Value) -> dict[str, Any]:
    """Give what an event says of a fact: `value` is null for no more, true for a text, which stands in its words."""
    if value.is_empty:
        return {"field": key, "value": None}
    if value.money:
        return {"field": key, "value": [value.money.amount_minor, value.money.currency]}
    if value.day:
        return {"field": key, "value": value.day.isoformat()}
    return {"field": key, "value": True if value.days is None else value.days}


def read(data: Mapping[str, Any], text: str) -> Value:
    """Give the value that an event tells, as `told` writes it and as imports do; `text`: its words.

    >>> read({"field": "budget", "value": [500_000, "EUR"]}, "").money
    Money(amount_minor=500000, currency='EUR')
    """
    kind, value = kind_of(str(data.get("field", ""))), data.get("value")
    if value is None or value is False:
        return NOTHING
    match kind, value:
        case "money", [int(amount), str(currency)]:
            return Value(money=Money(amount, currency))
        case "day", str(written):
            return _day(written)
        case "days", int(days) if not isinstance(days, bool):
            return Value(days=days)
    return Value(text=text or ("" if value is True else str(value)))


def _day(written: str) -> Value:
    try:
        return Value(day=date.fromisoformat(written[:10]))
    except ValueError:
        return NOTHING
