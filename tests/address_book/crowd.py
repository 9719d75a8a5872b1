"""A small address book with something of each kind in it, for the tests of its lists."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.test import Client
from tests.deals.world import World

from infield.accounts.models import User
from infield.people.models import Consent, Contact, Lead, Organization

TODAY = datetime.now(UTC).date()

HTMX = {"HX-Request": "true"}
KINDS = ("organization", "contact", "lead")


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def _days(days: int) -> date:
    return TODAY + timedelta(days=days)


@dataclass(frozen=True, slots=True)
class Crowd:
    """Organizations, contacts and leads by a short name each."""

    world: World
    organizations: dict[str, Organization]
    contacts: dict[str, Contact]
    leads: dict[str, Lead]

    def all_of(self, kind: str) -> dict[str, Any]:
        found: dict[str, Any] = getattr(self, f"{kind}s")
        return found


def gather(world: World) -> Crowd:
    """Save them. Dan owns most; Bo, Emil and nobody own one each."""
    people = world.people
    dan = people.dan

    def firm(name: str, owner: User | None = dan, **others: Any) -> Organization:
        return Organization(name=name, owner=owner, **others).begin(dan)

    organizations = {
        "aalto": firm("Aalto Foods Oy", country="FI", place="Ähtäri", industry="food", size=40),
        "zeta": firm(
            "Zeta", people.bo, country="DE", place="Köln", industry="retail", size=900, domain="zeta.example"
        ),
        "yamada": firm("山田製作所", None, reading="ヤマダ", country="JP", industry="machinery"),
        "gone": firm("Gone Ltd", country="FI"),
    }
    organizations["gone"].archive(dan)
    world.deal(organization="Aalto Foods Oy").set_next_step(_step(2), dan)
    world.deal(organization="Zeta", owner=people.bo)

    def person(family: str, owner: User | None = dan, **others: Any) -> Contact:
        return Contact(**{"family": family, "given": "A", "owner": owner, **others}).begin(dan)

    contacts = {
        "taro": person("山田", given="太郎", family_kana="ヤマダ", culture="ja", organization=organizations["yamada"],
                       language="ja", next_step="Call", next_step_on=_days(0)),
        "eeva": person("Öljy", culture="fi", organization=organizations["aalto"], channel="email", job_title="Ostaja",
                       next_step="Visit", next_step_on=_days(-3)),
        "carl": person("Carlsen", people.bo, channel="phone", job_title="Buyer"),
        "left": person("Left", None, no_contact_because="Asked us not to"),
        "gone": person("Gone"),
    }  # fmt: skip
    contacts["gone"].archive(dan)
    _consent(contact=contacts["eeva"], channel="email", given=True, on=_days(-9))
    _consent(contact=contacts["eeva"], channel="email", given=False, on=_days(-2))
    _consent(contact=contacts["carl"], channel="all", given=True, on=_days(-2))

    def lead(person_: str, owner: User | None = dan, **others: Any) -> Lead:
        return Lead(**{"person": person_, "owner": owner, **others}).begin(people.ada)

    leads = {
        "fresh": lead("Fresh", source="web", country="FI", size=20, direction="inbound"),
        "fair": lead("Fair", people.bo, source="fair", company="Öster Oy", direction="outbound"),
        "no": lead("No", source="web"),
        "open": lead("Unowned", None, source="call", wanted="Two lines"),
        "handed": lead("Handed", people.mia, source="mail"),
    }
    leads["no"].disqualify("no_money", dan)
    leads["handed"].hand_over(dan, people.mia)
    return Crowd(world, organizations, contacts, leads)


def _step(days: int) -> Any:
    from infield.deals.models import NextStep

    return NextStep("Call", _days(days), "call")


def _consent(**told: Any) -> None:
    Consent.objects.create(source="form", **told)
