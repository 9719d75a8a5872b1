"""The team's own list of reasons for which deals are lost."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from infield.accounts.roles import who_may
from infield.accounts.rules import allow
from infield.deals.closing.actions import add_reason, put_reason_away, rename_reason
from infield.deals.closing.models import LostReason, reasons_in_use
from infield.deals.reasons import LOST_REASONS
from infield.deals.refusals import Refusal
from infield.deals.wording import REASONS, refusal
from infield.desk.views import Asked

REFUSED = 422
ALWAYS = "other"
"""Who finds no reason in the list says another one in their words."""


@allow(*who_may("settings"))
@require_http_methods(["GET", "POST"])
def reasons(request: Asked) -> HttpResponse:
    """Show the list; add, rename, archive and restore."""
    if request.method == "GET":
        return _page(request)
    key, name = request.POST.get("key", ""), request.POST.get("name", "")
    acts: dict[str, Callable[[], LostReason]] = {
        "add": lambda: add_reason(name, request.user),
        "rename": lambda: rename_reason(key, name, request.user),
        "archive": lambda: put_reason_away(key, request.user, is_archived=True),
        "restore": lambda: put_reason_away(key, request.user, is_archived=False),
    }
    act = acts.get(request.POST.get("act", ""))
    if act is None or (key == ALWAYS and request.POST.get("act") == "archive"):
        return _page(request, _("Choose what to do with a reason."))
    try:
        act()
    except Refusal as because:
        return _page(request, refusal(because))
    messages.success(request, _("The list of reasons is saved."))
    return redirect("desk:reasons")


def _page(request: Asked, problem: str = "") -> HttpResponse:
    used = reasons_in_use()
    rows: list[dict[str, Any]] = [
        {"key": key, "name": name or _(REASONS[key]), "is_always": key == ALWAYS}
        for key, name in used.items()
    ]
    away = [
        {"key": one.key, "name": one.name or _(REASONS[one.key])}
        for one in LostReason.objects.exclude(archived_at=None).order_by("id")
        if one.name or one.key in LOST_REASONS
    ]
    context = {"rows": rows, "away": away, "problem": problem}
    return render(request, "desk/reasons.html", context, status=REFUSED if problem else 200)
