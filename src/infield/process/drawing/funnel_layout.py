"""Where everything of a funnel lies: its bands, and the names, levels, phases and counts beside them."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from itertools import accumulate, groupby, pairwise

from infield.process.drawing.label import Anchor, Label, fitted
from infield.process.drawing.stops import up_to_sale
from infield.process.drawing.text import line_height, wrap
from infield.process.flow import sale_stage
from infield.process.texts import in_language
from infield.process.values import ProcessMap, Stage

MARGIN = 24.0
SIDE = 116.0  # the columns of funnel levels and buyer phases
NAMES, COUNTS, SHAPE = 200.0, 100.0, 340.0
GAP = 20.0
SALE = 40.0  # the height of the gap in which the sale is marked
ROW, FEW, ROW_OF_FEW = 42.0, 8, 58.0
NARROWEST, THINNEST = 0.2, 3.0  # of a shape without counts: a share; with counts: px
NAME, SMALL, BOLD = 13.0, 12.0, 620


@dataclass(frozen=True, slots=True, kw_only=True)
class FunnelLabels:
    """The words on the picture."""

    title: str = "The funnel"
    level: str = "Funnel level"
    stage: str = "Stage"
    count: str = "Entered"
    buyer: str = "The buyer's phase"
    levels: Mapping[str, str] = field(
        default_factory=lambda: {
            "top": "Top of the funnel",
            "middle": "Middle of the funnel",
            "bottom": "Bottom of the funnel",
            "after_sale": "After the sale",
        }
    )
    phases: Mapping[str, str] = field(
        default_factory=lambda: {
            "awareness": "Awareness",
            "consideration": "Consideration",
            "decision": "Decision",
            "advocacy": "Advocacy",
        }
    )
    sale: str = "Sale"
    order_only: str = (
        "Drawn from the map alone: the shape shows the order of the stages, not how many deals pass."
    )
    by_count: str = "Each band is as wide as the number that entered its stage."


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """One stage of the shape, in px."""

    key: str
    top: float
    bottom: float
    upper: float
    """The width at the top."""
    lower: float
    """The width at the bottom: that of the next band."""
    after_sale: bool
    labels: tuple[Label, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bracket:
    """A bar along neighbouring bands that share a funnel level or a buyer phase."""

    code: str
    x: float
    top: float
    bottom: float
    label: Label


@dataclass(frozen=True, slots=True, kw_only=True)
class Funnel:
    """The places of a funnel in px."""

    width: float
    height: float
    left: float
    """Where the names begin."""
    center: float
    """Where the middle line of the shape runs."""
    bands: tuple[Band, ...]
    brackets: tuple[Bracket, ...]
    sale: float
    """How far down the sale lies."""
    won: Label
    """The word for the sale, beside it."""
    counted: bool
    """Whether the widths are counts; without, the shape narrows in straight lines."""
    texts: tuple[Label, ...]

    def labels(self) -> tuple[Label, ...]:
        named = (label for band in self.bands for label in band.labels)
        return (*named, *(bracket.label for bracket in self.brackets), self.won, *self.texts)


def layout(
    process: ProcessMap, *, counts: Mapping[str, int] | None, language: str, words: FunnelLabels
) -> Funnel:
    """Place the bands and everything beside them; a stage that `counts` leaves out has none."""
    before, after = up_to_sale(process), _after_sale(process)
    stages = (*before, *after)
    columns = _columns(stages, counted=counts is not None)
    heading = _heading(in_language(process.name, language, process.language), columns, words)
    names = [
        wrap(in_language(stage.name, language, process.language), NAMES, NAME, BOLD, 3) or ("–",)
        for stage in stages
    ]
    levels = _groups(stages, lambda stage: stage.funnel_level, words.levels)
    phases = _groups(stages, lambda stage: stage.buyer_phase, words.phases)
    heights = _heights(names, (*levels, *phases))
    tops = _tops(heading[-1].box.bottom + 10, heights, len(before))
    bands = tuple(
        Band(
            key=stage.key,
            top=top,
            bottom=top + height,
            upper=upper,
            lower=lower,
            after_sale=stage in after,
            labels=_beside(
                lines, top + height / 2, None if counts is None else counts.get(stage.key, 0), columns
            ),
        )
        for stage, lines, top, height, (upper, lower) in zip(
            stages, names, tops, heights, _widths(stages, len(before), counts), strict=True
        )
    )
    sale = bands[len(before) - 1].bottom + SALE / 2
    end = max(bands[-1].bottom, sale + SALE / 2)
    explanation = words.order_only if counts is None else words.by_count
    room = columns.width - 2 * MARGIN
    footer = fitted(explanation, x=MARGIN, top=end + 14, width=room, size=SMALL, name="quiet")
    return Funnel(
        width=columns.width,
        height=footer.box.bottom + MARGIN,
        left=columns.names,
        center=columns.center,
        bands=bands,
        brackets=(*_brackets(levels, bands, columns.levels), *_brackets(phases, bands, columns.phases)),
        sale=sale,
        won=_won(sale, columns, words),
        counted=counts is not None,
        texts=(*heading, footer),
    )


@dataclass(frozen=True, slots=True)
class _Columns:
    """Where each column begins, in px; `counts` is where the figures end."""

    levels: float
    names: float
    counts: float
    center: float
    phases: float
    width: float


@dataclass(frozen=True, slots=True)
class _Group:
    """Neighbouring stages, from the `first` to before the `end`, that share a level or a phase."""

    code: str
    first: int
    end: int
    lines: tuple[str, ...]

    @property
    def height(self) -> float:
        return sum(line_height(line, SMALL) for line in self.lines) + 4


def _columns(stages: Iterable[Stage], *, counted: bool) -> _Columns:
    """Give the columns that the map needs: without levels or phases theirs take no room."""
    listed = tuple(stages)
    names = MARGIN + (SIDE + GAP) * any(stage.funnel_level for stage in listed)
    counts = names + NAMES + COUNTS * counted
    center = counts + GAP + SHAPE / 2
    phases = center + SHAPE / 2 + GAP
    width = phases + (SIDE + MARGIN) * any(stage.buyer_phase for stage in listed)
    return _Columns(MARGIN, names, counts, center, phases, width)


def _after_sale(process: ProcessMap) -> tuple[Stage, ...]:
    """Give the stages after the sale; a side stage, where a "no" for now waits, is none of them."""
    keys = [stage.key for stage in process.stages]
    later = process.stages[keys.index(sale_stage(process).key) + 1 :]
    on_way = up_to_sale(process)
    return tuple(
        stage
        for stage in later
        if stage not in on_way and (stage.about == "client" or stage.funnel_level == "after_sale")
    )


def _groups(
    stages: Iterable[Stage], code: Callable[[Stage], str | None], words: Mapping[str, str]
) -> list[_Group]:
    groups, first = [], 0
    for found, members in groupby(stages, code):
        end = first + len(tuple(members))
        if found is not None:
            groups.append(_Group(found, first, end, wrap(words[found], SIDE - 12, SMALL, BOLD)))
        first = end
    return groups


def _heights(names: list[tuple[str, ...]], groups: Iterable[_Group]) -> list[float]:
    """Give the heights of the rows: room for the name, and together for the names of the groups."""
    least = ROW_OF_FEW if len(names) <= FEW else ROW
    heights = [max(least, sum(line_height(line, NAME) for line in lines) + 14) for lines in names]
    for group in groups:
        missing = group.height - sum(heights[group.first : group.end])
        heights[group.first] += max(missing, 0)
    return heights


def _tops(first: float, heights: list[float], before: int) -> list[float]:
    """Give the upper edges of the rows; the sale lies in a gap after the first `before` of them."""
    edges = accumulate(heights, initial=first)
    return [
        edge + (SALE if row >= before else 0) for row, edge in zip(range(len(heights)), edges, strict=False)
    ]


def _widths(
    stages: tuple[Stage, ...], before: int, counts: Mapping[str, int] | None
) -> list[tuple[float, float]]:
    """Give the upper and lower width of each band: the lower is the upper of the next."""
    if counts is None:
        steps = [1 - (1 - NARROWEST) * min(row, before) / before for row in range(len(stages) + 1)]
        widths = [step * SHAPE for step in steps]
    else:
        entered = [counts.get(stage.key, 0) for stage in stages]
        most = max(*entered, 1)
        widths = [max(count / most * SHAPE, THINNEST) for count in (*entered, entered[-1])]
    return list(pairwise(widths))


def _heading(name: str, columns: _Columns, words: FunnelLabels) -> tuple[Label, ...]:
    room = columns.width - 2 * MARGIN
    title = fitted(name, x=MARGIN, top=MARGIN, width=room, size=16, weight=BOLD)
    below = fitted(words.title, x=MARGIN, top=title.box.bottom, width=room, size=NAME, name="quiet")
    return title, below, *_column_names(below.box.bottom + 18, columns, words)


def _column_names(top: float, columns: _Columns, words: FunnelLabels) -> tuple[Label, ...]:
    """Name the columns that are there, the lowest text last."""
    counted = columns.counts > columns.names + NAMES
    named: list[tuple[bool, str, float, float, Anchor]] = [
        (columns.names > MARGIN, words.level, columns.levels, SIDE, "start"),
        (True, words.stage, columns.names, NAMES - 10, "start"),
        (counted, words.count, columns.counts, COUNTS - 4, "end"),
        (columns.width > columns.phases, words.buyer, columns.phases, SIDE, "start"),
    ]
    labels = [
        fitted(text, x=x, top=top, width=width, size=SMALL, anchor=anchor, max_lines=2, name="quiet")
        for there, text, x, width, anchor in named
        if there
    ]
    return tuple(sorted(labels, key=lambda label: label.box.bottom))


def _beside(lines: tuple[str, ...], middle: float, count: int | None, columns: _Columns) -> tuple[Label, ...]:
    name = _centered(Label(x=columns.names, top=0, lines=lines, size=NAME, weight=BOLD), middle)
    if count is None:
        return (name,)
    figure = Label(
        x=columns.counts, top=0, lines=(str(count),), size=16, weight=BOLD, anchor="end", name="figure"
    )
    return name, _centered(figure, middle)


def _centered(label: Label, middle: float) -> Label:
    return replace(label, top=middle - (label.box.bottom - label.box.top) / 2)


def _brackets(groups: Iterable[_Group], bands: tuple[Band, ...], x: float) -> list[Bracket]:
    return [
        Bracket(
            code=group.code,
            x=x,
            top=bands[group.first].top + 4,
            bottom=bands[group.end - 1].bottom - 4,
            label=Label(x=x + 12, top=bands[group.first].top + 4, lines=group.lines, size=SMALL, weight=BOLD),
        )
        for group in groups
    ]


def _won(sale: float, columns: _Columns, words: FunnelLabels) -> Label:
    return _centered(
        fitted(
            words.sale, x=columns.names, top=0, width=NAMES, size=NAME, weight=BOLD, max_lines=1, name="won"
        ),
        sale,
    )
