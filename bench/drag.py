"""The longest frames while a card is dragged over the whole board, in a browser, with every card loaded.

    python -m bench.drag [--cards 300] [--drags 5]

The board is served by `infield serve`. A frame is late too when something else has the processor: so the same
movements are made with nothing held, and the work of the page itself is told, which is a bound of every frame of it.
"""

import argparse
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from bench.day.served import serving, session_of
from bench.installation import installed

LIMIT_MS = 70
STEPS = 80
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
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cards", type=int, default=300)
    parser.add_argument("--drags", type=int, default=5)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="infield-bench-") as folder, installed(Path(folder)):
        from tests.desk.board_world import begin, fill

        world = begin()
        fill(world, asked.cards)
        with serving(processes=1) as port:
            _tell(*_drags(world.people.anna, port, asked.drags))


@dataclass(frozen=True, slots=True)
class Drag:
    """The frames of one drag in ms, and how long layout, style and scripts took in all of it."""

    frames: tuple[float, ...]
    work_ms: float

    @property
    def longest(self) -> float:
        return max(self.frames)


def _drags(user: Any, port: int, number: int) -> tuple[list[Drag], list[Drag]]:
    """Give drags, and between them the same movements of the pointer with nothing held."""
    from playwright.sync_api import sync_playwright
    from tests.browser.chromium import chromium_path

    address, (name, value) = f"http://127.0.0.1:{port}", session_of(user)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=chromium_path(), args=["--no-sandbox"])
        page = chromium.new_page(viewport={"width": 1440, "height": 900})
        page.context.add_cookies([{"name": name, "value": value, "url": address}])
        page.goto(f"{address}/board")
        while page.locator(".card-rest").count():
            page.locator(".card-rest").first.scroll_into_view_if_needed()
            page.wait_for_timeout(300)
        print(f"{page.locator('.card').count()} cards")
        metrics = page.context.new_cdp_session(page)
        metrics.send("Performance.enable")
        found = [(_drag(page, metrics, held=True), _drag(page, metrics, held=False)) for _ in range(number)]
        chromium.close()
    return [one for one, _ in found], [other for _, other in found]


def _drag(page: Any, metrics: Any, *, held: bool) -> Drag:
    card = page.locator(".column").last.locator(".card").first
    card.scroll_into_view_if_needed()
    box, before = card.bounding_box(), _work_ms(metrics)
    page.evaluate(FRAMES)
    page.mouse.move(box["x"] + 60, box["y"] + 40)
    if held:
        page.mouse.down()
    for step in range(STEPS):
        page.mouse.move(box["x"] - step * 12, box["y"] + 40 + step)
        page.wait_for_timeout(8)
    assert page.locator(".is-ghost").count() == held
    frames = page.evaluate("() => { cancelAnimationFrame(window.ticking); return window.frames_ms; }")
    work_ms = _work_ms(metrics) - before
    page.keyboard.press("Escape")
    page.mouse.up()
    return Drag(tuple(frames), work_ms)


def _work_ms(metrics: Any) -> float:
    """Give how long layout, style and scripts of the page have taken since it began."""
    found = {one["name"]: one["value"] for one in metrics.send("Performance.getMetrics")["metrics"]}
    return 1000 * float(sum(found[f"{name}Duration"] for name in ("Layout", "RecalcStyle", "Script")))


def _tell(drags: list[Drag], empty: list[Drag]) -> None:
    print(f"load of the machine {os.getloadavg()[0]:.1f}")
    for name, some in (("dragging", drags), ("the same moves, nothing held", empty)):
        longest = [one.longest for one in some]
        usual = median(frame for one in some for frame in one.frames)
        print(f"{name}: longest frame {median(longest):.0f} ms (median of {len(some)}, at most {LIMIT_MS})")
        print(f"   each {[round(one) for one in longest]}; the usual frame {usual:.0f} ms")
        print(f"   layout, style and scripts of a whole drag {median(one.work_ms for one in some):.0f} ms")


if __name__ == "__main__":
    main()
