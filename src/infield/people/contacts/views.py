"""What one does to a contact alone: the next step, no further contact, consent."""

from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from infield.accounts.rules import Asked, allow
from infield.people.contacts.actions import note_consent
from infield.people.contacts.forms import ConsentForm, NoContactForm, StepForm
from infield.people.records.models import Done
from infield.people.refusals import Refusal
from infield.people.views import MAY, by_form, find


@allow(*MAY)
@require_http_methods(["GET", "POST"])
def step(request: Asked, key: UUID) -> HttpResponse:
    """Say what comes next with a person."""
    contact = find(request, "contact", key)
    form = StepForm(request.POST or None)

    def act() -> Done:
        wished = form.step()
        if wished is None:
            raise Refusal("next_step_missing")
        done: Done = contact.set_next_step(wished, request.user)
        return done

    return by_form(request, "contact", contact, form, "people/step.html", act)


@allow(*MAY)
@require_http_methods(["GET", "POST"])
def step_done(request: Asked, key: UUID) -> HttpResponse:
    """Note the next step as done, and say what comes after it."""
    contact = find(request, "contact", key)
    form = StepForm(request.POST or None, is_done=True)

    def act() -> Done:
        done: Done = contact.finish_next_step(request.user, form.step())
        return done

    return by_form(request, "contact", contact, form, "people/step.html", act, is_done=True)


@allow(*MAY)
@require_http_methods(["GET", "POST"])
def no_contact(request: Asked, key: UUID) -> HttpResponse:
    """Say that nobody is to contact this person any more."""
    contact = find(request, "contact", key)
    form = NoContactForm(request.POST or None)

    def act() -> Done:
        done: Done = contact.end_contact(form.cleaned_data["because"], request.user)
        return done

    return by_form(request, "contact", contact, form, "people/no_contact.html", act)


@allow(*MAY)
@require_http_methods(["GET", "POST"])
def consent(request: Asked, kind: str, key: UUID) -> HttpResponse:
    """Note that consent was given or withdrawn."""
    found = find(request, kind, key)
    form = ConsentForm(request.POST or None)

    def act() -> Done:
        told = {**form.cleaned_data, "given": form.cleaned_data["given"] == "given"}
        return note_consent(found, request.user, told)

    return by_form(request, kind, found, form, "people/consent.html", act)
