"""A large company: so many deals, half as many contacts, a fifth of organizations, ten events a deal."""

import gc
import random
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any

from bench.pour import pour

OPEN = 3_000
"""So many deals are being worked on, whatever the history; the others are won or lost."""
EVENTS_A_DEAL = 10
NAMES = [
    "Harbour",
    "Mossgate",
    "Quillmark",
    "Halden",
    "Sundial",
    "Ferro",
    "Tiber",
    "Cobalt",
    "Lumen",
    "Saltwell",
]
TRADES = [
    "Paper",
    "Textiles",
    "Print",
    "Marine",
    "Energy",
    "Castings",
    "Logistics",
    "Dental",
    "Foods",
    "Ceramics",
]
FAMILIES = ("山田", "鈴木", "伊藤", "佐藤", "Virtanen", "Hämäläinen", "Marsh", "Okoye", "Srisuk", "Lindqvist")
KANA = ("やまだ", "すずき", "いとう", "さとう", "", "", "", "", "", "")
ABOUT = ("Spare-parts portal", "Line retrofit", "Fleet telematics", "Quality camera", "Service plan")
KINDS = ("activity_done", "next_step_set", "amount_changed", "field_changed")
EVENT_COLUMNS = (
    "id", "position", "case", "at", "recorded_at", "precision", "kind", "map_version", "stage", "stage_found",
    "object_kind", "object_id", "by", "source", "data",
)  # fmt: skip


def fill(world: Any, deals: int, *, working: int = OPEN) -> list[Any]:
    """Make the company with its events and its index, the last `working` deals open; give the deals."""
    with _without_collector():
        organizations = _organizations(world, deals // 5)
        _contacts(world, organizations, deals // 2)
        made = _deals(world, organizations, deals, working)
        pour("history_event", EVENT_COLUMNS, _events(world, made))
        _met(made[len(made) - working :])
        _index()
        _analyze()
    return made


@contextmanager
def _without_collector() -> Iterator[None]:
    # it would walk over a million new rows again and again
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _organizations(world: Any, number: int) -> list[Any]:
    from infield.people.models import Organization

    made = [
        Organization.fresh(f"{NAMES[n % 10]} {TRADES[n // 10 % 10]} {n}", owner=world.people.anna)
        for n in range(number)
    ]
    return Organization.objects.bulk_create(made, batch_size=2_000)


def _contacts(world: Any, organizations: list[Any], number: int) -> None:
    from infield.people.models import Contact

    made = [
        Contact(
            family=FAMILIES[n % 10],
            given=f"Kim {n}",
            family_kana=KANA[n % 10],
            culture="ja" if n % 10 < 4 else "en",
            organization=organizations[n % len(organizations)],
            owner=world.people.anna,
            emails=[{"kind": "work", "value": f"kim{n}@buyer{n % 997}.example"}],
        )
        for n in range(number)
    ]
    for one in made:
        one.derive()
    Contact.objects.bulk_create(made, batch_size=2_000)


def _deals(world: Any, organizations: list[Any], number: int, working: int) -> list[Any]:
    from infield.deals.models import Deal

    chance = random.Random(7)  # noqa: S311  (the same every time)
    made = [_deal(world, organizations, n, chance, is_open=n >= number - working) for n in range(number)]
    return Deal.objects.bulk_create(made, batch_size=2_000)


def _deal(world: Any, organizations: list[Any], n: int, chance: random.Random, *, is_open: bool) -> Any:
    from tests.desk.board_world import STAGES, STEPS

    from infield.deals.models import Deal
    from infield.web.ids import new_id

    owners, today = world.people, datetime.now(UTC).date()
    entered = datetime.now(UTC) - timedelta(days=chance.randrange(60 if is_open else 1_500), seconds=n)
    due = today + timedelta(days=n * 3 % 40 - 5) if is_open and n % 5 else None
    outcome = None if is_open else ("won" if n % 3 == 0 else "lost")
    return Deal(
        case=new_id(),
        organization=organizations[chance.randrange(len(organizations))],
        title=f"{ABOUT[n % 5]} {n}",
        amount_minor=chance.randrange(1_000, 300_000) * 100,
        currency="USD" if n % 17 == 3 else "EUR",
        owner=(owners.anna, owners.bo, owners.cleo, owners.dan)[n % 4],
        version=world.version,
        stage=STAGES[n % 6],
        stage_entered_at=entered,
        created_at=entered - timedelta(days=30),
        expected_close=today + timedelta(days=n % 200 - 20),
        outcome=outcome,
        closed_at=None if is_open else entered,
        lost_reason="price" if outcome == "lost" else "",
        next_step=STEPS[n % 5] if due else "",
        next_step_on=due,
    )


def _events(world: Any, deals: list[Any]) -> Iterator[tuple[Any, ...]]:
    from tests.desk.board_world import STAGES

    from infield.history.models import Event
    from infield.web.ids import new_id

    last = Event.objects.order_by("-position").values_list("position", flat=True).first() or 0
    positions = count(last + 1)
    for deal in deals:
        for n in range(EVENTS_A_DEAL):
            at, kind = deal.created_at + timedelta(days=3 * n), _kind(n)
            yield (
                new_id(), next(positions), deal.case, at, at, "time", kind, world.version.pk, STAGES[min(n, 5)], "",
                "deal", deal.pk, deal.owner_id, "app", _data(kind, deal, n),
            )  # fmt: skip


def _kind(n: int) -> str:
    if n == 0:
        return "created"
    return "stage_entered" if n <= 5 else "criterion_met" if n < 8 else KINDS[n % 4]


def _data(kind: str, deal: Any, n: int) -> dict[str, Any]:
    match kind:
        case "created":
            return {"owner": str(deal.owner_id), "organization": str(deal.organization_id)}
        case "amount_changed":
            return {"amount_minor": deal.amount_minor, "currency": deal.currency}
        case "next_step_set":
            return {"activity": "call", "due": date(2026, 1, 1 + n).isoformat()}
        case "field_changed":
            return {"field": "expected_close", "value": "2026-12-01"}
        case "activity_done":
            return {"activity": "call"}
        case "criterion_met":
            return {"criterion": f"{deal.stage}_{n - 5}", "proof": {"tick": True}}
    return {}


def _met(deals: list[Any]) -> None:
    """Let each of the deals meet two criteria of its stage."""
    from infield.deals.models import MetCriterion
    from infield.history.models import Event

    cases = {deal.case: deal for deal in deals}
    rows = [
        MetCriterion(deal=cases[event.case], criterion=event.data["criterion"], event=event)
        for event in Event.objects.filter(case__in=list(cases), kind="criterion_met")
    ]
    MetCriterion.objects.bulk_create(rows, batch_size=2_000)


def _index() -> None:
    from infield.finding.actions import rebuild

    rebuild()


def _analyze() -> None:
    """As the app has it on SQLite, and as PostgreSQL's own upkeep has it after a while."""
    from django.db import connection

    from infield.web.actions import tell_planner

    tell_planner()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
