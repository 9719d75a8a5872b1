"""The pages of the board, a deal, the funnel and the map, with few deals and with many; the longest frame of a drag.

    python -m bench.board [--many 100000]   queries, server CPU and compressed size, in a database of its own
    python -m bench.board --drag            the longest frames while dragging, in a browser, all 300 cards loaded

300 deals are open; then so many more that were lost, with ten events and more each, are put beside them. Server CPU
is the process's own time for one request, the median of 30, through the whole stack of middleware. A page of
analysis is told twice: asked for the first time after something happened, and again.
"""

import argparse
import gzip
import os
import statistics
import tempfile
import threading
import time
from collections.abc import Callable
from itertools import batched
from pathlib import Path
from typing import TYPE_CHECKING
from wsgiref.simple_server import WSGIRequestHandler, make_server

if TYPE_CHECKING:
    from tests.desk.board_world import World

ROUNDS = 30
DRAGS = 5
PLAIN_FILES = "django.contrib.staticfiles.storage.StaticFilesStorage"
LIMITS = {"board_ms": 60.0, "board_kB": 25.0, "deal_ms": 25.0, "frame_ms": 70.0}
FRAMES = """() => {
  window.frames_ms = [];
  let last = performance.now();
  const tick = (now) => {
    window.frames_ms.push(now - last);
    last = now;
    window.ticking = requestAnimationFrame(tick);
  };
  requestAnimationFrame(tick);
}"""


def main() -> None:
    os.environ["INFIELD_HOME"] = tempfile.mkdtemp(prefix="infield-bench-")
    os.environ["INFIELD_SECRET_KEY"] = "-" * 60
    os.environ["DJANGO_SETTINGS_MODULE"] = "infield.settings"
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    settings.ALLOWED_HOSTS = ["*"]
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": PLAIN_FILES}}
    Path(settings.STATIC_ROOT).mkdir(exist_ok=True)
    call_command("migrate", verbosity=0)
    from tests.desk.board_world import begin, fill

    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--many", type=int, default=100_000)
    asked.add_argument("--drag", action="store_true")
    options = asked.parse_args()
    world = begin()
    deals = fill(world, 300)
    if options.drag:
        tell_drags([drag(world.people.anna) for _ in range(DRAGS)])
        return
    few = pages(world.people.anna, deals[0].pk)
    close(world, options.many)
    many = pages(world.people.anna, deals[0].pk)
    compare(few, many)


def close(world: "World", count: int) -> None:
    """Put deals that were lost beside those on the board, with their events."""
    from django.utils.timezone import now
    from tests.desk.board_world import fill

    from infield.deals.models import Deal
    from infield.history.models import Event
    from infield.history.queries import log_source
    from infield.history.upkeep import refresh

    for some in batched(range(count), 5_000):
        made = fill(world, len(some))
        Deal.objects.filter(pk__in=[deal.pk for deal in made]).update(
            outcome="lost", closed_at=now(), lost_reason="other"
        )
    refresh(log_source())
    print(f"{Deal.objects.count():,} deals, {Event.objects.count():,} events")


def compare(few: dict[str, float], many: dict[str, float]) -> None:
    """Print what was measured with few and with many deals, and the growth of the pages that must not grow."""
    print(f"load of the machine {os.getloadavg()[0]:.1f}")
    print(f"{'':24}{'few':>10}{'many':>10}{'growth':>8}")
    for name, value in few.items():
        limit, growth = LIMITS.get(name), many[name] / value if value else 1
        said = f"   at most {limit:g}" if limit else ""
        print(f"{name:24}{value:10.1f}{many[name]:10.1f}{growth:8.2f}{said}")


def tell_drags(drags: list[dict[str, float]]) -> None:
    """Print the longest frames of several drags."""
    longest = sorted(one["frame_ms"] for one in drags)
    print(f"load of the machine {os.getloadavg()[0]:.1f}; {drags[0]['cards']:.0f} cards")
    print(
        f"longest frame of {len(drags)} drags: median {statistics.median(longest):.0f} ms, most {longest[-1]:.0f} ms"
    )
    print(f"   at most {LIMITS['frame_ms']:g}; each {[round(one) for one in longest]}")


def pages(user: object, deal: object) -> dict[str, float]:
    """Give queries, CPU in ms the first time and again (median), and size in kB, compressed and not, of each page."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from infield.web.ids import to_text

    client, found = Client(), {}
    client.force_login(user)  # type: ignore[arg-type]
    paths = {
        "board": "/board",
        "deal": f"/deals/{to_text(deal)}",  # type: ignore[arg-type]
        "funnel": "/funnel",
        "map": "/map?view=both",
    }
    for name, path in paths.items():
        before = time.process_time()
        client.get(path)
        found[f"{name}_first_ms"] = (time.process_time() - before) * 1000
        with CaptureQueriesContext(connection) as asked:
            body = client.get(path).content
        found[f"{name}_queries"] = float(len(asked))
        found[f"{name}_ms"] = cpu_ms(lambda path=path: client.get(path))  # type: ignore[misc]
        found[f"{name}_kB"] = len(gzip.compress(body, 6)) / 1000
        found[f"{name}_raw_kB"] = len(body) / 1000
    return found


def cpu_ms(act: Callable[[], object]) -> float:
    """Give the median CPU time of the process for `act`, in ms."""
    times = []
    for _ in range(ROUNDS):
        before = time.process_time()
        act()
        times.append((time.process_time() - before) * 1000)
    return statistics.median(times)


def drag(user: object) -> dict[str, float]:
    """Give the longest frame in ms of a drag over the whole board with every card loaded."""
    from django.contrib.staticfiles.handlers import StaticFilesHandler
    from django.core.wsgi import get_wsgi_application
    from playwright.sync_api import sync_playwright
    from tests.browser.chromium import chromium_path
    from tests.people import PASSWORD

    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    from django.conf import settings

    settings.DEBUG = True  # static files come from the source
    server = make_server("127.0.0.1", 0, StaticFilesHandler(get_wsgi_application()), handler_class=Quiet)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=chromium_path(), args=["--no-sandbox"])
        page = chromium.new_page(viewport={"width": 1440, "height": 900})
        page.goto(f"{address}/sign-in")
        page.locator("[name=login]").fill(user.email)  # type: ignore[attr-defined]
        page.locator("[name=password]").fill(PASSWORD)
        page.locator("form button[type=submit]").click()
        page.wait_for_url(lambda url: "/sign-in" not in url)
        page.goto(f"{address}/board")
        while page.locator(".card-rest").count():
            page.locator(".card-rest").first.scroll_into_view_if_needed()
            page.wait_for_timeout(300)
        cards = page.locator(".card").count()
        box = page.locator(".column").last.locator(".card").first.bounding_box()
        assert box
        page.evaluate(FRAMES)
        page.mouse.move(box["x"] + 60, box["y"] + 40)
        page.mouse.down()
        for step in range(80):
            page.mouse.move(box["x"] - step * 12, box["y"] + 40 + step)
            page.wait_for_timeout(8)
        frames = page.evaluate("() => { cancelAnimationFrame(window.ticking); return window.frames_ms; }")
        page.keyboard.press("Escape")
        page.mouse.up()
        chromium.close()
    server.shutdown()
    return {"cards": float(cards), "frames": float(len(frames)), "frame_ms": max(frames)}


class Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  (the library's word)
        pass


if __name__ == "__main__":
    main()
