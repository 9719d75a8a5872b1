"""The board, and the next cards of a column as one scrolls."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from infield.accounts.rules import allow_all_roles
from infield.desk.board.queries import board_context, more_cards, the_board, wish_of
from infield.desk.bulk.queries import BULK
from infield.desk.deals.context.queries import around, bar_context
from infield.desk.views import Asked

DIGITS_AT_MOST = 6


@allow_all_roles
@require_GET
def board(request: Asked) -> HttpResponse:
    wish = wish_of(request.user, request.GET)
    if "form" in request.GET:
        return redirect(reverse("desk:board") + wish.address())
    shown = the_board(request.user, wish, get_language() or "en")
    bar = bar_context("board", wish.filter, around(request.user)) | {"bulk_acts": BULK.offered(wish.filter)}
    context = {"board": shown, "wish": wish, **board_context(request.user, wish), **bar}
    return render(request, "desk/board.html", context)


@allow_all_roles
@require_GET
def more(request: Asked) -> HttpResponse:
    """Give the next cards of a column; without htmx, as a page of their own."""
    wish, begins = wish_of(request.user, request.GET), request.GET.get("begins", "")
    if not (begins.isascii() and begins.isdigit() and len(begins) < DIGITS_AT_MOST):
        raise Http404
    stage = request.GET.get("stage", "")
    column = more_cards(request.user, wish, get_language() or "en", stage, int(begins))
    if column is None:
        raise Http404
    template = "desk/board.html#cards" if request.htmx else "desk/column.html"
    context = {"column": column, **board_context(request.user, wish)}
    return render(request, template, context)
