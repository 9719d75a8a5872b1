"""What stands on the cards of organizations, contacts and leads: facts with the part of the form that changes each."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

from infield.accounts.models import User
from infield.people.contacts.models import Contact
from infield.people.contacts.queries import consents_of
from infield.people.doubles.queries import alike_of
from infield.people.facts import Fact
from infield.people.leads.handing.models import KEEPS_UNASSIGNED
from infield.people.leads.models import Lead
from infield.people.leads.queries import deal_of, hand_overs_of, lines_of, rules_on
from infield.people.leads.record.models import PROFILES
from infield.people.organizations.models import Organization
from infield.people.organizations.picture import Box, Tie, relations
from infield.people.organizations.queries import (
    DealRow,
    PersonRow,
    deals_model,
    deals_of,
    parts_of,
    people_of,
    roles_of,
    touched_at,
)
from infield.people.records.queries import changes_of
from infield.people.wording import (
    now_language,
    number,
    part_said,
    relations_said,
    source_said,
    way_said,
    when_said,
)
from infield.people.words.wording import (
    CHANNEL_NAMES,
    FIELDS,
    FITS,
    INDUSTRY_NAMES,
    LABEL_NAMES,
    PROFILE_NAMES,
    REASON_NAMES,
    country_name,
    language_name,
)


def organization_card(user: User, one: Organization) -> dict[str, Any]:
    """Give what stands on the card of an organization. 15 queries at most."""
    deals = deals_of(deals_model().objects.filter(organization=one), user, now_language())
    people = people_of(one, user)
    return {
        "relations": _relations(one, people, deals),
        "facts": (
            Fact("industry", FIELDS["industry"], str(INDUSTRY_NAMES.get(one.industry, ""))),
            Fact("size", FIELDS["size"], number(one.size)),
            Fact("place", FIELDS["place"], _place(one.place, one.country)),
            Fact("owner", FIELDS["owner"], str(one.owner or "")),
        ),
        "reach": (
            Fact("domain", FIELDS["domain"], lines=_web(one.domain)),
            Fact("phones", FIELDS["phones"], lines=_ways(one.phones, "tel:")),
            Fact("emails", FIELDS["emails"], lines=_ways(one.emails, "mailto:")),
            Fact("addresses", FIELDS["addresses"], lines=_ways(one.addresses)),
        ),
        "people": people,
        "deals": deals,
        "steps": [deal for deal in deals if deal.next_step_on and not deal.outcome],
        "changes": changes_of(one.pk),
        "alike": [] if one.archived_at else alike_of(one, user),
        "today": _today(user),
    }


def contact_card(user: User, one: Contact) -> dict[str, Any]:
    """Give what stands on the card of a contact. 15 queries at most."""
    consents = consents_of(one.consents.all())
    related = deals_model().objects.filter(organization=one.organization_id) if one.organization_id else None
    today = _today(user)
    return {
        "name": one.called,
        "facts": (
            Fact("organization", FIELDS["organization"], str(one.organization or "")),
            Fact("job_title", FIELDS["job_title"], one.job_title),
            Fact("channel", FIELDS["channel"], str(CHANNEL_NAMES.get(one.channel, ""))),
            Fact("language", FIELDS["language"], language_name(one.language)),
            Fact("opened_by", FIELDS["opened_by"], str(one.opened_by or "")),
            Fact("owner", FIELDS["owner"], str(one.owner or "")),
        ),
        "reach": (
            Fact("emails", FIELDS["emails"], lines=_ways(one.emails, "mailto:")),
            Fact("phones", FIELDS["phones"], lines=_ways(one.phones, "tel:")),
            Fact("addresses", FIELDS["addresses"], lines=_ways(one.addresses)),
        ),
        "consents": consents,
        "roles": roles_of([one.pk], user).get(one.pk, ()),
        "touched": touched_at([one.pk]).get(one.pk),
        "deals": deals_of(related, user, now_language()) if related is not None else [],
        "due_state": _due_state(one.next_step_on, today),
        "changes": changes_of(one.pk),
        "alike": [] if one.archived_at else alike_of(one, user),
        "today": today,
    }


def lead_card(user: User, one: Lead) -> dict[str, Any]:
    """Give what stands on the card of a lead. 18 queries at most."""
    overs = hand_overs_of(one, datetime.now(UTC))
    waiting = next((over for over in overs if not over.accepted_at and not over.returned_at), None)
    return {
        "facts": (
            Fact("source", FIELDS["source"], source_said(one.source, one.direction)),
            Fact("arrived_at", FIELDS["arrived_at"], when_said(one.arrived_at)),
            Fact("place", FIELDS["place"], _place(one.place, one.country)),
            Fact("industry", FIELDS["industry"], str(INDUSTRY_NAMES.get(one.industry, ""))),
            Fact("size", FIELDS["size"], number(one.size)),
        ),
        "reach": (
            Fact("email", FIELDS["email"], lines=_ways(_one(one.email), "mailto:")),
            Fact("phone", FIELDS["phone"], lines=_ways(_one(one.phone), "tel:")),
            Fact("website", FIELDS["website"], lines=_web(one.website)),
        ),
        "consents": consents_of(one.consents.all()),
        "rules": rules_on(one),
        "hand_overs": overs,
        "waiting": waiting,
        "is_for_me": bool(waiting and waiting.to_id == user.pk),
        "lines": lines_of(one),
        "deal": deal_of(one, user),
        "alike": [] if one.converted_at or one.archived_at else alike_of(one, user),
        "profiles": [(key, str(PROFILE_NAMES[key])) for key in PROFILES if key != "disqualified"],
        "because": str(REASON_NAMES.get(one.disqualified_for, "")),
        "fit_name": str(FITS[one.fit]),
        "can_answer": user.role in KEEPS_UNASSIGNED,
        "may_sell": user.writes,
        "may_set": user.may("settings"),
        "today": _today(user),
    }


def _relations(one: Organization, people: Sequence[PersonRow], deals: Sequence[DealRow]) -> str:
    """Draw who has which part in which deal, those with a part first; "" where there is nothing to draw."""
    parts = parts_of([row.id for row in people], [row.id for row in deals]) if people and deals else []
    if not parts:
        return ""
    with_part, with_people = {part[0] for part in parts}, {part[1] for part in parts}
    persons = sorted(people, key=lambda row: row.id not in with_part)
    sales = sorted(
        (row for row in deals if row.id in with_people or not row.outcome),
        key=lambda row: row.id not in with_people,
    )
    places = {row.id: place for place, row in enumerate(persons)}
    at = {row.id: place for place, row in enumerate(sales)}
    said = (
        part_said(persons[places[person]].name.full, role, sales[at[deal]].title)
        for person, deal, role in parts
    )
    return relations(
        one.name,
        [Box(row.name.full, ", ".join(row.roles) or row.job_title) for row in persons],
        [Box(row.title, row.stage) for row in sales],
        [Tie(places[person], at[deal], role) for person, deal, role in parts],
        relations_said(one.name, said),
    )


def _ways(ways: Iterable[Mapping[str, str]], scheme: str = "") -> tuple[tuple[str, str, str], ...]:
    """Give each way with its kind, what to show and where it leads."""
    return tuple(
        (
            str(LABEL_NAMES.get(way.get("label", ""), "")),
            way_said(way),
            scheme + way["value"].replace(" ", "") if scheme and "value" in way else "",
        )
        for way in ways
    )


def _web(domain: str) -> tuple[tuple[str, str, str], ...]:
    return (("", domain, f"https://{domain}" if "." in domain else ""),) if domain else ()


def _one(value: str) -> list[dict[str, str]]:
    return [{"value": value}] if value else []


def _place(place: str, country: str) -> str:
    return ", ".join(part for part in (place, country_name(country)) if part)


def _due_state(day: date | None, today: date) -> str:
    if day is None:
        return "is-missing"
    return "is-late" if day < today else "is-today" if day == today else "is-planned"


def _today(user: User) -> date:
    return datetime.now(user.tzinfo).date()
