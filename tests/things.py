"""The things of the app that have addresses of their own, and who may see each. THINGS has one entry a prefix.

Every thing is Dan's: the tests ask for it as Dan, as Cleo whom he reports to, as Bo who has nothing to do with
him, each in every role, and as nobody.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from tests.deals.world import CALL, FRIDAY, World

from infield.accounts.models import Link
from infield.accounts.roles import Role
from infield.accounts.users.actions import change
from infield.activities.actions import move, plan
from infield.activities.following.actions import enrol
from infield.activities.models import Cadence, Reminder
from infield.activities.said import Plan
from infield.deals.facts.kinds import Value
from infield.deals.models import Product
from infield.deals.papers.models import StoredFile
from infield.fields.models import Field
from infield.finding.models import SavedView
from infield.imports.models import Import
from infield.people.models import Contact, IdealRule, Lead, LikelyDouble, Organization
from infield.playbook.models import Material, Proposal, RaisedObjection
from infield.playbook.proposals.actions import accept, propose
from infield.playbook.stages.actions import Place, write
from infield.playbook.talks.actions import raise_objection
from infield.web.ids import to_text

BUYER = "Kuusinen Sawmills"
"""Stands on every thing; whoever may not see the thing must not read it."""
PEOPLE = ("organizations", "contacts", "leads")
RELATIONS = ("own", "team", "stranger")
OPENED = {"own": {"own"}, "team": {"own", "team"}, "all": set(RELATIONS)}

type Sees = Callable[[Role, str], bool]


def by_owner(role: Role, relation: str) -> bool:
    """As deals are seen: by their owner, by those above, by roles that open all."""
    return relation in OPENED[role.opens]


def by_everyone(role: Role, relation: str) -> bool:
    """Whoever may open the address at all sees the thing."""
    return True


def by_themselves(role: Role, relation: str) -> bool:
    """Nobody else sees it, whatever their role."""
    return relation == "own"


def by_nobody(role: Role, relation: str) -> bool:
    """There is no such thing here."""
    return False


@dataclass(frozen=True, slots=True)
class Thing:
    """What stands in its addresses, who sees it, and which of roles.ACTS one needs to change it ("" for none)."""

    values: Mapping[str, str]
    seen: Sees = by_owner
    act: str = "deals"


def deal(world: World) -> Thing:
    made = world.deal(organization=BUYER)
    event = made.set_next_step(CALL, world.people.dan).event
    assert event
    raise_objection(made, world.people.dan, "no_time")
    contact = Contact.objects.create(family="Kuusinen", given="Eeva")
    made.set_stakeholder(contact, "champion", world.people.dan)
    made.note("need", Value(text="Fewer stops"), world.people.dan)
    stored = default_storage.save("offer.txt", ContentFile(b"The offer"))
    made.add_document(
        "proposal", "The offer", world.people.dan, file=StoredFile(stored, "text/plain", len(b"The offer"))
    )
    values = {"key": made.pk, "event": event.pk, "contact": contact.pk, "document": made.documents.get().pk}
    values["raised"] = RaisedObjection.objects.get(deal=made).pk
    return Thing(
        {name: to_text(pk) for name, pk in values.items()}
        | {"what": "amount", "field": "need", "form": "bant"}
    )


def product(world: World) -> Thing:
    made = Product.objects.create(name="Palletiser")
    return Thing({"key": to_text(made.pk)}, by_everyone, "playbook")


def own_field_of_a_deal(world: World) -> Thing:
    field = Field.objects.create(object_kind="deal", key="own_plant", label="Plant", type="text", place=1)
    return Thing({**deal(world).values, "field": to_text(field.pk)})


def own_field_of(kind: str, make: Callable[[World], Thing]) -> Callable[[World], Thing]:
    """Give what makes a record with a field of one's own."""

    def made(world: World) -> Thing:
        field = Field.objects.create(object_kind=kind, key="own_plant", label="Plant", type="text", place=1)
        thing = make(world)
        return replace(thing, values={**thing.values, "field": to_text(field.pk)})

    return made


def deals_of_a_list(world: World) -> Thing:
    """A list is for everyone; what it holds is narrowed to who asks."""
    return Thing({"what": "owner", "kind": "csv", "form": "csv"}, by_everyone, act="")


def kept_view(world: World) -> Thing:
    made = SavedView.objects.keep(world.people.dan, "deal", BUYER, "table", "?stage=need")
    return Thing({"key": to_text(made.pk)}, lambda _role, relation: relation == "own", act="")


def own_field(world: World) -> Thing:
    made = Field.objects.create(object_kind="deal", key="own_plant", label=BUYER, type="text", place=1)
    return Thing({"field": to_text(made.pk), "kind": "deal"}, by_everyone, act="settings")


def imported(world: World) -> Thing:
    made = Import.objects.create(
        by=world.people.dan,
        state="read",
        files=[f"{BUYER}.csv"],
        totals={"deals": 2, "events": 5, "won": 1, "lost": 0},
    )
    return Thing({"pk": to_text(made.pk)}, act="imports")


def account(world: World) -> Thing:
    act = change(world.people.emil, world.people.ada, {"name": BUYER})
    assert act
    return Thing({"key": to_text(world.people.emil.pk), "act": to_text(act)}, by_everyone, act="users")


def invitation(world: World) -> Thing:
    return Thing({"token": Link.begin(world.people.emil, Link.JOIN, None)}, by_everyone, act="")


def reset(world: World) -> Thing:
    return Thing({"token": Link.begin(world.people.emil, Link.PASSWORD, None)}, by_everyone, act="")


def passkey(world: World) -> Thing:
    data = {"name": BUYER, "credential": {}}
    kept = Authenticator.objects.create(user=world.people.dan, type=Authenticator.Type.WEBAUTHN, data=data)
    return Thing({"pk": str(kept.pk)}, by_themselves, act="")


def session(world: World) -> Thing:
    kept = UserSession.objects.create(user=world.people.dan, ip="192.0.2.7", session_key="somewhere")
    return Thing({"key": str(kept.pk)}, by_themselves, act="")


def sign_on(world: World) -> Thing:
    return Thing({"provider_id": "company"}, by_nobody, act="")


def organization(world: World) -> Thing:
    made = Organization(name=BUYER, owner=world.people.dan).begin(world.people.dan)
    act = made.change(world.people.dan, place="Kuopio").act
    assert act
    values = {"key": to_text(made.pk), "act": to_text(act), "what": "place"}
    return Thing(values, seen=by_everyone, act="people")


def contact(world: World) -> Thing:
    made = Contact(family=BUYER, given="Eino", owner=world.people.dan).begin(world.people.dan)
    act = made.change(world.people.dan, job_title="Buyer").act
    assert act
    values = {"key": to_text(made.pk), "act": to_text(act), "what": "job_title"}
    return Thing(values, seen=by_everyone, act="people")


def lead(world: World) -> Thing:
    made = Lead(person="Eino", company=BUYER, owner=world.people.dan).begin(world.people.dan)
    act = made.profile_as("prospect", world.people.dan).act
    assert act
    rule = IdealRule.objects.create(kind="own", question="Two sites")
    values = {"key": to_text(made.pk), "act": to_text(act), "what": "place", "rule": to_text(rule.pk)}
    return Thing(values, act="people")


def double(world: World) -> Thing:
    first, second = (
        Organization(name=f"{BUYER}{more}", owner=world.people.dan).begin(world.people.dan)
        for more in ("", " Oy")
    )
    pair = sorted((first.pk, second.pk))
    made = LikelyDouble.objects.create(
        kind="organization", first=pair[0], second=pair[1], score=100, found_at=datetime.now(UTC)
    )
    return Thing({"key": to_text(made.pk)}, seen=by_everyone, act="people")


def ideal_rule(world: World) -> Thing:
    made = IdealRule.objects.create(kind="own", question=BUYER)
    return Thing({"key": to_text(made.pk)}, seen=by_everyone, act="settings")


def handed(world: World) -> Thing:
    made = Lead(person="Eeva", company=BUYER).begin(world.people.mia)
    event = made.hand_over(world.people.dan, world.people.mia).act
    assert event
    return Thing({"key": to_text(made.pk), "event": to_text(event)}, act="people")


def activity(world: World) -> Thing:
    made = plan(world.deal(organization=BUYER), Plan(what="Visit", on=FRIDAY), world.people.dan)
    act = move(made, FRIDAY + timedelta(days=1), world.people.dan)
    return Thing({"key": to_text(made.pk), "act": to_text(act)})


def series(world: World) -> Thing:
    made = enrol(world.deal(organization=BUYER), cadence_of_one(), world.people.dan)
    return Thing({"key": to_text(made.pk)})


def cadence(world: World) -> Thing:
    return Thing({"key": to_text(cadence_of_one().pk)}, by_everyone, act="playbook")


def cadence_of_one() -> Cadence:
    made = Cadence.objects.create(name="Three calls")
    made.steps.create(place=1, wait_days=3, kind="call", what="Ask how it goes")
    return made


def reminder(world: World) -> Thing:
    planned = plan(None, Plan(what=BUYER, on=FRIDAY), world.people.dan)
    made = Reminder.objects.create(activity=planned, user=world.people.dan, at=datetime.now(UTC))
    return Thing({"key": to_text(made.pk)}, by_themselves, act="")


def material(world: World) -> Thing:
    """One for everybody: guidance is the company's."""
    made = Material.objects.create(
        process=world.version.process,
        stage="need",
        name=BUYER,
        file=ContentFile(b"Ten usual stops", "stops.txt"),
    )
    return Thing({"key": to_text(made.pk)}, by_everyone, "playbook")


def change_of_the_playbook(world: World) -> Thing:
    place = Place(world.version.process, "need", "closing")
    return Thing({"key": to_text(write(place, world.people.anna, "en", BUYER))}, by_everyone, "playbook")


def proposal(world: World) -> Thing:
    propose(world.deal(), world.people.dan, "en", "hint", BUYER)
    return Thing({"key": to_text(Proposal.objects.get().pk)}, by_everyone, "playbook")


def decided_proposal(world: World) -> Thing:
    propose(world.deal(), world.people.dan, "en", "hint", BUYER)
    act = accept(Proposal.objects.get().pk, world.people.anna, BUYER)
    return Thing({"key": to_text(act)}, by_everyone, "playbook")


def own_decided_proposal(world: World) -> Thing:
    decided = decided_proposal(world)
    return replace(decided, values={"key": to_text(Proposal.objects.get().pk)}, seen=by_themselves, act="")


THINGS: dict[str, Callable[[World], Thing]] = {
    "deals/": deal,
    "deals/<id:key>/own/": own_field_of_a_deal,
    **{f"{kind}/change/": deals_of_a_list for kind in ("deals", *PEOPLE)},
    **{f"{kind}/export.": deals_of_a_list for kind in ("deals", *PEOPLE)},
    "settings/fields/": own_field,
    "views/": kept_view,
    "products/": product,
    **{f"{act}/deals/": deal for act in ("log", "next", "move", "following")},
    **{f"{act}/leads/": lead for act in ("log", "next", "following")},
    **{f"{act}/contacts/": contact for act in ("log", "next", "move", "following")},
    "hand-overs/": handed,
    "activities/": activity,
    "series/": series,
    "cadences/": cadence,
    "reminders/": reminder,
    "import/": imported,
    "users/": account,
    "join/": invitation,
    "new-password/": reset,
    "security/passkeys/": passkey,
    "security/sessions/": session,
    "sign-in/": sign_on,
    "organizations/<id:key>/own/": own_field_of("organization", organization),
    "contacts/<id:key>/own/": own_field_of("contact", contact),
    "leads/<id:key>/own/": own_field_of("lead", lead),
    "organizations/": organization,
    "contacts/": contact,
    "leads/": lead,
    "doubles/": double,
    "ideal-client/": ideal_rule,
    "playbook/material/": material,
    "playbook/undo/": change_of_the_playbook,
    "playbook/proposals/": proposal,
    "reminders/proposals/": own_decided_proposal,
    "playbook/proposals/undo/": decided_proposal,
}
SHARED = frozenset({"organizations", "organizations/alike", "doubles"})
"""Lists of the address book: there everybody reads the name of an organization, though not of its deals."""
QUERIES = {"deals/<id:key>/timeline": "?before=99"}
"""What an address cannot do without."""


def thing_of(route: str) -> Callable[[World], Thing] | None:
    """Give what makes the thing of a route: the entry with the longest prefix."""
    prefixes = [prefix for prefix in THINGS if route.startswith(prefix)]
    return THINGS[max(prefixes, key=len)] if prefixes else None
