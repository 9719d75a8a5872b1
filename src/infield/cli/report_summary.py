"""The report at the terminal: as much of it as fits on a screen, and where the rest is."""

import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from infield.imports.reading import Reading
from infield.web.dates import day, instant
from infield.web.durations import duration
from infield.web.figures import count, percent, percents
from infield.web.language import gettext as _

if TYPE_CHECKING:
    from infield.desk.report.gather import Report
    from infield.desk.report.wording import Speaker

FINDINGS, VARIANTS, STAGES, DEVIATIONS = 6, 5, 20, 5
PATH_STEPS = 8
NAME_WIDTH = 34


def summary(report: "Report", speaker: "Speaker", written: Sequence[Path]) -> str:
    """Give the summary; `written` are the files that hold the whole report."""
    parts = [
        _overview(report, speaker),
        _findings(report, speaker),
        _funnel(report, speaker),
        _variants(report, speaker),
        _deviations(report, speaker),
        _left(report.reading, speaker.language),
        _where(written),
    ]
    return "\n\n".join(part for part in ("\n".join(lines) for lines in parts) if part)


def as_read(reading: Reading) -> str:
    """Give how the files were understood, and what is not used of them."""
    return "\n".join([*_columns(reading), "", *_left(reading, "en")]).strip()


def _overview(report: "Report", speaker: "Speaker") -> Iterator[str]:
    seen, language = report.overview, speaker.language
    first, last = (
        day(instant(us).astimezone(report.zone).date(), language) if us is not None else ""
        for us in (seen.first_us, seen.last_us)
    )
    yield _bold(
        _("{deals} deals, {events} events, {first} to {last}").format(
            deals=count(seen.deals, language), events=count(seen.events, language), first=first, last=last
        )
    )
    yield _("{won} won, {lost} lost, {open} open").format(
        won=count(seen.won, language), lost=count(seen.lost, language), open=count(seen.open, language)
    )


def _findings(report: "Report", speaker: "Speaker") -> Iterator[str]:
    for found in report.findings[:FINDINGS]:
        yield f"• {speaker.sentence(found)}"


def _funnel(report: "Report", speaker: "Speaker") -> Iterator[str]:
    if not report.funnel:
        return
    language = speaker.language
    heads = (_("Entered"), _("Moved on"), _("95 % interval"), _("Median"))
    yield _bold(_row(_("Funnel"), heads))
    for stage in report.funnel[:STAGES]:
        known = stage.rate is not None and stage.low is not None and stage.high is not None
        between = " – ".join(percents(stage.low or 0, stage.high or 0, language)) if known else "–"
        figures = (
            count(stage.entered, language),
            percent(stage.rate, language) if stage.rate is not None else "–",
            between,
            "–" if stage.median_s is None else duration(stage.median_s, language),
        )
        yield _row(speaker.name(stage.stage), figures)
    if len(report.funnel) > STAGES:
        yield _("… and {n} more").format(n=len(report.funnel) - STAGES)


def _variants(report: "Report", speaker: "Speaker") -> Iterator[str]:
    if not report.variants.top:
        return
    yield _bold(_("Commonest of {n} paths").format(n=count(report.variants.count, speaker.language)))
    for variant in report.variants.top[:VARIANTS]:
        shown = " → ".join(variant.path[:PATH_STEPS]) + (" → …" if len(variant.path) > PATH_STEPS else "")
        share = percent(variant.share, speaker.language)
        yield f"{count(variant.deals, speaker.language):>9}  {share:>6}  {shown}"


def _deviations(report: "Report", speaker: "Speaker") -> Iterator[str]:
    held = report.conformance
    if held is None or not held.deals:
        return
    shares = percent(held.fitting / held.deals, speaker.language)
    yield _bold(
        _("{fitting} of {deals} deals ({share}) follow the map").format(
            fitting=count(held.fitting, speaker.language),
            deals=count(held.deals, speaker.language),
            share=shares,
        )
    )
    for one in held.deviations[:DEVIATIONS]:
        won = "" if one.won_share is None else _("; {share} of {n} closed ones won").format(
            share=percent(one.won_share, speaker.language), n=count(one.closed, speaker.language)
        )  # fmt: skip
        yield f"{count(one.deals, speaker.language):>9}  {speaker.deviation(one.kind, one.stage, one.target)}{won}"


def _left(reading: Reading, language: str) -> Iterator[str]:
    from infield.desk.report.wording import Speaker

    speaker = Speaker(language)
    yield _("{read} rows read, {rejected} rejected, {left} left out by a rule").format(
        read=count(reading.rows_read, language),
        rejected=count(reading.rows_rejected, language),
        left=count(sum(rows.n for rows in reading.left_out), language),
    )
    yield from (f"  {speaker.rejection(row)}" for row in reading.rejected[:3])
    yield from (f"  {speaker.left_out(rows)}" for rows in reading.left_out)


def _columns(reading: Reading) -> Iterator[str]:
    yield _bold(_("{files}: read as {format}").format(files=", ".join(reading.files), format=reading.format))
    for name, value in reading.mapping.items():
        if name in ("columns", "stage_dates") and isinstance(value, dict):
            yield from (f"  {role:14} {column}" for role, column in value.items())
        elif isinstance(value, str | int):
            yield f"  {name:14} {value}"
        elif isinstance(value, list | tuple) and value and all(isinstance(one, str) for one in value):
            yield f"  {name:14} {', '.join(value)}"
    yield from (f"  {Path(file).name}: {use}" for file, use in _mapping(reading, "companions").items())


def _mapping(reading: Reading, name: str) -> dict[str, str]:
    found = reading.mapping.get(name)
    return found if isinstance(found, dict) else {}


def _where(written: Sequence[Path]) -> Iterator[str]:
    if written:
        yield _("Written: {paths}").format(paths=", ".join(map(str, written)))
    else:
        yield _("For the whole report: --html report.html, or --json report.json for a program.")


def _row(name: str, figures: Sequence[str]) -> str:
    room = max(NAME_WIDTH - _wide(name), 0)
    cells = zip(figures, (9, 9, 16, 12), strict=True)
    return (
        _cut(name) + " " * room + "".join(" " * max(width - _wide(text), 1) + text for text, width in cells)
    ).rstrip()


def _cut(name: str) -> str:
    while _wide(name) > NAME_WIDTH:
        name = name.rstrip("…")[:-1] + "…"
    return name


def _wide(text: str) -> int:
    """Give how many columns of a terminal a text takes: wide characters two, marks none."""
    return sum(
        0 if unicodedata.combining(letter) or unicodedata.category(letter) in ("Mn", "Cf")
        else 2 if unicodedata.east_asian_width(letter) in "WF" else 1
        for letter in text
    )  # fmt: skip


def _bold(text: str) -> str:
    return click.style(text, bold=True)
