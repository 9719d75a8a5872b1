"""What every act on a deal does around its one call: find it with permission, show its dialog, answer.

A fragment goes to whoever asked with htmx, a page or a redirect to whoever did not; a refusal is 422 and has
written nothing.
"""

import json
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl, urlsplit
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from infield.activities.actions import is_planned
from infield.deals.models import Deal, Done
from infield.deals.refusals import Refusal
from infield.deals.wording import deed, refusal, stage_name
from infield.desk.board.queries import board_context, card_of, the_board, wish_of
from infield.desk.deal.queries import page_context
from infield.desk.deals.context.queries import around, bar_context
from infield.desk.log.asking.views import asked_next
from infield.desk.today.fragments.views import fresh_day
from infield.desk.views import Asked

REFUSED = 422
KEYS = ("organization", "owner", "version__process", "next_person")

type Act = Callable[[], Done]


def found(request: Asked, key: UUID) -> Deal:
    """Give the deal as the person saw it, whose form says which state of it that was; 404 for a stranger."""
    deal = get_object_or_404(Deal.objects.visible_to(request.user).select_related(*KEYS), pk=key)
    seen = request.POST.get("lock", "")
    if seen.isascii() and seen.isdigit() and len(seen) < 10:
        deal.lock = int(seen)
    return deal


def is_inline(request: Asked) -> bool:
    """Tell whether a value is changed in the place where it is read, not in a dialog or on a page of its own."""
    return bool(request.htmx) and request.htmx.target != "slot"


def by_form(
    request: Asked,
    deal: Deal,
    form: Form,
    template: str,
    act: Act,
    context: dict[str, Any] | None = None,
) -> HttpResponse:
    filled = {"form": form, **(context or {})}
    if request.method == "GET":
        return dialog(request, deal, template, filled)
    if not form.is_valid():
        return dialog(request, deal, template, filled, REFUSED)
    try:
        done = act()
    except Refusal as because:
        if because.code == "stale":
            return refused(request, deal, because)
        form.add_error(None, refusal(because))
        return dialog(request, deal, template, filled, REFUSED)
    return answer_done(request, deal, done)


def attempt(request: Asked, deal: Deal, act: Act) -> HttpResponse:
    try:
        done = act()
    except Refusal as because:
        return refused(request, deal, because)
    return answer_done(request, deal, done)


def refused(request: Asked, deal: Deal, because: Refusal) -> HttpResponse:
    return dialog(request, deal, "desk/refused.html", {"sentence": refusal(because)}, REFUSED)


def dialog(
    request: Asked, deal: Deal, template: str, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    mapped, language = deal.map(), get_language() or "en"
    base = {
        "deal": deal,
        "lock": deal.lock,
        "stage_name": stage_name(deal.stage, mapped, language),
        "frame": "desk/in_dialog.html" if request.htmx else "desk/in_page.html",
        "rail_here": "desk:board",
    }
    return render(request, template, base | context, status=status)


def answer_done(request: Asked, deal: Deal, done: Done) -> HttpResponse:
    """Tell what was done with a way back, and show what changed on the page it was done from."""
    language = get_language() or "en"
    deal = Deal.objects.select_related(*KEYS).get(pk=deal.pk)
    text = deed(done, deal.map(), language, str(deal.owner))
    if not request.htmx:
        messages.success(request, text)
        is_seen = Deal.objects.visible_to(request.user).filter(pk=deal.pk).exists()
        return redirect("desk:deal", deal.pk) if is_seen else redirect("desk:board")
    response = changed(request, deal)
    if done.what == "stage_entered" and not is_planned(deal) and deal.outcome is None:
        # no change of stage is finished without an agreed next step
        response.content += asked_next(request, deal).content
    toast = {"text": text}
    if done.event and done.what != "undone":
        toast |= {"undo": reverse("desk:undo", args=[deal.pk, done.event.pk]), "undo_label": _("Undo")}
    response["HX-Trigger"] = json.dumps({"toast": toast})
    return response


def changed(request: Asked, deal: Deal) -> HttpResponse:
    """Show what changed on the page that an act on a deal came from."""
    if (day := fresh_day(request)) is not None:
        return day
    here = urlsplit(request.htmx.current_url_abs_path or "")
    language = get_language() or "en"
    sees = request.user.sees()
    if sees is not None and deal.owner_id not in sees:
        # handed over to somebody else: this page is no longer theirs to see
        return HttpResponse(headers={"HX-Redirect": reverse("desk:board")})
    if here.path == reverse("desk:deals"):
        return HttpResponse()  # the list asks for the row
    if here.path == reverse("desk:board"):
        wish = wish_of(request.user, dict(parse_qsl(here.query)))
        board, card = the_board(request.user, wish, language), card_of(deal, language)
        context = {"board": board, "wish": wish, "card": card, "deal": deal, "oob": True}
        context |= board_context(request.user, wish)
        context |= bar_context("board", wish.filter, around(request.user))
        return render(request, "desk/board.html#changed", context)
    return render(request, "desk/deal.html#changed", page_context(request.user, deal) | {"oob": True})
