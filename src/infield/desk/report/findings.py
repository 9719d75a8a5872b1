"""What stands out in a history, as codes and parameters, the weightiest first. `wording` makes sentences.

Every share goes with its counts, and nothing is said of sales where no deal is known as won or lost.
"""

from collections.abc import Callable, Collection, Iterator
from typing import TYPE_CHECKING

from infield.funnel.wilson import wilson
from infield.imports.reading import Finding, Params
from infield.process.flow import on_the_way

if TYPE_CHECKING:
    from infield.desk.report.gather import Report
    from infield.funnel.conversion import StageConversion

FEW = 20
"""Below so many deals or visits a rate or a median is too unsure to be called the worst."""
MAIN_SHARE = 0.1
"""A stage that fewer of the deals enter is no place where a process leaks, but a side way."""
SAID_FIRST = ("outcome_name_unknown",)
LISTED = 50
"""Names listed in one finding at most."""

type Look = Callable[["Report"], Iterator[Finding]]


def findings_of(report: "Report", outcome_names: Collection[str] = ()) -> tuple[Finding, ...]:
    """Give what keeps the rest from being right, the findings of the analysis, then those of the reading.

    `outcome_names` are the activities that were said to mean a sale or a loss. What the analysis says itself
    is not repeated from the reading.
    """
    told = [found for look in LOOKS for found in look(report)]
    codes = {found.code for found in told}
    read = [found for found in report.reading.findings if found.code not in codes]
    first = [found for found in read if found.code in SAID_FIRST] or _unheard(report, outcome_names)
    return (*first, *told, *(found for found in read if found.code not in SAID_FIRST))


def _unheard(report: "Report", outcome_names: Collection[str]) -> list[Finding]:
    """Find the names that no activity has; readers of tables tell it themselves, as they know more columns."""
    if report.reading.format != "xes":
        return []
    there = {activity.name.casefold() for activity in report.process.activities}
    unheard = [name for name in outcome_names if name.casefold() not in there]
    return [Finding("outcome_name_unknown", "concept:name", 0, {"name": name}) for name in unheard]


def biggest_leak(report: "Report") -> "StageConversion | None":
    """Give the stage with the lowest rate of those with enough decided deals.

    None where no sale is known, and where one stage is all: its rate is the share won.
    """
    main = main_stages(report)
    if not report.overview.won or len(main) < 2:
        return None
    least = max(FEW, MAIN_SHARE * report.overview.deals)
    sure = [stage for stage in main if stage.rate is not None and _decided(stage) >= least]
    leaking = [stage for stage in sure if stage.moved_on < _decided(stage)]
    return min(leaking, key=lambda stage: (stage.rate, stage.moved_on - _decided(stage)), default=None)


def main_stages(report: "Report") -> "tuple[StageConversion, ...]":
    """Give the stages of the funnel that can leak: on the map's way to the sale, and no outcome themselves."""
    if report.map is None:
        return tuple(stage for stage in report.funnel if stage.stage not in report.closing)
    way = on_the_way(report.map)
    return tuple(stage for stage in report.funnel if stage.stage in way) or report.funnel


def _decided(stage: "StageConversion") -> int:
    return stage.entered - stage.still_in


def _outcomes(report: "Report") -> Iterator[Finding]:
    seen = report.overview
    if seen.deals and not seen.won and not seen.lost:
        ends = [tip.name for tip in report.process.ends[:3]]
        yield Finding("no_outcomes", "", seen.deals, {"ends": ends})
    elif seen.deals and not seen.won:
        yield Finding("no_sales", "", seen.lost)
    elif seen.won + seen.lost >= FEW and seen.lost:
        sure = wilson(seen.won, seen.won + seen.lost)
        shares = {"rate": seen.won / (seen.won + seen.lost), "low": sure.low, "high": sure.high}
        told: Params = {"won": seen.won, "after_sale": report.after_sale, **shares}
        yield Finding("win_rate", "", seen.won + seen.lost, told)


def _leak(report: "Report") -> Iterator[Finding]:
    worst = biggest_leak(report)
    if worst and worst.rate is not None and worst.low is not None and worst.high is not None:
        counts = {"moved_on": worst.moved_on, "stopped": worst.stopped}
        shares = {"rate": worst.rate, "low": worst.low, "high": worst.high}
        yield Finding("biggest_leak", worst.stage, _decided(worst), {**counts, **shares})


def _fit(report: "Report") -> Iterator[Finding]:
    held = report.conformance
    if held and held.deals:
        yield Finding("fits_map", "", held.fitting, {"deals": held.deals, "rate": held.fitting / held.deals})


def _deviation(report: "Report") -> Iterator[Finding]:
    held = report.conformance
    if not held or not held.deviations:
        return
    most, seen = held.deviations[0], report.overview
    closed, won = seen.won + seen.lost - most.closed, seen.won - most.won
    yield Finding(
        f"deviation_{most.kind}",
        most.stage,
        most.deals,
        {
            "target": most.target,
            "deals": held.deals,
            "rate": most.deals / held.deals,
            "closed": most.closed,
            "won_share": most.won_share,
            "others_closed": closed,
            "others_won_share": won / closed if closed else None,
        },
    )


def _never_entered(report: "Report") -> Iterator[Finding]:
    held = report.conformance
    if held and held.never_entered:
        yield Finding(
            "never_entered", "", len(held.never_entered), {"stages": list(held.never_entered[:LISTED])}
        )


def _unmatched(report: "Report") -> Iterator[Finding]:
    held = report.conformance
    if held and held.unmatched:
        yield Finding("not_on_map", "", len(held.unmatched), {"names": list(held.unmatched[:LISTED])})


def _slowest(report: "Report") -> Iterator[Finding]:
    often = [
        time
        for time in report.stage_times
        if time.left >= FEW and time.median_s and time.stage not in report.closing
    ]
    if often:
        slowest = max(often, key=lambda time: time.median_s or 0)
        spread = {"median_s": slowest.median_s, "p90_s": slowest.p90_s}
        yield Finding("slowest_stage", slowest.stage, slowest.left, spread)


def _waiting(report: "Report") -> Iterator[Finding]:
    # Where no outcome is known, every deal is open and rests where it ended: that is no wait.
    if report.waiting and report.overview.won + report.overview.lost:
        most = report.waiting[0]
        yield Finding(
            "most_wait", most.stage, most.deals, {"open": report.overview.open, "median_s": most.median_s}
        )


def _commonest(report: "Report") -> Iterator[Finding]:
    if report.variants.top:
        top = report.variants.top[0]
        found: Params = {
            "share": top.share,
            "variants": report.variants.count,
            "path": list(top.path[:LISTED]),
        }
        yield Finding("commonest_path", "", top.deals, found)


def _outliers(report: "Report") -> Iterator[Finding]:
    if report.deal_outliers and report.deal_outliers[0].slow:
        worst = report.deal_outliers[0]
        times: Params = {"duration_s": worst.duration_s, "median_s": worst.median_s, "outcome": worst.outcome}
        yield Finding("outlying_deals", worst.uuid or "", worst.slow, times)
    if report.gap_outliers and report.gap_outliers[0].slow:
        gap = report.gap_outliers[0]
        found: Params = {
            "source": gap.source,
            "target": gap.target,
            "gap_s": gap.gap_s,
            "median_s": gap.median_s,
        }
        yield Finding("outlying_gaps", gap.uuid or "", gap.slow, found)


LOOKS: tuple[Look, ...] = (
    _outcomes,
    _leak,
    _fit,
    _deviation,
    _slowest,
    _waiting,
    _commonest,
    _never_entered,
    _unmatched,
    _outliers,
)
"""In the order of their weight."""
