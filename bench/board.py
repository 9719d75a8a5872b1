"""A board of 300 open deals beside 100,000 others: queries, processor time, and a deal's page."""

import os
import tempfile
from datetime import UTC, datetime, timedelta
from time import process_time

os.environ["INFIELD_HOME"] = tempfile.mkdtemp(prefix="infield-bench-")
os.environ["INFIELD_SECRET_KEY"] = "for a measurement alone: fifty characters and more, as asked"  # noqa: S105
os.environ["DJANGO_SETTINGS_MODULE"] = "infield.settings"

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from infield.accounts.models import User  # noqa: E402
from infield.deals.models import Deal, NextStep  # noqa: E402
from infield.deals.queries import board, deal_page, timeline  # noqa: E402
from infield.process.models import Process, ProcessVersion  # noqa: E402
from infield.process.starter_maps import starter_text  # noqa: E402
from infield.process.yaml_file import read  # noqa: E402
from infield.web.ids import new_id  # noqa: E402
from infield.web.money import Money  # noqa: E402

NOW = datetime.now(UTC)
TIMES = 7


def main() -> None:
    call_command("migrate", verbosity=0)
    boss = User.objects.add("boss@northwind.example", name="Boss", role="manager")
    reps = [
        User.objects.add(f"rep{n}@northwind.example", name=f"Rep {n}", role="rep", manager=boss)
        for n in range(12)
    ]
    version = Process.objects.begin(read(starter_text("seven-steps")).process, boss).current()
    stages = [stage.key for stage in version.map().stages if stage.about == "deal"]
    first = worked_on(version, reps, stages)
    for closed in (0, 100_000):
        crowd(first, closed)
        print(f"{Deal.objects.open().count()} open deals, {Deal.objects.count()} in all")
        measure("board", lambda: board(Deal.objects.visible_to(boss), version, "en", NOW))
        measure("deal", lambda: deal_page(found(first), "en", NOW))
        measure("timeline", lambda: timeline(first, "en"))


def worked_on(version: ProcessVersion, reps: list[User], stages: list[str]) -> Deal:
    for number in range(300):
        rep = reps[number % 12]
        stage = stages[number % len(stages)]
        deal = Deal.objects.begin(
            f"Buyer {number}",
            f"Line {number}",
            version,
            rep,
            amount=Money(100_000 + number, "EUR"),
            stage=stage,
        )
        for _, criterion in list(version.map().criteria())[: number % 9]:
            deal.meet(criterion.key, rep, "Said so on the phone")
        if number % 4:
            deal.set_next_step(NextStep("Call", NOW.date() + timedelta(days=number % 20)), rep)
    return deal


def crowd(deal: Deal, count: int) -> None:
    row = Deal.objects.values().get(pk=deal.pk)
    Deal.objects.bulk_create(
        (
            Deal(**{**row, "id": new_id(), "case": new_id(), "outcome": "won", "closed_at": NOW})
            for _ in range(count)
        ),
        batch_size=1_000,
    )


def found(deal: Deal) -> Deal:
    return Deal.objects.select_related("organization", "owner", "version__process").get(pk=deal.pk)


def measure(name: str, ask: object) -> None:
    assert callable(ask)
    with CaptureQueriesContext(connection) as queries:
        ask()
    spent = []
    for _ in range(TIMES):
        began = process_time()
        ask()
        spent.append(process_time() - began)
    print(f"  {name:9} {len(queries)} queries, {min(spent) * 1000:5.1f} ms of processor time")


if __name__ == "__main__":
    main()
