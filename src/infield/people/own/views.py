"""Filling a field of one's own in the place where it is read."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from infield.accounts.rules import Asked, allow
from infield.fields.forms import ValueForm
from infield.fields.models import Field, Value
from infield.people.own.actions import fill
from infield.people.refusals import Refusal
from infield.people.views import MAY, REFUSED, answer, find
from infield.people.wording import refusal


@allow(*MAY)
@require_http_methods(["GET", "POST"])
def own(request: Asked, kind: str, key: UUID, field: UUID) -> HttpResponse:
    found = find(request, kind, key)
    asked = get_object_or_404(Field.objects.of(kind), pk=field)
    value = Value.objects.filter(field=asked, object_id=key).first()
    form = ValueForm(request.POST or None, field=asked, filled=value.filled if value else None)
    if request.method == "POST" and form.is_valid():
        try:
            done = fill(found, request.user, {asked: form.cleaned_data["filled"]})
        except Refusal as refused:
            form.add_error(None, refusal(refused))
        else:
            return answer(request, kind, found, done)
    context = {
        "form": form,
        "record": found,
        "own": asked,
        "here": reverse(f"people:{kind}", args=[key]),
        "there": reverse(f"people:own_of_{kind}", args=[key, field]),
        "rail_here": "people:contacts",
    }
    template = f"people/own_edit.html{'#inline' if request.htmx else ''}"
    return render(request, template, context, status=REFUSED if request.method == "POST" else 200)
