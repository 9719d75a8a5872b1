"""The funnel: of the deals that entered a stage, how many got further."""

from dataclasses import replace
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from infield.accounts.rules import SignedRequest, allow_all_roles
from infield.desk.map.queries import happened_on, maps_in_use
from infield.desk.map.views import asked_for, choices, language
from infield.desk.report.findings import main_stages
from infield.desk.report.gather import Report, stage_names
from infield.desk.report.pictures import funnel_of
from infield.desk.report.stage_rows import stage_row
from infield.desk.report.wording import HEADLINES, Speaker

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
    picture = funnel_of(report, speaker, _("The funnel"), _("Won"))
    context = {
        **choices(request, maps, asked),
        **_headline(report, speaker),
        "report": report,
        "picture": mark_safe(picture.inline() if picture else ""),  # noqa: S308  our own maker escapes
        "rows": [_row(stage, report, speaker) for stage in report.funnel if stage.entered],
        "never": [speaker.name(stage.stage) for stage in main_stages(report) if not stage.entered],
    }
    return render(request, "desk/funnel.html", context)


def _row(stage: Any, report: Report, speaker: Speaker) -> Any:
    row = stage_row(stage, report, speaker)
    return replace(row, bar=mark_safe(row.bar))  # noqa: S308  an SVG of our own, made of numbers


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
