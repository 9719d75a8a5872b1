"""The lists of deals at their door: filter, order, pages, columns, sums, and the views that are kept."""

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.desk.board_world import World, fill

from infield.accounts.models import User
from infield.deals.facts.kinds import Value
from infield.deals.models import Deal
from infield.fields.actions import add_field
from infield.fields.filled import Filled
from infield.finding.actions import rebuild
from infield.finding.models import SavedView
from infield.people.models import Lead, Organization
from infield.web.ids import to_text
from infield.web.money import Money

HTMX = {"HX-Request": "true"}
SHAPES = ("/board", "/deals", "/deals/timeline", "/deals/calendar", "/deals/map")


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def rows(text: str) -> list[str]:
    return re.findall(r'<tr data-id="(\w+)"', text)


def shown(user: User, query: str = "") -> list[str]:
    """The ids on all pages of the table, in their order."""
    client, seen, address = signed_in(user), [], f"/deals?{query}"
    while address:
        text = client.get(address, headers=HTMX if "after=" in address else {}).text
        seen += rows(text)
        more = re.search(r'hx-get="/deals(\?[^"]*after=[^"]+)"', text)
        address = "/deals" + more[1].replace("&amp;", "&") if more else ""
    return seen


def keys(deals: Any) -> set[str]:
    return {to_text(one.pk) for one in deals}


def test_the_table_gives_every_open_deal_once_page_by_page(world: World) -> None:
    deals = fill(world, 130)
    seen = shown(world.people.anna)
    assert len(seen) == len(set(seen)) == 130
    assert set(seen) == keys(deals)


@pytest.mark.parametrize(
    "sort",
    [
        "organization",
        "title",
        "stage",
        "amount",
        "close",
        "step",
        "owner",
        "age",
        "created",
        "-amount",
        "-step",
        "-close",
    ],
)
def test_every_order_shows_every_deal_once(world: World, sort: str) -> None:
    fill(world, 120)
    Deal.objects.filter(pk__in=[one.pk for one in Deal.objects.all()[:40]]).update(
        expected_close=date(2027, 1, 5)
    )
    seen = shown(world.people.anna, f"sort={sort}")
    assert len(seen) == len(set(seen)) == 120


def test_amounts_sort_by_what_they_are(world: World) -> None:
    fill(world, 60)
    amounts = dict(Deal.objects.values_list("pk", "amount_minor"))
    by_key = {to_text(pk): amount for pk, amount in amounts.items()}
    seen = [by_key[key] for key in shown(world.people.anna, "sort=-amount&currency=EUR")]
    assert seen == sorted(seen, key=lambda one: one or -1, reverse=True)


def test_a_deal_is_found_by_each_field_and_by_all_together(world: World) -> None:
    fill(world, 80)
    people, today = world.people, datetime.now(UTC).date()
    deals = Deal.objects.all()
    for query, wanted in {
        "owner=me": deals.filter(owner=people.anna),
        f"owner=me,{to_text(people.bo.pk)}": deals.filter(owner__in=[people.anna, people.bo]),
        "stage=needs,proposal": deals.filter(stage__in=["needs", "proposal"]),
        "step=none": deals.filter(next_step_on=None),
        "step=late,none": deals.filter(next_step_on=None) | deals.filter(next_step_on__lt=today),
        "step=today": deals.filter(next_step_on=today),
        "step=%2B1d..%2B3d": deals.filter(next_step_on__range=(today + timedelta(1), today + timedelta(3))),
        "amount=60000..": deals.filter(amount_minor__gte=6_000_000),
        "amount=..60000&currency=USD": deals.filter(amount_minor__lte=6_000_000, currency="USD"),
        "amount=-": deals.filter(amount_minor=None),
        "age=20..": deals.filter(stage_entered_at__lte=datetime.now(UTC) - timedelta(days=20)),
        f"map={to_text(world.version.process_id)}": deals,
        "met=needs_1": deals.filter(met__criterion="needs_1"),
        "unmet=needs_1": deals.exclude(met__criterion="needs_1"),
        "stage=needs&owner=me&step=none": deals.filter(stage="needs", owner=people.anna, next_step_on=None),
        "colour=red": deals,
        "amount=many..": deals,
        "owner=nobody": deals.none(),
    }.items():  # fmt: skip
        assert set(shown(people.anna, query)) == keys(wanted.distinct()), query


def test_a_deal_is_found_by_where_it_came_from_and_where_its_buyer_is(world: World) -> None:
    anna, ada = world.people.anna, world.people.ada
    deals = [
        Deal.objects.begin(name, name, world.version, anna) for name in ("Aalto", "Yamada", "Zeta", "Quiet")
    ]
    aalto, yamada, zeta, quiet = deals
    Organization.objects.filter(pk=aalto.organization_id).update(country="FI", place="Oulu", industry="food")
    Organization.objects.filter(pk=yamada.organization_id).update(country="JP", place="横浜市")
    lead = Lead(person="Eeva", owner=anna, source="fair").begin(ada)
    Lead.objects.filter(pk=lead.pk).update(case=aalto.case)
    yamada.note("source", Value(text="Trade fair"), anna)
    zeta.note("source", Value(text="An old friend"), anna)
    for query, wanted in {
        "source=fair": [aalto, yamada],
        "source=An old friend": [zeta],
        "source=-": [quiet],
        "country=FI": [aalto],
        "country=FI,JP": [aalto, yamada],
        "place=浜": [yamada],
        "industry=food": [aalto],
        f"team={to_text(anna.pk)}": deals,
    }.items():
        assert set(shown(anna, query)) == keys(wanted), query
    client = signed_in(anna)
    assert "An old friend" in client.get("/deals/filter", headers=HTMX).text
    text = client.get("/deals?columns=title,source,place&source=fair").text
    assert text.count(">Trade fair<") == 2
    assert ">横浜市, Japan<" in text
    assert "Source: Trade fair" in text


def test_yen_and_euros_are_compared_in_whole_units(world: World) -> None:
    yen = Deal.objects.begin("Aalto", "Yen", world.version, world.people.anna, amount=Money(900, "JPY"))
    euros = Deal.objects.begin(
        "Aalto", "Euros", world.version, world.people.anna, amount=Money(90_000, "EUR")
    )
    assert set(shown(world.people.anna, "amount=900..900")) == keys([yen, euros])
    assert shown(world.people.anna, "amount=901..") == []


def test_closed_deals_are_shown_when_they_are_asked_for(world: World) -> None:
    deals = fill(world, 12)
    deals[0].lose("price", world.people.anna)
    deals[1].win(world.people.anna, forced_because="Signed at the fair")
    assert len(shown(world.people.anna)) == 10
    assert shown(world.people.anna, "outcome=lost") == [to_text(deals[0].pk)]
    assert shown(world.people.anna, "outcome=won") == [to_text(deals[1].pk)]
    assert shown(world.people.anna, "outcome=lost&reason=price") == [to_text(deals[0].pk)]
    assert len(shown(world.people.anna, "outcome=any")) == 12


def test_words_find_a_deal_by_half_a_name(world: World) -> None:
    fill(world, 30)
    rebuild()
    wanted = Deal.objects.filter(organization__name="山田製作所")
    assert wanted
    assert set(shown(world.people.anna, "q=製作")) == keys(wanted)
    assert set(shown(world.people.anna, "q=やまだ")) == set()


def test_everyone_sees_their_own(world: World) -> None:
    fill(world, 40)
    people = world.people
    for user in (people.dan, people.cleo, people.emil, people.rut):
        assert set(shown(user)) == keys(Deal.objects.visible_to(user)), user.name


def test_columns_are_chosen_and_kept_in_the_address(world: World) -> None:
    fill(world, 3)
    text = signed_in(world.people.anna).get("/deals?columns=title,age&sort=-age").text
    heads = re.findall(r"<th[^>]*><div><a href=\"[^\"]*\">([^<]+)", text)
    assert heads == ["Deal", "Days in stage"]
    assert "columns=title,age" in text


def test_a_form_of_boxes_becomes_one_plain_address(world: World) -> None:
    answer = signed_in(world.people.anna).get(
        "/deals?form=1&stage=needs&stage=proposal&amount.least=10&amount.most="
    )
    assert (answer.status_code, answer["Location"]) == (302, "/deals?stage=needs,proposal&amount=10..")


@pytest.mark.parametrize("shape", SHAPES)
def test_each_view_is_of_the_same_deals_in_a_constant_number_of_queries(world: World, shape: str) -> None:
    client = signed_in(world.people.anna)

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(f"{shape}?owner=me&amount=10000..").status_code == 200
        return len(asked)

    fill(world, 20)
    queries()
    few = queries()
    fill(world, 200)
    assert queries() == few
    assert few <= 14


@pytest.mark.parametrize("shape", SHAPES)
def test_no_view_shows_a_stranger_anything(world: World, shape: str) -> None:
    fill(world, 20)
    assert "Harbour Paper" not in signed_in(world.people.emil).get(shape).text


def test_a_calendar_shows_a_deal_on_the_day_of_its_step(world: World) -> None:
    deal = fill(world, 2)[1]
    due = deal.next_step_on
    assert due
    text = signed_in(world.people.anna).get(f"/deals/calendar?month={due.isoformat()[:7]}").text
    assert f"/deals/{to_text(deal.pk)}" in text
    text = signed_in(world.people.anna).get("/deals/calendar?month=2019-02").text
    assert f"/deals/{to_text(deal.pk)}" not in text


def test_the_map_counts_the_deals_of_each_stage(world: World) -> None:
    fill(world, 100)
    text = signed_in(world.people.anna).get("/deals/map").text
    assert [int(n) for n in re.findall(r"<b>(\d+)</b><small>", text)] == [24, 20, 18, 17, 13, 8]
    assert "24 deals" in text


def test_a_view_is_kept_found_again_shared_and_dropped(world: World) -> None:
    people = world.people
    client, address = signed_in(people.olga), "/deals?stage=needs&sort=-amount"
    client.post("/deals/keep?stage=needs&sort=-amount&shape=table", {"name": " Large  ones ", "who": "all"})
    kept = SavedView.objects.get()
    assert (kept.name, kept.owner, kept.for_all) == ("Large ones", people.olga, True)
    assert (kept.shape, kept.query) == ("table", "?stage=needs&sort=-amount")
    assert address.replace("&", "&amp;") in client.get("/board").text
    assert "Large ones" in signed_in(people.emil).get("/deals").text
    assert signed_in(people.emil).post(f"/views/{to_text(kept.pk)}/drop").status_code == 403
    client.post(f"/views/{to_text(kept.pk)}/drop")
    assert not SavedView.objects.exists()


def test_a_view_without_a_name_is_refused(world: World) -> None:
    answer = signed_in(world.people.anna).post("/deals/keep?stage=needs", {"name": "  "})
    assert answer.status_code == 422
    assert not SavedView.objects.exists()


def test_one_keeps_ones_own_views_to_oneself(world: World) -> None:
    signed_in(world.people.dan).post("/deals/keep?stage=needs&shape=board", {"name": "Mine alone"})
    assert "Mine alone" in signed_in(world.people.dan).get("/board").text
    assert "Mine alone" not in signed_in(world.people.cleo).get("/board").text


def test_a_field_of_ones_own_is_a_column_a_filter_and_an_order(world: World) -> None:
    deals, anna = fill(world, 6), world.people.anna
    field = add_field("deal", "Machines", "number", world.people.ada)
    for number, deal in enumerate(deals[:4]):
        deal.refresh_from_db()
        deal.fill(field, Filled(number=number * 5), anna)  # type: ignore[arg-type]
    wanted = [to_text(one.pk) for one in deals]
    assert shown(anna, "own_machines=5..10") == sorted([wanted[1], wanted[2]], key=shown(anna).index)
    assert set(shown(anna, "own_machines=-")) == set(wanted[4:])
    assert shown(anna, "sort=-own_machines")[:4] == wanted[3::-1]
    text = signed_in(anna).get("/deals?columns=title,own_machines").text
    assert ">Machines<" in text.replace("\n", "")
    assert ">15<" in text
