"""The board, and the next cards of a column as one scrolls."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from infield.accounts.rules import SignedRequest, allow_all_roles
from infield.desk.board.queries import has_team, more_cards, the_board
from infield.desk.board.wish import Wish


@allow_all_roles
@require_GET
def board(request: SignedRequest) -> HttpResponse:
    wish = Wish.told(request.GET)
    shown = the_board(request.user, wish, get_language() or "en")
    context = {"board": shown, "wish": wish, "has_team": has_team(request.user)} | addresses()
    return render(request, "desk/board.html", context)


@allow_all_roles
@require_GET
def more(request: SignedRequest) -> HttpResponse:
    wish, begins = Wish.told(request.GET), request.GET.get("begins", "")
    stage = request.GET.get("stage", "")
    if not (begins.isascii() and begins.isdigit() and len(begins) < 6):
        raise Http404
    column = more_cards(request.user, wish, get_language() or "en", stage, int(begins))
    if column is None:
        raise Http404
    return render(request, "desk/board.html#cards", {"column": column, "wish": wish} | addresses())


def addresses() -> dict[str, str]:
    """Give what the addresses of all deals begin with: looked up once, not for each card."""
    return {"deals_at": reverse("desk:new_deal").removesuffix("new")}
