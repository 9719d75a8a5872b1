"""The JSON of a report: its fixed form, and the counts in it."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from tests.desk.report.made_up import MAP, made_up, report_of

from infield.desk.report.as_json import as_json
from infield.desk.report.wording import Speaker

SCHEMA = json.loads((Path(__file__).parent / "report.schema.json").read_text("utf-8"))


def json_of(*files: Path, **options: Any) -> Any:
    text = as_json(report_of(*files, **options), Speaker().sentence)
    found = json.loads(text, parse_constant=lambda name: pytest.fail(f"{name} is no JSON"))
    jsonschema.validate(found, SCHEMA)
    return found


def test_counts_are_those_of_plain_loops_over_the_file(tmp_path: Path) -> None:
    history = made_up()
    found = json_of(history.write(tmp_path / "log.csv"), won=["Signed"], lost=["Declined"])
    won, lost = history.ending_with("Signed"), history.ending_with("Declined")
    assert found["log"] == {
        "deals": 60,
        "events": history.events,
        "first": min(steps[0][0] for steps in history.deals.values()).isoformat(),
        "last": max(steps[-1][0] for steps in history.deals.values()).isoformat(),
        "won": won,
        "lost": lost,
        "open": 60 - won - lost,
    }
    edges = {(edge["source"], edge["target"]): edge["count"] for edge in found["process"]["edges"]}
    assert edges == dict(history.edges())
    variants = {tuple(one["path"]): one["deals"] for one in found["process"]["variants"]}
    assert variants == dict(history.paths())
    assert found["process"]["variant_count"] == len(history.paths())
    assert found["source"]["rows_read"] == history.events
    assert found["conformance"] is None


def test_the_funnel_of_a_map_is_along_its_stages_whatever_the_spelling(tmp_path: Path) -> None:
    history = made_up()
    path = history.write(tmp_path / "log.csv")
    path.write_text(path.read_text("utf-8").replace("D-1,Ask", "D-1,ASK"), "utf-8")
    found = json_of(path, won=["Signed"], lost=["Declined"], process=MAP)
    entered = {one["stage"]: one["entered"] for one in found["funnel"]["stages"]}
    names = {"ask": "Ask", "show": "Show", "offer": "Offer"}
    assert entered == {
        key: sum(any(step == name for _, step in steps) for steps in history.deals.values())
        for key, name in names.items()
    }
    assert found["conformance"]["deals"] == 60


def test_deals_that_go_the_maps_way_fit_it(tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    days = iter(range(1, 20))
    rows = ["Deal ID,Activity,Timestamp"]
    for deal, steps in {"a": "Ask Show Offer Signed", "b": "Ask Offer Signed", "c": "Ask Show"}.items():
        rows += [f"{deal},{step},2026-03-{next(days):02}T10:00:00" for step in steps.split()]
    path.write_text("\n".join(rows) + "\n", "utf-8")
    found = json_of(path, won=["Signed"], process=MAP)
    assert found["conformance"] == {
        "deals": 3,
        "fitting": 2,
        "deviations": [{"kind": "jump", "stage": "ask", "target": "offer", "deals": 1, "won_share": 1.0}],
    }


def test_nothing_is_said_of_sales_where_no_outcome_is_known(tmp_path: Path) -> None:
    found = json_of(made_up().write(tmp_path / "log.csv"))
    assert (found["log"]["won"], found["log"]["lost"], found["log"]["open"]) == (0, 0, 60)
    codes = [one["code"] for one in found["findings"]]
    assert codes.count("no_outcomes") == 1
    assert not {"win_rate", "biggest_leak", "most_wait"} & set(codes)
    (told,) = [one for one in found["findings"] if one["code"] == "no_outcomes"]
    assert "--won" in told["text"]


def test_an_outcome_name_that_means_nothing_comes_first(tmp_path: Path) -> None:
    found = json_of(made_up().write(tmp_path / "log.csv"), won=["Sgined"], lost=["Declined"])
    assert found["findings"][0]["code"] == "outcome_name_unknown"
    assert "Sgined" in found["findings"][0]["text"]


def test_every_share_in_a_sentence_goes_with_a_count(tmp_path: Path) -> None:
    found = json_of(made_up().write(tmp_path / "log.csv"), won=["Signed"], lost=["Declined"], process=MAP)
    told = [one["text"] for one in found["findings"] if "%" in one["text"]]
    assert told
    assert [text for text in told if not any(word.strip("().,").isdigit() for word in text.split())] == []
