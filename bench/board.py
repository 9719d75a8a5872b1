"""The board of 300 deals, the page of a deal, and the longest frame of a drag.

    python -m bench.board            queries, server CPU and compressed size, in a database of its own
    python -m bench.board --drag     also the longest frame while dragging, in a browser, all 300 cards loaded

Server CPU is the process's own time for one request, the median of 30, through the whole stack of middleware.
"""

import gzip
import os
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from wsgiref.simple_server import WSGIRequestHandler, make_server

ROUNDS = 30
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

    world = begin()
    deals = fill(world, 300)
    measured = {
        **pages(world.people.anna, deals[0].pk),
        **(drag(world.people.anna) if "--drag" in sys.argv else {}),
    }
    for name, value in measured.items():
        limit = LIMITS.get(name)
        print(f"{name:16}{value:10.1f}" + (f"   at most {limit:g}" if limit else ""))


def pages(user: object, deal: object) -> dict[str, float]:
    """Give queries, median CPU in ms, size as it is and compressed in kB of the board and of a deal's page."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from infield.web.ids import to_text

    client, found = Client(), {}
    client.force_login(user)  # type: ignore[arg-type]
    for name, path in {"board": "/board", "deal": f"/deals/{to_text(deal)}"}.items():  # type: ignore[arg-type]
        client.get(path)
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
