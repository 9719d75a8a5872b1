"""The things of the app that have addresses of their own, and who may see each. THINGS has one entry a prefix.

Every thing is Dan's: the tests ask for it as Dan, as Cleo whom he reports to, as Bo who has nothing to do with
him, each in every role, and as nobody.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from tests.deals.world import CALL, World

from infield.accounts.roles import Role
from infield.fields.models import Field
from infield.finding.models import SavedView
from infield.imports.models import Import
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
    field = Field.objects.create(object_kind="deal", key="own_plant", label="Plant", type="text", place=1)
    values = {
        "key": to_text(made.pk),
        "event": to_text(event.pk),
        "what": "amount",
        "field": to_text(field.pk),
    }
    return Thing(values)


def deals_of_a_list(world: World) -> Thing:
    """A list is for everyone; what it holds is narrowed to who asks."""
    return Thing({"what": "owner", "kind": "csv"}, by_everyone, act="")


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


THINGS: dict[str, Callable[[World], Thing]] = {
    "deals/": deal,
    "deals/change/": deals_of_a_list,
    "deals/export.": deals_of_a_list,
    "import/": imported,
    "settings/fields/": own_field,
    "views/": kept_view,
}
QUERIES = {"deals/<id:key>/timeline": "?before=99"}
"""What an address cannot do without."""


def thing_of(route: str) -> Callable[[World], Thing] | None:
    """Give what makes the thing of a route: the entry with the longest prefix."""
    prefixes = [prefix for prefix in THINGS if route.startswith(prefix)]
    return THINGS[max(prefixes, key=len)] if prefixes else None
