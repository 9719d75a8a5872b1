"""The map: as it is written, as it happens, and both."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localdate, now
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from infield.accounts.rules import SignedRequest, allow_all_roles
from infield.desk.behind.question import Question, question_behind
from infield.desk.map import pictures
from infield.desk.map.inspector import stage_shown
from infield.desk.map.outline import outline
from infield.desk.map.queries import PERIODS, happened_on, maps_in_use
from infield.desk.map.wording import PERIODS as PERIOD_NAMES
from infield.desk.map.wording import VIEWS, file_name
from infield.desk.report.gather import Report, stage_names
from infield.desk.report.wording import SENTENCES, Speaker, Spoken
from infield.imports.reading import Finding
from infield.playbook.stages.queries import playbook_address, stage_guidance
from infield.process.drawing.svg import Picture
from infield.process.models import ProcessVersion
from infield.process.texts import in_language
from infield.web.durations import duration
from infield.web.ids import to_text

SHOWN = 6
MOVES_SHOWN = 40
OF_FILES = frozenset({"no_outcomes", "no_sales"})
"""Findings whose advice is for who reads a file."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Which map, in which way, with deals of which period."""

    version: ProcessVersion
    view: str
    period: str

    @property
    def query(self) -> str:
        return f"process={to_text(self.version.process_id)}&view={self.view}&period={self.period}"


@allow_all_roles
@require_safe
def map_page(request: SignedRequest) -> HttpResponse:
    maps = maps_in_use()
    if not maps:
        return render(request, "desk/no_map.html", {"title": "map"})
    asked = asked_for(request, maps)
    report = None if asked.view == "mapped" else happened_on(asked.version, request.user, asked.period)
    speaker = _speaker(report)
    picture = _picture(asked, report, speaker)
    context = {
        **choices(request, maps, asked),
        "views": _views(asked),
        "report": report,
        "findings": _findings(report, speaker, asked),
        "moves": _moves(report, speaker, asked),
        "picture": _inline(picture),
        "is_wide": picture is not None and picture.width > pictures.PAGE_PX,
        "outline": outline(asked.version.map(), speaker, report),
        **_inspected(request, asked.version, speaker.language),
        "query": asked.query,
        "is_mapped": asked.view == "mapped",
        "followed": _followed(report),
    }
    return render(request, "desk/map.html", context)


@allow_all_roles
@require_safe
def stage(request: SignedRequest) -> HttpResponse:
    """One stage of a map, for the inspector."""
    asked = asked_for(request, maps_in_use())
    context = _inspected(request, asked.version, language())
    if context["shown"].key != request.GET.get("stage", ""):
        raise Http404
    context |= {"query": asked.query, "is_mapped": asked.view == "mapped"}
    return render(request, "desk/map.html#inspector", context)


@allow_all_roles
@require_safe
def picture(request: SignedRequest) -> HttpResponse:
    """The picture as a file."""
    asked = asked_for(request, maps_in_use())
    report = None if asked.view == "mapped" else happened_on(asked.version, request.user, asked.period)
    speaker = _speaker(report)
    drawn = _picture(asked, report, speaker)
    if drawn is None:
        raise Http404
    name = file_name(_name(asked.version), asked.view)
    headers = {"Content-Disposition": content_disposition_header(as_attachment=True, filename=name) or ""}
    return HttpResponse(drawn.standalone(), content_type="image/svg+xml", headers=headers)


def choices(request: SignedRequest, maps: list[ProcessVersion], asked: Asked) -> dict[str, Any]:
    """Give what the bar of the map and of the funnel offers."""
    return {
        "version": asked.version,
        "name": _name(asked.version),
        "maps": [
            (
                _name(version),
                f"?process={to_text(version.process_id)}&view={asked.view}",
                version == asked.version,
            )
            for version in maps
        ],
        "periods": [
            (
                name,
                f"?process={to_text(asked.version.process_id)}&view={asked.view}&period={key}",
                key == asked.period,
            )
            for key, name in PERIOD_NAMES.items()
        ],
        "as_of": now(),
        "everyone": request.user.sees() is None,
    }


def _inspected(request: SignedRequest, version: ProcessVersion, language: str) -> dict[str, Any]:
    """Give one stage with its guidance: the one of the address, else the first with criteria."""
    mapped = version.map()
    shown = stage_shown(mapped, request.GET.get("stage", ""), language)
    stage = mapped.stage(shown.key)
    return {
        "shown": shown,
        "guidance": stage_guidance(version.process_id, stage, mapped, language, localdate()),
        "playbook_at": playbook_address(version.process_id, shown.key),
        "may_change_playbook": request.user.may("playbook"),
    }


def asked_for(request: HttpRequest, maps: list[ProcessVersion]) -> Asked:
    """Take the address at its word where it makes sense; 404 for a map that is not there."""
    wanted, given = request.GET.get("process", ""), {to_text(one.process_id): one for one in maps}
    if not maps or (wanted and wanted not in given):
        raise Http404
    view, period = request.GET.get("view", ""), request.GET.get("period", "")
    return Asked(
        version=given.get(wanted, maps[0]),
        view=view if view in VIEWS else "mapped",
        period=period if period in PERIODS else "all",
    )


def _views(asked: Asked) -> list[tuple[Any, str, bool]]:
    process = to_text(asked.version.process_id)
    return [
        (name, f"?process={process}&view={key}&period={asked.period}", key == asked.view)
        for key, name in VIEWS.items()
    ]


def _picture(asked: Asked, report: Report | None, speaker: Speaker) -> Picture | None:
    if report is None:
        return pictures.mapped(asked.version.pk, asked.version.map(), speaker.language)
    if asked.view == "real":
        return pictures.real(report, speaker)
    return pictures.both(report, speaker)


def _speaker(report: Report | None) -> Speaker:
    return Speaker(language(), stage_names(report, language()) if report else {})


def language() -> str:
    return (get_language() or "en").split("-")[0]


@dataclass(frozen=True, slots=True)
class Told:
    """A finding, the address of its deals, and what of the picture it is about: keys and names of stages."""

    spoken: Spoken
    deals: str
    source: str
    target: str
    source_name: str
    target_name: str


def _findings(report: Report | None, speaker: Speaker, asked: Asked) -> list[Told]:
    if report is None or not report.overview.deals:
        return []
    told = [found for found in report.findings if found.code in SENTENCES and found.code not in OF_FILES]
    return [_told(found, speaker, asked) for found in told[:SHOWN]]


def _told(found: Finding, speaker: Speaker, asked: Asked) -> Told:
    question, known = question_behind(found), {stage.key for stage in asked.version.map().stages}
    source, target = found.where if found.where in known else "", str(found.params.get("target") or "")
    return Told(
        spoken=speaker.spoken(found),
        deals=_behind(question, asked) if question else "",
        source=source,
        target=target,
        source_name=speaker.name(source),
        target_name=speaker.name(target),
    )


@dataclass(frozen=True, slots=True)
class Moved:
    """A move that deals really made, with the address of those deals."""

    source: str
    target: str
    source_name: str
    target_name: str
    deals: int
    median: str
    address: str


def _moves(report: Report | None, speaker: Speaker, asked: Asked) -> list[Moved]:
    if report is None:
        return []
    often = sorted(report.process.edges, key=lambda edge: (-edge.deals, edge.source, edge.target))
    return [
        Moved(
            edge.source,
            edge.target,
            speaker.name(edge.source),
            speaker.name(edge.target),
            edge.deals,
            duration(edge.median_s, speaker.language),
            _behind(Question("moved", edge.source, edge.target), asked),
        )
        for edge in often[:MOVES_SHOWN]
    ]


def _behind(question: Question, asked: Asked) -> str:
    return f"{reverse('desk:behind')}?{asked.query}&{question.query}"


def _followed(report: Report | None) -> float | None:
    held = report.conformance if report else None
    return held.fitting / held.deals if held and held.deals else None


def _name(version: ProcessVersion) -> str:
    process = version.map()
    return in_language(process.name, language(), process.language)


def _inline(drawn: Picture | None) -> SafeString:
    return mark_safe(drawn.inline() if drawn else "")  # noqa: S308  our own makers escape what they are given
