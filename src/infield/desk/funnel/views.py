"""The funnel: of the deals that entered a stage, how many got further."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from infield.accounts.rules import SignedRequest, allow_all_roles
from infield.desk.behind.question import Question
from infield.desk.funnel.queries import year_before
from infield.desk.map.queries import happened_on, maps_in_use
from infield.desk.map.views import Asked, asked_for, choices, language
from infield.desk.report.findings import main_stages
from infield.desk.report.gather import Report, stage_names
from infield.desk.report.pictures import funnel_of
from infield.desk.report.stage_rows import StageRow, stage_row
from infield.desk.report.wording import HEADLINES, Speaker
from infield.funnel.conversion import StageConversion

OF_FILES = "no_outcomes"


@allow_all_roles
@require_safe
def funnel_page(request: SignedRequest) -> HttpResponse:
    maps = maps_in_use()
    if not maps:
        return render(request, "desk/no_map.html", {"title": "funnel"})
    asked = asked_for(request, maps)
    report = happened_on(asked.version, request.user, asked.period)
    speaker = Speaker(language(), stage_names(report, language()))
    before = year_before(asked.version, request.user, asked.period)
    rows = [_row(stage, report, speaker, asked, before) for stage in report.funnel if stage.entered]
    picture = funnel_of(report, speaker, _("The funnel"), _("Won"), _alarming(rows, before))
    context = {
        **choices(request, maps, asked),
        **_headline(report, speaker),
        "report": report,
        "picture": mark_safe(picture.inline() if picture else ""),  # noqa: S308  our own maker escapes
        "rows": rows,
        "has_before": any(row.shown.before for row in rows),
        "won_deals": _behind(Question("won"), asked),
        "never": [speaker.name(stage.stage) for stage in main_stages(report) if not stage.entered],
    }
    return render(request, "desk/funnel.html", context)


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the table, with the addresses of the deals behind its numbers."""

    stage: str
    shown: StageRow
    bar: SafeString
    entered: str
    still: str
    stopped: str


def _row(
    stage: StageConversion,
    report: Report,
    speaker: Speaker,
    asked: Asked,
    before: Mapping[str, StageConversion],
) -> Row:
    shown = stage_row(stage, report, speaker, before.get(stage.stage))
    return Row(
        stage=stage.stage,
        shown=shown,
        bar=mark_safe(shown.bar),  # noqa: S308  an SVG of our own, made of numbers
        entered=_behind(Question("entered", stage.stage), asked),
        still=_behind(Question("still", stage.stage), asked),
        stopped=_behind(Question("stopped", stage.stage), asked),
    )


def _alarming(rows: list[Row], before: Mapping[str, StageConversion]) -> list[str] | None:
    """Give the stages that got worse than chance explains; None where there is nothing to hold them against."""
    return [row.stage for row in rows if row.shown.changed == "worse"] if before else None


def _behind(question: Question, asked: Asked) -> str:
    return f"{reverse('desk:behind')}?{asked.query}&{question.query}&place=funnel"


def _headline(report: Report, speaker: Speaker) -> dict[str, str]:
    """Give what matters most in words: the leak, else the share won; empty where nothing can be said."""
    by_code = {found.code: found for found in reversed(report.findings)}
    first = next((by_code[code] for code in HEADLINES if code in by_code and code != OF_FILES), None)
    if first is None:
        return {}
    return {
        "kicker": speaker.spoken(first).kicker,
        "headline": speaker.headline(first),
        "lead": speaker.lead(first),
    }
