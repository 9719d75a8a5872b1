"""The page of the first start; it is gone as soon as there is a user."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from infield.accounts.actions import let_in
from infield.accounts.rules import anyone
from infield.desk.set_up.actions import AlreadySetUpError, FirstStart, is_open, opens, set_up
from infield.desk.set_up.forms import SetUpForm
from infield.desk.set_up.wording import STARTER_NAMES
from infield.process.starter_maps import STARTERS

HAS_KEY = "has_set_up_key"
FORBIDDEN = 403


@anyone
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def first_start(request: HttpRequest) -> HttpResponse:
    """Set the company up; open to whoever has the key that the server printed, and to nobody else."""
    if not is_open():
        raise Http404
    if not request.session.get(HAS_KEY):
        return _ask_for_key(request)
    form = SetUpForm(request.POST or None)
    if request.method == "GET" or not form.is_valid():
        return _page(request, form)
    try:
        user = set_up(FirstStart(**form.cleaned_data, language=get_language() or "en"))
    except AlreadySetUpError:
        raise Http404 from None
    let_in(request, user)
    return redirect("home")


def _ask_for_key(request: HttpRequest) -> HttpResponse:
    key = request.POST.get("key") or request.GET.get("key") or ""
    if opens(key):
        request.session[HAS_KEY] = True
        # the key does not stay in the address
        return redirect("set_up")
    context = {"is_wrong": bool(key)}
    return render(request, "desk/set_up_key.html", context, status=FORBIDDEN if key else 200)


def _page(request: HttpRequest, form: SetUpForm) -> HttpResponse:
    starters = [(key, STARTER_NAMES[key], gettext(text)) for key, text in STARTERS.items()]
    context = {"form": form, "starters": starters, "starter": form["starter"].value()}
    return render(request, "desk/set_up.html", context, status=422 if form.is_bound else 200)
