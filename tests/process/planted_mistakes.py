"""Mistakes planted into the clean map, one at a time, with what is to be found of each."""

from itertools import pairwise
from typing import NamedTuple

from infield.process.lint.finding import Place


class Planted(NamedTuple):
    """A change of the clean map, and what is to be found at which place and on which line."""

    old: str
    new: str
    code: str
    place: Place
    line: str


def criterion(text: str) -> str:
    return f"text: {text},"


SEEN = criterion("The buyer has talked with the client")
RAN = criterion("The trial week is finished")
SEEN_PLACE: Place = ("stages", 3, "criteria", 0, "text")
LONG_LIST = "".join(
    f"      - {{key: {key}, text: The buyer has shown us the {key}, required: false}}\n"
    for key in ("halls", "shifts", "stores", "gates", "yards", "ramps", "plans")
)
MORE_STAGES = "".join(
    f"""  - {{key: {key}, name: Year of {key}, about: client, department: sales, buyer_gets: A yearly report}}
"""
    for key in ("iron", "wood", "wool", "silk", "salt", "lace", "gold", "jade")
)
TO_MORE_STAGES = "".join(
    f"  - {{source: {a}, target: {b}}}\n"
    for a, b in pairwise(("running", "iron", "wood", "wool", "silk", "salt", "lace", "gold", "jade"))
)

PLANTED = {
    "stage key twice": Planted(
        "- key: waiting",
        "- key: pilot",
        "duplicate-key",
        ("stages", 6, "key"),
        "- key: pilot\n    name: Waiting",
    ),
    "stage key mistyped": Planted(
        "- key: offer", "- key: ofer", "unknown-stage", ("transitions", 3, "target"), "pilot, target: offer"
    ),
    "criterion key twice": Planted(
        "{key: figures", "{key: asked", "duplicate-key", ("stages", 4, "criteria", 0, "key"), "The board has"
    ),
    "question key twice": Planted(
        "{key: before", "{key: cost", "duplicate-key", ("stages", 1, "questions", 1, "key"), "tried so far"
    ),
    "substage key twice": Planted(
        "{key: walk", "{key: phone", "duplicate-key", ("stages", 1, "substages", 1, "key"), "Walk along"
    ),
    "measure key twice": Planted(
        "{key: win_rate", "{key: cycle_length", "duplicate-key", ("measures", 1, "key"), "name: Win rate"
    ),
    "way out key twice": Planted(
        "{key: later", "{key: lost", "duplicate-key", ("ways_out", 1, "key"), "Not this year"
    ),
    "way to nowhere": Planted(
        "target: offer}", "target: ofer}", "unknown-stage", ("transitions", 3, "target"), "target: ofer"
    ),
    "way from nowhere": Planted(
        "{source: signed", "{source: sign", "unknown-stage", ("transitions", 7, "source"), "source: sign,"
    ),
    "way out from nowhere": Planted(
        "[need, offer]", "[need, ofer]", "unknown-stage", ("ways_out", 1, "sources", 1), "[need, ofer]"
    ),
    "way out to nowhere": Planted(
        "target: waiting}", "target: wait}", "unknown-stage", ("ways_out", 1, "target"), "target: wait}"
    ),
    "point at nowhere": Planted(
        "stage: signed}", "stage: won}", "unknown-stage", ("points_that_count", 0, "stage"), "stage: won"
    ),
    "start at nowhere": Planted(
        "{stage: noticed}", "{stage: start}", "unknown-stage", ("starting_point", "stage"), "{stage: start}"
    ),
    "unlisted department": Planted(
        "department: marketing",
        "department: adverts",
        "unknown-department",
        ("stages", 0, "department"),
        "department: adverts",
    ),
    "answer without a question": Planted(
        "{answer: cost}",
        "{answer: price}",
        "answer-without-question",
        ("stages", 1, "criteria", 0, "proof", "answer"),
        "{answer: price}",
    ),
    "lead after deals": Planted(
        "name: Waiting for a budget",
        "name: Waiting for a budget\n    about: lead",
        "about-order",
        ("stages", 6, "about"),
        "    about: lead\n    department: sales\n    details: The rep calls",
    ),
    "second sale": Planted(
        "name: Proposal under review",
        "name: Proposal under review\n    sale: true",
        "two-sales",
        ("stages", 5, "sale"),
        "    sale: true\n    department: sales\n    details: Both",
    ),
    "client on the way": Planted(
        "name: Contract signed\n    sale: true\n",
        "name: Contract signed\n    about: client\n    sale: true\n",
        "about-order",
        ("stages", 5, "about"),
        "    about: client\n    sale: true",
    ),
    "circle": Planted(
        "target: need, kind: way_back}\n  - {source: offer",
        "target: need}\n  - {source: offer",
        "forward-loop",
        ("transitions", 5),
        "- {source: offer, target: need}",
    ),
    "dead end": Planted(
        "  - {source: pilot, target: offer}\n", "", "dead-end", ("stages", 2), "- key: pilot"
    ),
    "cut before the sale": Planted(
        "  - {source: offer, target: signed}\n",
        "",
        "no-way-to-sale",
        ("stages", 5),
        "- key: signed",
    ),
    "sale by a jump only": Planted(
        "target: signed}\n",
        "target: signed, kind: jump}\n",
        "no-way-to-sale",
        ("stages", 5),
        "- key: signed",
    ),
    "unreachable": Planted(
        "  - {source: need, target: visit, kind: branch}\n",
        "",
        "unreachable-stage",
        ("stages", 3),
        "- key: visit",
    ),
    "start too late": Planted(
        "{stage: noticed}", "{stage: need}", "unreachable-stage", ("stages", 0), "- key: noticed"
    ),
    "sum of 99.5": Planted("weight: 12.5", "weight: 12", "weights-not-100", ("stages", 5), "- key: signed"),
    "forgotten weight": Planted(
        "confirmed the figures, weight: 15",
        "confirmed the figures",
        "weights-not-100",
        ("stages", 4, "criteria", 0, "weight"),
        "{key: figures",
    ),
    "one figure too many": Planted(
        "confirmed the figures, weight: 15",
        "confirmed the figures, weight: 95",
        "weights-not-100",
        ("stages", 4, "criteria", 0, "weight"),
        "{key: figures",
    ),
    "uneven fork": Planted(
        f"{SEEN} weight: 20",
        f"{SEEN} weight: 15",
        "fork-weights-differ",
        ("stages", 3),
        "- key: visit",
    ),
    "way round a weight": Planted(
        "  - {source: need, target: visit, kind: branch}\n",
        "  - {source: need, target: visit, kind: branch}\n  - {source: need, target: offer, kind: branch}\n",
        "fork-weights-differ",
        ("transitions", 3),
        "{source: need, target: offer",
    ),
    "weight after the sale": Planted(
        "was saved\n",
        "was saved\n    criteria:\n      - {key: year, text: A year has passed, weight: 5}\n",
        "weight-after-sale",
        ("stages", 7, "criteria", 0, "weight"),
        "A year has passed",
    ),
    "weight beside the way": Planted(
        "is agreed}",
        "is agreed, weight: 5}",
        "weight-on-side-stage",
        ("stages", 6, "criteria", 0, "weight"),
        "is agreed, weight: 5",
    ),
    "no sale": Planted("    sale: true\n", "", "no-sale", ("stages", 6), "- key: waiting"),
    "optional sale": Planted(
        "both sides, weight: 25",
        "both sides, weight: 25, required: false",
        "sale-without-gate",
        ("stages", 5, "criteria"),
        "    criteria:\n      - {key: contract",
    ),
    "no criteria": Planted(
        "    criteria:\n      - {key: again, text: A new day for a talk is agreed}\n",
        "",
        "no-criteria",
        ("stages", 6),
        "- key: waiting",
    ),
    "one word": Planted(SEEN, criterion("Visit"), "short-criterion", SEEN_PLACE, "text: Visit,"),
    "an opinion": Planted(
        SEEN,
        criterion("The buyer feels good about it"),
        "opinion-criterion",
        SEEN_PLACE,
        "feels good",
    ),
    "a task": Planted(
        SEEN, criterion("Send the buyer a report"), "task-criterion", SEEN_PLACE, "Send the buyer"
    ),
    "asked twice": Planted(
        criterion("The board has confirmed the figures"),
        criterion("The plant manager named who decides"),
        "repeated-criterion",
        ("stages", 4, "criteria", 0, "text"),
        "{key: figures",
    ),
    "way twice": Planted(
        "  - {source: signed, target: running}\n",
        "  - {source: signed, target: running}\n  - {source: signed, target: running, rare: true}\n",
        "repeated-transition",
        ("transitions", 8),
        "rare: true",
    ),
    "long checklist": Planted(
        "      - {key: again",
        LONG_LIST + "      - {key: again",
        "too-many-criteria",
        ("stages", 6, "criteria"),
        "    criteria:\n      - {key: halls",
    ),
    "long name": Planted(
        "name: Line running",
        "name: The line is running without any stop since the very first day",
        "long-text",
        ("stages", 7, "name"),
        "The line is running without",
    ),
    "short details": Planted(
        "details: The buyer runs one machine for a week.",
        "details: Trial",
        "short-details",
        ("stages", 2, "details"),
        "details: Trial",
    ),
    "vague details": Planted(
        "one machine for a week.",
        "one machine as needed.",
        "vague-words",
        ("stages", 2, "details"),
        "as needed",
    ),
    "nothing for the buyer": Planted(
        "    buyer_gets: A list of the longest stops\n",
        "",
        "nothing-for-buyer",
        ("stages", 1),
        "- key: need",
    ),
    "name of our work": Planted(
        "name: Proposal under review",
        "name: Send quote",
        "seller-only-name",
        ("stages", 4, "name"),
        "name: Send quote",
    ),
    "nobody's stage": Planted(
        "name: Visit to a client\n    department: sales\n",
        "name: Visit to a client\n",
        "no-department",
        ("stages", 3),
        "- key: visit",
    ),
    "no for now missing": Planted("kind: not_now", 'kind: "no"', "no-not-now", ("ways_out",), "ways_out:"),
    "no owner": Planted("owner: Head of sales\n", "", "no-owner", ("owner",), "name: Selling"),
    "no name": Planted("name: Selling packing machines\n", "", "no-name", ("name",), "language: en"),
    "no objective": Planted(
        "objective:\n  text: Win twenty plants this year\n",
        "",
        "no-objective",
        ("objective",),
        "name: Selling",
    ),
    "no measures": Planted(
        "measures:\n  - {key: cycle_length, name: Length of the cycle}\n"
        "  - {key: win_rate, name: Win rate}\n",
        "",
        "no-measures",
        ("measures",),
        "name: Selling",
    ),
}
