"""A day's requests on a large company: server CPU of each, and how long it takes with one and with four at a time.

    python -m bench.day                    100,000 deals, 50,000 contacts, 20,000 organizations, 1,000,000 events
    python -m bench.day --deals 10000      a tenth of everything but of what is being worked on
    python -m bench.day --postgres         on a PostgreSQL of its own
    python -m bench.day --served           also p50 over HTTP, with one and with four connections

Server CPU is the process's own time for one request, the median of 30, through the whole stack of middleware; on
PostgreSQL the database's own time is not in it, p50 has both. 3,000 deals are open, whatever the history.
"""

import http.client
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import batched
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

ROUNDS = 30
OPEN = 3_000
EVENTS_A_DEAL = 10
PLAIN_FILES = "django.contrib.staticfiles.storage.StaticFilesStorage"
LIMITS_MS = {"list": 25, "filtered": 25, "deal": 25, "board": 60, "search": 25, "move": 15}
NAMES = (
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
)
TRADES = (
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
)
FAMILIES = ("山田", "鈴木", "伊藤", "佐藤", "Virtanen", "Hämäläinen", "Marsh", "Okoye", "Srisuk", "Lindqvist")
KANA = ("やまだ", "すずき", "いとう", "さとう", "", "", "", "", "", "")
ABOUT = ("Spare-parts portal", "Line retrofit", "Fleet telematics", "Quality camera", "Service plan")
KINDS = ("activity_done", "next_step_set", "amount_changed", "field_changed")
EVENT_COLUMNS = (
    "id", "position", "case", "at", "recorded_at", "precision", "kind", "map_version", "stage", "stage_found",
    "object_kind", "object_id", "by", "source", "data",
)  # fmt: skip


def main() -> None:
    parser = ArgumentParser()
    parser.add_argument("--deals", type=int, default=100_000)
    parser.add_argument("--postgres", action="store_true")
    parser.add_argument("--served", action="store_true")
    asked = parser.parse_args()
    home = Path(tempfile.mkdtemp(prefix="infield-bench-"))
    home.chmod(0o755)
    _start(home, asked)
    try:
        _measure(asked)
    finally:
        if asked.postgres:
            from tests import postgres

            postgres.stop()


def _start(home: Path, asked: Namespace) -> None:
    os.environ["INFIELD_HOME"] = str(home)
    os.environ["INFIELD_SECRET_KEY"] = "-" * 60
    os.environ["DJANGO_SETTINGS_MODULE"] = "infield.settings"
    if asked.postgres:
        from tests import postgres

        os.environ["INFIELD_DATABASE_URL"] = postgres.start(home)
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    settings.ALLOWED_HOSTS = ["*"]
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": PLAIN_FILES}}
    Path(settings.STATIC_ROOT).mkdir(exist_ok=True)
    call_command("migrate", verbosity=0)


def _measure(asked: Namespace) -> None:
    from tests.desk.board_world import begin

    world = begin()
    since = time.perf_counter()
    made = fill(world, asked.deals)
    print(f"{asked.deals:,} deals made in {time.perf_counter() - since:.0f} s", flush=True)
    anna = world.people.anna
    for name, act in acts(anna, made).items():
        limit = LIMITS_MS.get(name)
        print(f"{name:10}{cpu_ms(act):8.1f} ms CPU" + (f"   at most {limit}" if limit else ""), flush=True)
    if asked.served:
        for connections in (1, 4):
            for name, p50 in served(anna, made, connections).items():
                print(f"{name:10}{p50:8.1f} ms p50, {connections} at a time", flush=True)


def fill(world: Any, count: int) -> dict[str, Any]:
    """Make the company; gives ids of deals that requests are made for."""
    organizations = _organizations(world, count // 5)
    _contacts(world, organizations, count // 2)
    deals = _deals(world, organizations, count)
    _events(world, deals)
    _met(deals)
    _index()
    _analyze()
    return {"deal": deals[7].pk, "moved": deals[11].pk, "organization": organizations[5].pk}


def _organizations(world: Any, count: int) -> list[Any]:
    from infield.people.models import Organization

    made = [
        Organization.fresh(f"{NAMES[n % 10]} {TRADES[n // 10 % 10]} {n}", owner=world.people.anna)
        for n in range(count)
    ]
    return Organization.objects.bulk_create(made, batch_size=2_000)


def _contacts(world: Any, organizations: list[Any], count: int) -> None:
    from infield.people.models import Contact

    made = []
    for n in range(count):
        one = Contact(
            family=FAMILIES[n % 10],
            given=f"Kim {n}",
            family_kana=KANA[n % 10],
            culture="ja" if n % 10 < 4 else "en",
            organization=organizations[n % len(organizations)],
            owner=world.people.anna,
            emails=[{"kind": "work", "value": f"kim{n}@buyer{n % 997}.example"}],
        )
        one.derive()
        made.append(one)
    Contact.objects.bulk_create(made, batch_size=2_000)


def _deals(world: Any, organizations: list[Any], count: int) -> list[Any]:
    from tests.desk.board_world import STAGES, STEPS

    from infield.deals.models import Deal
    from infield.web.ids import new_id

    chance, now, today = random.Random(7), datetime.now(UTC), datetime.now(UTC).date()  # noqa: S311
    owners = [world.people.anna, world.people.bo, world.people.cleo, world.people.dan]
    made = []
    for n in range(count):
        is_open = n < OPEN
        entered = now - timedelta(days=chance.randrange(60 if is_open else 1_500), seconds=n)
        due = today + timedelta(days=n * 3 % 40 - 5) if is_open and n % 5 else None
        outcome = None if is_open else ("won" if n % 3 == 0 else "lost")
        made.append(
            Deal(
                case=new_id(),
                organization=organizations[chance.randrange(len(organizations))],
                title=f"{ABOUT[n % 5]} {n}",
                amount_minor=chance.randrange(1_000, 300_000) * 100,
                currency="USD" if n % 17 == 3 else "EUR",
                owner=owners[n % 4],
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
        )
    return Deal.objects.bulk_create(made, batch_size=2_000)


def _events(world: Any, deals: list[Any]) -> None:
    position = 0

    def rows() -> Iterator[tuple[Any, ...]]:
        nonlocal position
        from tests.desk.board_world import STAGES

        from infield.web.ids import new_id

        for deal in deals:
            for n in range(EVENTS_A_DEAL):
                position += 1
                at = deal.created_at + timedelta(days=3 * n)
                stage = STAGES[min(n, 5)]
                kind = (
                    "created"
                    if n == 0
                    else "stage_entered"
                    if n <= 5
                    else "criterion_met"
                    if n < 8
                    else KINDS[n % 4]
                )
                data = _data(kind, deal, n)
                yield (
                    new_id(), position, deal.case, at, at, "time", kind, world.version.pk, stage, "",
                    "deal", deal.pk, deal.owner_id, "app", data,
                )  # fmt: skip

    for some in batched(rows(), 20_000):
        _pour(some)


def _data(kind: str, deal: Any, n: int) -> dict[str, Any]:
    return {
        "created": {"owner": str(deal.owner_id), "organization": str(deal.organization_id)},
        "amount_changed": {"amount_minor": deal.amount_minor, "currency": deal.currency},
        "next_step_set": {"activity": "call", "due": date(2026, 1, 1 + n).isoformat()},
        "field_changed": {"field": "expected_close", "value": "2026-12-01"},
        "activity_done": {"activity": "call"},
        "criterion_met": {"criterion": f"{deal.stage}_{n - 5}", "proof": {"tick": True}},
    }.get(kind, {})


def _pour(rows: tuple[tuple[Any, ...], ...]) -> None:
    from django.db import connection, transaction

    names = ", ".join(f'"{name}"' for name in EVENT_COLUMNS)
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY history_event ({names}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row((*row[:-1], json.dumps(row[-1])))
            return
        marks = ", ".join(["%s"] * len(EVENT_COLUMNS))
        cursor.executemany(
            f"INSERT INTO history_event ({names}) VALUES ({marks})",  # noqa: S608
            [tuple(_for_sqlite(value) for value in row) for row in rows],
        )


def _for_sqlite(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.replace(tzinfo=None).isoformat(" ")
    if isinstance(value, dict):
        return json.dumps(value)
    return value.hex if hasattr(value, "int") else value


def _met(deals: list[Any]) -> None:
    """Let each open deal meet two criteria of its stage."""
    from infield.deals.models import MetCriterion
    from infield.history.models import Event

    cases = {deal.case: deal for deal in deals[:OPEN]}
    events = Event.objects.filter(kind="criterion_met", position__lte=OPEN * EVENTS_A_DEAL)
    seen: dict[Any, int] = {}
    rows = []
    for event in events.iterator():
        deal = cases[event.case]
        number = seen[event.case] = seen.get(event.case, 0) + 1
        rows.append(MetCriterion(deal=deal, criterion=f"{deal.stage}_{number}", event=event))
    MetCriterion.objects.bulk_create(rows, batch_size=2_000)


def _index() -> None:
    from infield.finding.actions import rebuild

    rebuild()


def _analyze() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def acts(user: Any, made: dict[str, Any]) -> dict[str, Callable[[], object]]:
    """Give what is measured, each a request as a test client makes it."""
    from django.test import Client
    from tests.desk.board_world import STAGES

    from infield.deals.models import Deal
    from infield.web.ids import to_text

    client, number = Client(), iter(range(10_000))
    client.force_login(user)
    words = ["ferro", "山田", "いと", "line", "kim12", "har", "lumen foods", "telem"]
    moved = Deal.objects.get(pk=made["moved"])

    def get(path: str) -> Callable[[], object]:
        return lambda: _ok(client.get(path))

    def search() -> object:
        query = urlencode({"q": words[next(number) % len(words)]})
        return _ok(client.get(f"/search/palette?{query}", headers={"HX-Request": "true"}))

    def create() -> object:
        given = {
            "organization": f"New buyer {next(number)}",
            "title": "Line 9",
            "currency": "EUR",
            "amount": "9000",
        }
        return _ok(client.post("/deals/new", given), 302)

    def move() -> object:
        to = STAGES[next(number) % 2]
        given = {"to": to, "anyway": "1", "because": "Agreed at the fair", "back_because": "Too early"}
        return _ok(client.post(f"/deals/{to_text(moved.pk)}/move", given), 302)

    return {name: get(path) for name, path in paths(made).items()} | {
        "search": search,
        "create": create,
        "move": move,
    }


def paths(made: dict[str, Any]) -> dict[str, str]:
    from infield.web.ids import to_text

    return {
        "list": "/deals",
        "filtered": "/deals?stage=needs,proposal&owner=me&amount=20000..&step=late,week&sort=-amount",
        "closed": "/deals?outcome=won&created=-400d..&sort=-amount",
        "deal": f"/deals/{to_text(made['deal'])}",
        "board": "/board",
    }


def _ok(answer: Any, status: int = 200) -> Any:
    assert answer.status_code == status, (answer.status_code, answer.content[:400])
    return answer


def cpu_ms(act: Callable[[], object]) -> float:
    """Give the median CPU time of the process for `act`, in ms."""
    times = []
    for _ in range(ROUNDS + 3):
        before = time.process_time()
        act()
        times.append((time.process_time() - before) * 1000)
    return statistics.median(times[3:])


def served(user: Any, made: dict[str, Any], connections: int) -> dict[str, float]:
    """Give the median time in ms of each page over HTTP, with so many connections that ask one after the other."""
    from django.conf import settings
    from django.test import Client

    client = Client()
    client.force_login(user)
    cookie = f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"
    port = 8_931
    command = [sys.executable, "-m", "infield", "serve", f"--port={port}", "--processes=2"]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    try:
        _wait(port)
        wanted = paths(made) | {"search": "/search/palette?q=" + urlencode({"": "山田"})[1:]}
        return {name: _p50(port, path, cookie, connections) for name, path in wanted.items()}
    finally:
        server.terminate()
        server.wait()


def _wait(port: int) -> None:
    for _ in range(300):
        try:
            http.client.HTTPConnection("127.0.0.1", port, timeout=2).request("GET", "/sign-in")
        except OSError:
            time.sleep(0.2)
        else:
            time.sleep(1)
            return
    raise TimeoutError


def _p50(port: int, path: str, cookie: str, connections: int) -> float:
    times: list[float] = []

    def ask() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        for place in range(ROUNDS + 3):
            since = time.perf_counter()
            connection.request("GET", path, headers={"Cookie": cookie})
            answer = connection.getresponse()
            answer.read()
            assert answer.status == 200, answer.status
            if place >= 3:
                times.append((time.perf_counter() - since) * 1000)

    threads = [threading.Thread(target=ask) for _ in range(connections)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return statistics.median(times)


if __name__ == "__main__":
    main()
