"""The lists of organizations, contacts and leads at their door: filter, order, pages, columns, views that are kept."""

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.address_book.crowd import HTMX, KINDS, Crowd, signed_in
from tests.deals.world import World

from infield.accounts.models import User
from infield.fields.actions import add_field
from infield.fields.filled import Filled
from infield.finding.models import SavedView
from infield.people.models import Contact, ContactStep, Lead, Organization
from infield.people.own.actions import fill
from infield.web.ids import to_text


def shown(user: User, kind: str, query: str = "") -> list[str]:
    """The ids on all pages of a list, in their order."""
    client, seen, address = signed_in(user), [], f"/{kind}s?{query}"
    while address:
        text = client.get(address, headers=HTMX if "after=" in address else {}).text
        seen += re.findall(r'<tr data-id="(\w+)"', text)
        more = re.search(rf'hx-get="/{kind}s(\?[^"]*after=[^"]+)"', text)
        address = f"/{kind}s" + more[1].replace("&amp;", "&") if more else ""
    return seen


def named(crowd: Crowd, kind: str, query: str, user: User | None = None) -> set[str]:
    """The short names of those that a filter shows."""
    names = {to_text(one.pk): name for name, one in crowd.all_of(kind).items()}
    return {names[key] for key in shown(user or crowd.world.people.ada, kind, query)}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("", {"aalto", "zeta", "yamada"}),
        ("owner={dan}", {"aalto"}),
        ("owner={dan},nobody", {"aalto", "yamada"}),
        ("team={cleo}", {"aalto"}),
        ("team={anna}", {"aalto", "zeta"}),
        ("country=FI,JP", {"aalto", "yamada"}),
        ("place=ÄHTÄRI", {"aalto"}),
        ("place=öln", {"zeta"}),
        ("industry=food", {"aalto"}),
        ("size=40..", {"aalto", "zeta"}),
        ("size=..899", {"aalto"}),
        ("size=-", {"yamada"}),
        ("size=many..", {"aalto", "zeta", "yamada"}),
        ("domain=zeta", {"zeta"}),
        ("deals=open", {"aalto", "zeta"}),
        ("deals=none", {"yamada"}),
        ("step=none", {"zeta"}),
        ("step=week", {"aalto"}),
        ("step=late", set()),
        ("people=none", {"zeta"}),
        ("people=some", {"aalto", "yamada"}),
        ("archived=yes", {"gone"}),
        ("archived=any&country=FI", {"aalto", "gone"}),
        ("created=+0d..", {"aalto", "zeta", "yamada"}),
        ("created=..-1d", set()),
        ("q=山田", {"yamada"}),
        ("q=やまだ", {"yamada"}),
        ("colour=red", {"aalto", "zeta", "yamada"}),
    ],
)  # fmt: skip
def test_an_organization_is_found_by_each_field(crowd: Crowd, query: str, wanted: set[str]) -> None:
    assert named(crowd, "organization", _filled(query, crowd)) == wanted


@pytest.mark.slow
@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("", {"taro", "eeva", "carl", "left"}),
        ("owner=nobody", {"left"}),
        ("team={anna}", {"taro", "eeva", "carl"}),
        ("step=none", {"carl"}),
        ("step=late", {"eeva"}),
        ("step=today,ended", {"taro", "left"}),
        ("due=..+0d", {"taro", "eeva"}),
        ("consent=email", {"carl"}),
        ("consent=withdrawn", {"eeva"}),
        ("consent=-", {"taro", "left"}),
        ("channel=phone,-", {"taro", "carl", "left"}),
        ("language=ja", {"taro"}),
        ("job_title=osta", {"eeva"}),
        ("culture=ja", {"taro"}),
        ("country=FI", {"eeva"}),
        ("place=ähtäri", {"eeva"}),
        ("industry=-", {"carl", "left"}),
        ("size=30..50", {"eeva"}),
        ("organization={aalto}", {"eeva"}),
        ("touched=-", {"taro", "eeva", "carl", "left"}),
        ("touched=-30d..", set()),
        ("archived=yes", {"gone"}),
        ("q=ヤマダ", {"taro"}),
    ],
)  # fmt: skip
def test_a_contact_is_found_by_each_field(crowd: Crowd, query: str, wanted: set[str]) -> None:
    assert named(crowd, "contact", _filled(query, crowd)) == wanted


@pytest.mark.slow
@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("", {"fresh", "fair", "no", "open", "handed"}),
        ("profile=open", {"fresh", "fair", "open", "handed"}),
        ("profile=disqualified", {"no"}),
        ("profile=deal", set()),
        ("reason=no_money", {"no"}),
        ("source=web,fair", {"fresh", "fair", "no"}),
        ("direction=outbound", {"fair"}),
        ("handed=any", {"handed"}),
        ("handed=mine", set()),
        ("owner=nobody", {"open"}),
        ("step=none", {"fresh", "fair", "open", "handed"}),
        ("step=week", set()),
        ("arrived=+0d..+0d", {"fresh", "fair", "no", "open", "handed"}),
        ("country=FI", {"fresh"}),
        ("size=..30", {"fresh"}),
        ("company=ÖSTER", {"fair"}),
        ("wanted=lines", {"open"}),
        ("consent=-&source=call", {"open"}),
        ("fit=unmet", set()),
    ],
)  # fmt: skip
def test_a_lead_is_found_by_each_field(crowd: Crowd, query: str, wanted: set[str]) -> None:
    assert named(crowd, "lead", _filled(query, crowd)) == wanted


def test_a_lead_handed_to_somebody_is_found_by_them(crowd: Crowd) -> None:
    assert named(crowd, "lead", "handed=mine", crowd.world.people.dan) == {"handed"}


def test_a_contact_is_found_by_the_day_of_the_last_touch(crowd: Crowd) -> None:
    from infield.activities.models import Activity

    dan, eeva = crowd.world.people.dan, crowd.contacts["eeva"]
    for days in (40, 3):
        done = datetime.now(UTC) - timedelta(days=days)
        Activity.objects.create(kind="call", owner=dan, contact=eeva, done_at=done, made_by=dan)
    assert named(crowd, "contact", "touched=-7d..") == {"eeva"}
    assert named(crowd, "contact", "touched=..-7d") == set()
    assert named(crowd, "contact", "touched=-") == {"taro", "carl", "left"}


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_every_column_is_shown_and_orders_every_record_once(world: World, kind: str) -> None:
    _many(world, 120)
    client = signed_in(world.people.ada)
    keys = re.findall(r'name="columns" value="(\w+)"', client.get(f"/{kind}s/columns", headers=HTMX).text)
    text = client.get(f"/{kind}s?columns={','.join(keys)}").text
    assert text.count("<th") == len(keys) + 2  # the boxes, and the head itself
    sortable = re.findall(r"[?;]sort=-?(\w+)", text)
    assert {"name", "owner", "created"} <= set(sortable)
    for key in sortable:
        for sort in (key, f"-{key}"):
            seen = shown(world.people.ada, kind, f"sort={sort}")
            assert len(seen) == len(set(seen)) == 120, sort


def test_names_stand_in_the_order_of_their_own_language(crowd: Crowd) -> None:
    names = {to_text(one.pk): name for name, one in crowd.contacts.items()}
    seen = [names[key] for key in shown(crowd.world.people.ada, "contact")]
    assert seen == ["carl", "left", "eeva", "taro"]
    assert [names[key] for key in shown(crowd.world.people.ada, "contact", "sort=-name")] == seen[::-1]


def test_owners_are_sorted_as_names_are(crowd: Crowd) -> None:
    people = crowd.world.people
    User.objects.filter(pk=people.dan.pk).update(name="Äijälä")
    User.objects.filter(pk=people.bo.pk).update(name="zander")
    names = {to_text(one.pk): name for name, one in crowd.organizations.items()}
    assert [names[key] for key in shown(people.ada, "organization", "sort=owner")] == [
        "zeta",
        "aalto",
        "yamada",
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_a_field_of_ones_own_is_a_column_a_filter_and_an_order(crowd: Crowd, kind: str) -> None:
    ada, records = crowd.world.people.ada, list(crowd.all_of(kind).values())[:3]
    field = add_field(kind, "Machines", "number", ada)
    for number, one in enumerate(records):
        fill(one, ada, {field: Filled(number=number * 5)})  # type: ignore[arg-type]
    keys = [to_text(one.pk) for one in records]
    assert set(shown(ada, kind, "own_machines=5..10")) == {keys[1], keys[2]}
    assert not set(shown(ada, kind, "own_machines=-")) & set(keys)
    assert shown(ada, kind, "sort=-own_machines")[:3] == keys[::-1]
    text = signed_in(ada).get(f"/{kind}s?columns=name,own_machines").text
    assert ">Machines<" in text
    assert ">10<" in text


@pytest.mark.parametrize("kind", KINDS)
def test_a_list_asks_a_constant_number_of_questions(world: World, kind: str) -> None:
    field = add_field(kind, "Plant", "text", world.people.ada)
    client = signed_in(world.people.ada)
    keys = re.findall(r'name="columns" value="(\w+)"', client.get(f"/{kind}s/columns", headers=HTMX).text)

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(f"/{kind}s?columns={','.join(keys)}&owner=me,nobody&size=-").status_code == 200
        return len(asked)

    _many(world, 5)
    queries()
    few = queries()
    _many(world, 60, "more")
    assert queries() == few
    assert few <= 18
    assert field.key in keys


@pytest.mark.parametrize("kind", KINDS)
def test_every_dialog_of_a_list_opens_and_its_form_becomes_a_plain_address(crowd: Crowd, kind: str) -> None:
    client = signed_in(crowd.world.people.rut)
    for dialog in ("filter", "columns", "keep"):
        for headers in (HTMX, {}):
            assert client.get(f"/{kind}s/{dialog}?owner=me", headers=headers).status_code == 200, dialog
    answer = client.get(f"/{kind}s?form=1&owner=me&owner=nobody&size.least=10&size.most=&q=a")
    assert (answer.status_code, answer["Location"]) == (302, f"/{kind}s?owner=me,nobody&size=10..&q=a")


def test_what_only_a_link_asks_for_is_kept_by_the_form(crowd: Crowd) -> None:
    key = to_text(crowd.organizations["aalto"].pk)
    text = signed_in(crowd.world.people.ada).get(f"/contacts/filter?organization={key}", headers=HTMX).text
    assert f'<input type="hidden" name="organization" value="{key}">' in text


@pytest.mark.parametrize("kind", KINDS)
def test_a_view_is_kept_found_again_shared_and_dropped(crowd: Crowd, kind: str) -> None:
    people = crowd.world.people
    client = signed_in(people.olga)
    client.post(f"/{kind}s/keep?owner=me&sort=-created", {"name": " My  own ", "who": "all"})
    kept = SavedView.objects.get()
    assert (kept.kind, kept.name, kept.for_all, kept.query) == (
        kind,
        "My own",
        True,
        "?owner=me&sort=-created",
    )
    for other in KINDS:
        assert ("My own" in signed_in(people.emil).get(f"/{other}s").text) is (other == kind), other
    assert "My own" not in signed_in(people.emil).get("/deals").text
    assert signed_in(people.emil).post(f"/views/{to_text(kept.pk)}/drop").status_code == 403
    answer = client.post(f"/views/{to_text(kept.pk)}/drop")
    assert answer["Location"] == f"/{kind}s?owner=me&sort=-created"
    assert not SavedView.objects.exists()


def test_who_only_reads_keeps_views_for_themselves_alone(crowd: Crowd) -> None:
    client = signed_in(crowd.world.people.rut)
    assert client.post("/contacts/keep?step=none", {"name": "Quiet", "who": "all"}).status_code == 422
    client.post("/contacts/keep?step=none", {"name": "Quiet"})
    assert (SavedView.objects.get().for_all, SavedView.objects.get().team) == (False, None)
    assert client.post("/contacts/keep?step=none", {"name": " "}).status_code == 422


@pytest.mark.parametrize("person", ["dan", "cleo", "emil", "mia", "rut", "ada"])
def test_a_list_of_leads_shows_those_that_one_may_open(crowd: Crowd, person: str) -> None:
    user = getattr(crowd.world.people, person)
    assert set(shown(user, "lead")) == {to_text(one.pk) for one in Lead.objects.visible_to(user)}


def test_a_person_is_shown_with_what_they_are_called_and_what_comes_next(crowd: Crowd) -> None:
    text = signed_in(crowd.world.people.dan).get("/contacts").text
    assert '<a href="/contacts/' in text
    assert 'lang="ja">山田 太郎</a><small>ヤマダ</small>' in text
    assert f"/contacts/{to_text(crowd.contacts['carl'].pk)}/step" in text
    assert "No further contact" in text
    assert "is-due-late" in text
    assert "/step" not in signed_in(crowd.world.people.rut).get("/contacts").text


def _filled(query: str, crowd: Crowd) -> str:
    people = crowd.world.people
    ids = {name: to_text(getattr(people, name).pk) for name in ("anna", "bo", "cleo", "dan")}
    ids |= {name: to_text(one.pk) for name, one in crowd.organizations.items()}
    return query.format(**ids).replace("+", "%2B")


def _many(world: World, count: int, of: str = "Company") -> None:
    dan: Any = world.people.dan
    owners = (dan, None, world.people.bo)
    firms = [
        Organization.fresh(
            f"{of} {number:03}", owner=owners[number % 3], country=("FI", "", "JP")[number % 3]
        )
        for number in range(count)
    ]
    Organization.objects.bulk_create(firms)
    contacts = [
        Contact(
            family=f"{of} {number % 40}", owner=owners[number % 3], organization=firm if number % 2 else None
        )
        for number, firm in enumerate(firms)
    ]
    leads = [
        Lead(
            person=f"{of} {number % 40}",
            owner=owners[number % 3],
            arrived_at=datetime(2026, 1, 1 + number % 9, tzinfo=UTC),
        )
        for number in range(count)
    ]
    for some in (contacts, leads):
        for one in some:
            one.derive()
    Contact.objects.bulk_create(contacts)
    Lead.objects.bulk_create(leads)


def redrawn(user: User, address: str) -> str:
    return signed_in(user).get(address, headers=HTMX).text


def test_one_row_is_drawn_anew_with_the_columns_of_the_view_whatever_its_filter_finds(crowd: Crowd) -> None:
    dan, carl = crowd.world.people.dan, crowd.contacts["carl"]
    query = f"step=none&columns=name,step,due&row={to_text(carl.pk)}"
    assert "Set the next step" in redrawn(dan, f"/contacts?{query}")
    carl.set_next_step(ContactStep("Call about the trial", date(2031, 3, 4)), dan)
    text = redrawn(dan, f"/contacts?{query}")
    assert (text.count("<tr"), text.count("<td")) == (1, 4)
    assert "Call about the trial" in text
    assert f'value="{to_text(carl.pk)}"' in text


@pytest.mark.parametrize("key", ["", "nonsense", "1111111111111111111111"])
def test_a_row_that_is_nowhere_is_nothing(key: str, crowd: Crowd) -> None:
    answer = signed_in(crowd.world.people.dan).get(f"/contacts?row={key}", headers=HTMX)
    assert (answer.status_code, answer.text.count("<tr")) == (200, 0)


def test_the_row_of_a_lead_of_somebody_else_is_not_drawn(crowd: Crowd) -> None:
    lead = Lead.objects.filter(owner=crowd.world.people.dan).first()
    assert lead
    assert "<tr" in redrawn(crowd.world.people.dan, f"/leads?row={to_text(lead.pk)}")
    assert "<tr" not in redrawn(crowd.world.people.bo, f"/leads?row={to_text(lead.pk)}")


def test_what_is_set_from_the_list_answers_with_the_toast_alone(crowd: Crowd) -> None:
    carl = crowd.contacts["carl"]
    here = {**HTMX, "HX-Current-URL": "http://testserver/contacts?step=none"}
    given = {"what": "Call", "on": "2031-03-04"}
    client = signed_in(crowd.world.people.dan)
    answer = client.post(f"/contacts/{to_text(carl.pk)}/step", given, headers=here)
    assert (answer.text, "toast" in answer["HX-Trigger"]) == ("", True)
