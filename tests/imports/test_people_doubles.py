"""A choice for each row whose record is here already: shown beside it, kept while paging, carried out, taken back."""

from typing import Any

import pytest
from tests.addresses import everything_saved
from tests.imports.rows import at, client_of, looked, undone
from tests.people import People

from infield.desk.imports.people.doubles.queries import A_PAGE
from infield.imports.models import Double, Import
from infield.imports.people.doubles import actions as doubles
from infield.people.models import Organization
from infield.web.ids import to_text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("jobs_run_at_once")]

THREE = (
    "Company,City,Phone\nAalto Foods,Espoo,+358 40 555 1234\nBergs,Turku,\nCorp,Vantaa,\nNew Works,Kemi,\n"
)


@pytest.fixture
def here(people: People) -> list[Organization]:
    names = ("Aalto Foods Oy", "Bergs", "Corp")
    return [Organization(name=name, owner=people.dan, place="Oulu").begin(people.dan) for name in names]


def choose(people: People, imported: Import, choices: dict[int, str]) -> Any:
    rows = {one.row: one.pk for one in imported.doubles.all()}
    given = {f"row-{to_text(rows[row])}": choice for row, choice in choices.items()}
    return client_of(people.anna).post(at("doubles", imported), given)


def load(people: People, imported: Import, **given: str) -> Import:
    assert client_of(people.anna).post(at("load", imported), given).status_code == 302
    imported.refresh_from_db()
    return imported


def places() -> dict[str, str]:
    return dict(Organization.objects.order_by("name", "place").values_list("name", "place"))


def test_a_row_stands_beside_the_record_that_it_is_taken_for(
    people: People, here: list[Organization]
) -> None:
    imported = looked(people.anna, "organization", THREE)
    page = client_of(people.anna).get(at("one", imported)).text
    for said in (
        "Row 2",
        "Aalto Foods Oy",
        "same name",
        "Espoo",
        "Oulu",
        "Every row goes as chosen for all.",
    ):
        assert said in page
    assert f'href="/organizations/{to_text(here[0].pk)}"' in page
    assert "Row 5" not in page


def test_each_row_goes_as_chosen_for_it_and_the_others_as_chosen_for_all(
    people: People, here: list[Organization]
) -> None:
    imported = looked(people.anna, "organization", THREE)
    answer = choose(people, imported, {2: "update", 3: "skip"})
    assert answer.text.strip() == "2 rows are chosen on their own."
    load(people, imported, doubles="update")
    assert imported.added == {"updated": 2, "skipped": 1, "new": 1}
    assert places() == {"Aalto Foods Oy": "Espoo", "Bergs": "Oulu", "Corp": "Vantaa", "New Works": "Kemi"}
    undone(people.anna, imported)
    assert places() == {"Aalto Foods Oy": "Oulu", "Bergs": "Oulu", "Corp": "Oulu"}


def test_a_row_may_be_added_though_all_are_left_out(people: People, here: list[Organization]) -> None:
    imported = looked(people.anna, "organization", THREE)
    choose(people, imported, {2: "new"})
    load(people, imported, doubles="skip")
    assert imported.added == {"new": 2, "skipped": 2}
    assert places()["Aalto Foods"] == "Espoo"


def test_a_choice_is_taken_back_by_choosing_as_for_all(people: People, here: list[Organization]) -> None:
    imported = looked(people.anna, "organization", THREE)
    choose(people, imported, {2: "new", 3: "update"})
    assert "1 row is chosen" in choose(people, imported, {2: ""}).text
    load(people, imported, doubles="skip")
    assert imported.added == {"updated": 1, "skipped": 2, "new": 1}


def test_what_the_form_still_shows_counts_without_scripts(people: People, here: list[Organization]) -> None:
    imported = looked(people.anna, "organization", THREE)
    row = imported.doubles.get(row=2)
    load(people, imported, **{"doubles": "skip", f"row-{to_text(row.pk)}": "update"})
    assert imported.added == {"updated": 1, "skipped": 2, "new": 1}


def test_a_row_that_stands_twice_is_chosen_too(people: People) -> None:
    text = "Company,Email\nAalto Foods,a@aalto.example\nAalto Works,a@aalto.example\n"
    imported = looked(people.anna, "organization", text)
    assert "stands in row 2 already" in client_of(people.anna).get(at("one", imported)).text
    choose(people, imported, {3: "new"})
    load(people, imported, doubles="skip")
    assert imported.added == {"new": 2}


def test_choices_outlive_pages_and_a_new_reading(people: People, django_assert_max_num_queries: Any) -> None:
    count = A_PAGE * 2 + 3
    for n in range(count):
        Organization(name=f"Works {n}", owner=people.dan, place="Oulu").begin(people.dan)
    text = "Company,Town\n" + "".join(f"Works {n},Kemi\n" for n in range(count))
    imported = looked(people.anna, "organization", text)
    choose(people, imported, {2: "update", count + 1: "update"})
    client = client_of(people.anna)
    with django_assert_max_num_queries(26):
        pages = [client.get(at("one", imported) + f"?doubles={page}").text for page in (1,)]
    pages += [
        client.get(at("one", imported) + f"?doubles={page}").text for page in ("2", "3", "99", "x", "²")
    ]
    assert [page.count('class="double"') for page in pages] == [A_PAGE, A_PAGE, 3, 3, A_PAGE, A_PAGE]
    assert '<option value="update" selected>' in pages[0]
    assert '<option value="update" selected>' not in pages[1]
    assert '<option value="update" selected>' in pages[2]
    client.post(at("again", imported), {"role_name": "Company", "role_place": "Town"})
    load(people, imported, doubles="skip")
    assert imported.added == {"updated": 2, "skipped": count - 2}


def test_more_than_can_be_listed_go_as_all_do(
    people: People, here: list[Organization], monkeypatch: Any
) -> None:
    for room in (
        doubles,
        "infield.imports.people.actions.MOST",
        "infield.desk.imports.people.doubles.queries.MOST",
    ):
        monkeypatch.setattr(*((room, "MOST", 2) if room is doubles else (room, 2)))
    imported = looked(people.anna, "organization", THREE)
    assert imported.doubles.count() == 2
    assert "1 more is not listed" in client_of(people.anna).get(at("one", imported)).text
    load(people, imported, doubles="update")
    assert imported.added == {"updated": 3, "new": 1}


def test_what_stood_in_the_rows_is_forgotten_when_it_is_loaded(
    people: People, here: list[Organization]
) -> None:
    imported = looked(people.anna, "organization", THREE)
    assert imported.doubles.count() == 3
    load(people, imported, doubles="skip")
    assert not Double.objects.exists()


@pytest.mark.parametrize(
    "given",
    [
        {"row-": "new"},
        {"row-nonsense": "new"},
        {"row-1111111111111111111111": "new"},
        {"other": "new"},
        {"row": "x"},
    ],
)
def test_what_is_no_choice_changes_nothing(
    given: dict[str, str], people: People, here: list[Organization]
) -> None:
    imported, client = looked(people.anna, "organization", THREE), client_of(people.anna)
    before = everything_saved()
    assert client.post(at("doubles", imported), given).status_code == 200
    row = imported.doubles.get(row=2)
    assert client.post(at("doubles", imported), {f"row-{to_text(row.pk)}": "burn"}).status_code == 200
    assert everything_saved() == before


def test_rows_of_another_import_are_not_chosen_by_this_one(people: People, here: list[Organization]) -> None:
    mine, other = (looked(people.anna, "organization", THREE) for _once in range(2))
    row = other.doubles.get(row=2)
    client_of(people.anna).post(at("doubles", mine), {f"row-{to_text(row.pk)}": "new"})
    row.refresh_from_db()
    assert row.choice == ""


def test_once_it_is_loaded_nothing_is_chosen_any_more(people: People, here: list[Organization]) -> None:
    imported = looked(people.anna, "organization", THREE)
    row = imported.doubles.get(row=2)
    load(people, imported, doubles="skip")
    given = {f"row-{to_text(row.pk)}": "new"}
    assert client_of(people.anna).post(at("doubles", imported), given).status_code == 422


@pytest.mark.parametrize(("who", "status"), [("dan", 403), ("rut", 403), ("emil", 404)])
def test_who_may_not_import_chooses_nothing(
    who: str, status: int, people: People, here: list[Organization]
) -> None:
    imported = looked(people.anna, "organization", THREE)
    row = imported.doubles.get(row=2)
    client = client_of(getattr(people, who))
    answer = client.post(at("doubles", imported), {f"row-{to_text(row.pk)}": "new"})
    row.refresh_from_db()
    assert (answer.status_code, row.choice) == (status, "")


def test_a_cell_is_shown_as_text(people: People) -> None:
    Organization(name="Aalto", owner=people.dan).begin(people.dan)
    imported = looked(people.anna, "organization", "Company,City\nAalto,<script>alert(1)</script>\n")
    page = client_of(people.anna).get(at("one", imported)).text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page
