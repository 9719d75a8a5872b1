"""No sign that turns the direction of writing comes into a name: by a form, by a file's name, by an import."""

import unicodedata
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import duckdb
import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse, QueryDict
from django.test import Client, RequestFactory
from tests.deals.world import World, begin
from tests.imports.loading import UTC_ZONE

from infield.accounts.single_sign_on.actions import _name
from infield.deals.models import Deal, Document
from infield.imports.file_names import safe_name
from infield.imports.reader import read
from infield.people.models import Contact
from infield.web.disguise import undisguised
from infield.web.ids import to_text
from infield.web.middleware import Undisguised

EVERY_TURN = [chr(code) for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))]
DISGUISED, PLAIN = "Aalto \u202egpj\u2066.exe\u2069", "Aalto gpj.exe"
EVENTS = (
    ("deal", "stage", "timestamp", "owner", "organization"),
    ("1", "Le\u202ead", "2026-01-05 10:00:00", "山田\u2067 太郎", DISGUISED),
    ("1", "Won", "2026-02-05 10:00:00", "山田\u2067 太郎", DISGUISED),
)


@pytest.fixture
def world(db: None) -> World:
    return begin()


@pytest.fixture
def dan(world: World) -> Client:
    client = Client()
    client.force_login(world.people.dan)
    return client


def test_these_are_all_the_signs_that_embed_override_or_isolate() -> None:
    turning = {"LRE", "RLE", "PDF", "LRO", "RLO", "LRI", "RLI", "FSI", "PDI"}
    found = [chr(code) for code in range(0x110000) if unicodedata.bidirectional(chr(code)) in turning]
    assert found == EVERY_TURN
    assert undisguised("".join(EVERY_TURN)) == ""


@pytest.mark.parametrize("text", ["שלום", "مرحبا", "a\u200eb", "ก่อน", "👩\u200d🔧", ""])
def test_writing_from_right_to_left_stays(text: str) -> None:
    assert undisguised(text) == text


def sent(**form: Any) -> QueryDict:
    """Give the form that a view is given."""
    request = RequestFactory().post("/", form)
    Undisguised(lambda _: HttpResponse()).process_view(request)
    assert isinstance(request.POST, QueryDict)
    return request.POST


def test_each_text_of_one_line_is_without_them_and_longer_ones_keep_them() -> None:
    form = sent(name=DISGUISED, others=["a\u202eb", "c"], notes="one\ntwo \u2067שלום\u2069")
    assert form["name"] == PLAIN
    assert form.getlist("others") == ["ab", "c"]
    assert form["notes"] == "one\ntwo \u2067שלום\u2069"
    with pytest.raises(AttributeError, match="immutable"):
        form["name"] = "other"


def test_names_that_are_typed_are_without_them(world: World, dan: Client) -> None:
    named = {"organization": DISGUISED, "title": DISGUISED, "amount": "", "currency": "EUR"}
    assert dan.post("/deals/new", named).status_code == 302
    deal = Deal.objects.get()
    assert (deal.title, deal.organization.name) == (PLAIN, PLAIN)
    who = {"family": DISGUISED, "given": "\u202eEeva", "culture": "fi", "organization": ""}
    assert dan.post("/contacts/new", who).status_code == 302
    contact = Contact.objects.get()
    assert (contact.family, contact.given) == (PLAIN, "Eeva")
    nothing = {"family": "\u202e", "culture": "fi"}
    assert dan.post("/contacts/new", nothing).status_code == 422


def test_the_name_of_a_file_is_without_them(world: World, dan: Client) -> None:
    deal = world.deal()
    file = SimpleUploadedFile("offer\u202efdp.txt", b"Forty stops a week", "text/plain")
    answer = dan.post(f"/deals/{to_text(deal.pk)}/documents", {"kind": "proposal", "file": file})
    assert answer.status_code == 302
    assert Document.objects.get().name == "offerfdp"
    assert safe_name("a\u202eb.csv") == "a_b.csv"


def test_a_name_from_a_single_sign_on_is_without_them() -> None:
    account = SimpleNamespace(extra_data={"userinfo": {"name": DISGUISED}})
    assert _name(SimpleNamespace(account=account)) == PLAIN


def as_csv(path: Path) -> None:
    path.write_text("\n".join(",".join(row) for row in EVENTS), "utf-8")


def as_xlsx(path: Path) -> None:
    book = openpyxl.Workbook()
    for row in EVENTS:
        book.active.append(row)
    book.save(path)


def as_parquet(path: Path) -> None:
    heads, *rows = EVENTS
    columns = zip(*rows, strict=True)
    pq.write_table(pa.table({head: list(cells) for head, cells in zip(heads, columns, strict=True)}), path)


def as_xes(path: Path) -> None:
    def event(row: tuple[str, ...]) -> str:
        return (
            f'<event><string key="concept:name" value="{row[1]}"/><string key="org:resource" value="{row[3]}"/>'
            f'<date key="time:timestamp" value="{row[2].replace(" ", "T")}Z"/></event>'
        )

    trace = "".join(map(event, EVENTS[1:]))
    path.write_text(
        f'<log><trace><string key="concept:name" value="1"/>'
        f'<string key="organization" value="{DISGUISED}"/>{trace}</trace></log>',
        "utf-8",
    )


WRITERS = {"csv": as_csv, "xlsx": as_xlsx, "parquet": as_parquet, "xes": as_xes}


@pytest.fixture
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as made:
        yield made


@pytest.mark.parametrize("form", WRITERS)
def test_a_history_that_is_read_is_without_them(
    form: str, tmp_path: Path, connection: duckdb.DuckDBPyConnection
) -> None:
    file = tmp_path / f"events.{form}"
    WRITERS[form](file)
    assert DISGUISED.encode() in file.read_bytes() or form in {"xlsx", "parquet"}
    read([file], connection, zone=UTC_ZONE, won=["Won"])
    told = connection.execute(
        "select stage::varchar, owner::varchar from found_events order by at_us"
    ).fetchall()
    assert told[0] == ("Lead", "山田 太郎")
    ((organization, owner),) = connection.execute("select organization, owner from found_cases").fetchall()
    assert owner == "山田 太郎"
    assert organization == PLAIN
