"""Setting when the company works, by which first answers are timed."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from infield.accounts.roles import who_may
from infield.accounts.rules import allow
from infield.activities.models import WorkingHours
from infield.activities.said import Refusal
from infield.activities.wording import refusal
from infield.activities.working.actions import set_hours
from infield.activities.working_time import holidays_of
from infield.desk.hours.forms import HoursForm
from infield.desk.views import Asked, sent
from infield.web.dates import year_of

REFUSED = 422


@allow(*who_may("settings"))
@require_http_methods(["GET", "POST"])
def hours(request: Asked) -> HttpResponse:
    """Show and set working hours and holidays."""
    now = WorkingHours.objects.first()
    form = HoursForm(sent(request), hours=now)
    if request.method == "POST" and form.is_valid():
        try:
            set_hours(form.cleaned_data["country"], form.week(), request.user)
        except Refusal as refused:
            form.add_error(None, refusal(refused))
        else:
            messages.success(request, _("Working hours set. The first answers are timed anew."))
            return redirect("desk:hours")
    language, today = get_language() or "en", timezone.localtime().date()
    days = sorted(holidays_of(now.country, today.year, language).items()) if now else []
    context = {"form": form, "days": days, "year": str(year_of(today, language))}
    return render(request, "desk/hours.html", context, status=REFUSED if form.is_bound else 200)
