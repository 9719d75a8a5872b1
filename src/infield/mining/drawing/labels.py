"""The words and figures that the pictures of a real process show; a caller gives them in another language."""

from collections.abc import Callable
from dataclasses import dataclass

_UNITS = ((86_400, "d"), (3_600, "h"), (60, "min"), (1, "s"))


def duration(seconds: float) -> str:
    """Give a duration in its largest whole unit.

    >>> duration(1_000_000), duration(5_400), duration(20)
    ('12 d', '2 h', '20 s')
    """
    for size, unit in _UNITS:  # noqa: B007 - the last one tried is used
        if seconds >= size:
            break
    return f"{round(seconds / size)} {unit}"


def percent(share: float) -> str:
    return f"{share:.0%}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Labels:
    """Words in English unless given; figures as the caller's language writes them."""

    title: str = "The process as it happens"
    description: str = (
        "{steps} steps from {first} to {last}. The most frequent move: {source} to {target}, {count} times."
    )
    nothing: str = "No moves."
    caption: str = "{shown} of {all} kinds of moves are drawn: {share} of all moves."
    usual: str = "on to the next step"
    skip: str = "past steps"
    way_back: str = "way back"
    stray: str = "not on the map"
    unused: str = "on the map, nobody took it"
    stay: str = "{real} / {usual}"
    """The time that deals really stay in a stage, and the usual one of the map."""
    overlay_caption: str = "{share} of all moves are drawn."
    stay_caption: str = "In a box: the median time that deals stay / the usual time of the map."
    repeat: str = "again at once"
    begins: str = "deals begin here"
    stays: str = "deals not gone further"
    measure: str = "number of moves, median time"
    repeated: str = "{name} again: {count}, {duration}"
    move: str = "{source} → {target}: {count}, {duration}"
    number: Callable[[int], str] = str
    duration: Callable[[float], str] = duration
    """From seconds."""
    percent: Callable[[float], str] = percent
    """From a share of 1."""
