"""A company with many open deals: Anna's team works on them by the map of six stages."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import cycle
from typing import Any
from uuid import UUID

from tests.desk.six_stages import SIX_STAGES
from tests.people import People, arrive

from infield.deals.models import Deal, MetCriterion
from infield.history.actions import NewEvent, record_many
from infield.people.models import Organization
from infield.people.names import folded
from infield.process.models import Process, ProcessVersion
from infield.process.yaml_file import read
from infield.web.company import Company
from infield.web.ids import new_id

BUYERS = (
    "Harbour Paper", "Mossgate Textiles", "Quillmark Print", "Halden Marine", "Kauppa & Sons", "Sundial Energy",
    "Ferro Castings", "Tiber Logistics", "Cobalt Dental", "Northwind Bearings", "Lumen Foods", "Orchard Robotics",
    "Saltwell Ceramics", "山田製作所",
)  # fmt: skip
ABOUT = (
    "Spare-parts portal",
    "Line 3 retrofit",
    "Fleet telematics",
    "Quality camera pilot",
    "Annual service plan",
)
STEPS = ("Call Maria about the offer", "Demo on site", "Send the quote", "Legal call", "Confirm the kick-off")
STAGES = ("prospecting", "qualified", "needs", "proposal", "negotiation", "commitment")
SHARES = (24, 20, 18, 17, 13, 8)  # percent of the deals in each stage


@dataclass(frozen=True, slots=True)
class World:
    people: People
    version: ProcessVersion


def begin() -> World:
    """The people and the map, without a deal."""
    people = arrive()
    Company.objects.create(name="Northwind", zone="UTC", currency="EUR")
    process = read(SIX_STAGES).process
    return World(people, Process.objects.begin(process, people.anna).current())


def fill(world: World, count: int) -> list[Deal]:
    """Save that many open deals of Anna's team, all kinds of late, each with the event of its beginning."""
    buyers = [Organization(name=name, folded_name=folded(name), owner=world.people.anna) for name in BUYERS]
    Organization.objects.bulk_create(buyers, ignore_conflicts=True)
    buyers = list(Organization.objects.order_by("name"))
    owners = [world.people.anna, world.people.bo, world.people.cleo, world.people.dan]
    now, today = datetime.now(UTC), datetime.now(UTC).date()
    deals = [
        _deal(number, stage, buyers, owners[number % len(owners)].pk, world, now, today)
        for number, stage in zip(range(count), _stages(), strict=False)
    ]
    Deal.objects.bulk_create(deals)
    _tell(deals)
    return deals


def _stages() -> Iterator[str]:
    spread = [stage for stage, share in zip(STAGES, SHARES, strict=True) for _ in range(share)]
    return cycle(spread[start] for step in range(100) for start in [step * 37 % 100])


def _deal(
    number: int,
    stage: str,
    buyers: list[Organization],
    owner: UUID,
    world: World,
    now: datetime,
    today: date,
) -> Deal:
    entered = now - timedelta(days=number * 7 % 40, hours=number % 23)
    due = None if number % 5 == 0 else today + timedelta(days=number * 3 % 20 - 5)
    return Deal(
        case=new_id(),
        organization=buyers[number * 5 % len(buyers)],
        title=ABOUT[number % len(ABOUT)],
        amount_minor=None if number % 29 == 7 else (12 + number * 37 % 180) * 100_000,
        currency="" if number % 29 == 7 else "USD" if number % 17 == 3 else "EUR",
        owner_id=owner,
        version=world.version,
        stage=stage,
        stage_entered_at=entered,
        created_at=entered,
        next_step=STEPS[number % len(STEPS)] if due else "",
        next_step_on=due,
    )


def _tell(deals: list[Deal]) -> None:
    told = record_many(_events(deals))
    by_case = {deal.case: deal for deal in deals}
    MetCriterion.objects.bulk_create(
        MetCriterion(deal=by_case[event.case], criterion=event.data["criterion"], event=event)
        for event in told
        if event.kind == "criterion_met"
    )


def _events(deals: list[Deal]) -> Iterator[NewEvent]:
    for number, deal in enumerate(deals):
        about: dict[str, Any] = {
            "case": deal.case,
            "object_kind": "deal",
            "object_id": deal.pk,
            "by": deal.owner_id,
        }
        facts = {"owner": str(deal.owner_id), "map": str(deal.version.process_id)}
        yield NewEvent(kind="created", at=deal.created_at, data=facts, **about)
        here = STAGES.index(deal.stage)
        for place, stage in enumerate(STAGES[: here + 1]):
            since = deal.stage_entered_at - timedelta(days=9 * (here - place))
            yield NewEvent(
                kind="stage_entered",
                at=since,
                stage=stage,
                data={"from": STAGES[place - 1]} if place else {},
                **about,
            )
            for criterion in range(1, 4 if place < here else 1 + number % 3):
                yield NewEvent(
                    kind="criterion_met",
                    at=since + timedelta(hours=criterion),
                    stage=stage,
                    data={"criterion": f"{stage}_{criterion}", "proof": {"tick": True}},
                    words={"evidence": "Meeting notes, page 2"},
                    **about,
                )
        if deal.next_step_on:
            data = {"activity": "task", "due": deal.next_step_on.isoformat()}
            yield NewEvent(
                kind="next_step_set",
                at=deal.stage_entered_at,
                data=data,
                words={"next_step": deal.next_step},
                **about,
            )
