"""The checker: every check of a map in tables, run in layers so that one mistake gives one finding.

In: a `ProcessMap`. Out: findings in the order of the file. A layer runs only where the one below it is
sound: ways can be followed only between keys that name one stage each, and weights be added up only along
ways that lead to the sale.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence

from infield.process.lint import keys, texts, ways, weights, whole
from infield.process.lint.finding import Finding, in_file_order
from infield.process.values import ProcessMap

type Check = Callable[[ProcessMap], Iterator[Finding]]

ALWAYS: Sequence[Check] = (
    keys.duplicate_keys,
    keys.unknown_stages,
    keys.unknown_departments,
    keys.answers_without_question,
    keys.two_sales,
    keys.about_order,
    ways.repeated_transitions,
    weights.no_weights,
    whole.missing_parts,
    whole.no_way_out,
    whole.no_sale,
    whole.sale_without_gate,
    whole.no_criteria,
    whole.too_many_criteria,
    whole.too_many_stages,
    whole.no_department,
    texts.vague_words,
    texts.short_details,
    texts.long_texts,
    texts.short_criteria,
    texts.opinion_criteria,
    texts.task_criteria,
    texts.seller_only_names,
    texts.nothing_for_buyer,
    texts.repeated_criteria,
)
FLOW: Sequence[Check] = (ways.forward_loops, ways.unreachable_stages)
TO_THE_SALE: Sequence[Check] = (ways.dead_ends, ways.no_way_to_sale, ways.clients_before_sale)
WEIGHTS: Sequence[Check] = (weights.weights_not_100, weights.fork_weights_differ, weights.misplaced_weights)


def check(process: ProcessMap) -> tuple[Finding, ...]:
    """Give all mistakes in a map, in the order of its file; a map without mistakes gives none.

    `docs/lint` explains each code.
    """
    return tuple(sorted(_layers(process), key=in_file_order))


def _layers(process: ProcessMap) -> list[Finding]:
    found = _run(ALWAYS, process)
    if any(_hides_the_flow(one) for one in found):
        return found
    flow = _run(FLOW, process)
    if ways.knows_its_sale(process):
        flow += _run(TO_THE_SALE, process)
        if not flow:
            flow += _run(WEIGHTS, process)
    return found + flow


def _run(checks: Iterable[Check], process: ProcessMap) -> list[Finding]:
    return [one for each in checks for one in each(process)]


def _hides_the_flow(one: Finding) -> bool:
    match one.code, one.place:
        case "duplicate-key", ("stages", int(), "key"):
            return True
        case "unknown-stage", ("transitions" | "ways_out" | "starting_point", *_):
            return True
        case "two-sales", _:
            return True
    return False
