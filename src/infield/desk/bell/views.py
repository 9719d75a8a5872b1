"""The bell in the head of every page, its list, and what one has seen."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from infield.accounts.rules import allow_all_roles
from infield.activities.models import Reminder
from infield.desk.bell.queries import rung
from infield.desk.views import Asked
from infield.playbook.models import Proposal
from infield.playbook.proposals.telling.actions import see


@allow_all_roles
@require_GET
def bell(request: Asked) -> HttpResponse:
    """Show the bell with its list; without htmx, as a page."""
    template = "desk/bell.html#bell" if request.htmx else "desk/bell.html"
    return render(request, template, {"rung": rung(request.user, timezone.now())})


@allow_all_roles
@require_POST
def seen(request: Asked, key: UUID) -> HttpResponse:
    """Note that a reminder was seen; it is shown no more."""
    reminder = get_object_or_404(Reminder, pk=key, user=request.user)
    Reminder.objects.filter(pk=reminder.pk, seen_at=None).update(seen_at=timezone.now())
    return _seen(request)


@allow_all_roles
@require_POST
def seen_proposal(request: Asked, key: UUID) -> HttpResponse:
    """Note that the author saw what became of a proposal; it is told no more."""
    try:
        see(key, request.user)
    except Proposal.DoesNotExist:
        raise Http404 from None
    return _seen(request)


def _seen(request: Asked) -> HttpResponse:
    if not request.htmx:
        return redirect("desk:bell")
    return render(
        request, "desk/bell.html#bell", {"rung": rung(request.user, timezone.now()), "is_open": True}
    )
