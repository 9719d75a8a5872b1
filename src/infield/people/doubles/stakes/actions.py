"""The part that a person has in decisions of deals, when two records of that person become one, and back.

Rows are those of the deals' room, reached by the relation: deal, contact, role, and the event that says so. Each move
is told in the log, where a part is known by its person.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from infield.accounts.models import User
from infield.history.actions import record
from infield.history.models import Event
from infield.people.contacts.models import Contact


def stakes_moved(stakes: Any, kept: Contact, gone: Contact, by: User) -> list[dict[str, str]]:
    """Give the parts of `gone` to `kept`; where `kept` has one in the same deal, that one stays alone.

    Gives what `stakes_back` needs: deal, role, and the row that moved ("" for one that was left out).
    """
    there = set(stakes.filter(contact=kept).values_list("deal", flat=True))
    moved = []
    for row in stakes.filter(contact=gone).select_related("deal").order_by("pk"):
        _tell(row.deal, gone, "", by)
        is_double = row.deal_id in there
        if is_double:
            row.delete()
        else:
            _give(row, kept, by)
        moved.append(
            {"deal": str(row.deal_id), "role": row.role, "row": "" if is_double else str(row.pk)},
        )
    return moved


def stakes_back(
    stakes: Any, kept: Contact, gone: Contact, moved: Iterable[Mapping[str, str]], by: User
) -> None:
    """Undo `stakes_moved`, as far as nobody changed those parts since."""
    for one in moved:
        if one["row"]:
            row = stakes.filter(pk=one["row"], contact=kept).select_related("deal").first()
            if row:
                _tell(row.deal, kept, "", by)
                _give(row, gone, by)
        elif not stakes.filter(deal=one["deal"], contact=gone).exists():
            deal = stakes.model._meta.get_field("deal").related_model._default_manager.get(pk=one["deal"])
            event = _tell(deal, gone, one["role"], by)
            stakes.create(deal=deal, contact=gone, role=one["role"], event=event)


def _give(row: Any, to: Contact, by: User) -> None:
    row.contact, row.event = to, _tell(row.deal, to, row.role, by)
    row.save(update_fields=["contact", "event"])


def _tell(deal: Any, person: Contact, role: str, by: User) -> Event:
    data = {"person": str(person.pk), "role": role or None}
    return record(
        "stakeholder_set", case=deal.case, by=by, object=deal, data=data, words={"person": str(person)}
    )
