"""What is suspicious is counted and named; each finding on a history of a few rows."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from infield.imports import wording
from infield.imports.reading import Finding, LeftOut, Rejected, Value
from infield.imports.spelling import likely_misspelled

type Read = Callable[..., Any]

DEALS = "deal id,created date,close date,stage,amount,account\n"


def test_deals_that_end_before_they_begin(read_text: Read) -> None:
    found = read_text(
        DEALS
        + "1,2024-02-01,2024-01-01,Won,5,A\n"
        + "2,2024-01-01,2024-01-01,Won,5,A\n"
        + "3,2024-02-01,2024-01-01,New,5,A\n"
    )
    assert found.findings["end_before_start"] == 1
    assert found.findings["open_with_close_date"] == 1
    assert [kind for case, _, _, kind, _ in found.events if case == "1"] == ["won", "created"], (
        "nothing is put right silently"
    )


def test_amounts_of_nothing_and_less(read_text: Read) -> None:
    found = read_text(
        DEALS
        + "1,2024-01-01,2024-02-01,Lost,0,A\n2,2024-01-01,2024-02-01,Won,0.00,A\n"
        + "3,2024-01-01,,New,-1,A\n4,2024-01-01,,New,0,A\n"
    )
    assert {code: n for code, n in found.findings.items() if "amount" in code} == {
        "amount_zero_on_lost": 1, "amount_zero_on_won": 1, "negative_amount": 1,
    }  # fmt: skip


def test_open_deals_are_stale_when_nothing_moved_for_longer_than_sales_take(read_text: Read) -> None:
    sales = "".join(f"w{i},2024-01-01,2024-01-{11 + i},Won,5,A\n" for i in range(10))
    found = read_text(
        DEALS + sales + "old,2024-01-01,,New,5,A\nfresh,2024-01-10,,New,5,A\nlast,2024-01-25,,New,5,A\n"
    )
    (stale,) = (one for one in found.reading.findings if one.code == "stale_open_deals")
    # sales took 10 … 19 days, 95 % of them at most 18.55; the last event is of the 25th
    assert (stale.n, stale.params["days"], stale.params["oldest"]) == (1, 19, "2024-01-01")
    assert (
        "stale_open_deals"
        not in read_text(DEALS + "old,2020-01-01,,New,5,A\nnew,2024-01-01,,New,5,A\n").findings
    )


def test_all_times_at_midnight_are_dates(read_text: Read) -> None:
    found = read_text("case,activity,timestamp\n1,A,2024-01-01 00:00:00\n1,B,2024-01-02T00:00\n")
    assert found.findings["all_at_midnight"] == 2
    assert {precision for _, _, precision, _, _ in found.events} == {"day"}
    found = read_text("case,activity,timestamp\n1,A,2024-01-01 00:00:00\n1,B,2024-01-02 00:01\n")
    assert "all_at_midnight" not in found.findings
    assert found.events[0][1:3] == ("2024-01-01 00:00:00.000", "time")


def test_accounts_and_owners_that_are_missing(read_text: Read) -> None:
    found = read_text(DEALS + "1,2024-01-01,2024-02-01,Won,5,\n2,2024-01-01,,New,5,\n3,2024-01-01,,New,5,A\n")
    (missing,) = (one for one in found.reading.findings if one.code == "missing_organization")
    assert (missing.where, missing.n, missing.params) == ("account", 2, {"open": 1})


def test_a_closed_deal_without_a_date_is_closed_all_the_same(read_text: Read) -> None:
    found = read_text(DEALS + "1,2024-01-01,,Won,5,A\n2,,,Won,5,A\n")
    assert found.findings["closed_without_date"] == 1
    assert (found.cases["1"]["outcome"], found.cases["1"]["closed"]) == ("won", None)
    assert found.left_out == {"no_date": 1}


def test_lists_tell_unknown_names_and_what_was_likely_meant(tmp_path: Path, history: Read) -> None:
    (tmp_path / "deals.csv").write_text(
        "deal id,created "
        "date,stage,product,account,owner\n1,2024-01-01,New,GTXPro,Acme,Ann\n2,2024-01-01,New,GTX "
        "Basic,Beta,Bob\n"
        "3,2024-01-01,New,Zebra,Beta,Bob\n4,2024-01-01,New,MG Special,Beta,Bob\n"
    )
    (tmp_path / "products.csv").write_text("product,price\nGTX Pro,5\nGTX Basic,6\nMG Special,7\n")
    (tmp_path / "accounts.csv").write_text("account,sector\nAcme,technolgy\nBeta,retail\n")
    (tmp_path / "weather.csv").write_text("city,rain\nOulu,yes\nKobe,no\n")
    found = history(*(tmp_path / f"{name}.csv" for name in ("products", "deals", "accounts", "weather")))
    assert found.reading.mapping["companions"] == {
        "products.csv": "product",
        "accounts.csv": "organization",
        "weather.csv": "none",
    }
    told = {
        (one.code, one.where): dict(one.params)
        for one in found.reading.findings
        if "unknown" in one.code or "mis" in one.code
    }
    assert told == {
        ("unknown_product", "product"): {"value": "Zebra", "likely": None},
        ("likely_misspelled", "accounts.csv: sector"): {"value": "technolgy", "likely": "technology"},
    } or [one.params["likely"] for one in found.reading.findings if one.code == "unknown_product"] == [
        "GTX Pro",
        None,
    ]
    assert found.findings["file_not_used"] == 2
    assert found.reading.rows_read == 4, "rows of companions are no rows of the history"


@pytest.mark.parametrize(
    ("value", "likely"),
    [("Philipines", "Philippines"), ("Finland", None), ("medical", None), ("employement", "employment")],
)
def test_likely_misspellings(value: str, likely: str | None) -> None:
    assert likely_misspelled(value) == likely


EVERYTHING: dict[str, Value] = {
    "n": 3, "open": 1, "value": "x", "likely": "y", "name": "z", "order": "day_first", "examples": ["a",
    "b"], "stages": ["New"],
    "days": 4, "oldest": "2024-01-01", "quarter": "2024 Q1", "n_quarter": 2, "first": "2024-01-01",
    "first_end": "2024-03-01",
    "expected": 3, "lines": 2, "limit": 5, "why": "w", "suffix": ".csv", "encoding": "e", "row": "r",
    "sheet": "s",
    "field": "f", "column": "c", "columns": ["c", "d"], "roles": ["case"], "place": "p",
}  # fmt: skip


@pytest.mark.parametrize("code", wording.FINDINGS)
def test_every_finding_has_a_sentence(code: str) -> None:
    params: dict[str, Value] = {name: value for name, value in EVERYTHING.items() if name != "n"}
    sentence = wording.finding(Finding(code, "where", 3, params))
    assert sentence
    assert "{" not in sentence


@pytest.mark.parametrize("code", wording.REJECTED)
def test_every_rejection_has_a_sentence(code: str) -> None:
    assert wording.rejection(Rejected("a.csv", 7, code, EVERYTHING)).startswith("a.csv, row 7 ")


def test_sentences_show_the_value_and_what_was_likely_meant() -> None:
    assert wording.rejection(Rejected("a.csv", 7, "bad_time", {"value": "soon"})) == (
        "a.csv, row 7 has a time that cannot be read: soon"
    )
    assert wording.rejection(Rejected("a.xes", 7, "bad_time", {"event": 2})) == (
        "a.xes, line 7 has a time that cannot be read"
    )
    assert wording.finding(Finding("unknown_product", "p", 2, {"value": "GTXPro", "likely": "GTX Pro"})) == (
        "2 rows name a product that is not in the list: GTXPro. Is “GTX Pro” meant?"
    )
    assert (
        wording.finding(Finding("unknown_currency", "c", 2)) == "2 rows name a currency that does not exist."
    )


def test_what_was_left_out_is_said_with_its_number() -> None:
    assert (
        wording.left_out(LeftOut("no_date", 500)) == "500 deals without any date of something that happened"
    )


def codes_in_the_source() -> set[str]:
    import re

    folder = Path(wording.__file__).parent
    text = "\n".join(
        path.read_text("utf-8")
        for path in sorted(folder.glob("*.py"))
        if path.stem not in ("wording", "formats")
    )
    return set(re.findall(r'Finding\(\s*"([a-z_]+)"', text)) | set(
        re.findall(r'Unreadable\(\s*"([a-z_]+)"', text)
    )


def test_every_code_that_the_readers_give_has_a_sentence() -> None:
    codes = codes_in_the_source()
    assert len(codes) > 40
    assert codes - set(wording.FINDINGS) - set(wording.UNREADABLE) == set()
