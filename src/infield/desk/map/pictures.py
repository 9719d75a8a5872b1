"""The pictures of the map page: the map as it is written, the process as it happens, one over the other.

Drawing takes longer than the rest of the page, so what depends on a published map alone is kept.
"""

from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import UUID

from infield.desk.report.pictures import process_of, words_of_picture
from infield.process.drawing import flowchart
from infield.process.drawing.layout import lay_out
from infield.process.drawing.svg import Picture, rules
from infield.process.picture_wording import flow_labels

if TYPE_CHECKING:
    from infield.desk.report.gather import Report
    from infield.desk.report.wording import Speaker
    from infield.process.values import ProcessMap

KEPT = 64
PAGE_PX = 1100
_kept: dict[tuple[UUID, str], Picture] = {}


def style_sheet() -> str:
    """Give the rules of every picture of the desk, in one sheet; colours are those of the page."""
    from infield.funnel import picture as funnel
    from infield.mining.drawing import overlay, signs

    kinds = {
        "flowchart": flowchart.RULES,
        "map-overlay": overlay.RULES,
        "process-graph": signs.RULES,
        "real-funnel": funnel.RULES,
    }
    told = "\n".join(f"  {rule}" for rule in rules(kinds))
    return f"/* The pictures. Written by tools/picture_rules.py. */\n@layer pages {{\n{told}\n}}\n"


def mapped(version: UUID, process: "ProcessMap", language: str) -> Picture:
    """Give the map as it is written; `version` is the id of the published version."""
    if (version, language) not in _kept:
        if len(_kept) >= KEPT:
            _kept.clear()
        layout = lay_out(process, language=language, labels=flow_labels())
        _kept[version, language] = flowchart.picture(layout, language=language, labels=flow_labels())
    return _kept[version, language]


def both(report: "Report", speaker: "Speaker") -> Picture | None:
    """Give the map with what really happened on it; None where nothing happened."""
    return process_of(report, speaker)


def real(report: "Report", speaker: "Speaker") -> Picture | None:
    """Give the process as it happens, moves that the map does not permit in red; None where nothing happened."""
    from infield.mining.drawing.process_graph import process_graph

    happened = report.process
    if not happened.activities:
        return None
    called = speaker.name
    return process_graph(
        [called(stage.stage) for stage in report.funnel if stage.entered],
        edges=[replace(one, source=called(one.source), target=called(one.target)) for one in happened.edges],
        activities=[replace(one, name=called(one.name)) for one in happened.activities],
        starts=[replace(one, name=called(one.name)) for one in happened.starts],
        ends=[replace(one, name=called(one.name)) for one in happened.ends],
        endings={called(name): end for name, end in report.closing.items()},
        process=report.map,
        language=speaker.language,
        labels=words_of_picture(speaker),
    )
