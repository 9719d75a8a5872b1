"""Home, profile and the switch between light and dark; signing in and out is allauth's."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django.views.i18n import set_language

from infield.accounts.forms import ProfileForm, SchemeForm
from infield.accounts.models import User
from infield.accounts.rules import SignedRequest, allow_all_roles, anyone
from infield.web.queries import rail_entries


@anyone
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Lead to the first place of the rail, to sign in, or to set-up while nobody is there."""
    if request.user.is_authenticated:
        places = rail_entries(request)
        return redirect(places[0].url if places else "accounts:profile")
    return redirect("account_login" if User.objects.exists() else _set_up_address())


def _set_up_address() -> str:
    try:
        return reverse("set_up")
    except NoReverseMatch:
        return reverse("account_login")


@anyone
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Keep a language for who is not signed in, in a cookie; a profile's own language goes before it."""
    return set_language(request)


@allow_all_roles
@require_http_methods(["GET", "POST"])
def profile(request: SignedRequest) -> HttpResponse:
    # the form writes into its instance before it is known to be right; the page shows the user as they are
    form = ProfileForm(request.POST or None, instance=User.objects.get(id=request.user.id))
    if request.method == "GET" or not form.is_valid():
        return render(request, "accounts/profile.html", {"form": form}, status=422 if form.is_bound else 200)
    form.save()
    with translation.override(form.cleaned_data["language"]):
        messages.success(request, _("Saved."))
    return redirect("accounts:profile")


@allow_all_roles
@require_POST
def scheme(request: SignedRequest) -> HttpResponse:
    form = SchemeForm(request.POST, instance=request.user)
    if not form.is_valid():
        return HttpResponse(status=422)
    form.save()
    return HttpResponse(status=204)
