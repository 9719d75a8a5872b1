"""Checks of the keys: each names one thing, and whatever is referred to exists."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

from infield.process.lint.finding import Finding, Place, finding
from infield.process.values import ABOUTS, ProcessMap


class _Keyed(Protocol):
    @property
    def key(self) -> str: ...


def duplicate_keys(process: ProcessMap) -> Iterator[Finding]:
    """Find keys given twice where they must be unique; the place is the second one."""
    for group in _groups(process):
        seen: set[str] = set()
        for place, key in group:
            if key in seen:
                yield finding("duplicate-key", place, key=key)
            seen.add(key)


def _groups(process: ProcessMap) -> Iterator[list[tuple[Place, str]]]:
    for name in ("personas", "departments", "measures", "stages", "ways_out"):
        yield _keys((name,), getattr(process, name))
    stages = [(("stages", index), stage) for index, stage in enumerate(process.stages)]
    yield [pair for place, stage in stages for pair in _keys((*place, "criteria"), stage.criteria)]
    for place, stage in stages:
        yield _keys((*place, "questions"), stage.questions)
        yield _keys((*place, "substages"), stage.substages)


def _keys(place: Place, things: Sequence[_Keyed]) -> list[tuple[Place, str]]:
    return [((*place, index, "key"), thing.key) for index, thing in enumerate(things)]


def unknown_stages(process: ProcessMap) -> Iterator[Finding]:
    """Find the first reference to each stage that the map does not have.

    While two stages share a key, the missing one may be either of them, which is told already.
    """
    known = {stage.key for stage in process.stages}
    if len(known) < len(process.stages):
        return
    for place, key in _stage_references(process):
        if key is not None and key not in known:
            known.add(key)
            yield finding("unknown-stage", place, key=key, known=tuple(s.key for s in process.stages))


def _stage_references(process: ProcessMap) -> Iterator[tuple[Place, str | None]]:
    yield ("starting_point", "stage"), process.starting_point.stage
    for index, way in enumerate(process.transitions):
        yield ("transitions", index, "source"), way.source
        yield ("transitions", index, "target"), way.target
    for index, out in enumerate(process.ways_out):
        for number, source in enumerate(out.sources):
            yield ("ways_out", index, "sources", number), source
        yield ("ways_out", index, "target"), out.target
    # Last, because a wrong key here leaves the flow readable, and a key is told at its first use only.
    for index, point in enumerate(process.points_that_count):
        yield ("points_that_count", index, "stage"), point.stage


def unknown_departments(process: ProcessMap) -> Iterator[Finding]:
    """Find the first use of each department that is not listed.

    Participants are left alone: they may be people, who are listed nowhere.
    """
    known = {department.key for department in process.departments}
    for index, stage in enumerate(process.stages):
        if stage.department is not None and stage.department not in known:
            known.add(stage.department)
            yield finding(
                "unknown-department", ("stages", index, "department"), stage=stage.key, key=stage.department
            )


def answers_without_question(process: ProcessMap) -> Iterator[Finding]:
    """Find criteria proved by the answer to a question that their stage does not ask."""
    for index, stage in enumerate(process.stages):
        asked = {question.key for question in stage.questions}
        for number, criterion in enumerate(stage.criteria):
            answer = criterion.proof.answer
            if answer is not None and answer not in asked:
                place = ("stages", index, "criteria", number, "proof", "answer")
                yield finding("answer-without-question", place, stage=stage.key, key=answer)


def two_sales(process: ProcessMap) -> Iterator[Finding]:
    """Find every stage after the first that is marked as the sale."""
    marked = [index for index, stage in enumerate(process.stages) if stage.sale]
    for index in marked[1:]:
        keys = process.stages[index].key, process.stages[marked[0]].key
        yield finding("two-sales", ("stages", index, "sale"), stage=keys[0], first=keys[1])


def about_order(process: ProcessMap) -> Iterator[Finding]:
    """Find the fewest stages that break the order audience, lead, deal, client."""
    ranks = [ABOUTS.index(stage.about) for stage in process.stages]
    kept = _longest_rise(ranks)
    for index, stage in enumerate(process.stages):
        if index not in kept:
            yield finding("about-order", ("stages", index, "about"), stage=stage.key, about=stage.about)


def _longest_rise(ranks: Sequence[int]) -> frozenset[int]:
    """Give the positions of a longest run that never falls, skipping what does not fit.

    >>> sorted(_longest_rise([0, 3, 1, 2, 2]))
    [0, 2, 3, 4]
    """
    best: dict[int, tuple[int, ...]] = {}
    for position, rank in enumerate(ranks):
        before = [run for lower, run in best.items() if lower <= rank]
        best[rank] = (*_longest(before), position)
    return frozenset(_longest(best.values()))


def _longest(runs: Iterable[tuple[int, ...]]) -> tuple[int, ...]:
    return max([(), *runs], key=len)
