"""An objection that came up in what was logged."""

from infield.accounts.models import User
from infield.deals.models import Deal
from infield.people.models import Contact
from infield.playbook.talks.actions import raise_objection


def note_objection(about: object, objection: str, contact: Contact | None, by: User) -> None:
    """Note it on the deal that was logged about, by whom it was talked with where that is one of the buyer's.

    Nothing happens without an objection. Call it in the transaction of the log.
    """
    if not objection or not isinstance(about, Deal):
        return
    deal = Deal.objects.get(pk=about.pk)
    is_theirs = contact is not None and contact.organization_id == deal.organization_id
    raise_objection(deal, by, objection, person=contact if is_theirs else None)
