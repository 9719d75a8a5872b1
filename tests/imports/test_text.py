"""How files are written: encodings, delimiters, decimal marks, dates; all of it shown in the mapping."""

import gzip
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest

from infield.imports.amounts import amount_form
from infield.imports.text_file import guess_delimiter, guess_encoding
from infield.imports.times import Hints, time_form

type Read = Callable[..., Any]

JAPANESE = (
    "案件番号,フェーズ,日時,担当者\nA-1,商談中,2024/05/01 10:00:00,山田 太郎\n"
    "A-1,受注,2024/05/20 11:30:00,山田 太郎\n"
)
THAI = "รหัสดีล;ขั้นตอน;วันที่;มูลค่า\nก-1;เสนอราคา;03/05/2567;1.234,50\nก-1;ชนะ;20/05/2567;1.234,50\n"
FINNISH = (
    "kaupan tunnus;vaihe;aikaleima;summa\n1;Käynti;3.5.2024 10:00;1 234,5\n"
    "1;Voitettu;20.5.2024 11:30;1 234,5\n"
)


@pytest.mark.parametrize(
    "encoding", ["cp932", "euc_jp", "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"]
)
def test_a_japanese_file_reads_alike_in_every_encoding(read_text: Read, encoding: str) -> None:
    found = read_text(JAPANESE, encoding)
    assert found.path("A-1") == [("2024-05-01 10:00:00.000", "商談中"), ("2024-05-20 11:30:00.000", "受注")]
    assert found.cases["A-1"]["owner"] == "山田 太郎"
    assert found.cases["A-1"]["outcome"] == "won"
    assert found.reading.mapping["layouts"][0]["encoding"] == encoding


@pytest.mark.parametrize("encoding", ["cp874", "tis-620", "utf-8", "utf-16"])
def test_a_thai_file_has_buddhist_years_and_decimal_commas(read_text: Read, encoding: str) -> None:
    found = read_text(THAI, encoding)
    assert found.path("ก-1") == [("2024-05-03 12:00:00.000", "เสนอราคา"), ("2024-05-20 12:00:00.000", "ชนะ")]
    assert found.cases["ก-1"]["amount_minor"] == 123_450
    mapping = found.reading.mapping
    assert mapping["dates"] == {"วันที่": "day_first_buddhist"}
    assert mapping["decimal_mark"] == ","
    assert mapping["layouts"][0]["delimiter"] == ";"
    assert mapping["layouts"][0]["encoding"] == ("cp874" if encoding == "tis-620" else encoding)


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8", "utf-8-sig"])
def test_a_finnish_file_has_dots_in_dates_and_blanks_in_amounts(read_text: Read, encoding: str) -> None:
    found = read_text(FINNISH, encoding, zone="Europe/Helsinki")
    assert found.path("1") == [("2024-05-03 07:00:00.000", "Käynti"), ("2024-05-20 08:30:00.000", "Voitettu")]
    assert found.cases["1"]["amount_minor"] == 123_450
    assert found.cases["1"]["outcome"] == "won"
    assert found.reading.mapping["zone"] == "Europe/Helsinki"


def test_a_given_encoding_is_kept(read_text: Read) -> None:
    from infield.imports.mapping import Mapping

    found = read_text(
        "id,stage,time\n1,Ž,2024-01-01\n1,b,2024-01-02\n", "iso8859-2", mapping=Mapping(encoding="iso8859-2")
    )
    assert found.path("1")[0][1] == "Ž"


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|", "^", "~", "\x1f"])
def test_any_delimiter_is_found(read_text: Read, delimiter: str) -> None:
    rows = [
        ["case_id", "activity", "timestamp"],
        ["1", "A, b", "2024-01-01 10:00:00"],
        ["1", "C", "2024-01-02 10:00:00"],
    ]
    text = "\n".join(delimiter.join(f'"{cell}"' for cell in row) for row in rows)
    found = read_text(text)
    assert [stage for _, stage in found.path("1")] == ["A, b", "C"]
    assert found.reading.mapping["layouts"][0]["delimiter"] == delimiter


def test_the_line_that_spreadsheets_write_for_the_delimiter_is_no_header(read_text: Read) -> None:
    found = read_text("sep=;\ncase_id;activity;timestamp\n1;A;2024-01-01\n1;B;2024-01-02\n")
    assert found.reading.rows_kept == 2
    assert found.reading.mapping["layouts"][0]["header_row"] == 2


def test_packed_files_and_quoted_line_breaks(tmp_path: Path, history: Read) -> None:
    path = tmp_path / "events.csv.gz"
    path.write_bytes(
        gzip.compress(
            b'case,activity,timestamp,note\r\n1,A,2024-01-01,"two\r\nlines"\r\n1,B,2024-01-02,"a ""b"""\r\n'
        )
    )
    found = history(path)
    assert [stage for _, stage in found.path("1")] == ["A", "B"]
    assert found.reading.mapping["layouts"][0]["compressed"] is True


def test_progress_ends_at_the_size_of_each_file(tmp_path: Path, history: Read) -> None:
    seen: list[Any] = []
    path = tmp_path / "events.csv"
    path.write_text("case,activity,timestamp\n1,A,2024-01-01\n")
    history(path, progress=seen.append)
    assert [(one.file, one.done, one.total) for one in seen][-1] == ("events.csv", 39, 39)


TIMES = [
    (["2024-01-05", "2024-02-30"], "iso", ["2024-01-05 12:00:00", None]),
    (["2024-01-05T10:00:00.123+02:00", "2024-01-05 10:00Z"], "iso", ["2024-01-05 08:00:00.123",
    "2024-01-05 10:00:00"]),
    (["25/03/2024 10:11", "5/3/2024 1:12:13"], "day_first", ["2024-03-25 10:11:00", "2024-03-05 01:12:13"]),
    (["3/25/2024 1:11 PM", "03/05/2024 12:01 a.m."], "month_first", ["2024-03-25 13:11:00",
    "2024-03-05 00:01:00"]),
    (["3.5.2024", "4.5.2024"], "day_first", ["2024-05-03 12:00:00", "2024-05-04 12:00:00"]),
    (["25-03-24", "05-03-24"], "day_first", ["2024-03-25 12:00:00", "2024-03-05 12:00:00"]),
    (["29/02/2567", "01/03/2567"], "day_first_buddhist", ["2024-02-29 12:00:00", "2024-03-01 12:00:00"]),
    (["2567-02-29 10:00:00"], "iso_buddhist", ["2024-02-29 10:00:00"]),
    (["๒๙/๒/๒๕๖๗"], "day_first_buddhist", ["2024-02-29 12:00:00"]),
    (["2024年5月3日", "令和6年5月4日", "令和元年5月5日"], "iso", ["2024-05-03 12:00:00",
    "2024-05-04 12:00:00", "2019-05-05 12:00:00"]),
    (["12 Mar 2024 10:11", "March 5, 2024"], "day_first", ["2024-03-12 10:11:00", "2024-03-05 12:00:00"]),
    (["20240105", "20240106T101112"], "year_first", ["2024-01-05 12:00:00", None]),
    (["45292", "45292.75"], "excel_days", ["2024-01-01 12:00:00", "2024-01-01 18:00:00"]),
    (["1704067200"], "unix_s", ["2024-01-01 00:00:00"]),
    (["1704067200123"], "unix_ms", ["2024-01-01 00:00:00.123"]),
    (["1704067200123456"], "unix_us", ["2024-01-01 00:00:00.123456"]),
    (["0000-01-01", "1066-10-14", "9999-01-01", "2024-01-01"], "iso", [None, None, None,
    "2024-01-01 12:00:00"]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("values", "name", "expected"), TIMES, ids=lambda value: value if isinstance(value, str) else ""
)
def test_how_times_are_written_is_told_from_all_of_them(
    connection: duckdb.DuckDBPyConnection, values: list[str], name: str, expected: list[str | None]
) -> None:
    connection.execute("set TimeZone = 'UTC'")
    connection.execute("create table t (v varchar)")
    connection.executemany("insert into t values (?)", [[value] for value in values])
    form = time_form(connection, "t", "v", Hints("UTC"))
    parts = f"select {form.wall} as w, {form.is_day} as d, {form.instant or 'null'} as i from t"
    found = connection.execute(
        f"select make_timestamp({form.us('w', 'd', 'i')})::varchar from ({parts})"
    ).fetchall()
    assert form.name == name
    assert [moment for (moment,) in found] == expected


def test_a_day_is_local_noon_also_where_clocks_change(read_text: Read) -> None:
    found = read_text("case,activity,date\n1,A,2024-03-30\n1,B,2024-03-31\n", zone="Europe/Helsinki")
    assert [at for at, _ in found.path("1")] == ["2024-03-30 10:00:00.000", "2024-03-31 09:00:00.000"]


def test_an_undecided_order_takes_the_one_of_another_column_and_is_a_finding_else(read_text: Read) -> None:
    header = "deal id,created date,close date,status\n"
    found = read_text(header + "1,01/02/2024,03/04/2024,won\n")
    assert found.findings["date_order_unsure"] == 1
    found = read_text(header + "1,01/25/2024,03/04/2024,won\n2,01/26/2024,05/06/2024,won\n")
    assert "date_order_unsure" not in found.findings
    assert found.cases["1"]["closed"] == "2024-03-04 12:00"


def test_a_column_that_says_utc_is_utc_unless_a_zone_is_mapped(read_text: Read) -> None:
    from infield.imports.mapping import Mapping

    text = "case,activity,timestamp_utc\n1,A,2024-01-01 10:00:00\n"
    assert read_text(text, zone="Asia/Tokyo").path("1")[0][0] == "2024-01-01 10:00:00.000"
    mapped = read_text(text, mapping=Mapping(zone="Asia/Tokyo"))
    assert mapped.path("1")[0][0] == "2024-01-01 01:00:00.000"


AMOUNTS = [
    (["1,234.50", "12", "-3.5", "(5)", "1e3"], ".", ["1234.50", "12", "-3.5", "-5", "1000"]),
    (["1.234,50", "1 234,5", "€ 5,00", "5,00 EUR", "12"], ",", ["1234.50", "1234.5", "5", "5", "12"]),
    (["1,234", "5,000,000"], ".", ["1234", "5000000"]),
    (["1.234.567", "5"], ",", ["1234567", "5"]),
    (["1.234", "5.000"], ".", ["1.234", "5"]),
    (["¥1,000", "￥2,000", "3,000円", "１２３"], ".", ["1000", "2000", "3000", "123"]),
    (["฿1,000.25", "THB 5", "5 บาท", "๑๒"], ".", ["1000.25", "5", "5", "12"]),
    (["NaN", "inf", "-Infinity", "1e400", "12,34,5.6", "--1", "."], ".", [None] * 7),
]


@pytest.mark.parametrize(("values", "mark", "expected"), AMOUNTS)
def test_how_amounts_are_written_is_told_from_all_of_them(
    connection: duckdb.DuckDBPyConnection, values: list[str], mark: str, expected: list[str | None]
) -> None:
    from decimal import Decimal

    connection.execute("create table t (v varchar)")
    connection.executemany("insert into t values (?)", [[value] for value in values])
    form = amount_form(connection, "t", "v", comma_likely=False)
    found = connection.execute(f"select {form.sql} from t").fetchall()
    assert form.decimal_mark == mark
    assert [amount for (amount,) in found] == [None if x is None else Decimal(x) for x in expected]


def test_thousands_or_decimals_are_decided_by_the_delimiter_where_amounts_allow_both(read_text: Read) -> None:
    header = "deal id;created date;stage;amount\n"
    assert read_text(header + "1;2024-01-01;New;1.234\n").cases["1"]["amount_minor"] == 123_400
    comma = header.replace(";", ",")
    assert read_text(comma + "1,2024-01-01,New,1.234\n").cases["1"]["amount_minor"] == 123


def test_currencies_have_their_own_exponent(read_text: Read) -> None:
    from infield.imports.mapping import Mapping

    rows = [f"{n},2024-01-01,New,10.5,{currency}" for n, currency in enumerate(("jpy", "€", "", "XQZ"), 1)]
    text = "\n".join(["deal id,created date,stage,amount,currency", *rows])
    found = read_text(text)
    assert [(case["amount_minor"], case["currency"]) for case in found.cases.values()] == [
        (11, "JPY"), (1050, "EUR"), (1050, None), (1050, None),
    ]  # fmt: skip
    assert found.findings["unknown_currency"] == 1
    found = read_text(text, mapping=Mapping(currency="BHD"))
    assert (found.cases["3"]["amount_minor"], found.cases["3"]["currency"]) == (10_500, "BHD")


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Kärki\n", "cp1252"),
        ("Café Müller\n", "cp1252"),
        ("株式会社\n", "cp932"),
        ("ลูกค้า\n", "cp874"),
        ("カタカナ\n", "cp932"),
    ],
)
def test_an_encoding_is_told_from_few_letters(text: str, encoding: str) -> None:
    assert guess_encoding(text.encode(encoding)) == encoding


def test_offsets_in_times_do_not_make_the_colon_a_delimiter() -> None:
    assert guess_delimiter("id,at,n\n1,2024-01-01T10:00:00+02:00,2\n2,2024-01-01T10:00:00+02:00,2\n") == ","
