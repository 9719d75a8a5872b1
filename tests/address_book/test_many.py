"""Changing many organizations, contacts or leads at once, and writing a view of them as a file."""

import csv
import io
from datetime import date
from typing import Any

import openpyxl
import pytest
from django.test import Client
from tests.address_book.crowd import HTMX, KINDS, Crowd, signed_in
from tests.addresses import everything_saved

from infield.accounts.models import User
from infield.fields.actions import add_field
from infield.fields.filled import Filled
from infield.fields.models import Value
from infield.history.models import Change, Event
from infield.people.own.actions import fill
from infield.web.ids import to_text
from infield.web.money import Money


def ids(crowd: Crowd, kind: str, *names: str) -> list[str]:
    return [to_text(crowd.all_of(kind)[name].pk) for name in names]


def change(client: Client, kind: str, act: str, keys: list[str], **values: Any) -> Any:
    return client.post(f"/{kind}s/change/{act}", {"go": "1", "ids": keys, **values}, headers=HTMX)


PICKED = {"organization": ("aalto", "zeta"), "contact": ("taro", "eeva"), "lead": ("fresh", "handed")}


def fresh(crowd: Crowd, kind: str) -> list[Any]:
    records = [crowd.all_of(kind)[name] for name in PICKED[kind]]
    for one in records:
        one.refresh_from_db()
    return records


@pytest.mark.parametrize("kind", KINDS)
def test_many_go_to_somebody_else_and_back(crowd: Crowd, kind: str) -> None:
    people = crowd.world.people
    client, before = signed_in(people.ada), [one.owner_id for one in fresh(crowd, kind)]
    answer = change(client, kind, "owner", ids(crowd, kind, *PICKED[kind]), owner=str(people.cleo.pk))
    assert "2 changed" in answer.text
    assert f"/{kind}s/change/undo" in answer["HX-Trigger"]
    assert {one.owner_id for one in fresh(crowd, kind)} == {people.cleo.pk}
    assert "2 taken back" in client.post(f"/{kind}s/change/undo", headers=HTMX).text
    assert [one.owner_id for one in fresh(crowd, kind)] == before
    saved = everything_saved()
    client.post(f"/{kind}s/change/undo", headers=HTMX)
    assert everything_saved() == saved


@pytest.mark.parametrize("kind", KINDS)
def test_many_are_put_away_and_restored(crowd: Crowd, kind: str) -> None:
    client, keys = signed_in(crowd.world.people.ada), ids(crowd, kind, *PICKED[kind])
    change(client, kind, "archive", keys)
    assert all(one.archived_at for one in fresh(crowd, kind))
    page = client.get(f"/{kind}s?archived=yes").text
    assert f"/{kind}s/change/restore" in page
    assert f"/{kind}s/change/archive" not in page
    assert "2 changed" in change(client, kind, "restore", keys).text
    assert not any(one.archived_at for one in fresh(crowd, kind))


@pytest.mark.parametrize("kind", KINDS)
def test_a_field_of_ones_own_is_filled_for_many_and_undone(crowd: Crowd, kind: str) -> None:
    client, keys = signed_in(crowd.world.people.ada), ids(crowd, kind, *PICKED[kind])
    field = add_field(kind, "Plant", "choice", crowd.world.people.ada, choices=["North", "South"])
    asked = client.post(f"/{kind}s/change/field", {"ids": keys}, headers=HTMX)
    assert "Plant" in asked.text
    assert "2 changed" in change(client, kind, "field", keys, field=field.key, value="south").text
    assert list(Value.objects.values_list("choice", flat=True)) == ["south", "south"]
    assert "2 not changed" in change(client, kind, "field", keys, field=field.key, value="south").text
    client.post(f"/{kind}s/change/undo", headers=HTMX)
    assert not Value.objects.exists()


@pytest.mark.parametrize(
    ("kind", "part", "values", "name", "after"),
    [
        ("organization", "industry", {"industry": "energy"}, "industry", "energy"),
        ("organization", "place", {"place": "Turku", "country": "FI"}, "place", "Turku"),
        ("organization", "size", {"size": ""}, "size", None),
        ("contact", "channel", {"channel": "post"}, "channel", "post"),
        ("contact", "job_title", {"job_title": "Buyer"}, "job_title", "Buyer"),
        ("lead", "source", {"source": "partner", "direction": "outbound"}, "source", "partner"),
    ],
    ids=["industry", "place", "size", "channel", "job_title", "source"],
)
def test_a_field_that_every_record_has_is_filled_for_many_and_undone(
    crowd: Crowd, kind: str, part: str, values: dict[str, str], name: str, after: Any
) -> None:
    client, before = signed_in(crowd.world.people.ada), [getattr(one, name) for one in fresh(crowd, kind)]
    change(client, kind, "field", ids(crowd, kind, *PICKED[kind]), field=part, **values)
    assert {getattr(one, name) for one in fresh(crowd, kind)} == {after}
    client.post(f"/{kind}s/change/undo", headers=HTMX)
    assert [getattr(one, name) for one in fresh(crowd, kind)] == before


def test_many_contacts_go_to_one_organization_by_its_name(crowd: Crowd) -> None:
    client = signed_in(crowd.world.people.dan)
    change(
        client,
        "contact",
        "field",
        ids(crowd, "contact", "taro", "eeva"),
        field="organization",
        organization="zeta",
    )
    assert {one.organization.name for one in fresh(crowd, "contact")} == {"Zeta"}


def test_a_next_step_is_set_for_many_contacts(crowd: Crowd) -> None:
    client, keys = signed_in(crowd.world.people.dan), ids(crowd, "contact", "taro", "eeva")
    change(client, "contact", "step", keys, what="Send the fair's news", on="2199-01-05")
    assert {(one.next_step, one.next_step_on) for one in fresh(crowd, "contact")} == {
        ("Send the fair's news", date(2199, 1, 5))
    }
    before = everything_saved()
    assert "2 not changed" in change(client, "contact", "step", keys, what="Too late", on="2020-01-05").text
    assert everything_saved() == before


def test_many_leads_are_judged_and_each_says_what_became_of_it(crowd: Crowd) -> None:
    client, keys = signed_in(crowd.world.people.ada), ids(crowd, "lead", "fresh", "no")
    answer = change(client, "lead", "profile", keys, profile="prospect", why="All asked for a price")
    assert "2 changed" in answer.text
    lead = crowd.leads["fresh"]
    lead.refresh_from_db()
    assert lead.profile == "prospect"
    assert Event.objects.filter(case=lead.case, kind="profiled").counting().count() == 1
    client.post("/leads/change/undo", headers=HTMX)
    lead.refresh_from_db()
    assert lead.profile == "lead"
    answer = change(client, "lead", "disqualify", keys, reason="no_money")
    assert "1 changed, 1 not changed" in answer.text
    assert "Nothing to change." in answer.text


@pytest.mark.parametrize(("kind", "what", "values"), [
    ("organization", "owner", {}),
    ("organization", "field", {"field": "size", "size": "many"}),
    ("contact", "step", {"what": "", "on": ""}),
    ("lead", "disqualify", {"reason": "moon"}),
], ids=["owner", "size", "step", "reason"])  # fmt: skip
def test_a_form_that_is_wrong_changes_nothing(
    crowd: Crowd, kind: str, what: str, values: dict[str, str]
) -> None:
    client, before = signed_in(crowd.world.people.ada), everything_saved()
    assert change(client, kind, what, ids(crowd, kind, *PICKED[kind]), **values).status_code == 422
    assert everything_saved() == before


@pytest.mark.parametrize("kind", KINDS)
def test_to_ask_changes_nothing_and_what_there_is_not_is_not_found(crowd: Crowd, kind: str) -> None:
    client, keys = signed_in(crowd.world.people.ada), ids(crowd, kind, *PICKED[kind])
    before = everything_saved()
    for what in ("owner", "field", "archive", "restore"):
        assert client.post(f"/{kind}s/change/{what}", {"ids": keys}, headers=HTMX).status_code == 200, what
    assert client.post(f"/{kind}s/change/eat", {"ids": keys}).status_code == 404
    assert client.post(f"/{kind}s/change/field", {"ids": keys, "field": "name"}).status_code == 404
    assert client.post(f"/{kind}s/change/owner", {"ids": "x"}).status_code == 404
    assert everything_saved() == before


def test_leads_of_others_stay_as_they_are_and_unnamed(crowd: Crowd) -> None:
    client = signed_in(crowd.world.people.dan)
    answer = change(client, "lead", "profile", ids(crowd, "lead", "fresh", "fair"), profile="qualified")
    assert "1 changed" in answer.text
    assert "Fair" not in answer.text
    crowd.leads["fair"].refresh_from_db()
    assert crowd.leads["fair"].profile == "lead"


@pytest.mark.parametrize("kind", KINDS)
def test_who_only_reads_changes_nothing_and_is_offered_nothing(crowd: Crowd, kind: str) -> None:
    client, before = signed_in(crowd.world.people.rut), everything_saved()
    assert 'name="ids"' not in client.get(f"/{kind}s").text
    assert change(client, kind, "archive", ids(crowd, kind, *PICKED[kind])).status_code == 403
    assert everything_saved() == before


def test_what_somebody_changed_since_is_not_taken_back(crowd: Crowd) -> None:
    client, keys = signed_in(crowd.world.people.ada), ids(crowd, "organization", "aalto", "zeta")
    change(client, "organization", "field", keys, field="size", size="7")
    fresh(crowd, "organization")[0].change(crowd.world.people.dan, size=8)
    assert "1 taken back, 1 not changed" in client.post("/organizations/change/undo", headers=HTMX).text
    assert [one.size for one in fresh(crowd, "organization")] == [8, 900]
    assert Change.objects.filter(undoes__isnull=False).count() == 1


def test_a_view_is_written_as_it_is_seen_and_no_cell_is_a_formula(crowd: Crowd) -> None:
    ada = crowd.world.people.ada
    field = add_field("organization", "Rebate", "money", ada)
    evil = crowd.organizations["aalto"]
    evil.change(ada, name="=HYPERLINK(A1)")
    fill(evil, ada, {field: Filled(money=Money(125_000, "EUR"))})
    query = "columns=name,country,size,own_rebate&country=FI,DE&sort=-size"
    text = _file(ada, f"/organizations/export.csv?{query}").decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(text))) == [
        ["Name", "Country", "Employees", "Rebate", "Currency"],
        ["Zeta", "Germany", "900", "", ""],
        ["'=HYPERLINK(A1)", "Finland", "40", "1250", "EUR"],
    ]
    sheet = openpyxl.load_workbook(io.BytesIO(_file(ada, f"/organizations/export.xlsx?{query}"))).active
    assert sheet is not None
    assert [row[0].value for row in sheet.iter_rows()] == ["Name", "Zeta", "=HYPERLINK(A1)"]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n"}


@pytest.mark.parametrize("kind", KINDS)
def test_every_column_can_be_written_and_only_what_one_may_open_is(crowd: Crowd, kind: str) -> None:
    dan = crowd.world.people.dan
    shown = list(csv.reader(io.StringIO(_file(dan, f"/{kind}s/export.csv").decode("utf-8-sig"))))
    assert len(shown) == 1 + {"organization": 3, "contact": 4, "lead": 3}[kind]
    assert signed_in(dan).get(f"/{kind}s/export.pdf").status_code == 404


def _file(user: User, address: str) -> bytes:
    answer: Any = signed_in(user).get(address)
    assert answer["Content-Disposition"].startswith("attachment")
    return b"".join(answer.streaming_content)
