"""Reading a line of a picture back from its path data, as points close together."""

import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from math import hypot

type XY = tuple[float, float]

STEPS = 30
_TAKES = {"M": 2, "L": 2, "H": 1, "V": 1, "Q": 4, "C": 6}


def points(data: str) -> list[XY]:
    """Give points along a path of absolute M, L, H, V, Q and C."""
    found: list[XY] = []
    for letter, numbers in _commands(data):
        here = found[-1] if found else (0.0, 0.0)
        if letter == "M":
            found.append((numbers[0], numbers[1]))
        else:
            found += [_curve(here, letter, numbers)(step / STEPS) for step in range(1, STEPS + 1)]
    return found


def distance(line: list[XY], point: XY) -> float:
    """Give how far a point is from the nearest point of a line."""
    return min(_from_stretch(a, b, point) for a, b in pairwise(line))


def _from_stretch(a: XY, b: XY, point: XY) -> float:
    across, down = b[0] - a[0], b[1] - a[1]
    length = across**2 + down**2
    part = ((point[0] - a[0]) * across + (point[1] - a[1]) * down) / length if length else 0.0
    part = min(1.0, max(0.0, part))
    return hypot(a[0] + across * part - point[0], a[1] + down * part - point[1])


def _commands(data: str) -> Iterator[tuple[str, list[float]]]:
    for letter, rest in re.findall(r"([MLHVQC])([^MLHVQC]*)", data):
        numbers = [float(number) for number in rest.split()]
        assert len(numbers) % _TAKES[letter] == 0
        for start in range(0, len(numbers), _TAKES[letter]):
            yield letter, numbers[start : start + _TAKES[letter]]


def _curve(here: XY, letter: str, numbers: list[float]) -> Callable[[float], XY]:
    """Give the point at each part of the way, by repeated halving between the handles (de Casteljau)."""
    if letter == "H":
        numbers = [numbers[0], here[1]]
    if letter == "V":
        numbers = [here[0], numbers[0]]
    handles = [here, *zip(numbers[::2], numbers[1::2], strict=True)]

    def at(part: float) -> XY:
        left = handles
        while len(left) > 1:
            left = [(a[0] + (b[0] - a[0]) * part, a[1] + (b[1] - a[1]) * part) for a, b in pairwise(left)]
        return left[0]

    return at
