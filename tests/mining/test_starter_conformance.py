"""The ready-made maps as models: a deal can follow each of them, and leaving it is seen."""

import pytest
import yaml
from pydantic import TypeAdapter

from infield.mining.conformance import conformance
from infield.process.flow import first_stage, leaves_from, on_the_way, sale_stage, ways
from infield.process.starter_maps import STARTERS, starter_text
from infield.process.values import ProcessMap


@pytest.fixture(params=sorted(STARTERS))
def starter(request: pytest.FixtureRequest) -> ProcessMap:
    return TypeAdapter(ProcessMap).validate_python(yaml.safe_load(starter_text(request.param)))


def way_to_the_sale(process: ProcessMap) -> list[str]:
    """Follow the first way that leads on, stage by stage, until the sale."""
    path, on = [first_stage(process).key], on_the_way(process)
    while path[-1] != sale_stage(process).key:
        path += [
            way.target
            for way in ways(process)
            if way.source == path[-1] and way.kind in ("forward", "branch") and way.target in on
        ][:1]
    return path


def test_a_deal_that_follows_a_starter_to_the_sale_fits(starter: ProcessMap) -> None:
    path = way_to_the_sale(starter)
    assert conformance(starter, [(path, "won", 1), (path, None, 1)]).fitting == 2


def test_a_deal_may_be_lost_wherever_a_starter_has_a_way_out(starter: ProcessMap) -> None:
    exits = {key for out in starter.ways_out for key in leaves_from(starter, out.sources)}
    path = way_to_the_sale(starter)
    for at, key in enumerate(path, start=1):
        found = conformance(starter, [(path[:at], "lost", 1)])
        assert (key in exits) == (found.cost == 0)


def test_a_won_deal_that_stops_one_stage_early_skipped_the_sale(starter: ProcessMap) -> None:
    path = way_to_the_sale(starter)
    (skip,) = conformance(starter, [(path[:-1], "won", 1)]).deviations
    assert (skip.kind, skip.stage) == ("skip", path[-1])


def test_names_of_a_starter_match_as_well_as_keys(starter: ProcessMap) -> None:
    names = {
        stage.key: stage.name if isinstance(stage.name, str) else stage.name["en"] for stage in starter.stages
    }
    path = [names[key].upper() for key in way_to_the_sale(starter)]
    assert conformance(starter, [(path, "won", 1)]).fitting == 1
