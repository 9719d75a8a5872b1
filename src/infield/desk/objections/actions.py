"""An objection that came up in what was logged."""

from infield.accounts.models import User
from infield.activities.models import Activity
from infield.deals.models import Deal
from infield.playbook.models import RaisedObjection
from infield.playbook.talks.actions import raise_objection


def note_objection(about: object, objection: str, done: Activity, by: User) -> None:
    """Note it on the deal that was logged about, by whom it was talked with where that is one of the buyer's.
    What takes the activity back takes the objection back.

    Nothing happens without an objection. Call it in the transaction of the log.
    """
    if not objection or not isinstance(about, Deal):
        return
    deal = Deal.objects.get(pk=about.pk)
    contact = done.contact
    is_theirs = contact is not None and contact.organization_id == deal.organization_id
    told = raise_objection(deal, by, objection, person=contact if is_theirs else None)
    done.objection = RaisedObjection.objects.get(raised=told.event)
    done.save(update_fields=["objection"])
