"""Changing many deals at once."""

from django.http import HttpResponse
from django.views.decorators.http import require_POST

from infield.accounts.roles import WRITERS
from infield.accounts.rules import Asked, allow
from infield.desk.bulk.queries import BULK
from infield.finding.lists.bulk import views as bulk

HERE = {"rail_here": "desk:board"}


@allow(*WRITERS)
@require_POST
def change(request: Asked, what: str) -> HttpResponse:
    return bulk.change(request, BULK, what, HERE)


@allow(*WRITERS)
@require_POST
def undo(request: Asked) -> HttpResponse:
    return bulk.undo(request, BULK, HERE)
