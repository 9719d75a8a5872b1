from dataclasses import dataclass
from pathlib import Path

import duckdb
import pytest
from tests.history.staging import built, walk

from infield.history.ask import Answer, ask, connect


@dataclass(frozen=True, slots=True)
class Found:
    path: tuple[int, ...]
    deals: int


def test_columns_meet_fields_by_name_and_lists_become_tuples() -> None:
    log = built([walk("A", "B")])
    answer = Answer(log.sql("SELECT deals, path FROM paths"))
    assert answer.rows(Found) == (Found((0, 1), 1),)


def test_another_shape_than_the_row_is_an_error() -> None:
    log = built([walk("A")])
    with pytest.raises(TypeError):
        Answer(log.sql("SELECT deals FROM paths")).rows(Found)


def test_a_value_never_enters_the_text() -> None:
    hostile = "A'; DROP TABLE steps; --"
    log = built([walk(hostile)])
    answer = ask(log, "infield.funnel", "conversion", stages=[hostile, "B"], names=[hostile], meant=[hostile])
    assert answer.arrow().column("entered").to_pylist() == [1, 0]
    assert log.execute("SELECT count(*) FROM steps").fetchall() == [(1,)]


def test_a_missing_or_unknown_parameter_or_question_is_refused() -> None:
    log = built([walk("A")])
    with pytest.raises(duckdb.InvalidInputException):
        ask(log, "infield.mining", "variants")
    with pytest.raises(duckdb.InvalidInputException):
        ask(log, "infield.mining", "variants", top=1, bottom=1)
    with pytest.raises(FileNotFoundError):
        ask(log, "infield.mining", "horoscope")


def test_limits_reach_the_engine(tmp_path: Path) -> None:
    connection = connect(memory_limit="1GiB", threads=1, spill=tmp_path)
    names = ("memory_limit", "threads", "temp_directory")
    told = [connection.execute("SELECT current_setting(?)", [name]).fetchall()[0][0] for name in names]
    assert told == ["1.0 GiB", 1, str(tmp_path)]
