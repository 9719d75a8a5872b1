"""Mappings: guessed, shown, written to a file, given again; columns that were named."""

from collections.abc import Callable
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import duckdb
import pytest

from infield.imports.mapping import Mapping, read_mapping, write_mapping
from infield.imports.reader import read
from infield.imports.reading import Unreadable
from infield.imports.wording import refusal

type Read = Callable[..., Any]

STRANGE = "w,x,y,z\n1,Alpha,01/02/2024,5\n1,Omega,03/02/2024,7\n2,Alpha,04/02/2024,7\n"


def test_what_a_reading_shows_reads_the_file_in_the_same_way(tmp_path: Path, history: Read) -> None:
    path = tmp_path / "a.csv"
    path.write_text(
        "vaihe;kauppa;aika;arvo\nA;1;3.5.2024;1,5\nVoitettu;1;4.5.2024;2,5\nA;2;5.5.2024;\n", "cp1252"
    )
    first = history(path, zone="Europe/Helsinki")
    (tmp_path / "mapping.json").write_text(
        write_mapping(Mapping.model_validate(first.reading.mapping)), "utf-8"
    )
    again = history(path, zone="Asia/Tokyo", mapping=read_mapping(tmp_path / "mapping.json"))
    assert (again.events, again.cases) == (first.events, first.cases)
    assert again.reading.mapping["zone"] == "Europe/Helsinki"


def test_a_mapping_may_be_yaml(tmp_path: Path, read_text: Read) -> None:
    file = tmp_path / "mapping.yaml"
    file.write_text("columns: {case: w, stage: x, at: y}\nwon: [omega]\ndates: {y: month_first}\n")
    found = read_text(STRANGE, mapping=read_mapping(file))
    assert found.path("1") == [("2024-01-02 12:00:00.000", "Alpha"), ("2024-03-02 12:00:00.000", "Omega")]
    assert found.cases["1"]["outcome"] == "won"


def test_columns_that_are_named_decide_and_the_rest_is_guessed(read_text: Read) -> None:
    found = read_text(STRANGE, mapping=Mapping(columns={"case": "w", "stage": "x", "at": "y", "amount": "z"}))
    assert found.cases["1"]["amount_minor"] == 700
    assert {guess["role"]: guess["reason"] for guess in found.reading.mapping["guesses"]} == dict.fromkeys(
        ("case", "stage", "at", "amount"), "given"
    )


def test_guesses_show_their_reason_and_samples(read_text: Read) -> None:
    found = read_text("deal number,current stage,moment\n1,A,2024-01-01\n1,B,2024-01-02\n")
    guesses = {guess["role"]: guess for guess in found.reading.mapping["guesses"]}
    assert guesses["case"]["reason"] == "name"
    assert (guesses["stage"]["reason"], guesses["stage"]["confidence"]) == ("part_of_name", "weak")
    assert (guesses["at"]["column"], guesses["at"]["reason"]) == ("moment", "values")
    assert guesses["stage"]["samples"] == ["A", "B"]


def test_a_file_without_a_header_can_be_read_by_number(read_text: Read) -> None:
    mapping = Mapping(header_row=0, columns={"case": "1", "stage": "2", "at": "3"})
    found = read_text("7,A,2024-01-01\n7,B,2024-01-02\n", mapping=mapping)
    assert [stage for _, stage in found.path("7")] == ["A", "B"]


def test_a_column_that_is_not_there_is_refused_with_those_that_are(read_text: Read) -> None:
    with pytest.raises(Unreadable) as refused:
        read_text(STRANGE, mapping=Mapping(columns={"case": "W"}))
    assert refused.value.code == "no_such_column"
    assert refusal(refused.value) == "deals.csv: There is no column called W. The file has: w, x, y, z"


def test_a_refusal_names_what_is_missing(read_text: Read) -> None:
    with pytest.raises(Unreadable) as refused:
        read_text("case,colour,shape\n1,red,round\n1,blue,square\n")
    assert refusal(refused.value).startswith(
        "deals.csv: It is not clear which columns hold: the stage or activity"
    )


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("shape: circle\n", "shape"),
        ("colour: red\n", "colour"),
        ("columns: {deal: x}\n", "columns.deal.[key]"),
        ("- 1\n", ""),
        ("{", ""),
        ("zone: Mars/Base'\n", "zone"),
        ("dates: {a: soon}\n", "dates.a"),
        ("delimiter: ab\n", "delimiter"),
    ],
)
def test_a_wrong_mapping_file_is_refused_with_its_place(tmp_path: Path, text: str, place: str) -> None:
    path = tmp_path / "mapping.yaml"
    path.write_text(text)
    with pytest.raises(Unreadable) as refused:
        read_mapping(path)
    assert (refused.value.code, refused.value.params) == ("bad_mapping", {"place": place})


def test_outcomes_are_named_without_case_and_names_nobody_has_are_reported(read_text: Read) -> None:
    columns = Mapping(columns={"case": "w", "stage": "x", "at": "y"})
    found = read_text(STRANGE, mapping=columns, won=["OMEGA"], lost=["nix"])
    assert found.cases["1"]["outcome"] == "won"
    assert [one.params for one in found.reading.findings if one.code == "outcome_name_unknown"] == [
        {"name": "nix"}
    ]


def test_names_that_are_given_replace_the_usual_words(read_text: Read) -> None:
    text = "case,activity,timestamp\n1,Won,2024-01-01\n1,Signed,2024-01-02\n"
    assert read_text(text).cases["1"]["closed"] == "2024-01-01 12:00"
    assert read_text(text, won=["Signed"]).cases["1"]["closed"] == "2024-01-02 12:00"
    assert read_text(text, mapping=Mapping(won=(), lost=())).cases["1"]["outcome"] is None


def test_the_first_step_can_be_named_or_left_out(read_text: Read) -> None:
    text = "deal id,created date,close date,stage\n1,2024-01-01,2024-02-01,Won\n2,2024-01-01,,New\n"
    assert read_text(text).path("1")[0][1] == "Created"
    assert read_text(text, mapping=Mapping(created_stage="New")).events[0][3:] == ("stage_entered", "New")
    assert read_text(text, mapping=Mapping(created_stage="")).events[0][3:] == ("created", None)


def test_an_event_log_in_xes_is_read_by_its_content(tmp_path: Path, history: Read) -> None:
    path = tmp_path / "log.csv"
    path.write_text(
        '<log><trace><string key="concept:name" value="1"/><event><string key="concept:name" value="A"/>'
        '<date key="time:timestamp" value="2024-01-01T10:00:00"/></event></trace></log>'
    )
    found = history(path, zone="Asia/Tokyo")
    assert found.reading.format == "xes"
    assert found.path("1") == [("2024-01-01 01:00:00.000", "A")]
    other = tmp_path / "events.csv"
    other.write_text("case,activity,timestamp\n1,A,2024-01-01\n1,B,2024-01-02\n")
    with pytest.raises(Unreadable) as refused:
        history(path, other)
    assert refused.value.code == "mixed_with_xes"


def test_where_nothing_is_guessed_a_step_called_won_ends_no_deal(
    tmp_path: Path, connection: duckdb.DuckDBPyConnection
) -> None:
    (tmp_path / "log.csv").write_text("case,activity,time\n1,Ask,2026-01-01 10:00\n1,Won,2026-01-02 10:00\n")
    (tmp_path / "deals.csv").write_text("Deal,Stage,Created,Closed\n1,Won,2026-01-01,2026-01-05\n")
    for name, guess, outcome in (("log", True, "won"), ("log", False, None), ("deals", False, "won")):
        mapping = Mapping(guess_outcomes=guess)
        read([tmp_path / f"{name}.csv"], connection, zone=ZoneInfo("UTC"), mapping=mapping)
        assert connection.execute("select outcome from found_cases").fetchall() == [(outcome,)]
