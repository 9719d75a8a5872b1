"""What a link leads to: joining, choosing a new password; and asking for such a link."""

from allauth.core import ratelimit
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from infield.accounts.actions import let_in
from infield.accounts.links import actions, tasks
from infield.accounts.links.actions import Joining, LinkClosed
from infield.accounts.links.forms import ForgottenForm, JoinForm, NewPasswordForm
from infield.accounts.models import Link, User
from infield.accounts.rules import anyone

GONE, REFUSED, TOO_MANY = 404, 422, 429


@anyone
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def join(request: HttpRequest, token: str) -> HttpResponse:
    user = _of(token, Link.JOIN)
    if user is None:
        return render(request, "accounts/link_closed.html", status=GONE)
    initial = {"language": user.language or get_language(), "zone": user.zone, "name": user.name}
    form = JoinForm(request.POST or None, user=user, initial=initial)
    if request.method == "GET" or not form.is_valid():
        context = {"form": form, "email": user.email}
        return render(request, "accounts/join.html", context, status=REFUSED if form.is_bound else 200)
    try:
        joined = actions.join(token, Joining(**form.cleaned_data))
    except LinkClosed:
        return render(request, "accounts/link_closed.html", status=GONE)
    let_in(request, joined)
    return redirect("home")


@anyone
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def new_password(request: HttpRequest, token: str) -> HttpResponse:
    """Choose a new password; whoever did signs in with it, and with the second factor they have."""
    user = _of(token, Link.PASSWORD)
    if user is None:
        return render(request, "accounts/link_closed.html", status=GONE)
    form = NewPasswordForm(request.POST or None, user=user)
    if request.method == "GET" or not form.is_valid():
        context = {"form": form, "email": user.email}
        return render(
            request, "accounts/new_password.html", context, status=REFUSED if form.is_bound else 200
        )
    try:
        actions.choose_password(token, form.cleaned_data["password"])
    except LinkClosed:
        return render(request, "accounts/link_closed.html", status=GONE)
    return render(request, "accounts/password_chosen.html")


@anyone
@require_http_methods(["GET", "POST"])
def forgotten(request: HttpRequest) -> HttpResponse:
    """Ask for a link by mail; the answer is the same whether there is such an account."""
    form = ForgottenForm(request.POST or None)
    context = {"form": form, "mail": settings.MAIL_IS_SET_UP}
    if request.method == "GET" or not form.is_valid():
        return render(request, "accounts/forgotten.html", context, status=REFUSED if form.is_bound else 200)
    email = form.cleaned_data["email"].strip().lower()
    if not ratelimit.consume(request, action="reset_password", key=email):
        return render(request, "accounts/too_many.html", status=TOO_MANY)
    tasks.send_new_password.enqueue(email, settings.ORIGIN or f"{request.scheme}://{request.get_host()}")
    return render(request, "accounts/forgotten_sent.html", context)


def _of(token: str, purpose: str) -> User | None:
    link = Link.objects.by_token(token)
    return link.user if link and link.purpose == purpose else None
