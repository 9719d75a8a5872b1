"""A row of the funnel's table, in words, with its interval as a small picture."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from infield.desk.report.bars import interval_bar
from infield.desk.report.findings import biggest_leak
from infield.web.durations import duration
from infield.web.figures import count, percent, percents

if TYPE_CHECKING:
    from infield.desk.report.gather import Report
    from infield.desk.report.wording import Speaker
    from infield.funnel.conversion import StageConversion

NOTHING = "–"


@dataclass(frozen=True, slots=True)
class StageRow:
    """One stage of the funnel as it is shown; `bar` is an SVG of our own, `range` its two ends in words."""

    name: str
    entered: str
    moved_on: str
    still_in: str
    stopped: str
    rate: str
    bar: str
    range: str
    median: str
    leak: bool
    before: str
    """The rate that it is held against; empty where there is none."""
    changed: str
    """worse or better where that rate lies outside the interval; else empty: it could be chance."""


def stage_row(
    stage: "StageConversion", report: "Report", speaker: "Speaker", before: "StageConversion | None" = None
) -> StageRow:
    """Give the row of one stage; where no deal is decided yet it has no rate, no bar and no range.

    `before`: the same stage at another time, to hold this one against.
    """
    held = before.rate if before else None
    language, leak = speaker.language, biggest_leak(report)
    known = stage.rate is not None and stage.low is not None and stage.high is not None
    return StageRow(
        name=speaker.name(stage.stage),
        entered=count(stage.entered, language),
        moved_on=count(stage.moved_on, language),
        still_in=count(stage.still_in, language),
        stopped=count(stage.stopped, language),
        rate=_share(stage.rate, language),
        bar=interval_bar(stage.rate or 0, stage.low or 0, stage.high or 0, held) if known else "",
        range=" – ".join(percents(stage.low or 0, stage.high or 0, language)) if known else "",
        median=NOTHING if stage.median_s is None else duration(stage.median_s, language),
        leak=leak is not None and leak.stage == stage.stage,
        before="" if held is None else percent(held, language),
        changed=_changed(stage, held),
    )


def _changed(stage: "StageConversion", before: float | None) -> str:
    if before is None or stage.low is None or stage.high is None:
        return ""
    return "worse" if before > stage.high else "better" if before < stage.low else ""


def _share(share: float | None, language: str) -> str:
    return NOTHING if share is None else percent(share, language)
