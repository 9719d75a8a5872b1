"""What can be done with many deals at once."""

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.translation import get_language

from infield.accounts.models import User
from infield.accounts.rules import Asked
from infield.deals.models import Deal
from infield.deals.refusals import Refusal
from infield.deals.wording import deed, refusal
from infield.desk.bulk.forms import FORMS, LoseForm
from infield.desk.bulk.wording import ACTS, NOTES, TITLES, not_yours, selected
from infield.desk.deals.queries import DEALS
from infield.finding.lists.around.queries import Around
from infield.finding.lists.bulk.actions import Act, Result
from infield.finding.lists.bulk.forms import BulkForm
from infield.finding.lists.bulk.queries import Bulk

KEYS = ("organization", "owner", "version__process")


def _things(user: User) -> Any:
    return Deal.objects.visible_to(user).select_related(*KEYS)


def _attempt(deal: Deal, act: Act) -> Result:
    name = f"{deal.organization.name} · {deal.title}"
    try:
        done = act(deal)
    except Refusal as refused:
        return Result(deal.pk, name, refusal(refused), is_gate=refused.code == "gate_closed")
    except PermissionDenied:
        return Result(deal.pk, name, not_yours())
    if done.what == "unchanged":
        return Result(deal.pk, name, deed(done, deal.version.map(), get_language() or "en"))
    return Result(deal.pk, name, undo=done.event.pk if done.event else None)


def _take_back(deal: Deal, event: UUID, by: User) -> Any:
    return deal.undo(event, by)


def _form(request: Asked, what: str, ids: list[UUID], around: Around, given: Any) -> BulkForm:
    others: dict[str, Any] = {"around": around}
    if FORMS[what] is LoseForm:
        others["ids"] = ids
    if what == "field":
        own = next((one for one in around.own if one.key == request.POST["field"]), None)
        if own is None:
            raise Http404
        others["field"] = own
    return FORMS[what](given, **others)


BULK = Bulk(
    listing=DEALS,
    things=_things,
    attempt=_attempt,
    take_back=_take_back,
    acts=ACTS,
    titles=TITLES,
    form=_form,
    fields=lambda around: [(one.key, one.label) for one in around.own],
    count=selected,
    one="desk:deal",
    notes=NOTES,
)
