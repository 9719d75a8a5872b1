"""The fields that a company added to its deals."""

from datetime import datetime
from uuid import UUID

from infield.accounts.models import User
from infield.deals.record.models import UNCHANGED, Done, Record
from infield.deals.refusals import Refusal
from infield.deals.state import Told
from infield.fields.filled import Filled, from_told
from infield.fields.models import Field, Value
from infield.history.models import Event


class Own(Record):
    """Filling a field of one's own; the event can be a criterion's proof."""

    class Meta(Record.Meta):
        abstract = True

    def fill(self, field: Field, filled: Filled | None, by: User) -> Done:
        """Say what stands in a field; None: nothing. Needs no fresh lock: it changes that field alone.

        Refusal: closed; unknown_field: it belongs to other records, or was put away.
        """
        with self.one_act() as at:
            self._take(by)
            self._refuse_closed()
            if field.object_kind != "deal" or field.archived_at:
                raise Refusal("unknown_field")
            if Value.objects.put(self.pk, field, filled) == filled:
                return UNCHANGED
            self._save()
            return Done("own_field_changed", (self.tell_filled(field, filled, by, at),))

    def tell_filled(self, field: Field, filled: Filled | None, by: User, at: datetime) -> Event:
        """Write the event of a field that was filled, inside the act."""
        value, words = filled.told() if filled else (None, {})
        words |= {"field": field.label} | field.words(filled) | _name(filled)
        return self._record("field_changed", by, at, {"field": field.key, "value": value}, words)


def keep_own(deal: UUID, key: str, event: Told | None) -> None:
    """Give a field the value that an event tells; None: no value."""
    field = Field.objects.get(object_kind="deal", key=key)
    told = (event.data.get("value"), event.said.get("value", "")) if event else (None, "")
    Value.objects.put(deal, field, from_told(field.type, *told))


def _name(filled: Filled | None) -> dict[str, str]:
    if filled is None or filled.person is None:
        return {}
    return {"value": str(User.objects.get(pk=filled.person))}
