"""Writing the address book of the sample company: details, people, doubles to merge, leads in every state."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from itertools import count
from typing import Any

from django.db import transaction
from django.utils import timezone

from infield.accounts.models import User
from infield.desk.leads.actions import Conversion, convert
from infield.desk.sample_company.address_book.names import (
    COUNTRIES,
    DOUBLES,
    FAMILIES,
    GIVENS,
    INDUSTRIES,
    LEADS,
    PHONES,
    PLACES,
    STEPS,
    TITLES,
    Inquiry,
)
from infield.desk.sample_company.customers import TRADES
from infield.finding.models import Searched
from infield.people.contacts.actions import note_consent
from infield.people.contacts.models import Consent, Contact
from infield.people.doubles.actions import look
from infield.people.ideal.actions import add_rule
from infield.people.leads.models import Lead
from infield.people.models import Key, Organization
from infield.people.names import split_person
from infield.people.reach import keys_of
from infield.process.models import Process

AT_ONCE = 1_000
SIZES = (18, 45, 80, 130, 260, 420, 900)
EVERY_HOW_MANY_A_STEP = 3


def add_address_book(today: date) -> None:
    """Fill the address book of a sample company that has its organizations and deals."""
    with transaction.atomic():
        by = {user.role: user for user in User.objects.order_by("-joined_at", "-id")}
        organizations = list(Organization.objects.select_related("owner").order_by("sort_key", "id"))
        _detail(organizations)
        _people(organizations, today)
        _doubles(by)
        _ideal_client(by)
        for inquiry in LEADS:
            _lead(inquiry, by)
        look("organization", by["manager"])
        look("contact", by["manager"])


def _detail(organizations: list[Organization]) -> None:
    for place, one in enumerate(organizations):
        land = _land(one.name)
        one.country, one.place = COUNTRIES[land], PLACES[land][place % 5]
        one.industry, one.size = INDUSTRIES[place % 6], SIZES[place * 5 % 7]
        one.domain = f"{one.name.split()[0].lower()}-{place}.example".replace("ä", "a").replace("ö", "o")
        one.derive()
    fields = ["country", "place", "industry", "size", "domain"]
    Organization.objects.bulk_update(organizations, fields, batch_size=500)
    _found(organizations)


def _people(organizations: list[Organization], today: date) -> None:
    numbers = count()
    made = [contact for one in organizations for contact in _of(one, numbers, today)]
    Contact.objects.bulk_create(made, batch_size=AT_ONCE)
    _found(made)
    Consent.objects.bulk_create(
        (
            Consent(
                contact=one,
                channel="email",
                given=place % 9 != 0,
                source="card",
                on=today - timedelta(days=place % 300 + 1),
            )
            for place, one in enumerate(made)
            if place % 2
        ),
        batch_size=AT_ONCE,
    )


def _of(organization: Organization, numbers: Iterator[int], today: date) -> Iterator[Contact]:
    land = _land(organization.name)
    for place in range(1 + len(organization.name) % 2):
        number = next(numbers)
        family, given = FAMILIES[land][number % 9], GIVENS[land][number * 3 % 8]
        names = (
            {"family": family[0], "family_kana": family[1], "given": given[0], "given_kana": given[1]}
            if isinstance(family, tuple) and isinstance(given, tuple)
            else {"family": family, "given": given}
        )
        made = Contact(
            **names,
            culture=land,
            language=land,
            organization=organization,
            job_title=TITLES[land][(number + place) % 3],
            emails=[{"label": "work", "value": f"contact{number}@{organization.domain}"}],
            phones=[{"label": "work", "value": PHONES[land].format(number % 10_000)}],
            channel=("email", "phone", "meeting")[number % 3],
            owner=organization.owner,
            opened_by=organization.owner,
            **_step(land, number, today),
        )
        made.derive()
        yield made


def _step(land: str, number: int, today: date) -> dict[str, Any]:
    if number % EVERY_HOW_MANY_A_STEP:
        return {}
    return {"next_step": STEPS[land], "next_step_on": today + timedelta(days=number % 17 - 4)}


def _doubles(by: Mapping[str, User]) -> None:
    for name, reading, country, place, domain, phone in DOUBLES:
        Organization(
            name=name,
            reading=reading,
            country=country,
            place=place,
            domain=domain,
            phones=[{"label": "switchboard", "value": phone}],
            owner=by["rep"],
        ).begin(by["rep"])


def _ideal_client(by: Mapping[str, User]) -> None:
    keeper = by.get("operations") or by.get("admin")
    if keeper is None:
        return
    empty: dict[str, Any] = {"places": [], "industries": [], "least": None, "most": None, "question": ""}
    for told in (
        {"kind": "place", "places": ["FI", "GB", "JP", "TH"]},
        {"kind": "size", "least": 20, "most": 1_000},
        {
            "kind": "industry",
            "industries": ["food", "machinery", "manufacturing", "electronics", "transport"],
        },
        {"kind": "own", "question": "Runs two shifts or more"},
    ):
        add_rule({**empty, **told}, keeper)


def _lead(inquiry: Inquiry, by: Mapping[str, User]) -> None:
    marketer, seller = by.get("marketing") or by["manager"], by["rep"]
    lead = Lead(
        person=inquiry.person,
        company=inquiry.company,
        email=inquiry.email,
        phone=inquiry.phone,
        country=inquiry.country,
        industry=inquiry.industry,
        size=inquiry.size,
        source=inquiry.source,
        direction="outbound" if inquiry.source == "call" else "inbound",
        wanted=inquiry.wanted,
        language=inquiry.language,
        arrived_at=timezone.now() - timedelta(days=inquiry.days, hours=2),
    ).begin(marketer)
    told = {"channel": "email", "given": True, "source": "form", "on": timezone.now().date(), "note": ""}
    if inquiry.email:
        note_consent(lead, marketer, told)
    _to_its_end(lead, inquiry, marketer, seller)


def _to_its_end(lead: Lead, inquiry: Inquiry, marketer: User, seller: User) -> None:
    end = inquiry.end
    if end == "disqualified":
        lead.disqualify("not_a_fit", marketer, "Far too small for our lines.")
    if end in {"prospect", "qualified"}:
        lead.profile_as("prospect", marketer, "Asked the right questions on the phone.")
    if end == "qualified":
        lead.profile_as("qualified", marketer, "Budget and dates are known.")
    if end in {"handed", "accepted", "returned", "deal"}:
        lead.hand_over(seller, marketer, "Wants to hear from somebody who knows the line.")
    if end in {"accepted", "deal"}:
        lead.accept(seller)
    if end == "returned":
        lead.send_back("too_early", seller, "No project before next year.")
    if end == "deal":
        _convert(lead, inquiry, seller)


def _convert(lead: Lead, inquiry: Inquiry, seller: User) -> None:
    family, given = split_person(inquiry.person, inquiry.language)
    wished = Conversion(
        organization=None,
        organization_name=inquiry.company,
        contact=None,
        person={"family": family, "given": given, "culture": inquiry.language},
        title=inquiry.wanted.split("。")[0],
        version=Process.objects.order_by("created_at")[0].current(),
    )
    convert(lead, wished, seller)


def _found(records: list[Any]) -> None:
    """Let many records be found and compared at once."""
    Searched.objects.put_many((one, one.found_by()) for one in records)
    Key.objects.bulk_create(
        (
            Key(kind=kind, text=text, object_kind=one._meta.model_name or "", object_id=one.pk)
            for one in records
            for kind, text in sorted(keys_of(one.emails, one.phones, "", getattr(one, "domain", "")))
        ),
        batch_size=AT_ONCE,
    )


def _land(name: str) -> str:
    """Give the language of a customer, by the words of its trade."""
    return next(
        (land for land, trades in TRADES.items() if any(name.endswith(trade) for trade in trades)), "en"
    )
