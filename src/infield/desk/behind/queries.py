"""The deals behind a figure of the map or the funnel, as far as the viewer may see them, page by page."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, cast
from uuid import UUID

from infield.accounts.models import User
from infield.deals.models import Deal
from infield.desk.behind.question import DEVIATIONS, Question
from infield.desk.map.queries import narrowed_log
from infield.history.ask import ask
from infield.mining.log_conformance import paths_behind
from infield.mining.model import numbers_of
from infield.process.models import ProcessVersion
from infield.process.texts import in_language
from infield.process.values import ProcessMap
from infield.web.money import Money

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

    from infield.mining.align import Kind

AT_ONCE = 50
ENDS = {"won": ["won"], "closed": ["won", "lost"]}


@dataclass(frozen=True, slots=True)
class Row:
    """A deal behind a figure."""

    key: UUID
    organization: str
    title: str
    stage: str
    outcome: str | None
    owner: str
    amount: Money | None
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Page:
    """Some of the deals; `count`: all of them; `after`: where the next page begins, empty at the end."""

    count: int
    rows: tuple[Row, ...]
    after: str


@dataclass(frozen=True, slots=True)
class _Found:
    created_us: int
    case: int
    uuid: str


def deals_behind(
    version: ProcessVersion, user: User, period: str, question: Question, after: str, language: str
) -> Page:
    """Give a page of the deals, the youngest first; `after` as the page before it said."""
    with narrowed_log(version, user, period) as log:
        _find(log, version.map(), question)
        ((count,),) = log.execute("SELECT count(*) FROM behind").fetchall()
        before_us, before_case = _place(after)
        found = ask(
            log, __package__, "page", before_us=before_us, before_case=before_case, most=AT_ONCE + 1
        ).rows(_Found)
    shown, more = found[:AT_ONCE], len(found) > AT_ONCE
    return Page(
        count=count,
        rows=_rows([UUID(one.uuid) for one in shown], user, language),
        after=f"{shown[-1].created_us}-{shown[-1].case}" if more else "",
    )


def _find(log: "DuckDBPyConnection", process: ProcessMap, question: Question) -> None:
    """Make the table `behind` of the cases that answer the question."""
    names = dict(log.execute("SELECT name, code FROM names WHERE what = 'stage'").fetchall())
    stages = _codes(names, process, question.stage)
    if question.way in (*DEVIATIONS, "fits"):
        deviation = None
        if question.way != "fits":
            deviation = (cast("Kind", question.way), question.stage, question.target or None)
        log.from_arrow(paths_behind(log, process, deviation)).create("held")
        answer = ask(log, __package__, "held")
    elif question.way in ENDS:
        answer = ask(log, __package__, "ended", outcomes=ENDS[question.way])
    elif question.way == "moved":
        targets = _codes(names, process, question.target)
        answer = ask(log, __package__, "moved", sources=stages, targets=targets)
    elif question.way == "still":
        answer = ask(log, __package__, "still", stages=stages, mapped=_mapped(names, process))
    elif question.way == "stopped":
        further, mapped = _further(names, process, question.stage), _mapped(names, process)
        answer = ask(log, __package__, "stopped", stages=stages, mapped=mapped, further=further)
    else:
        answer = ask(log, __package__, "entered", stages=stages)
    answer.relation.create("behind")


def _codes(names: dict[str, int], process: ProcessMap, asked: str) -> list[int]:
    """Give the codes of all names in the log that mean the stage asked for; of a name that is none, its own."""
    numbers = numbers_of(process)
    number = numbers.get(asked.casefold())
    if number is None:
        return [code for name, code in names.items() if name == asked]
    return [code for name, code in names.items() if numbers.get(name.casefold()) == number]


def _mapped(names: dict[str, int], process: ProcessMap) -> list[int]:
    numbers = numbers_of(process)
    return [code for name, code in names.items() if name.casefold() in numbers]


def _further(names: dict[str, int], process: ProcessMap, asked: str) -> list[int]:
    """Give the codes of all names that mean a stage which the map has after the one asked for."""
    numbers = numbers_of(process)
    here = numbers.get(asked.casefold(), len(numbers))
    return [code for name, code in names.items() if numbers.get(name.casefold(), -1) > here]


def _place(after: str) -> tuple[int | None, int | None]:
    """Read where a page begins; from the start where nobody could have written it."""
    moment, _, case = after.rpartition("-")
    is_place = moment.lstrip("-").isdecimal() and case.isdecimal() and len(after) < 40 and after.isascii()
    return (int(moment), int(case)) if is_place else (None, None)


def _rows(cases: list[UUID], user: User, language: str) -> tuple[Row, ...]:
    """Give the deals of these cases in their order; one without a deal is left out."""
    deals = Deal.objects.visible_to(user).filter(case__in=cases).select_related("organization", "owner")
    by_case = {deal.case: deal for deal in deals.select_related("organization", "owner", "version")}
    return tuple(_row(by_case[case], language) for case in cases if case in by_case)


def _row(deal: Any, language: str) -> Row:
    process = deal.version.map()
    named = {stage.key: in_language(stage.name, language, process.language) for stage in process.stages}
    return Row(
        key=deal.pk,
        organization=deal.organization.name,
        title=deal.title,
        stage=named.get(deal.stage, deal.stage),
        outcome=deal.outcome,
        owner=deal.owner.name,
        amount=deal.money,
        created_at=deal.created_at,
    )
