"""The pages of users: who has an account, inviting, and one account."""

import json
from collections.abc import Callable
from typing import Any
from uuid import UUID

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from infield.accounts.links.tasks import send_link
from infield.accounts.models import Link, SignInRule, User
from infield.accounts.roles import who_may
from infield.accounts.rules import SignedRequest, allow
from infield.accounts.users import actions
from infield.accounts.users.actions import Refusal
from infield.accounts.users.forms import AccountForm, InviteForm
from infield.accounts.users.queries import everybody
from infield.accounts.users.wording import DONE, REFUSALS, STATE_TONES, STATES
from infield.accounts.wording import ROLE_NAMES

REFUSED = 422
SHOWN_LINK = "link_to_show"
"""The session keeps a new link until the page that shows it, once."""


@allow(*who_may("users"))
@require_GET
def users(request: SignedRequest) -> HttpResponse:
    rows = everybody()
    context = {
        "rows": [(row, ROLE_NAMES[row.role], STATES[row.state], STATE_TONES[row.state]) for row in rows],
        "rule": SignInRule.current(),
        "alone": len(rows) == 1,
    }
    return render(request, "accounts/users.html", context)


@allow(*who_may("users"))
@require_http_methods(["GET", "POST"])
def invite(request: SignedRequest) -> HttpResponse:
    form = InviteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        filled = form.cleaned_data
        try:
            user, token = actions.invite(filled["email"], filled["role"], filled["manager"], request.user)
        except Refusal as refused:
            form.add_error("email", str(REFUSALS[refused.code]))
        else:
            return _show_link(request, user, Link.JOIN, token)
    context = {"form": form, "mail": settings.MAIL_IS_SET_UP, "rail_here": "accounts:users"}
    return render(request, "accounts/invite.html", context, status=REFUSED if form.is_bound else 200)


@allow(*who_may("users"))
@never_cache
@require_http_methods(["GET", "POST"])
def one(request: SignedRequest, key: UUID) -> HttpResponse:
    user = get_object_or_404(User, pk=key)
    form = AccountForm(request.POST or None, user=user)
    if request.method == "POST" and form.is_valid():
        try:
            act = actions.change(user, request.user, form.wanted())
        except Refusal as refused:
            form.add_error(None, str(REFUSALS[refused.code]))
        else:
            return _to(request, user, "changed", act)
    return _page(request, user, form)


@allow(*who_may("users"))
@require_POST
def shut_out(request: SignedRequest, key: UUID) -> HttpResponse:
    return _do(request, key, "shut_out", lambda user: actions.change(user, request.user, {"active": False}))


@allow(*who_may("users"))
@require_POST
def let_in(request: SignedRequest, key: UUID) -> HttpResponse:
    return _do(request, key, "let_in", lambda user: actions.change(user, request.user, {"active": True}))


@allow(*who_may("users"))
@require_POST
def take_factors(request: SignedRequest, key: UUID) -> HttpResponse:
    return _do(request, key, "factors_taken", lambda user: actions.take_factors(user, request.user))


@allow(*who_may("users"))
@require_POST
def undo(request: SignedRequest, key: UUID, act: UUID) -> HttpResponse:
    return _do(request, key, "undone", lambda user: actions.undo(user, act, request.user))


@allow(*who_may("users"))
@require_POST
def link(request: SignedRequest, key: UUID) -> HttpResponse:
    """Make a link for this account: to join while it is invited, to choose a new password afterwards."""
    user = get_object_or_404(User, pk=key)
    invited = actions.is_invited(user)
    try:
        token = (actions.invite_again if invited else actions.password_link)(user, request.user)
    except Refusal as refused:
        return _refused(request, user, refused)
    return _show_link(request, user, Link.JOIN if invited else Link.PASSWORD, token)


@allow(*who_may("users"))
@require_POST
def take_back(request: SignedRequest, key: UUID) -> HttpResponse:
    user = get_object_or_404(User, pk=key)
    try:
        actions.take_back(user, request.user)
    except Refusal as refused:
        return _refused(request, user, refused)
    messages.success(request, str(DONE["invitation_revoked"]))
    return redirect("accounts:users")


def _do(request: SignedRequest, key: UUID, what: str, act: Callable[[User], UUID | None]) -> HttpResponse:
    user = get_object_or_404(User, pk=key)
    try:
        done = act(user)
    except Refusal as refused:
        return _refused(request, user, refused)
    return _to(request, user, what, done)


def _to(request: SignedRequest, user: User, what: str, act: UUID | None) -> HttpResponse:
    """Lead to the account, where a toast says what was done and offers to take it back."""
    said: dict[str, str] = {"text": str(DONE[what])}
    if act and what != "undone":
        said |= {"undo": reverse("accounts:undo", args=[user.pk, act]), "undo_label": _("Undo")}
    if request.headers.get("HX-Request") == "true":
        # asked for from a toast on whatever page it was
        return HttpResponse(
            status=204, headers={"HX-Trigger": json.dumps({"toast": said}), "HX-Refresh": "true"}
        )
    messages.success(request, json.dumps(said), extra_tags="act")
    return redirect("accounts:user", user.pk)


def _refused(request: SignedRequest, user: User, refused: Refusal) -> HttpResponse:
    return _page(request, user, AccountForm(user=user), str(REFUSALS[refused.code]))


def _page(request: HttpRequest, user: User, form: AccountForm, problem: str = "") -> HttpResponse:
    shown = request.session.pop(SHOWN_LINK, None) if request.method == "GET" else None
    invited = actions.is_invited(user)
    context: dict[str, Any] = {
        "account": user,
        "form": form,
        "problem": problem,
        "link": shown if shown and shown["user"] == str(user.pk) else None,
        "is_invited": invited,
        "is_self": user.pk == request.user.pk,
        "has_factor": is_mfa_enabled(user),
        "open_link": user.links.open().order_by("-made_at").first(),
        "rail_here": "accounts:users",
    }
    return render(request, "accounts/user.html", context, status=REFUSED if problem or form.is_bound else 200)


def _show_link(request: SignedRequest, user: User, purpose: str, token: str) -> HttpResponse:
    address = request.build_absolute_uri(reverse(f"link_{purpose}", args=[token]))
    sent = send_link(user, purpose, address)
    request.session[SHOWN_LINK] = {
        "user": str(user.pk),
        "address": address,
        "purpose": purpose,
        "sent": sent,
    }
    return redirect("accounts:user", user.pk)
