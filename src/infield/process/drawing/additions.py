"""What a picture of reality adds to the flowchart of a map."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from infield.process.drawing.nodes import Link


@dataclass(frozen=True, slots=True, kw_only=True)
class Additions:
    """More links and words; with them the map's own links show no conditions and are not marked as rare.

    Nodes keep their cells: the further links find their way between them.
    """

    links: tuple[Link, ...] = ()
    """Their ends are nodes of the map; they are the last edges of the layout, in this order."""
    notes: Mapping[str, str] = field(default_factory=dict)
    """Key of a node → a line under its name."""
    figures: float = 0.0
    """What each gutter gets more in px, for figures on the edges; half of it at most for channels."""
