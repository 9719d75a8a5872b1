"""The map as a list: the equal of the picture for a phone, a keyboard, a screen reader."""

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from infield.process.flow import sale_stage
from infield.process.texts import in_language
from infield.web.durations import duration

if TYPE_CHECKING:
    from infield.desk.report.gather import Report
    from infield.desk.report.wording import Speaker
    from infield.process.values import ProcessMap


@dataclass(frozen=True, slots=True)
class Line:
    """A stage: its number on the map, its weight in percent of a sale, deals that entered it (None: not asked)."""

    key: str
    number: int
    name: str
    department: str
    weight: Decimal
    is_sale: bool
    entered: int | None
    stays: str
    usual_days: Decimal | None


def outline(process: "ProcessMap", speaker: "Speaker", report: "Report | None") -> list[Line]:
    """Give the stages of a map in its order, with what happened on each where a report is given."""
    language, sale = speaker.language, sale_stage(process)
    departments = {one.key: in_language(one.name, language, process.language) for one in process.departments}
    funnel = {stage.stage: stage for stage in report.funnel} if report else {}
    lines = []
    for number, stage in enumerate(process.stages, 1):
        met = funnel.get(stage.key)
        lines.append(
            Line(
                key=stage.key,
                number=number,
                name=in_language(stage.name, language, process.language),
                department=departments.get(stage.department or "", ""),
                weight=stage.weight,
                is_sale=stage is sale,
                entered=met.entered if met else None,
                stays=duration(met.median_s, language) if met and met.median_s is not None else "",
                usual_days=stage.expected_days,
            )
        )
    return lines
