"""`make demo`, until there is an app to serve: each ready-made map printed, checked and drawn by the command line."""

import os
import subprocess
import sys
import webbrowser
from html import escape
from pathlib import Path

STARTERS = ("seven-steps", "diamond", "fourteen-stages", "six-stage-funnel")
PICTURES = ("flow", "diamond", "funnel")
FOLDER = Path("demo-pictures")
PAGE = """<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Infield: four ready-made maps</title>
<style>
:root {{ color-scheme: light dark }}
body {{ font: 16px/1.5 Inter, system-ui, sans-serif; max-width: 1400px; margin: 2rem auto; padding: 0 1rem }}
img {{ width: 100%; height: auto }}
.small {{ display: grid; grid-template-columns: 1fr 1fr; gap: 2rem; align-items: start }}
</style>
<h1>Four ready-made maps</h1>
<p>Begin with one: <code>infield map new --starter NAME &gt; our-sale.yaml</code></p>
{sections}
</html>
"""
SECTION = """<h2>{name}</h2>
<p><a href="{name}.yaml">{name}.yaml</a></p>
<img src="{name}-flow.svg" alt="Flowchart of {name}">
<div class="small"><img src="{name}-diamond.svg" alt="Diamond of {name}">
<img src="{name}-funnel.svg" alt="Funnel of {name}"></div>
"""


def main() -> None:
    """Draw everything into one folder, and open the page that shows it where there is a screen."""
    FOLDER.mkdir(exist_ok=True)
    for name in STARTERS:
        print(f"\n$ infield map new --starter {name} > {FOLDER / name}.yaml")
        (FOLDER / f"{name}.yaml").write_bytes(infield("map", "new", "--starter", name))
        print(infield("map", "check", f"{FOLDER / name}.yaml").decode().strip())
        for picture in PICTURES:
            infield(
                "map",
                "draw",
                f"{FOLDER / name}.yaml",
                "-o",
                f"{FOLDER / name}-{picture}.svg",
                "--as",
                picture,
            )
            print(f"drew {FOLDER / name}-{picture}.svg")
    page = FOLDER / "index.html"
    page.write_text(
        PAGE.format(sections="".join(SECTION.format(name=escape(name)) for name in STARTERS)), "utf-8"
    )
    print(f"\nOpen {page.resolve()} in a browser.")
    if sys.platform == "darwin" or os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"):
        webbrowser.open(page.resolve().as_uri())


def infield(*arguments: str) -> bytes:
    """Run the command as a user would; its complaint ends this one too."""
    ran = subprocess.run([sys.executable, "-m", "infield", *arguments], stdout=subprocess.PIPE, check=False)
    if ran.returncode:
        sys.exit(
            f"infield {' '.join(arguments)} ended with exit code {ran.returncode}\n{ran.stdout.decode()}"
        )
    return ran.stdout


if __name__ == "__main__":
    main()
