"""Why deals are lost: the ways out of the deal's own map, and the reasons every company knows."""

from infield.process.flow import leaves_from
from infield.process.values import ProcessMap

LONGEST_REASON = 120

LOST_REASONS = (
    "no_need",
    "no_money",
    "price",
    "competitor",
    "timing",
    "no_decision",
    "no_answer",
    "not_a_fit",
    "other",
)


def lost_reasons(process: ProcessMap, stage: str, known: tuple[str, ...] = LOST_REASONS) -> tuple[str, ...]:
    """Give the keys of reasons for losing a deal in this stage: the map's own ways out come first, then `known`."""
    own = [
        out.key for out in process.ways_out if out.kind == "no" and stage in leaves_from(process, out.sources)
    ]
    return tuple(dict.fromkeys((*own, *known)))
