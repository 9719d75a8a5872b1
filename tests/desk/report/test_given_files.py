"""Counts on large public histories, where they lie beside the checkout, against plain Python."""

import csv
import gzip
from collections import Counter
from datetime import datetime
from itertools import pairwise
from pathlib import Path

import pytest
from lxml import etree
from tests.desk.report.made_up import report_of

GIVEN = Path(__file__).parents[4] / "shared" / "data"
BPI = GIVEN / "bpi2012-loan-applications"
MAVEN = GIVEN / "maven-crm"
SYNTHETIC = GIVEN / "synthetic-opportunities-6k" / "opportunities.csv"

pytestmark = pytest.mark.slow
type Deals = dict[str, list[tuple[datetime, str]]]


def needs(path: Path) -> Path:
    if not path.exists():
        pytest.skip(f"{path.name} is not there")
    return path


def of_csv(path: Path) -> Deals:
    deals: Deals = {}
    with gzip.open(path, "rt", encoding="utf-8") as rows:
        for row in csv.DictReader(rows):
            if row["lifecycle"].casefold() == "complete":
                at = datetime.fromisoformat(row["timestamp_utc"])
                deals.setdefault(row["case_id"], []).append((at, row["activity"]))
    return deals


@pytest.mark.parametrize("name", ["events.csv.gz", "first1500.xes.gz"])
def test_the_loan_applications_count_as_plain_loops_count_them(name: str) -> None:
    path = needs(BPI / name)
    deals = of_csv(path) if name.endswith(".csv.gz") else _by_trace(path)
    ordered = [[name for _, name in sorted(steps, key=lambda step: step[0])] for steps in deals.values()]
    report = report_of(path, won=["A_REGISTERED"], lost=["A_DECLINED", "A_CANCELLED"])
    assert report.overview.deals == len(ordered)
    assert report.overview.events == sum(map(len, ordered))
    assert report.overview.won == sum(_last_end(path) == "A_REGISTERED" for path in ordered)
    edges = Counter(pair for path in ordered for pair in pairwise(path))
    assert {(edge.source, edge.target): edge.count for edge in report.process.edges} == edges
    assert report.variants.count == len({tuple(path) for path in ordered})


def _by_trace(path: Path) -> Deals:
    deals: Deals = {}
    root = etree.fromstring(gzip.decompress(path.read_bytes()))
    for number, trace in enumerate(root.iterfind("{*}trace")):
        for event in trace.iterfind("{*}event"):
            told = {one.get("key"): str(one.get("value")) for one in event}
            if told.get("lifecycle:transition", "complete").casefold() == "complete":
                step = datetime.fromisoformat(told["time:timestamp"]), told["concept:name"]
                deals.setdefault(str(number), []).append(step)
    return deals


def _last_end(path: list[str]) -> str | None:
    ends = {"A_REGISTERED", "A_DECLINED", "A_CANCELLED"}
    return next((name for name in reversed(path) if name in ends), None)


def test_the_pipeline_of_one_row_a_deal_keeps_its_outcomes_and_names_what_is_odd() -> None:
    files = [needs(MAVEN / name) for name in ("sales_pipeline.csv", "products.csv", "accounts.csv")]
    with files[0].open(encoding="utf-8") as rows:
        deals = list(csv.DictReader(rows))
    dated = [deal for deal in deals if deal["engage_date"]]
    report = report_of(*files)
    assert report.overview.deals == len(dated)
    for outcome, stage in (("won", "Won"), ("lost", "Lost")):
        assert getattr(report.overview, outcome) == sum(deal["deal_stage"] == stage for deal in deals)
    by_code = Counter(found.code for found in report.findings)
    assert by_code["deals_without_date"] == 1
    odd = [found for found in report.findings if found.code == "unknown_product"]
    assert [(found.params["value"], found.n) for found in odd] == [
        ("GTXPro", sum(deal["product"] == "GTXPro" for deal in deals))
    ]


def test_the_synthetic_opportunities_keep_their_outcomes() -> None:
    with needs(SYNTHETIC).open(encoding="utf-8") as rows:
        deals = list(csv.DictReader(rows))
    report = report_of(SYNTHETIC)
    won = sum(deal["is_won"] == "True" for deal in deals)
    lost = sum(deal["is_won"] != "True" and deal["is_closed"] == "True" for deal in deals)
    seen_outcomes = (report.overview.deals, report.overview.won, report.overview.lost)
    assert seen_outcomes == (len(deals), won, lost)
