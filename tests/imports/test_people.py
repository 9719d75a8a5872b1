"""Import of organizations, contacts and leads at the door users use: dry run, doubles, load, the way back."""

import csv
from io import BytesIO, StringIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook
from tests.addresses import everything_saved
from tests.imports.rows import at, client_of, loaded, looked, undone
from tests.people import People

from infield.fields.actions import add_field
from infield.fields.models import Value
from infield.history.models import Event
from infield.imports.models import Import, Landed
from infield.imports.people import actions
from infield.imports.people.columns import guess
from infield.imports.people.landing.actions import land
from infield.people.models import Contact, Key, Lead, Organization
from infield.web.ids import to_text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("jobs_run_at_once")]

COMPANIES = """Company,Web site,City,Country,Industry,Employees,Phone,Owner,Rating
Aalto Foods Oy,www.aalto.example,Oulu,Finland,Food and drink,120,+358 9 123 4567,dan@northwind.example,A
株式会社ヤマダ製作所,yamada.example,大阪,日本,製造,5000,,Fay Gone,B
Siam Tiles,,,TH,,many,,,
,nobody.example,,,,,,,
"""
PEOPLE = """Name;Company;E-mail;Title
Eeva Kuusinen;Aalto Foods;eeva@aalto.example;Plant manager
山田 太郎;ヤマダ製作所;taro@yamada.example, yamada@home.example;部長
Maria Ruiz;;not a mail;
"""


def test_a_table_is_shown_as_a_dry_run_and_nothing_is_loaded(people: People) -> None:
    imported = looked(people.anna, "organization", COMPANIES)
    assert imported.totals == {"read": 4, "rows": 2, "known": 0, "twice": 0}
    page = client_of(people.anna).get(at("one", imported)).text
    for said in ("rows understood", "Aalto Foods Oy", "No field takes these columns: Rating", "Load 2 rows"):
        assert said in page
    assert "1 row names an owner who does not work here" in page
    assert not Organization.objects.exists()


def test_rows_become_organizations_as_if_somebody_had_typed_them(people: People) -> None:
    imported = loaded(people.anna, "organization", COMPANIES)
    aalto, yamada = (
        Organization.objects.get(name=name) for name in ("Aalto Foods Oy", "株式会社ヤマダ製作所")
    )
    assert (aalto.domain, aalto.country, aalto.industry, aalto.size) == ("aalto.example", "FI", "food", 120)
    assert (aalto.owner, yamada.owner) == (people.dan, people.anna)
    assert (yamada.country, yamada.industry) == ("JP", "manufacturing")
    assert Key.objects.filter(object_id=aalto.pk, kind="phone", text="+35891234567").exists()
    assert imported.added == {"new": 2}
    assert client_of(people.anna).get("/organizations?q=やまだ").text.count("ヤマダ製作所") > 0


def test_rejected_rows_say_why_and_are_saved_as_a_file(people: People) -> None:
    imported = looked(people.anna, "organization", COMPANIES)
    answer = client_of(people.anna).get(at("rejected", imported))
    rows = list(csv.reader(StringIO(answer.content.decode("utf-8-sig"))))
    assert [row[1] for row in rows[1:]] == ["4", "5"]
    assert "does not fit “Employees”: Enter a whole number." in rows[1][2]
    assert "does not fit “Name”: This field is required." in rows[2][2]


def test_contacts_come_with_their_organizations_in_their_own_order_of_names(people: People) -> None:
    imported = loaded(people.anna, "contact", PEOPLE)
    eeva, taro = Contact.objects.get(family="Kuusinen"), Contact.objects.get(family="山田")
    assert (eeva.given, taro.given, taro.culture) == ("Eeva", "太郎", "ja")
    assert (str(eeva.organization), eeva.job_title, eeva.owner) == (
        "Aalto Foods",
        "Plant manager",
        people.anna,
    )
    assert [way["value"] for way in taro.emails] == ["taro@yamada.example", "yamada@home.example"]
    assert imported.account["rows_rejected"] == 1
    assert undone(people.anna, imported).kept == []
    assert not Contact.objects.exists()
    assert not Organization.objects.exists()
    assert not Key.objects.exists()


def test_leads_begin_a_case_and_going_back_voids_it(people: People) -> None:
    text = "Person,Company,Email,Lead Source\nEeva,Aalto Foods,eeva@aalto.example,Trade fair\n"
    imported = loaded(people.anna, "lead", text)
    lead = Lead.objects.get()
    assert (lead.person, lead.company, lead.email) == ("Eeva", "Aalto Foods", "eeva@aalto.example")
    assert Event.objects.filter(case=lead.case, kind="created").counting().count() == 1
    undone(people.anna, imported)
    assert not Lead.objects.exists()
    assert not Event.objects.filter(case=lead.case).counting().exists()


def test_a_spreadsheet_is_read_like_a_text_file(people: People) -> None:
    book, out = Workbook(), BytesIO()
    assert book.active
    book.active.append(["会社名", "従業員数"])
    book.active.append(["ヤマダ製作所", 5000])
    book.save(out)
    imported = looked(people.anna, "organization", out.getvalue(), "会社.xlsx")
    client_of(people.anna).post(at("load", imported))
    assert Organization.objects.get().size == 5000


DOUBLED = "Company,City,Phone\nAALTO FOODS,Espoo,+358 40 555 1234\nNew Works,Turku,\n"


def aalto(people: People) -> Organization:
    return Organization(name="Aalto Foods Oy", owner=people.dan, place="Oulu").begin(people.dan)


@pytest.mark.parametrize(
    ("doubles", "added", "place", "count"),
    [
        ("skip", {"skipped": 1, "new": 1}, "Oulu", 2),
        ("update", {"updated": 1, "new": 1}, "Espoo", 2),
        ("new", {"new": 2}, "Oulu", 3),
        ("nonsense", {"skipped": 1, "new": 1}, "Oulu", 2),
    ],
)
def test_what_is_here_already_is_left_written_over_or_added_again(
    doubles: str, added: dict[str, int], place: str, count: int, people: People
) -> None:
    here = aalto(people)
    imported = loaded(people.anna, "organization", DOUBLED, doubles)
    here.refresh_from_db()
    assert (imported.totals["known"], imported.added, here.place) == (1, added, place)
    assert Organization.objects.count() == count
    undone(people.anna, imported)
    here.refresh_from_db()
    assert (here.place, here.phones, Organization.objects.get()) == ("Oulu", [], here)


def test_the_page_names_the_doubles_and_why(people: People) -> None:
    here = aalto(people)
    imported = looked(people.anna, "organization", DOUBLED)
    page = client_of(people.anna).get(at("one", imported)).text
    assert f'href="/organizations/{to_text(here.pk)}"' in page
    assert "same name" in page


def test_a_row_that_stands_twice_lands_once(people: People) -> None:
    text = "Company,Email\nAalto Foods,a@aalto.example\nAalto Works,a@aalto.example\n"
    imported = loaded(people.anna, "organization", text)
    assert (imported.totals["twice"], imported.added) == (1, {"new": 1, "skipped": 1})
    assert Organization.objects.count() == 1


def test_a_row_the_record_refuses_is_rejected_and_the_rest_is_kept(people: People) -> None:
    aalto(people)
    imported = loaded(
        people.anna, "organization", "Company,City\nAalto Foods Oy,Espoo\nNew Works,Turku\n", "new"
    )
    assert imported.added == {"refused": 1, "new": 1}
    page = client_of(people.anna).get(at("one", imported)).text
    assert "row 2 was not taken: Aalto Foods Oy is in the address book already." in page


def test_what_somebody_worked_on_since_stays_and_is_listed(people: People) -> None:
    aalto(people)
    imported = loaded(people.anna, "organization", DOUBLED, "update")
    new, old = Organization.objects.get(name="New Works"), Organization.objects.get(name="Aalto Foods Oy")
    new.change(people.dan, place="Tampere")
    old.change(people.dan, place="Vantaa")
    undone(people.anna, imported)
    old.refresh_from_db()
    assert set(imported.kept) == {str(new.pk), str(old.pk)}
    assert old.place == "Vantaa"
    page = client_of(people.anna).get(at("one", imported)).text
    assert f'href="/organizations/{to_text(new.pk)}"' in page


def test_own_fields_are_columns_too(people: People) -> None:
    for label, type_ in (("Plant", "text"), ("Since", "date"), ("Volume", "money"), ("Lines", "number")):
        add_field("organization", label, type_, people.ada)
    add_field("organization", "Region", "choice", people.ada, choices=["North", "South"])
    add_field("organization", "Engineer", "person", people.ada)
    text = (
        "Company,Plant,Since,Volume,Lines,Region,Engineer\n"
        "Aalto,Oulu,2020-02-29,1250.50 USD,2.5,north,dan@northwind.example\n"
        "Bergs,Turku,2020-02-30,1,1,North,\nCorp,,,,,West,\n"
    )
    imported = loaded(people.anna, "organization", text)
    values = {one.field.label: one.filled for one in Value.objects.select_related("field")}
    assert values["Plant"].text == "Oulu"
    assert str(values["Since"].day) == "2020-02-29"
    assert values["Volume"].money
    assert (values["Volume"].money.amount_minor, values["Volume"].money.currency) == (125_050, "USD")
    assert (str(values["Lines"].number), values["Region"].choice) == ("2.500000", "north")
    assert values["Engineer"].person == people.dan.pk
    assert [one["params"]["field"] for one in imported.rejected] == ["Since", "Region"]
    undone(people.anna, imported)
    assert not Value.objects.exists()


def test_own_fields_written_over_are_put_back(people: People) -> None:
    field = add_field("organization", "Plant", "text", people.ada)
    here = aalto(people)
    Value.objects.create(field=field, object_id=here.pk, text="Oulu")
    imported = loaded(people.anna, "organization", "Company,Plant\nAalto Foods,Turku\n", "update")
    assert Value.objects.get().text == "Turku"
    undone(people.anna, imported)
    assert Value.objects.get().text == "Oulu"


def test_columns_are_corrected_and_read_again(people: People) -> None:
    imported = looked(people.anna, "organization", "Thing,Company\nAalto,Oulu\n")
    client_of(people.anna).post(at("again", imported), {"role_name": "Thing", "role_place": "Company"})
    client_of(people.anna).post(at("load", imported))
    made = Organization.objects.get()
    assert (made.name, made.place) == ("Aalto", "Oulu")


def test_a_table_that_names_nobody_says_so_and_offers_the_columns(people: People) -> None:
    imported = looked(people.anna, "contact", "Colour,Size\nred,1\n")
    assert imported.state == "unreadable"
    page = client_of(people.anna).get(at("one", imported)).text
    assert "No column says whom a row is about" in page
    client_of(people.anna).post(at("again", imported), {"role_family": "Colour"})
    imported.refresh_from_db()
    assert (imported.state, imported.totals["rows"]) == ("read", 1)


def test_other_formats_are_refused(people: People) -> None:
    imported = looked(people.anna, "contact", "<log></log>", "log.xes")
    assert (imported.state, imported.refusal["code"]) == ("unreadable", "not_a_table")


def test_nothing_to_load_is_refused_and_changes_nothing(people: People) -> None:
    imported = looked(people.anna, "organization", "Company,Employees\nAalto,many\n")
    client = client_of(people.anna)
    before = everything_saved()
    assert client.post(at("load", imported)).status_code == 422
    assert everything_saved() == before


def test_a_job_that_is_repeated_goes_on_where_it_was(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = "Company,City\n" + "".join(f"Works {number},Oulu\n" for number in range(7))
    monkeypatch.setattr(actions, "LANDED_AT_ONCE", 2)
    imported = looked(people.anna, "organization", rows)
    actions.choose(imported, "new")
    calls = []

    def dies(*given: Any) -> Any:
        calls.append(given)
        if len(calls) == 6:
            raise RuntimeError("the power went")
        return land(*given)

    monkeypatch.setattr(actions, "land", dies)
    with pytest.raises(RuntimeError):
        actions.load(imported, None)  # type: ignore[arg-type]
    imported.refresh_from_db()
    assert (imported.state, imported.done, Organization.objects.count()) == ("loading", 4, 4)
    monkeypatch.setattr(actions, "land", land)
    actions.load(imported, None)  # type: ignore[arg-type]
    assert (imported.state, imported.added["new"], Landed.objects.count()) == ("done", 7, 7)


@pytest.mark.parametrize("who", ["dan", "mia", "rut"])
def test_who_may_not_import_does_not(who: str, people: People) -> None:
    given = {"files": [SimpleUploadedFile("a.csv", b"Company,City\nAalto,Oulu\n")], "kind": "organization"}
    assert client_of(getattr(people, who)).post("/import/files", given).status_code == 403
    assert not Import.objects.exists()


@pytest.mark.parametrize("who", ["anna", "ada"])
def test_everybody_who_may_import_is_offered_it(who: str, people: People) -> None:
    page = client_of(getattr(people, who)).get("/import?kind=contact").text
    assert 'value="contact" checked' in page


def test_looking_asks_no_more_for_many_rows_than_for_few(
    people: People, django_assert_max_num_queries: Any
) -> None:
    for count in (20, 400):
        rows = "Company,Email\n" + "".join(f"Works {n},w{n}@works.example\n" for n in range(count))
        with django_assert_max_num_queries(36):
            looked(people.anna, "organization", rows)


@pytest.mark.parametrize(
    ("kind", "columns", "roles"),
    [
        (
            "contact",
            ["Etunimi", "Sukunimi", "Sähköposti", "Yritys"],
            ["given", "family", "emails", "organization"],
        ),
        (
            "contact",
            ["氏名", "会社名", "メールアドレス", "役職"],
            ["full_name", "organization", "emails", "job_title"],
        ),
        ("organization", ["ชื่อบริษัท", "ประเทศ", "เบอร์โทร"], ["name", "country", "phones"]),
        ("lead", ["First", "Email address", "Company Name"], ["email", "company"]),
    ],
    ids=["fi", "ja", "th", "en"],
)
def test_columns_are_known_by_their_names_in_four_languages(
    kind: str, columns: list[str], roles: list[str]
) -> None:
    assert [one.role for one in guess(kind, columns, [], {}, {})] == roles
