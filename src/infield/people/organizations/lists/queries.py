"""The list of organizations: by what they can be looked for, and what it shows."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from infield.finding.filters import Condition
from infield.finding.lists.around.queries import Around
from infield.finding.lists.columns.queries import Cell, Column, Row, by, number_cell
from infield.finding.lists.fields.queries import Field, any_of, by_words, due_choices, named
from infield.finding.lists.queries import Listing
from infield.finding.lists.wording import DUE
from infield.people.contacts.models import Contact
from infield.people.lists.parts.queries import (
    Things,
    common_columns,
    common_fields,
    firm_columns,
    firm_fields,
    plain,
    step_cell,
    usual,
)
from infield.people.lists.reach.queries import first_way
from infield.people.lists.wording import DEALS, GROUPS, LABELS, PEOPLE
from infield.people.organizations.models import Organization
from infield.people.organizations.queries import deals_model, open_deals_of, people_counted


def _deals(around: Around) -> Any:
    return deals_model().objects.visible_to(around.user).filter(organization=OuterRef("pk"))


def _by_step(things: Things, asked: Condition, around: Around) -> Things:
    """Narrow by the next day among its open deals; `none`: it has open deals and none of them says what comes next."""
    open_ = _deals(around).open()
    meanings = due_choices("next_step_on", around.today)
    none = Q(Exists(open_)) & ~Q(Exists(open_.exclude(next_step_on=None)))
    found = {key: Q(Exists(open_.filter(meant))) for key, meant in meanings.items()}
    return things.filter(any_of(asked, {**found, "none": none}))


def _by_deals(things: Things, asked: Condition, around: Around) -> Things:
    deals = _deals(around)
    meanings = {
        "open": Q(Exists(deals.open())),
        "won": Q(Exists(deals.filter(outcome="won"))),
        "none": ~Q(Exists(deals)),
    }
    return things.filter(any_of(asked, meanings))


def _by_people(things: Things, asked: Condition, _around: Around) -> Things:
    known = Q(Exists(Contact.objects.current().filter(organization=OuterRef("pk"))))
    return things.filter(any_of(asked, {"some": known, "none": ~known}))


def _name(row: Row, _around: Around) -> Cell:
    return Cell(row["name"], "is-name", note=row["reading"])


def _people(ids: Sequence[UUID], _around: Around) -> dict[UUID, int]:
    return people_counted(ids)


def _open_deals(ids: Sequence[UUID], around: Around) -> dict[UUID, tuple[int, Any]]:
    return open_deals_of(ids, around.user)


def _counted(key: str) -> Any:
    def cell(row: Row, around: Around) -> Cell:
        found = row["gathered"][key]
        return number_cell(found[0] if isinstance(found, tuple) else found, around)

    return cell


def _step(row: Row, around: Around) -> Cell:
    count, on = row["gathered"]["step"] or (0, None)
    return step_cell("", on, around, is_owed=count > 0)


ORGANIZATIONS = Listing(
    kind="organization",
    act="people",
    address="people:organizations",
    things=lambda user: Organization.objects.visible_to(user).filter(merged_into=None),
    usual=usual,
    groups=GROUPS["organization"],
    fields=common_fields(
        (
            *firm_fields(Organization),
            Field("domain", LABELS["domain"], "words", by_words("domain")),
            Field("deals", LABELS["deals"], "choices", _by_deals, named(DEALS)),
            Field("step", LABELS["step"], "choices", _by_step, named(DUE)),
            Field("people", LABELS["people"], "choices", _by_people, named(PEOPLE)),
        )
    ),
    columns=common_columns(
        (
            Column("name", LABELS["name"], ("name", "reading"), by("sort_key"), _name, is_certain=True),
            plain("reading"),
            *firm_columns(),
            plain("domain"),
            first_way("email", "emails"),
            first_way("phone", "phones"),
            first_way("address", "addresses"),
            Column("people", LABELS["people"], (), None, _counted("people"), "number", _people),
            Column("deals", LABELS["deals"], (), None, _counted("deals"), "number", _open_deals),
            Column("step", LABELS["step"], (), None, _step, gather=_open_deals),
        )
    ),
    default=("name", "place", "industry", "size", "people", "deals", "step", "owner"),
    sort="name",
    reads=("name", "archived_at"),
    name=lambda row: str(row["name"]),
)
