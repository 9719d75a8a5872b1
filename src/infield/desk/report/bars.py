"""Small pictures for cells of a table: an interval on a track from 0 to 1, and a share as a bar."""

from infield.process.drawing.svg import element

WIDTH, HEIGHT = 200, 14
TRACK, BAND, TICK = 8, 12, 3


def interval_bar(rate: float, low: float, high: float, before: float | None = None) -> str:
    """Give an SVG of a rate with its interval, all from 0 to 1; hidden from readers of the words beside it.

    `before`: the rate that it is held against, as a second tick; None: none.
    """
    left, right = low * WIDTH, high * WIDTH
    tick = min(max(rate * WIDTH - TICK / 2, 0), WIDTH - TICK)
    return str(
        element(
            "svg",
            element(
                "rect",
                x=0,
                y=(HEIGHT - TRACK) / 2,
                width=WIDTH,
                height=TRACK,
                rx=TRACK / 2,
                class_="meter-track",
            ),
            element(
                "rect", x=left, y=1, width=max(right - left, TICK), height=BAND, rx=2, class_="meter-interval"
            ),
            element("rect", x=tick, y=0, width=TICK, height=HEIGHT, rx=1, class_="meter-tick"),
            None
            if before is None
            else element(
                "rect",
                x=min(max(before * WIDTH - TICK / 2, 0), WIDTH - TICK),
                y=0,
                width=TICK,
                height=HEIGHT,
                class_="meter-before",
            ),
            viewBox=f"0 0 {WIDTH} {HEIGHT}",
            preserveAspectRatio="none",
            class_="meter",
            aria_hidden="true",
        )
    )


def share_bar(share: float) -> str:
    """Give an SVG of a share of 1."""
    return str(
        element(
            "svg",
            element("rect", x=0, y=3, width=WIDTH, height=TRACK, rx=TRACK / 2, class_="meter-track"),
            element(
                "rect",
                x=0,
                y=3,
                width=max(share * WIDTH, TICK),
                height=TRACK,
                rx=TRACK / 2,
                class_="meter-share",
            ),
            viewBox=f"0 0 {WIDTH} {HEIGHT}",
            preserveAspectRatio="none",
            class_="meter",
            aria_hidden="true",
        )
    )
