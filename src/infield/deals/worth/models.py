"""What a deal is worth, by when, and whose it is."""

from datetime import date

from infield.accounts.models import User
from infield.accounts.owning.actions import follow_owner
from infield.deals.checks import refuse_idle, refuse_negative
from infield.deals.record.models import UNCHANGED, Done, Record
from infield.web.money import Money


class Worth(Record):
    """Amount, day of the sale, owner."""

    class Meta(Record.Meta):
        abstract = True

    def change_amount(self, amount: Money | None, by: User) -> Done:
        """Say what it is worth; None: nobody knows. Refusal: negative_amount, closed."""
        with self.one_act():
            self._take(by, "money", amount)
            self._refuse_closed()
            refuse_negative(amount)
            if amount == self.money:
                return UNCHANGED
            self.amount_minor = amount.amount_minor if amount else None
            self.currency = amount.currency if amount else ""
            self._save("amount_minor", "currency")
            data = self._amount_data() or {"amount_minor": None}
            return self._do("amount_changed", by, data)

    def change_owner(self, owner: User, by: User) -> Done:
        """Hand it over to somebody who may work on deals. Refusal: owner_cannot_work."""
        with self.one_act():
            self._take(by, "owner", owner)
            refuse_idle(owner)
            if owner.pk == self.owner_id:
                return UNCHANGED
            before, self.owner = self.owner_id, owner
            self._save("owner")
            follow_owner(self, before)
            data = {"owner": str(owner.pk)}
            return self._do("owner_changed", by, data)

    def change_close_date(self, day: date | None, by: User) -> Done:
        """Say by when the sale is expected; None: nobody knows. Refusal: closed."""
        with self.one_act() as at:
            self._take(by, "expected_close", day)
            self._refuse_closed()
            if day == self.expected_close:
                return UNCHANGED
            self.expected_close = day
            self._save("expected_close")
            return Done("field_changed", (self._record_close_date(by, at),))
