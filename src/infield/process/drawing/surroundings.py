"""What stands around the boxes of a flowchart: lanes with their names, phases, title, legend."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from infield.process.drawing.coordinates import BOX_WIDTH, Coordinates
from infield.process.drawing.label import Box, Label, fitted, lowest
from infield.process.drawing.labels import Labels
from infield.process.drawing.nodes import Graph
from infield.process.drawing.placement import Grid
from infield.process.drawing.shapes import XY, Bracket, Edge, Lane, Layout, Shape, Tag
from infield.process.drawing.tags import LETTERS
from infield.process.drawing.text import text_width
from infield.process.texts import Text, in_language
from infield.process.values import ProcessMap

MARGIN = 12.0
BAR = 5.0
LANE_TEXTS = (84.0, 112.0)
"""The least and the most width for the names of lanes."""
HEADING_GAP, PHASE_HEIGHT = 16.0, 26.0
SMALL, TITLE = 12.0, 19.0
LEGEND_KINDS = ("forward", "branch", "jump", "way_back", "no", "not_now")
SAMPLE = 30.0


class Surroundings:
    """The lanes, phases, title and legend of one map on one grid."""

    def __init__(self, process: ProcessMap, graph: Graph, grid: Grid, language: str, labels: Labels) -> None:
        self.process, self.graph, self.grid, self.labels = process, graph, grid, labels
        self.language = language
        self.names = {d.key: self._text(d.name) for d in process.departments}
        self.lanes = [
            key for key in (*self.names, "") if any(r.lane == key for r in grid.rows if not r.heading)
        ]
        self.named = self.lanes != [""]
        self.lane_text = self._lane_text()
        self.left = MARGIN + (BAR + 12 + self.lane_text if self.named else 0)
        self.phases = self._phases()
        self.title = self._text(process.name)
        self.head = self._head()
        self.top = lowest(self.head, MARGIN) + 10 + (PHASE_HEIGHT if 0 in self.phases else 0)

    def _text(self, text: Text) -> str:
        return in_language(text, self.language, self.process.language)

    def _lane_text(self) -> float:
        """Give the width that the longest word of a lane's name needs, within limits."""
        least, most = LANE_TEXTS
        names = [self.names.get(key, self.labels.no_lane) for key in self.lanes]
        words = [word for name in names for word in name.split()]
        return min(most, max([least, *(text_width(word, SMALL, 600) + 1 for word in words)]))

    def _head(self) -> list[Label]:
        width = max(self.left + 170.0 * (self.grid.columns - 1), 480.0)
        title = fitted(self.title, x=MARGIN, top=MARGIN, width=width, size=TITLE, weight=680, name="title")
        objective = self.process.objective
        if not objective:
            return [title]
        words = self._text(objective.text)
        return [
            title,
            fitted(
                words, x=MARGIN, top=title.box.bottom + 2, width=width, size=13, name="objective", max_lines=3
            ),
        ]

    def row_heights(self) -> list[float]:
        """Give what each row needs for itself: a heading for its phases, a lane for its name."""
        heights = []
        for row in self.grid.rows:
            if row.heading:
                heights.append(HEADING_GAP + (PHASE_HEIGHT if row.band in self.phases else 0))
                continue
            rows = sum(other == row for other in self.grid.rows)
            name = self._lane_name(row.lane, 0.0) if self.named else None
            heights.append(max(0.0, (name.box.bottom if name else 0.0) / rows - 10))
        return heights

    def _lane_name(self, key: str, middle: float) -> Label:
        name = self.names.get(key, self.labels.no_lane)
        label = fitted(
            name,
            x=MARGIN + BAR + 9,
            top=0,
            width=self.lane_text,
            size=12,
            weight=600,
            max_lines=5,
            name="lane-name",
        )
        return fitted(
            name,
            x=MARGIN + BAR + 9,
            top=max(0.0, middle - label.box.bottom / 2),
            width=self.lane_text,
            size=12,
            weight=600,
            max_lines=5,
            name="lane-name",
        )

    def _phases(self) -> dict[int, list[tuple[str, int, int]]]:
        """Give for each band with phases its runs: phase, first and last column."""
        at: dict[tuple[int, int], str] = {}
        for node in self.graph.nodes:
            if node.stage and node.stage.buyer_phase:
                row, column = self.grid.cells[node.key]
                at.setdefault((self.grid.rows[row].band, column), node.stage.buyer_phase)
        runs: dict[int, list[tuple[str, int, int]]] = {}
        for band in sorted({band for band, _ in at}):
            columns = [(at.get((band, c), ""), c) for c in range(1, self.grid.columns)]
            for phase, run in groupby(columns, key=lambda pair: pair[0]):
                places = [c for _, c in run]
                if phase:
                    runs.setdefault(band, []).append((phase, places[0], places[-1]))
        return runs

    def finished(
        self, space: Coordinates, shapes: tuple[Shape, ...], edges: tuple[Edge, ...], spots: Mapping[int, XY]
    ) -> Layout:
        """Give the layout with everything around the boxes and edges."""
        right = space.x[-1] + space.columns[-1] / 2
        lanes = list(self._strips(space, right))
        labels = list(self.head)
        if self.named:
            labels += [self._lane_name(s.key, (s.place.top + s.place.bottom) / 2) for s in lanes]
        brackets, phase_names = self._brackets(space)
        bottom = lanes[-1].place.bottom
        legend, samples = self._legend(shapes, edges, bottom + 16, right)
        tags = [
            Tag(letter=LETTERS[n], kind=edges[number].kind, middle=spots[number])
            for n, number in enumerate(spots)
        ]
        words, signs = self._conditions(tags, edges, shapes, spots, lowest(legend, bottom) + 8, right)
        labels += [*phase_names, *legend, *words]
        return Layout(
            width=max(right, *(label.box.right for label in labels)) + MARGIN,
            height=max(lowest(labels, 0.0), bottom) + MARGIN,
            title=self.title,
            shapes=shapes,
            edges=edges,
            labels=tuple(labels),
            lanes=tuple(lanes),
            brackets=tuple(brackets),
            tags=(*tags, *signs),
            samples=samples,
        )

    def _strips(self, space: Coordinates, right: float) -> Iterator[Lane]:
        """Give the strip of each lane in each band: from the middle of the channel above to that below."""
        rows = self.grid.rows
        in_band = 0
        for row, group in groupby(range(len(rows)), key=lambda number: rows[number]):
            numbers = list(group)
            if row.heading:
                in_band = 0
                continue
            first, last = numbers[0], numbers[-1]
            top = space.y[2 * first] - (space.rows[2 * first] / 2 if self._edge_row(first - 1) else 0)
            bottom = space.y[2 * last + 2] + (space.rows[2 * last + 2] / 2 if self._edge_row(last + 1) else 0)
            yield Lane(
                key=row.lane,
                order=self.lanes.index(row.lane),
                shaded=in_band % 2 == 1,
                place=Box(MARGIN, top, right, bottom),
            )
            in_band += 1

    def _edge_row(self, number: int) -> bool:
        """Say whether a row is a heading or outside the grid."""
        return not 0 <= number < len(self.grid.rows) or self.grid.rows[number].heading

    def _brackets(self, space: Coordinates) -> tuple[list[Bracket], list[Label]]:
        brackets, names = [], []
        for band, runs in self.phases.items():
            first = next(n for n, row in enumerate(self.grid.rows) if row.band == band and not row.heading)
            y = space.y[2 * first] - space.rows[2 * first] / 2 - 6
            for phase, start, end in runs:
                left = space.x[2 * start + 1] - BOX_WIDTH / 2
                brackets.append(Bracket(left=left, right=space.x[2 * end + 1] + BOX_WIDTH / 2, y=y))
                words = self.labels.phases.get(phase, phase)
                names.append(
                    fitted(
                        words,
                        x=left,
                        top=y - 19,
                        width=BOX_WIDTH,
                        size=SMALL,
                        weight=600,
                        max_lines=1,
                        name="phase",
                    )
                )
        return brackets, names

    def _legend(
        self, shapes: Sequence[Shape], edges: Sequence[Edge], top: float, right: float
    ) -> tuple[list[Label], dict[str, XY]]:
        """Set the signs in use in a row, with a sample of each before its words."""
        kinds = {edge.kind for edge in edges}
        signs: list[tuple[str, str]] = [(k, getattr(self.labels, k)) for k in LEGEND_KINDS if k in kinds]
        signs += [("rare", self.labels.rare)] * any(edge.rare for edge in edges)
        signs += [("gate", self.labels.gate)] * any(shape.gate for shape in shapes)
        signs += [("sale", self.labels.sale)] * any(shape.sale for shape in shapes)
        signs += [("badge", self.labels.badge)] * any(shape.badges for shape in shapes)
        labels: list[Label] = []
        samples: dict[str, XY] = {}
        x = MARGIN
        for kind, words in signs:
            label = fitted(
                words, x=x + SAMPLE + 8, top=top, width=900, size=SMALL, max_lines=1, name="legend"
            )
            if label.box.right > right and x > MARGIN:
                x, top = MARGIN, top + 20
                label = fitted(
                    words, x=x + SAMPLE + 8, top=top, width=900, size=SMALL, max_lines=1, name="legend"
                )
            samples[kind] = (x, top + label.step / 2)
            labels.append(label)
            x = label.box.right + 22
        return labels, samples

    def _conditions(
        self,
        tags: Sequence[Tag],
        edges: Sequence[Edge],
        shapes: Sequence[Shape],
        spots: Mapping[int, XY],
        top: float,
        right: float,
    ) -> tuple[list[Label], list[Tag]]:
        """Set each condition after its letter, in as many columns as fit.

        An edge that had no room for a letter is named by its two ends.
        """
        names = {shape.key: shape.title for shape in shapes}
        lines: list[tuple[Tag | None, str]] = [
            (tag, edges[number].when) for tag, number in zip(tags, spots, strict=True)
        ]
        lines += [
            (None, self.labels.untagged.format(source=names[e.source], target=names[e.target], when=e.when))
            for number, e in enumerate(edges)
            if e.when and number not in spots
        ]
        columns = max(1, min(3, int((right - MARGIN) // 380), len(lines)))
        width = (right - MARGIN) / columns - 20
        bottoms = [top] * columns
        labels: list[Label] = []
        signs: list[Tag] = []
        for place, (tag, words) in enumerate(lines):
            column = place * columns // len(lines)
            x = MARGIN + column * (width + 20)
            label = fitted(
                words, x=x + 26, top=bottoms[column] + 2, width=width - 26, size=SMALL, name="condition"
            )
            bottoms[column] = label.box.bottom + 5
            labels.append(label)
            if tag is not None:
                middle = (x + 10, label.top + label.step / 2)
                signs.append(Tag(letter=tag.letter, kind=tag.kind, middle=middle))
        return labels, signs
