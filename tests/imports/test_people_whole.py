"""An export of people holds everything of a kind, with what each is for, and an import takes all of it in again."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from tests.imports.rows import at, client_of, loaded, looked, undone
from tests.people import People

from infield.imports.models import Import
from infield.people.contacts.actions import note_consent
from infield.people.models import Consent, Contact, Lead, Organization

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("jobs_run_at_once")]

LANGUAGES = ("en", "ja", "fi", "th")
EMAILS = [
    {"label": "work", "value": "e@aalto.example"},
    {"label": "home", "value": "e@home.example"},
    {"label": "other", "value": "e@club.example"},
]
PHONES = [
    {"label": "mobile", "value": "+358 40 123 4567"},
    {"label": "work", "value": "(09) 123 4567 (ext. 4)"},
]
ADDRESSES = [
    {"label": "visit", "street": "Kauppatori 1", "postcode": "90100", "place": "Oulu", "country": "FI"},
    {"label": "billing", "street": 'PL 5; "Ostot"', "place": "Helsinki"},
    {"label": "visit", "street": "Satamatie 3", "place": "大阪", "country": "JP"},
    {"label": "billing", "region": "Lapland", "place": "Ii"},
]
WORDS = (
    ("email", True, "form", date(2024, 1, 1), ""),
    ("email", False, "spoken", date(2024, 6, 1), "At the fair; quite sure"),
    ("email", True, "other", date(2025, 4, 1), "Webinar 2025"),
    ("phone", False, "mail", date(2025, 4, 1), ""),
    ("all", True, "contract", date(2025, 5, 1), ""),
)


def speaking(people: People, language: str) -> None:
    people.anna.language = language
    people.anna.save()


def say(of: Contact | Lead, people: People) -> None:
    names = ("channel", "given", "source", "on", "note")
    for word in WORDS:
        note_consent(of, people.dan, dict(zip(names, word, strict=True)))


def said(of: Contact | Lead) -> set[tuple[Any, ...]]:
    return set(of.consents.values_list("channel", "given", "source", "on", "note"))


def exported(people: People, address: str) -> bytes:
    return b"".join(client_of(people.anna).get(address).streaming_content)  # type: ignore[attr-defined]


def taken_in_again(people: People, kind: str, raw: bytes, form: str) -> Import:
    """Bring a file in where nothing is, with every column of it."""
    imported = looked(people.anna, kind, raw, f"people.{form}")
    assert (imported.account["unused"], imported.rejected) == ([], [])
    client_of(people.anna).post(at("load", imported), {})
    return imported


def alike(ways: list[dict[str, str]], others: list[dict[str, str]]) -> bool:
    """Tell whether they are the same, and those of a kind in the same order."""
    return sorted(ways, key=_kind) == sorted(others, key=_kind)


def _kind(way: Mapping[str, str]) -> str:
    return way["label"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_contacts_come_back_with_all_that_is_known_of_them(language: str, form: str, people: People) -> None:
    eeva = Contact(
        family="Kuusinen", given="Eeva", culture="fi", owner=people.dan, emails=EMAILS, phones=PHONES,
        addresses=ADDRESSES,
    ).begin(people.dan)  # fmt: skip
    say(eeva, people)
    speaking(people, language)
    raw = exported(people, f"/contacts/export.{form}?columns=name,email,phone,address,consent,owner")
    if form == "csv":
        assert loaded(people.anna, "contact", raw, "update").added == {"same": 1}
    Consent.objects.all().delete()
    Contact.objects.all().delete()
    taken_in_again(people, "contact", raw, form)
    made = Contact.objects.get()
    assert (made.emails, made.phones) == (EMAILS, PHONES)
    assert alike(made.addresses, ADDRESSES)
    assert said(made) == set(WORDS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_organizations_come_back_with_all_that_is_known_of_them(language: str, people: People) -> None:
    phones = [
        {"label": "switchboard", "value": "+358 9 123 4567"},
        {"label": "mobile", "value": "040 1234567"},
    ]
    emails = [
        {"label": "billing", "value": "ap@aalto.example"},
        {"label": "work", "value": "hi@aalto.example"},
    ]
    Organization(
        name="Aalto", place="Oulu", country="FI", emails=emails, phones=phones, addresses=ADDRESSES, owner=people.dan
    ).begin(people.dan)  # fmt: skip
    speaking(people, language)
    raw = exported(people, "/organizations/export.csv?columns=name,place,email,phone,address,owner")
    assert loaded(people.anna, "organization", raw, "update").added == {"same": 1}
    Organization.objects.all().delete()
    taken_in_again(people, "organization", raw, "csv")
    made = Organization.objects.get()
    assert (made.emails, made.phones) == (emails, phones)
    assert alike(made.addresses, ADDRESSES)


LEAD_COLUMNS = "name,company,job_title,email,phone,website,consent,place,industry,size,wanted,source,owner"


@pytest.mark.parametrize("language", LANGUAGES)
def test_leads_come_back_with_all_that_is_known_of_them(language: str, people: People) -> None:
    now = datetime.now(UTC)
    kept = {
        "person": "山田 太郎", "company": "山田製作所", "job_title": "部長", "email": "y@yamada.example",
        "phone": "03-1234-5678", "website": "yamada.example", "place": "大阪", "country": "JP", "industry": "food",
        "size": 12, "wanted": "=見積もり", "source": "web", "owner": people.dan,
    }  # fmt: skip
    lead = Lead(arrived_at=now, **kept).begin(people.dan)
    say(lead, people)
    nobody = Lead(
        arrived_at=now - timedelta(days=1), company="Bergs", email="b@bergs.example", source="web", owner=people.dan,
    )  # fmt: skip
    nobody.begin(people.dan)
    speaking(people, language)
    raw = exported(people, f"/leads/export.csv?columns={LEAD_COLUMNS}&sort=-arrived")
    assert loaded(people.anna, "lead", raw, "update").added == {"same": 2}
    imported = loaded(people.anna, "lead", raw, "new")
    assert imported.added == {"new": 2}
    first, second = Lead.objects.exclude(pk__in=(lead.pk, nobody.pk)).order_by("company")
    assert (first.person, first.company) == ("", "Bergs")
    assert {name: getattr(second, name) for name in kept} == kept
    assert said(second) == set(WORDS)
    assert undone(people.anna, imported).kept == []
    assert Consent.objects.count() == len(WORDS)


def test_further_addresses_are_added_and_those_that_are_here_are_not_again(people: People) -> None:
    here = Organization(name="Aalto", addresses=[ADDRESSES[0]], owner=people.dan).begin(people.dan)
    cell = '"For visits;Satamatie 3;;Turku;;suomi\n\nBilling;PL 5\nfor visits;kauppatori 1;90100;Oulu;;FI"'
    imported = loaded(people.anna, "organization", f"Company,Address · Further\nAalto,{cell}\n", "update")
    here.refresh_from_db()
    assert here.addresses == [
        ADDRESSES[0],
        {"label": "visit", "street": "Satamatie 3", "place": "Turku", "country": "FI"},
        {"label": "billing", "street": "PL 5"},
    ]
    undone(people.anna, imported)
    here.refresh_from_db()
    assert here.addresses == [ADDRESSES[0]]


def test_a_kind_that_nobody_knows_stays_with_the_number(people: People) -> None:
    loaded(people.anna, "contact", "Name,Phone\nEeva,+358 40 1234567 （携帯）; 123 4567 (Pekka)\n")
    assert Contact.objects.get().phones == [
        {"label": "mobile", "value": "+358 40 1234567"},
        {"label": "work", "value": "123 4567 (Pekka)"},
    ]


def test_a_word_is_noted_once_though_it_stands_in_two_columns(people: People) -> None:
    text = (
        "Name,Consent · E-mail,Consent · E-mail · Where it was said,Consent · E-mail · Day it was said,"
        'Consent · Every word\nEeva,Given,Web form,2025-04-01,"E-mail;Given;Web form;2025-04-01;Twice said\n'
        'E-mail;Withdrawn;Spoken;2025-04-02"\n'
    )
    loaded(people.anna, "contact", text)
    words = set(Consent.objects.values_list("given", "source", "on", "note"))
    assert words == {
        (True, "form", date(2025, 4, 1), "Twice said"),
        (False, "spoken", date(2025, 4, 2), ""),
    }
    assert Consent.objects.count() == 2


def test_a_name_comes_without_signs_that_make_it_read_as_another(people: People) -> None:
    name = "Aalto \u202egpj\u2066.exe\u2069"
    loaded(people.anna, "contact", f"Last name,Company\n{name},{name}\n")
    assert Contact.objects.get().family == "Aalto gpj.exe"
    assert Organization.objects.get().name == "Aalto gpj.exe"


@pytest.mark.parametrize(
    ("column", "cell", "why"),
    [
        ("Address · Further", "Castle;Kauppatori 1", "Write each address in a line of its own"),
        ("Address · Further", "Billing;a;b;c;d;Finland;f", "Write each address in a line of its own"),
        ("Address · Further", "Billing;a;b;c;d;Atlantis", "No country is called so."),
        ("Address · Further", f"Billing;{'x' * 201}", "That is too long."),
        ("Address · Further", f"Billing;{'x;' * 10_001}", "That is too long."),
        ("Consent · Every word", "E-mail;Given", "Write each word in a line of its own"),
        ("Consent · Every word", "Pigeon;Given;Spoken;2025-04-01", "Write each word in a line of its own"),
        ("Consent · Every word", "E-mail;;Spoken;2025-04-01", "Write each word in a line of its own"),
        ("Consent · Every word", "E-mail;Maybe;Spoken;2025-04-01", "Write yes or no."),
        ("Consent · Every word", "E-mail;Given;Spoken;soon", "That is no day of the calendar."),
        ("Consent · Every word", "E-mail;Given;Spoken;2999-01-01", "That day is still to come."),
        ("Consent · Every word", f"E-mail;Given;Spoken;2025-04-01;{'x' * 501}", "That is too long."),
    ],
    ids=[
        "kind", "parts", "country", "line", "cell", "short", "channel", "no word", "word", "day", "future", "note",
    ],
)  # fmt: skip
def test_a_cell_that_cannot_be_read_is_told_with_its_column(
    people: People, column: str, cell: str, why: str
) -> None:
    imported = looked(people.anna, "contact", f'Name,{column}\nEeva,"{cell}"\n')
    (rejected,) = imported.rejected
    assert rejected["params"]["field"] == column
    assert rejected["params"]["why"].startswith(why)
    assert not Contact.objects.exists()
