"""Addresses, consent and the next step as columns of an import: understood, refused, loaded, taken back, exported."""

from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook
from tests.imports.rows import at, client_of, loaded, looked, undone
from tests.people import People

from infield.imports.days import NoDay, day_of
from infield.imports.models import Import
from infield.imports.people.columns import guess
from infield.imports.people.wording import called
from infield.people.contacts.actions import note_consent
from infield.people.models import Consent, Contact, Lead, Organization

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("jobs_run_at_once")]

NEXT = date(2031, 3, 4)


def reasons(imported: Import) -> list[str]:
    return [f"{one['params']['field']}: {one['params']['why']}" for one in imported.rejected]


def said(of: Contact | Lead) -> list[tuple[str, bool, str, str, str]]:
    found = of.consents.order_by("channel").values_list("channel", "given", "source", "on", "note")
    return [(channel, given, source, on.isoformat(), note) for channel, given, source, on, note in found]


ADDRESSES = """Company,City,Country,Street,Zip,Billing Street,Billing City,Billing Zip,Billing State,Billing Country
Aalto Foods,Oulu,Finland,Kauppatori 1,90100,PL 5,Helsinki,00101,Uusimaa,suomi
Bergs,Turku,,,,,,,,
"""


def test_addresses_come_line_by_line_and_kind_by_kind(people: People) -> None:
    imported = loaded(people.anna, "organization", ADDRESSES)
    aalto, bergs = (Organization.objects.get(name=name) for name in ("Aalto Foods", "Bergs"))
    assert aalto.addresses == [
        {"label": "visit", "street": "Kauppatori 1", "postcode": "90100", "place": "Oulu", "country": "FI"},
        {
            "label": "billing",
            "street": "PL 5",
            "postcode": "00101",
            "place": "Helsinki",
            "region": "Uusimaa",
            "country": "FI",
        },
    ]
    assert bergs.addresses == []
    undone(people.anna, imported)
    assert not Organization.objects.exists()


def test_a_company_is_where_its_address_says_when_no_other_column_does(people: People) -> None:
    loaded(people.anna, "organization", "Company,Billing Street,Billing City\nAalto,PL 5,Helsinki\n")
    assert Organization.objects.get().place == "Helsinki"


def test_an_address_that_is_here_is_replaced_in_its_lines_and_put_back(people: People) -> None:
    there = [
        {"label": "visit", "street": "Old 1", "postcode": "00100", "region": "Lapland"},
        {"label": "billing", "street": "PL 1"},
    ]
    here = Organization(name="Aalto Foods", owner=people.dan, addresses=there).begin(people.dan)
    text = "Company,Street,Zip\nAalto Foods,New 2,\n"
    imported = loaded(people.anna, "organization", text, "update")
    here.refresh_from_db()
    assert here.addresses == [{"label": "visit", "street": "New 2", "region": "Lapland"}, there[1]]
    undone(people.anna, imported)
    here.refresh_from_db()
    assert here.addresses == there


STEPS = """Last name,Next step,Next step due,No further contact
Kuusinen,Call about the trial,2031-03-04,
Virta,Send the offer,4.3.2031,
山田,次の打ち合わせ,2031年3月4日,
ใจดี,นัดสาธิต,4/3/2574,
Ruiz,,,Asked us not to
Late,Call again,2020-01-02,
Berg,Call,,
Ek,,2031-03-04,
Holm,Call,3/4/2031,
Okoye,Call,soon,
Byrne,Call,2031-03-04,Moved away
"""


def test_the_next_step_comes_with_its_day_and_half_of_one_is_refused(people: People) -> None:
    imported = loaded(people.anna, "contact", STEPS)
    steps = dict(Contact.objects.values_list("family", "next_step_on"))
    assert steps == {
        **dict.fromkeys(("Kuusinen", "Virta", "山田", "ใจดี"), NEXT),
        "Ruiz": None,
        "Late": date(2020, 1, 2),
    }
    assert Contact.objects.get(family="Ruiz").no_contact_because == "Asked us not to"
    assert reasons(imported) == [
        "Next step due: Say on which day.",
        "Next step: Say what comes next.",
        "Next step due: This can be two days. Write it as 2026-11-21.",
        "Next step due: That is no day of the calendar.",
        "No further contact: There is a next step too. Leave one of the two empty.",
    ]


def test_a_step_that_was_written_over_is_put_back(people: People) -> None:
    here = Contact(family="Kuusinen", no_contact_because="Moved away", emails=[{"value": "e@aalto.example"}])
    here.begin(people.dan)
    text = "Last name,Email,Next step,Due\nKuusinen,e@aalto.example,Call,2031-03-04\n"
    imported = loaded(people.anna, "contact", text, "update")
    here.refresh_from_db()
    assert (here.next_step, here.next_step_on, here.no_contact_because) == ("Call", NEXT, "")
    undone(people.anna, imported)
    here.refresh_from_db()
    assert (here.next_step, here.next_step_on, here.no_contact_because) == ("", None, "Moved away")


CONSENTS = """Name,Email,Email consent,Do not call,Consent source,Consent date
Eeva Kuusinen,e@aalto.example,yes,no,Web form,2025-04-01
Mika Virta,m@aalto.example,no,1,Webinar 2025,2025-04-02
Maria Ruiz,r@aalto.example,はい,,,
Nobody Said,n@aalto.example,,,Web form,2025-04-01
Some Where,s@aalto.example,maybe,,,
To Morrow,t@aalto.example,yes,,,{tomorrow}
"""


@pytest.fixture
def consents() -> str:
    return CONSENTS.format(tomorrow=datetime.now(UTC).date() + timedelta(days=2))


def test_consent_comes_with_its_source_and_day(people: People, consents: str) -> None:
    imported = loaded(people.anna, "contact", consents)
    noted = {str(one): said(one) for one in Contact.objects.all()}
    today = datetime.now(UTC).date().isoformat()
    assert noted == {
        "Eeva Kuusinen": [("email", True, "form", "2025-04-01", "")],
        "Mika Virta": [
            ("email", False, "other", "2025-04-02", "Webinar 2025"),
            ("phone", False, "other", "2025-04-02", "Webinar 2025"),
        ],
        "Maria Ruiz": [("email", True, "other", today, "")],
        "Nobody Said": [],
    }
    assert reasons(imported) == [
        "Consent · E-mail: Write yes or no.",
        "Consent · Day it was said: That day is still to come.",
    ]
    page = client_of(people.anna).get(at("one", imported)).text
    assert "1 row tells consent without the day" in page


def test_consent_goes_with_the_import_that_brought_it(people: People, consents: str) -> None:
    before = Contact(family="Kuusinen", given="Eeva", emails=[{"value": "e@aalto.example"}]).begin(people.dan)
    spoken = {"channel": "email", "given": False, "source": "spoken", "on": date(2024, 1, 1), "note": ""}
    note_consent(before, people.dan, spoken)
    imported = loaded(people.anna, "contact", consents, "update")
    assert imported.added == {"updated": 1, "new": 3}
    assert before.consents.count() == 2
    assert undone(people.anna, imported).kept == []
    assert Contact.objects.get() == before
    assert said(before) == [("email", False, "spoken", "2024-01-01", "")]


def test_consent_noted_since_keeps_the_whole_person(people: People, consents: str) -> None:
    imported = loaded(people.anna, "contact", consents)
    eeva = Contact.objects.get(family="Kuusinen")
    spoken = {"channel": "phone", "given": True, "source": "spoken", "on": date(2026, 1, 1), "note": ""}
    note_consent(eeva, people.dan, spoken)
    assert undone(people.anna, imported).kept == [str(eeva.pk)]
    assert [one[0] for one in said(eeva)] == ["email", "phone"]
    assert Consent.objects.count() == 2


def test_the_same_rows_once_more_say_nothing_new(people: People, consents: str) -> None:
    loaded(people.anna, "contact", consents)
    again = loaded(people.anna, "contact", consents, "update")
    assert again.added == {"same": 4}
    assert Consent.objects.count() == 4


def test_leads_bring_consent_too(people: People) -> None:
    text = "Person,Company,Newsletter,Opt-in date\nEeva,Aalto,kyllä,1.4.2025\n"
    imported = loaded(people.anna, "lead", text)
    assert said(Lead.objects.get()) == [("email", True, "other", "2025-04-01", "")]
    assert undone(people.anna, imported).kept == []
    assert not Consent.objects.exists()


def test_a_country_that_nobody_knows_is_refused_and_nothing_is_loaded(people: People) -> None:
    imported = looked(people.anna, "contact", "Name,Street,Country\nEeva,Kauppatori 1,Atlantis\n")
    assert reasons(imported) == ["Address · For visits · Country: No country is called so."]
    assert client_of(people.anna).post(at("load", imported), {}).status_code == 422
    assert not Contact.objects.exists()


def test_columns_of_consent_and_addresses_are_corrected(people: People) -> None:
    imported = looked(people.anna, "contact", "Name,Where,Mail ok\nEeva,Kauppatori 1,yes\n")
    page = client_of(people.anna).get(at("one", imported)).text
    assert 'name="role_billing_street"' in page
    given = {"role_full_name": "Name", "role_billing_street": "Where", "role_consent_email": "Mail ok"}
    client_of(people.anna).post(at("again", imported), given)
    client_of(people.anna).post(at("load", imported), {})
    eeva = Contact.objects.get()
    assert eeva.addresses == [{"label": "billing", "street": "Kauppatori 1"}]
    assert [one[0] for one in said(eeva)] == ["email"]


def exported(people: People, address: str) -> bytes:
    return b"".join(client_of(people.anna).get(address).streaming_content)  # type: ignore[attr-defined]


def someone(people: People) -> Contact:
    aalto = Organization(name="Aalto Foods", place="Oulu", country="FI", owner=people.dan).begin(people.dan)
    eeva = Contact(
        family="Kuusinen",
        given="Eeva",
        culture="fi",
        organization=aalto,
        job_title="=cmd",
        owner=people.dan,
        language="fi",
        channel="phone",
        next_step="Call about the trial",
        next_step_on=NEXT,
        emails=[{"label": "work", "value": "e@aalto.example"}, {"label": "home", "value": "e@home.example"}],
        phones=[{"label": "work", "value": "+358 40 123 4567"}],
        addresses=[
            {
                "label": "visit",
                "street": "Kauppatori 1",
                "postcode": "90100",
                "place": "Oulu",
                "country": "FI",
            },
            {"label": "other", "street": "Mökkitie 2", "region": "Lapland"},
        ],
    ).begin(people.dan)
    words = (("email", True, "form"), ("phone", False, "spoken"))
    for channel, given, source in words:
        told = {"channel": channel, "given": given, "source": source, "on": date(2025, 4, 1), "note": ""}
        note_consent(eeva, people.dan, told)
    return eeva


COLUMNS = "name,organization,job_title,email,phone,address,consent,step,language,channel,owner"
KEPT = (
    "family",
    "given",
    "culture",
    "job_title",
    "next_step",
    "next_step_on",
    "addresses",
    "language",
    "channel",
    "owner",
)


@pytest.mark.parametrize("language", ["en", "ja", "fi", "th"])
@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_an_export_of_contacts_goes_in_again(language: str, form: str, people: People) -> None:
    eeva = someone(people)
    people.anna.language = language
    people.anna.save()
    raw = exported(people, f"/contacts/export.{form}?columns={COLUMNS}")
    again = loaded(people.anna, "contact", raw, "update") if form == "csv" else None
    assert again is None or again.added == {"same": 1}
    Consent.objects.all().delete()
    kept = {name: getattr(eeva, name) for name in KEPT}
    words = [way["value"] for way in (*eeva.emails, *eeva.phones)]
    Contact.objects.all().delete()
    imported = looked(people.anna, "contact", raw, f"people.{form}")
    assert imported.account["unused"] == []
    client_of(people.anna).post(at("load", imported), {})
    made = Contact.objects.get()
    assert {name: getattr(made, name) for name in KEPT} == kept
    assert [way["value"] for way in (*made.emails, *made.phones)] == words
    assert said(made) == [
        ("email", True, "form", "2025-04-01", ""),
        ("phone", False, "spoken", "2025-04-01", ""),
    ]


def test_an_export_has_a_column_for_each_line_and_each_word_once(people: People) -> None:
    someone(people)
    asked = "name,place,country,address,step,due"
    book = load_workbook(BytesIO(exported(people, f"/contacts/export.xlsx?columns={asked}")))
    heads, row = ([cell.value for cell in line] for line in book.active.rows)
    told = dict(zip(heads, row, strict=True))
    assert len(heads) == len(set(heads)) == 5 + 2 + 15 + 1 + 3
    assert (told["Place"], told["Country"], told["Address · Other · Region"]) == (
        "Oulu",
        "Finland",
        "Lapland",
    )
    assert (told["Next step"], told["Next step due"].date()) == ("Call about the trial", NEXT)


@pytest.mark.parametrize("language", ["en", "ja", "fi", "th"])
def test_an_export_of_organizations_goes_in_again(language: str, people: People) -> None:
    where = [{"label": "billing", "street": "PL 5", "place": "Helsinki", "country": "FI"}]
    Organization(
        name="Aalto", reading="アールト", place="Oulu", country="FI", industry="food", size=5,
        domain="aalto.example", addresses=where, owner=people.dan,
    ).begin(people.dan)  # fmt: skip
    people.anna.language = language
    people.anna.save()
    asked = "name,reading,place,industry,size,domain,email,phone,address,owner"
    raw = exported(people, f"/organizations/export.csv?columns={asked}")
    assert loaded(people.anna, "organization", raw, "update").added == {"same": 1}
    Organization.objects.all().delete()
    imported = looked(people.anna, "organization", raw)
    assert imported.account["unused"] == []
    client_of(people.anna).post(at("load", imported), {})
    made = Organization.objects.get()
    assert (made.name, made.reading, made.place, made.country, made.industry, made.size, made.owner) == (
        "Aalto", "アールト", "Oulu", "FI", "food", 5, people.dan,
    )  # fmt: skip
    assert made.addresses == where


def test_many_consents_and_addresses_are_loaded_with_as_many_queries_a_row_as_few(
    people: People, django_assert_max_num_queries: Any
) -> None:
    for count in (20, 200):
        rows = "Name,Email,Street,Email consent,Next step,Due\n" + "".join(
            f"Person {n},p{n}@works.example,Street {n},yes,Call,2031-03-04\n" for n in range(count)
        )
        with django_assert_max_num_queries(40):
            looked(people.anna, "contact", rows)


@pytest.mark.parametrize(
    ("kind", "columns", "roles"),
    [
        (
            "contact",
            ["氏名", "郵便番号", "都道府県", "市区町村", "番地", "メール配信停止", "次回アクション", "次回予定日"],
            ["full_name", "visit_postcode", "visit_region", "visit_place", "visit_street", "refused_email",
             "next_step", "next_step_on"],
        ),
        (
            "contact",
            ["Etunimi", "Katuosoite", "Postinumero", "Postitoimipaikka", "Markkinointilupa", "Suostumuspäivä"],
            ["given", "visit_street", "visit_postcode", "visit_place", "consent_all", "consent_on"],
        ),
        (
            "organization",
            ["ชื่อบริษัท", "ที่อยู่", "รหัสไปรษณีย์", "จังหวัด", "ประเทศ"],
            ["name", "visit_street", "visit_postcode", "place", "country"],
        ),
        (
            "contact",
            ["Last Name", "Mailing Street", "Mailing City", "Mailing State/Province", "Mailing Zip/Postal Code",
             "Email Opt Out", "Do Not Call"],
            ["family", "visit_street", "visit_place", "visit_region", "visit_postcode", "refused_email",
             "refused_phone"],
        ),
    ],
    ids=["ja", "fi", "th", "en"],
)  # fmt: skip
def test_such_columns_are_known_by_their_names_in_four_languages(
    kind: str, columns: list[str], roles: list[str]
) -> None:
    assert [one.role for one in guess(kind, columns, [], called(kind, {}), {})] == roles


@pytest.mark.parametrize("text", ["", "2026-02-30", "31.2.2026", "tomorrow", "1.2.26", "2026-13-01"])
def test_what_is_no_day_is_none(text: str) -> None:
    with pytest.raises(NoDay):
        day_of(text)
