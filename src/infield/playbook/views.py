"""How views of the playbook answer: a fragment with a message and a way back, or a page."""

import json
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django_htmx.middleware import HtmxDetails

from infield.accounts.rules import SignedRequest
from infield.playbook.wording import deed

REFUSED = 422


class Asked(SignedRequest):
    """A request of somebody who is signed in; `htmx` is false where a whole page was asked for."""

    htmx: HtmxDetails


def language() -> str:
    return (get_language() or "en").split("-")[0]


def dialog(request: Asked, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """Show a form: in a dialog to who asked with htmx, else as a page."""
    frame = "playbook/in_dialog.html" if request.htmx else "playbook/in_page.html"
    return render(
        request, template, {"frame": frame, "rail_here": "playbook:stages"} | context, status=status
    )


def answer(
    request: Asked,
    what: str,
    address: str,
    fragment: str,
    context: dict[str, Any],
    act: UUID | None = None,
    undo_at: str = "playbook:undo",
) -> HttpResponse:
    """Say what was done, with a way back where there is an act, and show what changed, where `fragment` names it.

    `undo_at`: the name of the address that takes the act back.
    """
    if not request.htmx:
        messages.success(request, deed(what))
        return redirect(address)
    response = render(request, fragment, context | {"oob": True}) if fragment else HttpResponse()
    toast = {"text": deed(what)}
    if act:
        toast |= {"undo": reverse(undo_at, args=[act]), "undo_label": _("Undo")}
    response["HX-Trigger"] = json.dumps({"toast": toast})
    return response
