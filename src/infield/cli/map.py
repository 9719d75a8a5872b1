"""`infield map …`: a sales process as a text file that is checked, drawn and compared."""

import json
from collections.abc import Callable
from pathlib import Path

import click

from infield.cli.map_files import complain, map_file, write_whole
from infield.process.starter_maps import STARTERS
from infield.process.texts import LANGUAGES

PICTURES = {
    "flow": "a flowchart with a lane for each department",
    "diamond": "a baseball diamond, from home to home",
    "funnel": "a funnel, from awareness to sale",
}
# on such a map nobody can say which box an arrow belongs to
UNDRAWABLE = {"duplicate-key", "unknown-stage"}


@click.group(name="map")
def command() -> None:
    """A sales process as a text file: begin one, check it, draw it, compare two.

    A map lists the stages of your sale. Each stage says what lets a deal in, what happens, what the
    buyer needs and gets, and its exit criteria with a weight in percent; all weights up to the sale add
    up to 100. It is plain YAML: keep it where you keep your documents, and change it together.

    \b
    Examples:
      infield map new --starter fourteen-stages > our-sale.yaml
      infield map check our-sale.yaml
      infield map draw our-sale.yaml -o our-sale.svg
      infield map draw our-sale.yaml -o diamond.svg --as diamond
      infield map diff last-year.yaml our-sale.yaml
      infield map schema > map.schema.json
    """


@command.command(epilog="\b\n" + "\n".join(f"{name:17} {sentence}" for name, sentence in STARTERS.items()))
@click.option(
    "--starter", type=click.Choice(list(STARTERS)), default="empty", help="Which map to begin with."
)
@click.option("--language", type=click.Choice(LANGUAGES), default="en", help="The language of its texts.")
def new(starter: str, language: str) -> None:
    """Print a ready-made map to begin with.

    Save what it prints in a file and make it yours. The ready-made maps:
    """
    from infield.process.starter_maps import starter_text_in

    _speak(language)
    click.echo(starter_text_in(starter, language), nl=False)


@command.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print the findings as JSON, for another program.")
@click.option("--language", type=click.Choice(LANGUAGES), default="en", help="The language of the findings.")
def check(file: Path, *, as_json: bool, language: str) -> None:
    """Look for the usual mistakes in a map, and say why each matters and what to do.

    Errors (exit code 1) are what keeps a map from working: weights that do not add up to 100, a stage
    that nothing leads to, a name that means nothing. Warnings (exit code 0) are what makes it work
    badly: vague steps, nothing for the buyer, no measures.
    """
    from infield.cli.map_check import as_text, findings_of

    _speak(language)
    found = findings_of(file)
    click.echo(json.dumps(found.plain(), ensure_ascii=False, indent=2) if as_json else as_text(found))
    if found.errors:
        raise SystemExit(1)


@command.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, help="The SVG file to write.")
@click.option(
    "--as",
    "picture",
    type=click.Choice(list(PICTURES)),
    default="flow",
    help="; ".join(f"{name}: {sentence}" for name, sentence in PICTURES.items()),
)
@click.option(
    "--language",
    type=click.Choice(LANGUAGES),
    help="Which language of the map's texts to draw; the map's own unless given.",
)
def draw(file: Path, output: Path, picture: str, language: str | None) -> None:
    """Draw a map as an SVG picture for screen, wall and paper.

    The picture follows light and dark screens, and prints on one page in black on white.
    """
    from infield.process.lint.check import check as findings

    read = map_file(file)
    broken = [finding for finding in findings(read.process) if finding.code in UNDRAWABLE]
    if broken:
        complain(file, read, broken)
    language = language or read.process.language
    _speak(language)
    write_whole(output, renderer(picture)(read.process, language=language, labels=_labels(picture)))


def _speak(language: str) -> None:
    """Speak this language; English needs no Django, which takes longer to start than a map takes to check."""
    from infield.web.language import speak

    if language in LANGUAGES and language != "en":
        speak(language)


def _labels(picture: str) -> object:
    from infield.process import picture_wording as words

    return {"flow": words.flow_labels, "diamond": words.diamond_labels, "funnel": words.funnel_labels}[
        picture
    ]()


def renderer(picture: str) -> Callable[..., str]:
    """Give the function that draws a kind of picture."""
    from importlib import import_module

    module = {"flow": "flowchart", "diamond": "diamond", "funnel": "funnel"}[picture]
    drawn: Callable[..., str] = getattr(import_module(f"infield.process.drawing.{module}"), module)
    return drawn


@command.command()
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path(path_type=Path))
def diff(old: Path, new: Path) -> None:
    """Say in words what changed from one map to another."""
    from infield.process.difference import differences
    from infield.process.wording import change_sentence

    before, after = map_file(old).process, map_file(new).process
    sentences = [change_sentence(change, after.language) for change in differences(before, after)]
    click.echo("\n".join(sentences) or "The two maps say the same.")


@command.command()
def schema() -> None:
    """Print the JSON Schema of map files, for editors and programs."""
    from infield.process.schema import map_schema

    click.echo(json.dumps(map_schema(), ensure_ascii=False, indent=2))
