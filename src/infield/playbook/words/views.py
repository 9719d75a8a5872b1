"""The glossary: every word of the trade on one page, found by other words for it too."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from infield.accounts.rules import allow_all_roles
from infield.playbook.glossary import find
from infield.playbook.views import Asked, language

LONGEST_WISH = 100


@allow_all_roles
@require_safe
def glossary_page(request: Asked) -> HttpResponse:
    wish = request.GET.get("q", "")[:LONGEST_WISH]
    context = {
        "terms": find(language(), wish),
        "wish": wish,
        "rail_here": "playbook:stages",
        "here": "glossary",
    }
    template = "playbook/glossary.html#found" if request.htmx else "playbook/glossary.html"
    return render(request, template, context)
