"""One round on one company, as JSON: `python -m bench.day.once HOME --deals 10000`; bench.day starts it."""

import json
import os
import sys
import time
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import Any

from bench.day.asks import asks, cpu_ms
from bench.day.company import fill
from bench.day.served import p50_ms, serving
from bench.installation import installed

CONNECTIONS = (1, 4)


def main() -> None:
    parser = ArgumentParser()
    parser.add_argument("home", type=Path)
    parser.add_argument("--deals", type=int, required=True)
    parser.add_argument("--postgres", action="store_true")
    parser.add_argument("--served", action="store_true")
    asked = parser.parse_args()
    with installed(asked.home, postgres=asked.postgres):
        print(json.dumps(_measured(asked)))


def _measured(asked: Namespace) -> dict[str, float]:
    """Give what was measured: `NAME` → CPU in ms, `NAME p50 of N` → ms over HTTP with N connections."""
    from infield.accounts.models import User
    from infield.deals.models import Deal
    from infield.web.ids import to_text

    keys = _company(asked.home, asked.deals)
    anna = User.objects.get(pk=keys["user"])
    numbers = [to_text(pk) for pk in Deal.objects.filter(pk__in=keys["moved"]).values_list("pk", flat=True)]
    deal = to_text(Deal.objects.get(pk=keys["deal"]).pk)
    found = {name: cpu_ms(anna, nth) for name, nth in asks(deal, numbers[0]).items()}
    if asked.served:
        with serving() as port:
            each = [asks(deal, moved) for moved in numbers]
            for connections in CONNECTIONS:
                for name in each[0]:
                    kinds = [one[name] for one in each[:connections]]
                    found[f"{name} p50 of {connections}"] = p50_ms(anna, port, kinds)
    return found


def _company(home: Path, deals: int) -> dict[str, Any]:
    """Give the keys of the user and of the deals the requests are about; makes the company where there is none."""
    card = home / "company.json"
    if not card.exists():
        from tests.desk.board_world import begin

        since, busy, world = time.perf_counter(), time.process_time(), begin()
        made = fill(world, deals)
        keys = {
            "user": str(world.people.anna.pk),
            "deal": str(made[-7].pk),
            "moved": [str(made[-n].pk) for n in (11, 17, 23, 29)],
        }
        card.write_text(json.dumps(keys), "utf-8")
        took, cpu = time.perf_counter() - since, time.process_time() - busy
        told = f"{deals:,} deals made in {took:.0f} s, {cpu:.0f} s CPU; load of the machine {os.getloadavg()[0]:.1f}"
        print(told, file=sys.stderr)
    return dict(json.loads(card.read_text("utf-8")))


if __name__ == "__main__":
    main()
