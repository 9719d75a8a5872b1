"""One small company at work: the people of the tests sell packing machines by the clean map."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from tests.people import People, arrive
from tests.process.clean_map import CLEAN

from infield.accounts.models import User
from infield.deals.models import (
    Answer,
    Deal,
    Document,
    Exchange,
    Fact,
    LineItem,
    MetCriterion,
    NextStep,
    Stakeholder,
)
from infield.history.models import Event, Words
from infield.process.models import Process, ProcessVersion
from infield.process.yaml_file import read
from infield.web.money import Money

CLEAN_MAP = read(CLEAN).process
TODAY = datetime.now(UTC).date()
FRIDAY = TODAY + timedelta(days=5)
CALL = NextStep("Call the plant manager", FRIDAY, "call")
PRICE = Money(4_200_000, "EUR")


@dataclass(frozen=True, slots=True)
class World:
    people: People
    version: ProcessVersion

    def deal(self, owner: User | None = None, **others: Any) -> Deal:
        """A deal of Dan's about a line of Aalto Foods, at the stage `need`."""
        given = {"amount": PRICE, **others}
        return Deal.objects.begin(
            given.pop("organization", "Aalto Foods"),
            given.pop("title", "Line 3"),
            self.version,
            owner or self.people.dan,
            **given,
        )

    def met(self, deal: Deal, *criteria: str) -> None:
        for criterion in criteria:
            deal.meet(criterion, self.people.dan, "Said so on the phone")


def begin() -> World:
    people = arrive()
    return World(people, Process.objects.begin(CLEAN_MAP, people.anna).current())


def everything() -> tuple[Any, ...]:
    """All that an act may write, to be compared before and after a refusal."""
    rows = (Fact, Exchange, LineItem, Stakeholder, Answer, Document)
    return (
        *(list(row.objects.order_by("id").values()) for row in rows),
        list(Deal.objects.order_by("id").values()),
        list(MetCriterion.objects.order_by("id").values()),
        list(Event.objects.order_by("position").values()),
        list(Words.objects.order_by("id").values()),
    )


def kinds(deal: Deal) -> list[str]:
    """The kinds of its events that count, in their order."""
    return [told.kind for told in deal.told()]


def facts(deal: Deal) -> dict[str, Any]:
    """What a deal is, without the lock: that grows with every change, an undone one too."""
    found = Deal.objects.filter(pk=deal.pk).values().get()
    return {**found, "lock": None, "met": set(deal.met.values_list("criterion", "event"))}


def day(days: int) -> date:
    return TODAY + timedelta(days=days)
