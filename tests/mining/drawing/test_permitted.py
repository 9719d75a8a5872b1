from infield.mining.drawing.permitted import permitted
from infield.mining.drawing.rows import Ending
from infield.process.values import ProcessMap, Stage, Transition, WayOut

PROCESS = ProcessMap(
    name="Sale",
    stages=(
        Stage(key="lead", name={"en": "New lead", "fi": "Uusi liidi"}, about="lead"),
        Stage(key="offer", name="Offer"),
        Stage(key="nurture", name="Nurture"),
        Stage(key="contract", name="Contract", sale=True),
        Stage(key="live", name="Live", about="client"),
    ),
    transitions=(
        Transition(source="lead", target="offer"),
        Transition(source="offer", target="contract"),
        Transition(source="offer", target="lead", kind="way_back"),
        Transition(source="contract", target="live"),
    ),
    ways_out=(
        WayOut(key="no", name="No", kind="no", sources=("offer",)),
        WayOut(key="later", name="Later", kind="not_now", sources=("lead",), target="nurture"),
    ),
)
ENDINGS: dict[str, Ending] = {"Won": "won", "Lost": "lost"}


def moves(*names: str) -> frozenset[tuple[str, str]]:
    return permitted(PROCESS, names, ENDINGS)


def test_moves_are_those_of_the_transitions_by_key_or_name_in_any_language_whatever_the_case() -> None:
    assert moves("uusi LIIDI", "offer", "Contract") == {
        ("uusi LIIDI", "offer"),
        ("offer", "uusi LIIDI"),
        ("offer", "Contract"),
    }


def test_a_way_out_for_now_leads_to_its_stage() -> None:
    assert moves("lead", "Nurture") == {("lead", "Nurture")}


def test_deals_are_lost_where_a_way_out_is_and_won_from_the_sale_on() -> None:
    found = moves("lead", "offer", "nurture", "contract", "live", "Won", "Lost")
    assert {source for source, target in found if target == "Lost"} == {"offer", "lead"}
    assert {source for source, target in found if target == "Won"} == {"contract", "live"}


def test_a_name_that_the_map_does_not_know_has_no_moves() -> None:
    assert moves("Offer", "Coffee") == frozenset()


def test_after_a_sale_deals_go_where_the_stage_of_the_sale_leads() -> None:
    found = moves("lead", "offer", "nurture", "contract", "live", "Won", "Lost")
    assert {target for source, target in found if source == "Won"} == {"live"}
    assert {target for source, target in found if source == "Lost"} == set()
