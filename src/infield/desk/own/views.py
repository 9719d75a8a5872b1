"""Filling a field of one's own in the place where it is read, or in a dialog."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods

from infield.accounts.roles import WRITERS
from infield.accounts.rules import allow
from infield.desk.acts.answering.views import by_form, found, is_inline
from infield.desk.views import Asked
from infield.fields.forms import ValueForm
from infield.fields.models import Field, Value


@allow(*WRITERS)
@require_http_methods(["GET", "POST"])
def deal(request: Asked, key: UUID, field: UUID) -> HttpResponse:
    there = found(request, key)
    own = get_object_or_404(Field.objects.of("deal"), pk=field)
    value = Value.objects.filter(field=own, object_id=key).first()
    form = ValueForm(request.POST or None, field=own, filled=value.filled if value else None)
    template = "desk/own_edit.html#inline" if is_inline(request) else "desk/own_edit.html"
    return by_form(
        request,
        there,
        form,
        template,
        lambda: there.fill(own, form.cleaned_data["filled"], request.user),
        {"own": own},
    )
