"""The report as one page that needs nothing else: no script, no font, no picture from anywhere."""

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from infield.desk.report.bars import share_bar
from infield.desk.report.findings import SAID_FIRST
from infield.desk.report.pictures import funnel_of, process_of
from infield.desk.report.stage_rows import NOTHING, stage_row
from infield.desk.report.wording import DEFINITIONS, HEADLINES, SENTENCES, Speaker
from infield.imports.reading import Finding
from infield.process.drawing.svg import TOKENS, Picture, stylesheet
from infield.web.dates import day, instant, moment
from infield.web.durations import duration
from infield.web.figures import count, percent
from infield.web.language import gettext as _
from infield.web.money import Money

if TYPE_CHECKING:
    from infield.desk.report.gather import Report
    from infield.funnel.conversion import StageConversion
    from infield.mining.conformance import Deviation
    from infield.mining.sales import Sale, SaleStep

CARDS = 9
DEVIATIONS = 15
REJECTED = 50
SALE_STEPS = 10
SALE_MORE_STEPS = 40
PATH_STEPS = 16
OUTLIERS = 10
EDGES = 20
STAGES = 40
ODD = 20
PAGE_PX = 1160


@dataclass(frozen=True, slots=True)
class Page:
    """Makes the parts of the page from a report, in a language."""

    report: "Report"
    speaker: Speaker

    def context(self) -> dict[str, Any]:
        """Give everything the template shows, as texts and plain tables."""
        report = self.report
        pictures = {"process": process_of(report, self.speaker), "funnel": self._funnel_picture()}
        shown = [picture for picture in pictures.values() if picture]
        first = self._first()
        told = [
            self.speaker.spoken(found)
            for found in report.findings
            if self._of_analysis(found) and found is not first
        ]
        odd = [found for found in report.findings if not self._of_analysis(found)]
        top = self._headline(first)
        return {
            "language": self.speaker.language,
            "styles": _styles(shown),
            "files": report.reading.files,
            "title": top[1],
            "kicker": top[0],
            "lead": top[2],
            "facts": self._facts(),
            "cards": told[:CARDS],
            "pictures": {name: _inline(picture) for name, picture in pictures.items()}
            | {"is_wide": (pictures["process"].width if pictures["process"] else 0) > PAGE_PX},
            "funnel": [self._stage(stage) for stage in report.funnel[:STAGES]],
            "more_stages": max(len(report.funnel) - STAGES, 0),
            "won": self._won_row(),
            "edges": [self._edge(edge) for edge in report.process.edges[:EDGES]],
            "edge_count": self._count(len(report.process.edges)),
            "conformance": self._conformance(),
            "variants": self._variants(),
            "variant_count": self._count(report.variants.count),
            "stage_times": [self._time(time) for time in report.stage_times[:STAGES]],
            "waiting": [self._wait(wait) for wait in report.waiting[:STAGES]],
            "durations": [self._duration(one) for one in report.durations],
            "sales": [self._sale(sale) for sale in report.sales],
            "deal_outliers": [self._deal(deal) for deal in report.deal_outliers if deal.score > 0][:OUTLIERS],
            "gap_outliers": [self._gap(gap) for gap in report.gap_outliers[:OUTLIERS]],
            "odd": [(found.where, self.speaker.sentence(found)) for found in odd[:ODD]],
            "more_odd": self._count(max(len(odd) - ODD, 0)) if len(odd) > ODD else "",
            "reading": self._reading(),
            "definitions": [(_(word), _(meaning)) for word, meaning in DEFINITIONS],
            "as_of": self._moment(report.overview.last_us),
            "zone": report.zone.key,
            "outcomes_known": bool(report.overview.won or report.overview.lost),
        }

    def _of_analysis(self, found: Finding) -> bool:
        return found.code in SENTENCES or found.code in SAID_FIRST

    def _first(self) -> Finding | None:
        """Give the finding that makes the headline."""
        by_code = {found.code: found for found in reversed(self.report.findings)}
        return next((by_code[code] for code in HEADLINES if code in by_code), None)

    def _headline(self, first: Finding | None) -> tuple[str, str, str]:
        """Give kicker, title and sentence of what matters most."""
        if first is None:
            seen = self.report.overview
            return "", self.speaker.headline_of_none(seen.deals, seen.events), ""
        return self.speaker.spoken(first).kicker, self.speaker.headline(first), self.speaker.lead(first)

    def _facts(self) -> list[tuple[str, str]]:
        seen = self.report.overview
        closed = seen.won + seen.lost
        won = (
            f"{self._count(seen.won)} ({percent(seen.won / closed, self.speaker.language)})"
            if closed
            else NOTHING
        )
        return [
            (_("Deals"), self._count(seen.deals)),
            (_("Won, of the closed ones"), won),
            (_("Lost"), self._count(seen.lost) if closed else NOTHING),
            (_("Open"), self._count(seen.open)),
            (_("Events"), self._count(seen.events)),
            (_("First event"), self._day(seen.first_us)),
            (_("Last event"), self._day(seen.last_us)),
        ]

    def _funnel_picture(self) -> Picture | None:
        return funnel_of(self.report, self.speaker, _("The funnel"), _("Won"))

    def _won_row(self) -> str:
        """Give the number of sales for the funnel's last row; nothing where an activity says it already."""
        listed = any(self.report.closing.get(stage.stage) == "won" for stage in self.report.funnel)
        return "" if listed or not self.report.overview.won else self._count(self.report.overview.won)

    def _stage(self, stage: "StageConversion") -> dict[str, Any]:
        row = stage_row(stage, self.report, self.speaker)
        return {**asdict(row), "bar": _safe(row.bar)}

    def _edge(self, edge: Any) -> tuple[str, ...]:
        figures = (self._count(edge.count), self._count(edge.deals))
        return (edge.source, edge.target, *figures, self._time_of(edge.median_s), self._time_of(edge.p90_s))

    def _conformance(self) -> dict[str, Any] | None:
        held = self.report.conformance
        if held is None or not held.deals:
            return None
        name = self.speaker.name
        return {
            "deals": self._count(held.deals),
            "fitting": self._count(held.fitting),
            "rate": self._share(held.fitting / held.deals),
            "deviations": [self._deviation(one, held.deals) for one in held.deviations[:DEVIATIONS]],
            "more": self._count(len(held.deviations) - DEVIATIONS)
            if len(held.deviations) > DEVIATIONS
            else "",
            "never_entered": [name(key) for key in held.never_entered],
            "never_taken": [f"{name(a)} → {name(b)}" for a, b in held.never_taken],
            "unmatched": list(held.unmatched[:REJECTED]),
        }

    def _deviation(self, one: "Deviation", deals: int) -> dict[str, str]:
        seen = self.report.overview
        others = seen.won + seen.lost - one.closed
        return {
            "kind": one.kind,
            "text": self.speaker.deviation(one.kind, one.stage, one.target),
            "deals": self._count(one.deals),
            "share": self._share(one.deals / deals),
            "won": self._of(one.won_share, one.closed),
            "others": self._of((seen.won - one.won) / others if others else None, others),
        }

    def _variants(self) -> list[dict[str, Any]]:
        rows = zip(self.report.variants.top, self.report.endings, strict=False)
        return [
            {
                "path": variant.path[:PATH_STEPS],
                "more": self._count(len(variant.path) - PATH_STEPS) if len(variant.path) > PATH_STEPS else "",
                "deals": self._count(variant.deals),
                "share": self._share(variant.share),
                "bar": _safe(share_bar(variant.share)),
                "median": self._time_of(variant.median_s),
                "won": self._of(ending.won_share, ending.closed),
            }
            for variant, ending in rows
        ]

    def _time(self, time: Any) -> tuple[str, ...]:
        spread = (self._time_of(time.median_s), self._time_of(time.p90_s))
        return (time.stage, self._count(time.visits), self._count(time.left), *spread)

    def _wait(self, wait: Any) -> tuple[str, ...]:
        return (wait.stage, self._count(wait.deals), self._time_of(wait.median_s), self._time_of(wait.p90_s))

    def _duration(self, one: Any) -> tuple[str, ...]:
        name = {"won": _("Won"), "lost": _("Lost"), None: _("Open, so far")}[one.outcome]
        times = (one.p10_s, one.median_s, one.p90_s, one.mean_s)
        return (name, self._count(one.deals), *map(self._time_of, times))

    def _sale(self, sale: "Sale") -> dict[str, Any]:
        end = sale.closed_us or sale.steps[-1].at_us
        paid = sale.amount_minor is not None and sale.currency
        money = (
            Money(sale.amount_minor or 0, sale.currency or "").written(self.speaker.language) if paid else ""
        )
        return {
            "name": sale.uuid or NOTHING,
            "organization": sale.organization or "",
            "amount": money,
            "closed": self._day(end),
            "took": self._time_of((end - sale.created_us) / 1e6),
            "steps": [self._step(step) for step in sale.steps[:SALE_STEPS]],
            "later": [self._step(step) for step in sale.steps[SALE_STEPS:SALE_MORE_STEPS]],
            "later_count": self._count(max(len(sale.steps) - SALE_STEPS, 0)),
            "unlisted": self._count(len(sale.steps) - SALE_MORE_STEPS)
            if len(sale.steps) > SALE_MORE_STEPS
            else "",
        }

    def _step(self, step: "SaleStep") -> dict[str, str]:
        return {
            "at": self._moment(step.at_us),
            "name": step.stage or step.kind.replace("_", " "),
            "by": step.owner or "",
            "gap": self._time_of(step.gap_s) if step.gap_s is not None else "",
        }

    def _deal(self, deal: Any) -> tuple[str, ...]:
        outcome = _("Won") if deal.outcome == "won" else _("Lost")
        return (deal.uuid or NOTHING, outcome, self._time_of(deal.duration_s), self._time_of(deal.median_s))

    def _gap(self, gap: Any) -> tuple[str, ...]:
        times = (self._time_of(gap.gap_s), self._time_of(gap.median_s))
        return (gap.uuid or NOTHING, gap.source, gap.target, self._day(gap.at_us), *times)

    def _reading(self) -> dict[str, Any]:
        reading = self.report.reading
        return {
            "files": reading.files,
            "format": reading.format,
            "read": self._count(reading.rows_read),
            "kept": self._count(reading.rows_kept),
            "rejected": self._count(reading.rows_rejected),
            "rejections": [self.speaker.rejection(row) for row in reading.rejected[:REJECTED]],
            "listed": self._count(min(REJECTED, len(reading.rejected))),
            "more": reading.rows_rejected > REJECTED,
            "left_out": [self.speaker.left_out(rows) for rows in reading.left_out],
            "columns": _mapping_rows(reading.mapping),
        }

    def _of(self, share: float | None, whole: int) -> str:
        """Give a share with its count: never one without the other."""
        if share is None:
            return NOTHING
        return _("{share} of {n}").format(share=self._share(share), n=self._count(whole))

    def _count(self, number: int) -> str:
        return count(number, self.speaker.language)

    def _share(self, share: float | None) -> str:
        return NOTHING if share is None else percent(share, self.speaker.language)

    def _time_of(self, seconds: float | None) -> str:
        return NOTHING if seconds is None else duration(seconds, self.speaker.language)

    def _moment(self, us: int | None) -> str:
        if self.report.dates_only:
            return self._day(us)
        return NOTHING if us is None else moment(us, self.report.zone, self.speaker.language)

    def _day(self, us: int | None) -> str:
        return (
            NOTHING
            if us is None
            else day(instant(us).astimezone(self.report.zone).date(), self.speaker.language)
        )


def page(report: "Report", speaker: Speaker) -> str:
    """Give the whole HTML file. `infield.web.language.speak` must have been called."""
    return render_to_string("desk/report.html", Page(report, speaker).context())


def _styles(pictures: list[Picture]) -> SafeString:
    """Give the colours and the rules of the pictures; they are the house's own, nothing of a file is in them."""
    light, dark = (";".join(f"--{name}:{pair[at]}" for name, pair in TOKENS.items()) for at in (0, 1))
    schemes = f":root{{{light}}}@media screen and (prefers-color-scheme:dark){{:root{{{dark}}}}}"
    return _safe(schemes + "\n" + stylesheet({picture.kind: picture.rules for picture in pictures}))


def _inline(picture: Picture | None) -> SafeString:
    return _safe(picture.inline() if picture else "")


def _safe(made_here: str) -> SafeString:
    return mark_safe(made_here)  # noqa: S308  SVG and CSS of our own makers, which escape what they are given


def _mapping_rows(mapping: Any) -> list[tuple[str, str]]:
    """Give what was detected as rows of words; what only explains the guess is left to the JSON."""
    rows = []
    for name, value in mapping.items():
        if name in ("guesses", "layouts"):
            continue
        rows.append((name.replace("_", " "), _flat(value)))
    return rows


def _flat(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{key}: {_flat(inner)}" for key, inner in list(value.items())[:REJECTED])
    if isinstance(value, list | tuple):
        return ", ".join(_flat(inner) for inner in value[:REJECTED])
    return str(value)
