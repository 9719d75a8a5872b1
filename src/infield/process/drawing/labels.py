"""The few words of its own that a flowchart has; a caller gives them in another language."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

PHASES = MappingProxyType(
    {
        "awareness": "Awareness",
        "consideration": "Consideration",
        "decision": "Decision",
        "advocacy": "Advocacy",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Labels:
    """Words of the flowchart, in English unless given."""

    start: str = "Start"
    no_lane: str = "No department"
    from_any: str = "from any stage up to the sale"
    from_marked: str = "from stages marked {badge}"
    from_named: str = "from: {stages}"
    comma: str = ", "
    forward: str = "usual way"
    branch: str = "branch"
    way_back: str = "way back"
    jump: str = "jump"
    no: str = "no"
    not_now: str = "not now"
    rare: str = "rare"
    gate: str = "gate: share of a sale in %"
    sale: str = "the sale"
    badge: str = "may leave here"
    untagged: str = "{source} → {target}: {when}"
    description: str = "Flowchart with {stages} stages in {lanes} lanes. {steps}"
    phases: Mapping[str, str] = field(default_factory=lambda: PHASES)
