"""A view as a file: what was seen is what is written, and no cell is a formula."""

import csv
import io
from datetime import date
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from tests.deals.world import World, begin

from infield.accounts.models import User
from infield.fields.actions import add_field
from infield.fields.filled import Filled
from infield.finding.lists.export.files import FORMULA, harmless
from infield.web.money import Money


@pytest.fixture
def world(db: None) -> World:
    return begin()


def got(user: User, kind: str, query: str = "") -> bytes:
    client = Client()
    client.force_login(user)
    answer: Any = client.get(f"/deals/export.{kind}?{query}")
    assert answer["Content-Disposition"].startswith("attachment")
    return b"".join(answer.streaming_content)


def fill(world: World) -> None:
    field = add_field("deal", "Rebate", "number", world.people.ada)
    one = world.deal(organization="=HYPERLINK(A1)", title="@SUM", expected_close=date(2027, 1, 31))
    one.fill(field, Filled(number=Decimal("-2.5")), world.people.dan)
    world.deal(organization="山田製作所", title="Line 3", amount=Money(1_200, "JPY"))
    world.deal(owner=world.people.emil, organization="Secret Works")


QUERY = "columns=organization,title,amount,close,own_rebate&sort=title"


def test_csv_holds_the_columns_of_the_view_in_its_order(world: World) -> None:
    fill(world)
    rows = list(csv.reader(io.StringIO(got(world.people.dan, "csv", QUERY).decode("utf-8-sig"))))
    assert rows == [
        ["Organization", "Deal", "Amount", "Currency", "Expected close", "Rebate"],
        ["'=HYPERLINK(A1)", "'@SUM", "42000", "EUR", "2027-01-31", "-2.5"],
        ["山田製作所", "Line 3", "1200", "JPY", "", ""],
    ]


def test_a_workbook_holds_numbers_days_and_texts_but_no_formula(world: World) -> None:
    fill(world)
    book = openpyxl.load_workbook(io.BytesIO(got(world.people.dan, "xlsx", QUERY)))
    sheet = book.active
    assert sheet is not None
    cells = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert cells[1][:4] == ["=HYPERLINK(A1)", "@SUM", 42000, "EUR"]
    assert (cells[1][4].date(), cells[1][5]) == (date(2027, 1, 31), -2.5)
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n", "d"}
    assert "Secret Works" not in str(cells)


def test_a_filter_narrows_the_file(world: World) -> None:
    fill(world)
    assert got(world.people.dan, "csv", "currency=JPY").decode().count("\r\n") == 2


def test_more_rows_than_one_page_holds_are_all_written(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("infield.finding.lists.export.views.AT_ONCE", 3)
    for number in range(10):
        world.deal(title=f"Deal {number}")
    assert got(world.people.dan, "csv").decode().count("\r\n") == 11


def test_other_kinds_of_files_are_not_found(world: World) -> None:
    client = Client()
    client.force_login(world.people.dan)
    assert client.get("/deals/export.exe").status_code == 404


@given(st.text())
def test_no_text_begins_like_a_formula(text: str) -> None:
    assert not harmless(text).startswith(FORMULA)
    assert harmless(text).removeprefix("'" if text.startswith(FORMULA) else "") == text
