"""Everything that a report says of one history, asked of the log once.

In: a connection in which a reader has left its two tables. Out: a frozen `Report`, from which the page, the
JSON and the summary at the terminal are made. Nothing in it is as long as the history, but for the rejected
rows, of which the reader keeps a fixed number.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal
from zoneinfo import ZoneInfo

from infield.funnel.conversion import StageConversion, conversion, natural_stages
from infield.history.ask import ask
from infield.history.log import build_log
from infield.imports.reading import Finding, Reading
from infield.mining.conformance import Conformance
from infield.mining.graph import Activity, Edge, Tip, activities, edges, ends, starts
from infield.mining.outliers import DealOutlier, GapOutlier, outlying_deals, outlying_gaps
from infield.mining.overview import Duration, Overview, durations, overview
from infield.mining.sales import Sale, last_sales
from infield.mining.variants import Variants, variants
from infield.mining.waiting import StageTime, Waiting, stage_times, waiting
from infield.process.texts import in_language
from infield.process.values import ProcessMap

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

TOP_VARIANTS = 100
SHOWN_VARIANTS = 10
UNUSUAL_WAITS = 1_000
"""So many of the least usual waits are looked at for the longest: two seconds instead of one are no news."""
LEAST_WAIT_S = 3_600
SHOWN_WAITS = 20

type OnStep = Callable[[str], None]
"""Is told what is worked out next: build, process, funnel, outliers, conformance."""


@dataclass(frozen=True, slots=True)
class Process:
    """What follows what, in names of the files."""

    activities: tuple[Activity, ...]
    edges: tuple[Edge, ...]
    starts: tuple[Tip, ...]
    ends: tuple[Tip, ...]


@dataclass(frozen=True, slots=True)
class VariantEnding:
    """How the deals of a variant ended: those won or lost, and those won."""

    closed: int
    won: int

    @property
    def won_share(self) -> float | None:
        """The share of won among the closed deals, 0 to 1; None where none is closed."""
        return self.won / self.closed if self.closed else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A history as it is told; times in seconds and in microseconds since 1970 in UTC."""

    reading: Reading
    zone: ZoneInfo
    """In which days are counted and times are shown."""
    dates_only: bool
    """Whether no event has a time of day."""
    overview: Overview
    durations: tuple[Duration, ...]
    process: Process
    variants: Variants
    endings: tuple[VariantEnding, ...]
    """Of the first variants, in their order."""
    funnel: tuple[StageConversion, ...]
    """Along the map's stages (by key), else along the activities of won deals."""
    stage_times: tuple[StageTime, ...]
    waiting: tuple[Waiting, ...]
    """At the time of the last event of the log."""
    deal_outliers: tuple[DealOutlier, ...]
    gap_outliers: tuple[GapOutlier, ...]
    sales: tuple[Sale, ...]
    closing: Mapping[str, Literal["won", "lost"]]
    """Activities that mean the end of a deal, and which."""
    after_sale: int
    """Won deals that went on to a further step after the sale."""
    map: ProcessMap | None
    conformance: Conformance | None
    findings: tuple[Finding, ...] = ()
    """Of the analysis and of the reading, the weightiest first."""


def gather(
    connection: "DuckDBPyConnection",
    reading: Reading,
    zone: ZoneInfo,
    process: ProcessMap | None = None,
    on_step: OnStep = lambda _: None,
    outcome_names: Sequence[str] = (),
) -> Report:
    """Build the log from the tables of a reading and ask it everything; a reading of no events gives zeros.

    `outcome_names` are the activities that were said to mean a sale or a loss.
    """
    on_step("build")
    build_log(connection, zone)
    return tell(
        connection, reading, zone, process, on_step, outcome_names, dates_only=_dates_only(connection)
    )


def tell(
    connection: "DuckDBPyConnection",
    reading: Reading,
    zone: ZoneInfo,
    process: ProcessMap | None = None,
    on_step: OnStep = lambda _: None,
    outcome_names: Sequence[str] = (),
    *,
    dates_only: bool = False,
) -> Report:
    """Ask a log that is built everything; the app's own log comes in here, with a reading of no rows."""
    from infield.desk.report.findings import findings_of

    on_step("process")
    seen = overview(connection)
    happened = Process(activities(connection), edges(connection), starts(connection), ends(connection))
    report = Report(
        reading=reading,
        zone=zone,
        dates_only=dates_only,
        overview=seen,
        durations=durations(connection),
        process=happened,
        variants=variants(connection, TOP_VARIANTS),
        endings=ask(connection, __package__, "variant_endings", top=SHOWN_VARIANTS).rows(VariantEnding),
        funnel=(),
        stage_times=stage_times(connection),
        waiting=waiting(connection, seen.last_us or 0),
        deal_outliers=(),
        gap_outliers=(),
        sales=last_sales(connection),
        closing=_closing(connection),
        after_sale=_after_sale(connection),
        map=process,
        conformance=None,
    )
    on_step("funnel")
    report = replace(
        report, funnel=funnel_along(connection, process, [one.name for one in happened.activities])
    )
    on_step("outliers")
    report = replace(report, deal_outliers=outlying_deals(connection), gap_outliers=_long_waits(connection))
    if process:
        on_step("conformance")
        report = replace(report, conformance=_conformance(connection, process))
    return replace(report, findings=findings_of(report, outcome_names))


def stage_names(report: Report, language: str) -> Mapping[str, str]:
    """Give the name of each stage of the map by its key, in `language` where it has it."""
    return map_names(report.map, language) if report.map else {}


def map_names(process: ProcessMap, language: str) -> Mapping[str, str]:
    """Give the name of each stage of a map by its key, in `language` where it has it."""
    return {stage.key: in_language(stage.name, language, process.language) for stage in process.stages}


def _dates_only(connection: "DuckDBPyConnection") -> bool:
    (timed,) = connection.execute(
        "SELECT count(*) FROM found_events WHERE \"precision\" = 'time'"
    ).fetchall()[0]
    return not timed


@dataclass(frozen=True, slots=True)
class _Closing:
    name: str
    outcome: Literal["won", "lost"]


def _closing(connection: "DuckDBPyConnection") -> Mapping[str, Literal["won", "lost"]]:
    return {row.name: row.outcome for row in ask(connection, __package__, "closing").rows(_Closing)}


@dataclass(frozen=True, slots=True)
class _AfterSale:
    deals: int


def _after_sale(connection: "DuckDBPyConnection") -> int:
    (found,) = ask(connection, __package__, "after_sale").rows(_AfterSale)
    return found.deals


def _long_waits(connection: "DuckDBPyConnection") -> tuple[GapOutlier, ...]:
    """Give the longest of the unusual waits, longest beyond the usual first."""
    found = outlying_gaps(connection, UNUSUAL_WAITS)
    long = [gap for gap in found if gap.gap_s - gap.median_s >= LEAST_WAIT_S]
    return tuple(sorted(long, key=lambda gap: gap.median_s - gap.gap_s)[:SHOWN_WAITS])


def funnel_along(
    connection: "DuckDBPyConnection", process: ProcessMap | None, found: Sequence[str]
) -> tuple[StageConversion, ...]:
    """Give the funnel along a map's stages, else along the activities of won deals; `found`: names in the log."""
    if process is None:
        return conversion(connection, natural_stages(connection))
    from infield.mining.model import numbers_of

    keys = list(dict.fromkeys(stage.key for stage in process.stages))
    numbers = numbers_of(process)
    spelled = {name: keys[numbers[name.casefold()]] for name in found if name.casefold() in numbers}
    return conversion(connection, keys, spelled)


def _conformance(connection: "DuckDBPyConnection", process: ProcessMap) -> Conformance:
    from infield.mining.log_conformance import conformance_of_log

    return conformance_of_log(connection, process)
