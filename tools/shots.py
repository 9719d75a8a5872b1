"""Takes pictures of every screen of a demo: light and dark, desktop and phone, into shots/.

`make shots`, or tools/shots.py --board for docs/pictures/board.png alone. The demo is made anew in a temporary
folder and ends with the last picture.
"""

import os
import re
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from tests.browser.chromium import chromium_path  # noqa: E402  (the suite knows where it is)

SHOTS, BOARD = ROOT / "shots", ROOT / "docs" / "pictures" / "board.png"
BOARD_LIMIT_BYTES = 250_000
SCREENS = {
    "board": "/board",
    "new-deal": "/deals/new",
    "contacts": "/contacts",
    "organizations": "/organizations",
    "leads": "/leads",
    "doubles": "/doubles",
    "map": "/map",
    "map-as-it-happens": "/map?view=real",
    "map-both": "/map?view=both",
    "funnel": "/funnel",
    "import": "/import",
    "profile": "/profile",
    "not-found": "/nothing-here",
}
OF_ADMINISTRATORS = {
    "users": "/users",
    "invite": "/users/invite",
    "rule": "/users/rule",
    "audit": "/audit",
    "security": "/security",
}
SIZES = {1440: 900, 390: 844}
START_SECONDS = 180


@dataclass(frozen=True, slots=True)
class Demo:
    """A demo that runs: its address, and e-mail and password by role."""

    address: str
    sign_ins: dict[str, tuple[str, str]]


@contextmanager
def demo() -> Iterator[Demo]:
    with tempfile.TemporaryDirectory(prefix="infield-shots-") as folder, socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
        probe.close()
        command = [sys.executable, "-u", "-m", "infield", "demo", f"--port={port}"]
        environment = {**os.environ, "INFIELD_HOME": folder, "INFIELD_DATABASE_URL": ""}
        running = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True, cwd=ROOT)
        try:
            yield _started(running)
        finally:
            running.terminate()
            running.wait()


def _started(running: subprocess.Popen[str]) -> Demo:
    """Read what the command prints until it says where it is."""
    sign_ins: dict[str, tuple[str, str]] = {}
    for line in running.stdout or ():
        found = re.match(r"  (manager|rep|reader|admin)\s+(\S+)\s+(\S+)$", line)
        if found:
            sign_ins[found[1]] = (found[2], found[3])
        served = re.match(r"Infield is at (\S+)", line)
        if served:
            return Demo(served[1], sign_ins)
    sys.exit("The demo did not start; what it wrote above says why.")


def sign_in(page: Page, running: Demo, role: str) -> None:
    email, password = running.sign_ins[role]
    page.goto(f"{running.address}/sign-in")
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(lambda url: "/sign-in" not in url)


def a_deal(page: Page, running: Demo) -> str:
    """Give the address of a deal in the middle of the board."""
    page.goto(f"{running.address}/board")
    links: list[str] = page.eval_on_selector_all(
        "a[href^='/deals/']", "links => links.map(link => link.pathname)"
    )
    deals = [link for link in links if re.fullmatch(r"/deals/\w{22}", link)]
    return deals[len(deals) // 2]


def take_all(page: Page, running: Demo) -> None:
    SHOTS.mkdir(exist_ok=True)
    _take(page, "sign-in", f"{running.address}/sign-in")
    sign_in(page, running, "manager")
    for name, path in {**SCREENS, "deal": a_deal(page, running)}.items():
        _take(page, name, running.address + path)
    page.context.clear_cookies()
    sign_in(page, running, "admin")
    for name, path in OF_ADMINISTRATORS.items():
        _take(page, name, running.address + path)


def _take(page: Page, name: str, address: str) -> None:
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        for width, height in SIZES.items():
            page.set_viewport_size({"width": width, "height": height})
            answer = page.goto(address, wait_until="networkidle")
            page.screenshot(path=SHOTS / f"{name}-{scheme}-{width}.png", full_page=name != "board")
            print(f"{name}-{scheme}-{width}.png  {answer.status if answer else ''}")


def take_board(page: Page, running: Demo) -> None:
    sign_in(page, running, "rep")
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(f"{running.address}/board", wait_until="networkidle")
    page.screenshot(path=BOARD)
    size = BOARD.stat().st_size
    print(f"{BOARD.relative_to(ROOT)}: {size:,} bytes")
    if size > BOARD_LIMIT_BYTES:
        sys.exit("That is too large for a README.")


def main() -> None:
    take = take_board if "--board" in sys.argv else take_all
    with demo() as running, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=["--no-sandbox"])
        take(browser.new_page(locale="en-GB"), running)
        browser.close()


if __name__ == "__main__":
    main()
