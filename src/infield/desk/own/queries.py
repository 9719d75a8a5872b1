"""What stands in the fields of one's own of one record, as its page shows it."""

from dataclasses import dataclass
from uuid import UUID

from infield.accounts.models import User
from infield.desk.deals.columns.queries import own_cell
from infield.desk.deals.context.queries import around
from infield.fields.models import Field, values_of


@dataclass(frozen=True, slots=True)
class OwnRow:
    """A field with what stands in it, in the viewer's words; nothing for nothing."""

    field: UUID
    label: str
    text: str
    is_required: bool


def own_rows(kind: str, pk: UUID, user: User) -> tuple[OwnRow, ...]:
    """Give the fields of this kind of record in their order. At most three queries, one where there are no fields."""
    fields = list(Field.objects.of(kind))
    if not fields:
        return ()
    now, filled = around(user), values_of([pk]).get(pk, {})
    people = {one.person for one in filled.values() if one.person}
    names = dict(User.objects.filter(pk__in=people).values_list("pk", "name")) if people else {}
    return tuple(
        OwnRow(one.pk, one.label, own_cell(one, filled.get(one.pk), now, names).text, one.required)
        for one in fields
    )
