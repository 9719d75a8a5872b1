"""The checker: a clean map gives nothing, a planted mistake gives its one finding at its place and line."""

from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from time import process_time
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.process.clean_map import CLEAN
from tests.process.strategies import maps

from infield.process.lint.check import check
from infield.process.lint.finding import SEVERITIES, Finding, Place, in_file_order
from infield.process.values import Criterion, ProcessMap, Stage, Transition
from infield.process.wording import finding_sentences
from infield.process.yaml_file import read


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


def process(text: str) -> ProcessMap:
    return read(text).process


def codes(found: ProcessMap) -> list[str]:
    return [finding.code for finding in check(found)]


def errors(found: ProcessMap) -> list[Finding]:
    return [finding for finding in check(found) if finding.severity == "error"]


def test_a_clean_map_gives_no_finding() -> None:
    assert check(process(CLEAN)) == ()


@pytest.mark.parametrize("planted", PLANTED.values(), ids=PLANTED)
def test_a_planted_mistake_gives_its_one_finding_at_its_line(planted: Planted) -> None:
    assert planted.old in CLEAN
    text = CLEAN.replace(planted.old, planted.new, 1)
    file = read(text)
    assert [(found.code, found.place) for found in check(file.process)] == [(planted.code, planted.place)]
    assert text.count(planted.line) == 1
    assert file.line_of(planted.place) == text[: text.index(planted.line)].count("\n") + 1


def test_a_map_without_ways_out_is_told_once() -> None:
    text = CLEAN[: CLEAN.index("ways_out:")]
    text = text.replace(
        "  - {source: waiting,", "  - {source: need, target: waiting, kind: jump}\n  - {source: waiting,"
    )
    assert codes(process(text)) == ["no-way-out"]


def test_a_map_with_no_weight_is_warned_once() -> None:
    plain = process(CLEAN)
    bare = replace(plain, stages=tuple(unweighted(stage) for stage in plain.stages))
    assert codes(bare) == ["no-weights"]


def unweighted(stage: Stage) -> Stage:
    return replace(stage, criteria=tuple(replace(one, weight=Decimal(0)) for one in stage.criteria))


def test_a_sale_among_the_clients_is_told_once() -> None:
    text = CLEAN.replace("    sale: true\n", "").replace("about: client\n", "about: client\n    sale: true\n")
    places = [(found.code, found.place) for found in errors(process(text))]
    assert places == [("client-before-sale", ("stages", 7, "about"))]


def test_too_many_stages_are_told_once() -> None:
    text = CLEAN.replace("transitions:\n", f"{MORE_STAGES}transitions:\n{TO_MORE_STAGES}")
    found = [one for one in check(process(text)) if one.code != "no-criteria"]
    assert [(one.code, one.params) for one in found] == [("too-many-stages", {"count": 16, "most": 15})]


def test_the_smallest_map_has_no_error() -> None:
    small = "name: Ours\nstages:\n  - {key: a, name: A talk}\n  - {key: b, name: A contract}\n"
    assert errors(process(small)) == []


def test_alternative_branches_may_ask_the_same() -> None:
    text = CLEAN.replace(SEEN, RAN)
    assert text != CLEAN
    assert codes(process(text)) == []


def test_only_the_sum_is_told_when_a_weight_is_only_in_the_wrong_stage() -> None:
    text = CLEAN.replace("figures, weight: 15", "figures").replace("is agreed}", "is agreed, weight: 15}")
    assert codes(process(text)) == ["weight-on-side-stage"]


@pytest.mark.parametrize(
    ("language", "name"),
    [
        ("ja", "見積書の送付"),
        ("ja", "テレアポ"),
        ("fi", "Lähetä tarjous"),
        ("th", "ส่งใบเสนอราคา"),
        ("en", "Cold calling"),
    ],
)
def test_names_of_our_work_are_found_in_four_languages(language: str, name: str) -> None:
    one = ProcessMap(name="x", language=language, stages=(Stage(key="a", name=name),))
    assert "seller-only-name" in codes(one)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ja", "必要に応じて上司に確認した"),
        ("fi", "Tarjous on lähetetty tarvittaessa"),
        ("th", "ติดต่อกลับตามความเหมาะสม"),
    ],
)
def test_vague_words_are_found_in_the_language_they_are_written_in(language: str, text: str) -> None:
    ask = Criterion(key="c", text={"en": "The board has agreed", language: text}, weight=Decimal(100))
    one = ProcessMap(name="x", stages=(Stage(key="a", name="Agreed", sale=True, criteria=(ask,)),))
    places = [found.place for found in check(one) if found.code == "vague-words"]
    assert places == [("stages", 0, "criteria", 0, "text", language)]


@pytest.mark.parametrize(
    "name", ["Proposal under review", "Closing", "Follow-up", "Demo", "Negotiation", "Prospecting"]
)
def test_names_that_say_where_a_deal_stands_pass(name: str) -> None:
    assert codes(process(CLEAN.replace("name: Machine on trial", f"name: {name}", 1))) == []


@pytest.mark.parametrize("text", ["TBD", "Follow up with the customer", "The price is fixed, etc."])
def test_a_vague_criterion_is_told_as_vague_only(text: str) -> None:
    assert codes(process(CLEAN.replace(SEEN, f'text: "{text}",'))) == ["vague-words"]


@pytest.mark.parametrize(
    "text", ["The buyer is very interested", "A good meeting was had", "It looks promising to us"]
)
def test_a_criterion_of_feelings_is_told_as_opinion_only(text: str) -> None:
    assert codes(process(CLEAN.replace(SEEN, criterion(text)))) == ["opinion-criterion"]


@pytest.mark.parametrize(
    "text",
    [
        "Contact details of the board are known",
        "Offer accepted in writing",
        "Present supplier is named",
        "Call with the board took place",
    ],
)
def test_a_fact_that_begins_with_a_word_of_work_is_no_task(text: str) -> None:
    assert "task-criterion" not in codes(process(CLEAN.replace(SEEN, criterion(text))))


def test_findings_come_in_the_order_of_the_file() -> None:
    text = CLEAN.replace("name: Line running", "name: Our line").replace("owner: Head of sales\n", "")
    text = text.replace("{source: signed, target: running}", "{source: signed, target: runing}")
    assert codes(process(text)) == ["no-owner", "seller-only-name", "unknown-stage"]


def straight(weights: list[Decimal]) -> ProcessMap:
    stages = tuple(
        Stage(
            key=f"s{number}",
            name=f"Lap {number}",
            sale=number == len(weights) - 1,
            criteria=(Criterion(key=f"c{number}", text=f"Point {number} is met", weight=weight),),
        )
        for number, weight in enumerate(weights)
    )
    return ProcessMap(name="Straight", stages=stages)


def forked(branches: list[list[Decimal]], rest: Decimal) -> ProcessMap:
    """Give a map that forks into branches of several stages, which join again in the sale."""
    names = [[f"b{i}-{j}" for j in range(len(branch))] for i, branch in enumerate(branches)]
    weights = {
        key: w for keys, ws in zip(names, branches, strict=True) for key, w in zip(keys, ws, strict=True)
    }
    weights = {"start": Decimal(0)} | weights | {"sale": rest}
    stages = tuple(
        Stage(
            key=key,
            name=key,
            sale=key == "sale",
            criteria=(Criterion(key=f"c-{key}", text=f"Point {key} is met", weight=weight),),
        )
        for key, weight in weights.items()
    )
    steps = [step for keys in names for step in pairwise(["start", *keys, "sale"])]
    ways = tuple(Transition(source=a, target=b, kind="branch") for a, b in steps)
    return ProcessMap(name="Forked", stages=stages, transitions=ways)


def parts(total: Decimal, cuts: list[int]) -> list[Decimal]:
    """Cut `total` at the given percents of it, exactly."""
    marks = [Decimal(0), *(total * cut / 100 for cut in sorted(cuts)), total]
    return [b - a for a, b in pairwise(marks)]


cuts = st.lists(st.integers(0, 100), max_size=5)


@given(cuts)
def test_a_straight_map_of_exactly_100_passes(where: list[int]) -> None:
    assert errors(straight(parts(Decimal(100), where))) == []


@given(st.lists(st.decimals(0, 100, places=3), min_size=1, max_size=8).filter(any))
def test_a_straight_map_is_wrong_exactly_when_its_sum_is_not_100(weights: list[Decimal]) -> None:
    thousandths = sum(int(weight * 1000) for weight in weights)
    assert [one.code for one in errors(straight(weights))] == ["weights-not-100"] * (thousandths != 100_000)


@given(st.lists(cuts, min_size=2, max_size=4), st.decimals(0, 100, places=2))
def test_branches_with_equal_sums_pass(where: list[list[int]], rest: Decimal) -> None:
    assert errors(forked([parts(100 - rest, each) for each in where], rest)) == []


@given(cuts, cuts, st.decimals("0.01", 50, places=2), st.booleans())
def test_branches_with_unequal_sums_fail_at_the_branch_that_misses_100(
    left: list[int], right: list[int], less: Decimal, second: bool
) -> None:
    branches = [parts(Decimal(70), left), parts(70 - less, right)]
    if not second:
        branches.reverse()
    found = forked(branches, Decimal(30))
    (finding,) = errors(found)
    assert finding.code == "fork-weights-differ"
    assert finding.params["sum"] == 100 - less
    assert found.stages[int(finding.place[1])].key == f"b{int(second)}-0"


def test_many_forks_in_a_row_are_compared_without_listing_every_way() -> None:
    keys = [f"s{number}" for number in range(60)]
    stages = tuple(Stage(key=key, name=key, sale=key == keys[-1]) for key in keys)
    first = replace(stages[0], criteria=(Criterion(key="c", text="All of it is met", weight=Decimal(100)),))
    ways = tuple(
        Transition(source=keys[a], target=keys[b], kind="branch")
        for a in range(60)
        for b in range(a + 1, min(a + 4, 60))
    )
    assert errors(ProcessMap(name="Forks", stages=(first, *stages[1:]), transitions=ways)) == []


def test_a_very_long_map_is_checked() -> None:
    assert errors(straight([Decimal("0.25")] * 400)) == []


def rewired(random_map: ProcessMap) -> ProcessMap:
    """Give the map with every reference to a stage turned to one that exists."""
    known = [stage.key for stage in random_map.stages]

    def near(key: str) -> str:
        return known[len(key) % len(known)]

    ways = tuple(replace(w, source=near(w.source), target=near(w.target)) for w in random_map.transitions)
    outs = tuple(
        replace(out, sources=tuple(map(near, out.sources)), target=out.target and near(out.target))
        for out in random_map.ways_out
    )
    points = tuple(replace(point, stage=near(point.stage)) for point in random_map.points_that_count)
    start = replace(random_map.starting_point, stage=None)
    return replace(
        random_map, transitions=ways, ways_out=outs, points_that_count=points, starting_point=start
    )


@pytest.mark.slow
@given(maps, st.booleans())
def test_any_map_is_checked_and_every_finding_has_its_sentences(random_map: ProcessMap, sound: bool) -> None:
    random_map = rewired(random_map) if sound else random_map
    found = check(random_map)
    assert list(found) == sorted(found, key=in_file_order)
    for one in found:
        said = finding_sentences(one, random_map, "ja")
        assert all((said.what, said.why, said.to_do))
        assert SEVERITIES[one.code] == one.severity


WEIGHT_ERRORS = {"weights-not-100", "fork-weights-differ"}


@given(
    st.lists(st.sampled_from((0, 0, 25, 50, 100)), min_size=2, max_size=6),
    st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), min_size=1, max_size=9),
)
def test_the_weights_are_wrong_exactly_when_some_way_misses_100(
    weights: list[int], pairs: list[tuple[int, int]]
) -> None:
    last = len(weights) - 1
    steps = {(a, b) for a, b in pairs if a < b <= last}
    steps |= {(a, last) for a in range(last) if a not in {source for source, _ in steps}}
    steps |= {(0, b) for b in range(1, last) if b not in {target for _, target in steps}}
    ways = tuple(Transition(source=f"s{a}", target=f"s{b}") for a, b in sorted(steps))
    found = {
        one.code
        for one in errors(replace(straight([Decimal(weight) for weight in weights]), transitions=ways))
    }
    sums = every_sum(0, weights, steps)
    assert found <= WEIGHT_ERRORS
    assert bool(found) == (any(weights) and sums != {100})


def every_sum(stage: int, weights: list[int], steps: set[tuple[int, int]]) -> set[int]:
    """Give the sums of all ways from a stage to the last one, by walking each."""
    if stage == len(weights) - 1:
        return {weights[stage]}
    return {weights[stage] + rest for a, b in steps if a == stage for rest in every_sum(b, weights, steps)}


@pytest.mark.slow
def test_the_largest_map_there_can_be_is_checked_in_seconds() -> None:
    """A file may be made to keep the checks busy: 500 stages, 5,000 criteria that all say the same."""
    words = "The buyer has agreed to the price in writing"
    stages = tuple(
        Stage(
            key=f"s{stage}",
            name=f"Stage {stage}",
            criteria=tuple(Criterion(key=f"c{stage}-{number}", text=words) for number in range(10)),
        )
        for stage in range(500)
    )
    started = process_time()
    found = codes(ProcessMap(name="Endless", stages=stages))
    assert found.count("repeated-criterion") == 1_999
    assert process_time() - started < 20
