"""The rules of the ideal client, for whoever keeps the settings."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from infield.accounts.roles import who_may
from infield.accounts.rules import Asked, allow
from infield.people.ideal.actions import add_rule, bring_back, put_away
from infield.people.ideal.forms import FIELDS_OF, RuleForm
from infield.people.ideal.models import IdealRule
from infield.people.leads.models import Lead
from infield.people.views import REFUSED
from infield.people.wording import rule_said
from infield.people.words.wording import RULE_KINDS


@allow(*who_may("settings"))
@require_http_methods(["GET", "POST"])
def ideal_client(request: Asked) -> HttpResponse:
    """The rules in force, and a form for each kind of rule."""
    bound = RuleForm(request.POST) if request.method == "POST" else None
    if bound is not None and bound.is_valid():
        add_rule(bound.cleaned_data, request.user)
        messages.success(request, _("Rule added."))
        return redirect("people:ideal_client")
    rules = IdealRule.objects.order_by("created_at", "id")
    fits = Lead.objects.open()
    context = {
        "rules": [(one, rule_said(one)) for one in rules if not one.archived_at],
        "gone": [(one, rule_said(one)) for one in rules if one.archived_at],
        "forms": [_part(kind, bound) for kind in RULE_KINDS],
        "met": fits.filter(fit="met").count(),
        "all": fits.count(),
        "rail_here": "people:ideal_client",
    }
    return render(request, "people/ideal_client.html", context, status=REFUSED if bound is not None else 200)


@allow(*who_may("settings"))
@require_POST
def archive_rule(request: Asked, key: UUID) -> HttpResponse:
    put_away(get_object_or_404(IdealRule, pk=key), request.user)
    return redirect("people:ideal_client")


@allow(*who_may("settings"))
@require_POST
def restore_rule(request: Asked, key: UUID) -> HttpResponse:
    bring_back(get_object_or_404(IdealRule, pk=key), request.user)
    return redirect("people:ideal_client")


def _part(kind: str, bound: RuleForm | None) -> dict[str, object]:
    is_it = bound is not None and bound.data.get("kind") == kind
    form = bound if is_it and bound is not None else RuleForm(initial={"kind": kind}, auto_id=f"{kind}-%s")
    return {
        "kind": kind,
        "title": RULE_KINDS[kind],
        "form": form,
        "fields": [form[name] for name in FIELDS_OF[kind]],
    }
