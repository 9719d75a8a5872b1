"""The reference data sets, counted once more in plain Python; skipped where the folder is not there."""

import csv
import gzip
import io
from collections import Counter, defaultdict
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

DATA = Path(__file__).parents[3] / "shared" / "data"
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not DATA.is_dir(), reason="the reference data sets are not beside the checkout"),
]

type Read = Callable[..., Any]


def rows_of(path: Path) -> list[dict[str, str]]:
    content = path.read_bytes()
    text = (gzip.decompress(content) if path.suffix == ".gz" else content).decode()
    return list(csv.DictReader(io.StringIO(text)))


@pytest.fixture
def maven(history: Read) -> Any:
    folder = DATA / "maven-crm"
    return history(
        *(folder / f"{name}.csv" for name in ("accounts", "products", "sales_pipeline", "sales_teams"))
    )


def test_maven_counts_are_those_of_plain_python(maven: Any) -> None:
    rows = rows_of(DATA / "maven-crm" / "sales_pipeline.csv")
    dated = [row for row in rows if row["engage_date"]]
    ended = [row for row in dated if row["deal_stage"] in ("Won", "Lost")]
    assert (maven.reading.rows_read, maven.reading.rows_kept) == (len(rows), len(dated)) == (8800, 8300)
    assert maven.left_out == {"no_date": len(rows) - len(dated)}
    expected = Counter((row["opportunity_id"], row["engage_date"], "Engaging") for row in dated)
    expected += Counter((row["opportunity_id"], row["close_date"], row["deal_stage"]) for row in ended)
    assert Counter((case, at[:10], stage) for case, at, _, _, stage in maven.events) == expected
    outcomes = Counter(case["outcome"] for case in maven.cases.values())
    assert outcomes == {"won": 4238, "lost": 2473, None: 1589}
    won = sum(int(row["close_value"]) for row in rows if row["deal_stage"] == "Won")
    assert sum(case["amount_minor"] for case in maven.cases.values() if case["outcome"] == "won") == won * 100


def test_maven_traps_are_reported(maven: Any) -> None:
    rows = rows_of(DATA / "maven-crm" / "sales_pipeline.csv")
    found = {(one.code, one.params.get("value")): one for one in maven.reading.findings}
    gtx = found["unknown_product", "GTXPro"]
    assert (gtx.n, gtx.params["likely"]) == (sum(row["product"] == "GTXPro" for row in rows), "GTX Pro")
    assert found["likely_misspelled", "technolgy"].params["likely"] == "technology"
    missing = found["missing_organization", None]
    assert (missing.n, missing.params["open"]) == (1425, 1425)
    assert (found["deals_without_date", None].n, found["deals_without_date", None].params["stages"]) == (
        500,
        ["Prospecting"],
    )
    assert found["amount_zero_on_lost", None].n == sum(
        row["deal_stage"] == "Lost" and float(row["close_value"]) == 0 for row in rows
    )
    early = found["no_early_ends", None]
    assert (early.params["first"], early.params["first_end"]) == ("2016-10-20", "2017-03-01")
    assert early.n == sum("" < row["engage_date"] < "2017-03-01" for row in rows)
    stale = found["stale_open_deals", None]
    assert (stale.params["quarter"], stale.params["n_quarter"]) == ("2016 Q4", 53)
    assert {code for code, _ in found} == {
        "unknown_product", "likely_misspelled", "missing_organization", "deals_without_date",
        "amount_zero_on_lost",
        "no_early_ends", "stale_open_deals",
    }  # fmt: skip


def test_maven_stale_deals_are_older_than_95_of_100_sales(maven: Any) -> None:
    rows = [row for row in rows_of(DATA / "maven-crm" / "sales_pipeline.csv") if row["engage_date"]]
    took = sorted(
        (date.fromisoformat(row["close_date"]) - date.fromisoformat(row["engage_date"])).days
        for row in rows if row["deal_stage"] == "Won"
    )  # fmt: skip
    place = 0.95 * (len(took) - 1)
    usual = took[int(place)] + (took[int(place) + 1] - took[int(place)]) * (place % 1)
    last = max(date.fromisoformat(row["close_date"] or row["engage_date"]) for row in rows)
    ages = [
        (last - date.fromisoformat(row["engage_date"])).days
        for row in rows
        if row["deal_stage"] == "Engaging"
    ]
    assert maven.findings["stale_open_deals"] == sum(age > usual for age in ages)


def test_synthetic_opportunities_count_as_in_plain_python(history: Read) -> None:
    path = DATA / "synthetic-opportunities-6k" / "opportunities.csv"
    rows = rows_of(path)
    found = history(path)
    closed = [row for row in rows if row["is_closed"] == "True"]
    expected = Counter((row["opportunity_id"], row["created_date"], "Created") for row in rows)
    expected += Counter((row["opportunity_id"], row["close_date"], row["stage"]) for row in closed)
    assert Counter((case, at[:10], stage) for case, at, _, _, stage in found.events) == expected
    assert Counter(case["outcome"] for case in found.cases.values()) == {"lost": 3760, "won": 1824, None: 416}
    assert found.findings["open_with_close_date"] == 416
    assert found.cases["OPP-102159"]["amount_minor"] == 3_000_000
    assert (found.reading.rows_kept, found.reading.left_out, found.reading.rejected) == (6000, (), ())


ENDS = {
    "A_APPROVED": "won",
    "A_REGISTERED": "won",
    "A_ACTIVATED": "won",
    "A_DECLINED": "lost",
    "A_CANCELLED": "lost",
}


@pytest.mark.parametrize("lifecycle", ["complete", "all"])
def test_bpi_2012_counts_are_those_of_plain_python(history: Read, lifecycle: str) -> None:
    folder = DATA / "bpi2012-loan-applications"
    rows = rows_of(folder / "events.csv.gz")
    kept = [row for row in rows if lifecycle == "all" or row["lifecycle"].lower() == "complete"]
    found = history(
        folder / "cases.csv.gz", folder / "events.csv.gz", lifecycle=lifecycle,
        won=["a_approved", "A_REGISTERED", "A_ACTIVATED"], lost=["A_DECLINED", "A_CANCELLED"],
    )  # fmt: skip
    assert (found.reading.rows_read, found.reading.rows_kept) == (177_516, len(kept))
    assert found.left_out == ({} if lifecycle == "all" else {"lifecycle_not_complete": 66_164})
    paths: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for row in kept:
        paths[row["case_id"]].append((row["timestamp_utc"], row["activity"]))
    for path in paths.values():
        path.sort(key=lambda event: event[0])
    mine: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for case, at, _, _, stage in found.events:
        mine[case].append((at, stage))
    assert mine == paths
    outcomes = {
        case: next((ENDS[name] for _, name in reversed(path) if name in ENDS), None)
        for case, path in paths.items()
    }
    assert {uuid: case["outcome"] for uuid, case in found.cases.items()} == outcomes


def test_bpi_2012_takes_amounts_from_the_file_of_cases_and_reports_its_traps(history: Read) -> None:
    folder = DATA / "bpi2012-loan-applications"
    rows = [row for row in rows_of(folder / "events.csv.gz") if row["lifecycle"] == "COMPLETE"]
    found = history(folder / "events.csv.gz", folder / "cases.csv.gz", zone="Europe/Amsterdam")
    asked = {
        row["case_id"]: round(float(row["amount_requested"]) * 100)
        for row in rows_of(folder / "cases.csv.gz")
    }
    assert {uuid: case["amount_minor"] for uuid, case in found.cases.items()} == asked
    assert found.reading.mapping["zone"] == "Europe/Amsterdam"
    assert found.events[0][1] == "2011-09-30 22:38:44.546", "the column's name says UTC"
    assert found.findings["missing_owner"] == sum(not row["resource"] for row in rows)
    moments = Counter((row["case_id"], row["timestamp_utc"]) for row in rows)
    assert found.findings["simultaneous_events"] == sum(n for n in moments.values() if n > 1)
    steps = Counter((row["case_id"], row["activity"]) for row in rows)
    assert found.findings["repeated_stages"] == len({case for (case, _), n in steps.items() if n > 1})
    assert found.findings["no_outcomes"] == len(found.cases)


def test_one_date_and_a_state_give_the_end_of_each_bid(history: Read) -> None:
    path = DATA / "it-bids" / "bids_2011_to_2017H1.csv"
    found = history(path)
    assert Counter((case, at[:10], stage) for case, at, _, _, stage in found.events) == Counter(
        (row["Deal ID"], row["Deal Date"], row["Deal Status Code"]) for row in rows_of(path)
    )


@pytest.mark.parametrize(
    "name", ["b2b-sdr-leads/leads.csv.gz", "x-education-leads/leads.csv.gz", "maven-crm/accounts.csv"]
)
def test_a_file_without_a_history_is_refused(history: Read, name: str) -> None:
    from infield.imports.reading import Unreadable

    with pytest.raises(Unreadable, match="columns_missing"):
        history(DATA / name)
