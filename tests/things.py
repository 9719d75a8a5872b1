"""The things of the app that have addresses of their own, and who may see each. THINGS has one entry a prefix.

Every thing is Dan's: the tests ask for it as Dan, as Cleo whom he reports to, as Bo who has nothing to do with
him, each in every role, and as nobody.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from tests.deals.world import CALL, World

from infield.accounts.roles import Role
from infield.deals.facts.kinds import Value
from infield.deals.models import Product
from infield.deals.papers.models import StoredFile
from infield.imports.models import Import
from infield.people.models import Contact
from infield.playbook.models import Material, RaisedObjection
from infield.playbook.stages.actions import Place, write
from infield.playbook.talks.actions import raise_objection
from infield.web.ids import to_text

BUYER = "Kuusinen Sawmills"
"""Stands on every thing; whoever may not see the thing must not read it."""
RELATIONS = ("own", "team", "stranger")
OPENED = {"own": {"own"}, "team": {"own", "team"}, "all": set(RELATIONS)}

type Sees = Callable[[Role, str], bool]


def by_owner(role: Role, relation: str) -> bool:
    """As deals are seen: by their owner, by those above, by roles that open all."""
    return relation in OPENED[role.opens]


def by_everyone(role: Role, relation: str) -> bool:
    """Whoever may open the address at all sees the thing."""
    return True


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


def imported(world: World) -> Thing:
    made = Import.objects.create(
        by=world.people.dan,
        state="read",
        files=[f"{BUYER}.csv"],
        totals={"deals": 2, "events": 5, "won": 1, "lost": 0},
    )
    return Thing({"pk": to_text(made.pk)}, act="imports")


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


THINGS: dict[str, Callable[[World], Thing]] = {
    "deals/": deal,
    "products/": product,
    "import/": imported,
    "playbook/material/": material,
    "playbook/undo/": change_of_the_playbook,
}
QUERIES = {"deals/<id:key>/timeline": "?before=99"}
"""What an address cannot do without."""


def thing_of(route: str) -> Callable[[World], Thing] | None:
    """Give what makes the thing of a route: the entry with the longest prefix."""
    prefixes = [prefix for prefix in THINGS if route.startswith(prefix)]
    return THINGS[max(prefixes, key=len)] if prefixes else None
