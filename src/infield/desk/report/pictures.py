"""The pictures of a report: the process as it happens, and the funnel. Their texts are escaped by their makers."""

from collections.abc import Collection
from dataclasses import replace
from typing import TYPE_CHECKING

from infield.desk.report.findings import biggest_leak, main_stages
from infield.funnel.picture import Level, funnel_picture
from infield.process.drawing.svg import Picture
from infield.process.picture_wording import flow_labels
from infield.web.durations import duration
from infield.web.figures import count, percent
from infield.web.language import gettext

if TYPE_CHECKING:
    from infield.desk.report.gather import Report
    from infield.desk.report.wording import Speaker
    from infield.mining.drawing.labels import Labels
    from infield.mining.graph import Edge

MOST_LEVELS = 14
LEAST_SHARE = 0.1
"""Where the stages come from the history, those that fewer of the deals enter are left to the table."""


def funnel_of(
    report: "Report", speaker: "Speaker", title: str, won: str, alarming: Collection[str] | None = None
) -> Picture | None:
    """Give the funnel; None where no stage was entered. `alarming`: stages that may be red; None: the largest leak."""
    least = 0 if report.map else report.overview.deals * LEAST_SHARE
    shown = [stage for stage in main_stages(report) if stage.entered >= least][:MOST_LEVELS]
    if not any(stage.entered for stage in shown):
        return None
    leak = biggest_leak(report)
    red = ({leak.stage} if leak else set()) if alarming is None else alarming
    levels = [
        Level(
            speaker.name(stage.stage),
            stage.entered,
            count(stage.entered, speaker.language),
            "leak" if stage.stage in red else "band",
        )
        for stage in shown
    ]
    if report.overview.won:
        levels.append(Level(won, report.overview.won, count(report.overview.won, speaker.language), "won"))
    said = ", ".join(f"{level.name} {level.figure}" for level in levels)
    return funnel_picture(levels, title, said, speaker.language)


def process_of(report: "Report", speaker: "Speaker") -> Picture | None:
    """Give the process as it happens, on the map's stages where there is a map; None where nothing happened."""
    happened = report.process
    if not happened.activities:
        return None
    if report.map:
        from infield.mining.drawing.overlay import overlay

        stays_s = {time.stage: time.median_s for time in report.stage_times if time.median_s is not None}
        return overlay(
            report.map,
            edges=[_with_ends(edge, report, speaker) for edge in happened.edges],
            starts=happened.starts,
            stays_s=stays_s,
            endings={speaker.name(name): end for name, end in report.closing.items()},
            language=speaker.language,
            labels=words_of_picture(speaker),
            map_labels=flow_labels(),
        )
    from infield.mining.drawing.process_graph import process_graph

    return process_graph(
        [stage.stage for stage in report.funnel],
        edges=happened.edges,
        activities=happened.activities,
        starts=happened.starts,
        ends=happened.ends,
        endings=report.closing,
        language=speaker.language,
        labels=words_of_picture(speaker),
    )


def _with_ends(edge: "Edge", report: "Report", speaker: "Speaker") -> "Edge":
    """Call the ends of deals by their names; stages keep their keys."""
    ends = {name: speaker.name(name) for name in (edge.source, edge.target) if name in report.closing}
    return replace(edge, source=ends.get(edge.source, edge.source), target=ends.get(edge.target, edge.target))


def words_of_picture(speaker: "Speaker") -> "Labels":
    """Give the words and figures that a picture of the process shows."""
    from infield.desk.report.wording import PICTURE
    from infield.mining.drawing.labels import Labels

    language = speaker.language
    return Labels(
        **{name: gettext(words) for name, words in PICTURE.items()},
        number=lambda number: count(number, language),
        duration=lambda seconds: duration(seconds, language, length="narrow"),
        percent=lambda share: percent(share, language),
    )
