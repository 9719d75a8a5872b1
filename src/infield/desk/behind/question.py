"""Which deals a figure stands for: read from an address, written into one."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

if TYPE_CHECKING:
    from infield.imports.reading import Finding

WAYS: Mapping[str, tuple[str, ...]] = {
    "entered": ("stage",),
    "moved": ("stage", "target"),
    "still": ("stage",),
    "stopped": ("stage",),
    "won": (),
    "closed": (),
    "fits": (),
    "skip": ("stage",),
    "insert": ("stage",),
    "jump": ("stage", "target"),
    "back": ("stage", "target"),
}
"""By its name in the address: what a question is about."""
DEVIATIONS = ("skip", "insert", "jump", "back")


@dataclass(frozen=True, slots=True)
class Question:
    """One figure's deals; `stage` and `target` are keys of stages, or names as the log has them."""

    way: str
    stage: str = ""
    target: str = ""

    @property
    def query(self) -> str:
        """What an address says after map and period.

        >>> Question("moved", "offer", ":lost").query
        'way=moved&stage=offer&target=%3Alost'
        """
        said = {"way": self.way, "stage": self.stage, "target": self.target}
        return urlencode({key: text for key, text in said.items() if text})


def question_of(values: Mapping[str, str]) -> Question | None:
    """Read it from an address; None where it asks nothing, or leaves out what it is about."""
    way = values.get("way", "")
    about = {name: values.get(name, "") for name in WAYS.get(way, ())}
    return Question(way, **about) if way in WAYS and all(about.values()) else None


def question_behind(found: "Finding") -> Question | None:
    """Give the question whose answer is the deals that a finding is about; None for one about no set of deals."""
    target = str(found.params.get("target") or "")
    ways = {
        "win_rate": Question("closed"),
        "biggest_leak": Question("entered", found.where),
        "fits_map": Question("fits"),
        "slowest_stage": Question("entered", found.where),
        "most_wait": Question("still", found.where),
        **{f"deviation_{kind}": Question(kind, found.where, target) for kind in DEVIATIONS},
    }
    return ways.get(found.code)
