"""Draws the icons of the installed app from the mark, into web/static/web/icons; run it after a change of the mark.

`maskable` fills the square, for systems that cut their own shape; `any` has a shape of its own.
"""

import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from tests.browser.chromium import chromium_path  # noqa: E402  (the suite knows where it is)

WEB = ROOT / "src" / "infield" / "web" / "static" / "web"
PAPER, MARK = "#f9f7f3", 24
# how much of the square the mark takes, and how round its corners are
SHAPES = {"any": (0.72, 0.22), "maskable": (0.52, 0.0)}
SIZES = (192, 512)


def drawn(size: int, purpose: str) -> str:
    share, round_share = SHAPES[purpose]
    whole = MARK / share
    edge = (MARK - whole) / 2
    mark = (
        (WEB / "icon.svg").read_text("utf-8").split(">", 1)[1].removesuffix("</svg>\n").removesuffix("</svg>")
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{size}" height="{size}"'
        f' viewBox="{edge} {edge} {whole} {whole}" fill="none" stroke-linejoin="round" stroke-linecap="round">'
        f'<rect x="{edge}" y="{edge}" width="{whole}" height="{whole}" rx="{whole * round_share}" fill="{PAPER}"/>'
        f"{mark}</svg>"
    )


def main() -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=["--no-sandbox"])
        for size in SIZES:
            for purpose in SHAPES:
                page = browser.new_page(viewport={"width": size, "height": size})
                page.set_content(
                    f'<body style="margin:0;background:transparent">{drawn(size, purpose)}</body>'
                )
                page.screenshot(path=WEB / "icons" / f"{purpose}-{size}.png", omit_background=True)
        browser.close()


if __name__ == "__main__":
    main()
