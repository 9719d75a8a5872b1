"""What a user does about their own security: password, where they are signed in; and what the company asks for."""

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from infield.accounts.models import SignInRule
from infield.accounts.roles import who_may
from infield.accounts.rules import SignedRequest, allow, allow_all_roles
from infield.accounts.security.actions import change_password, demand
from infield.accounts.security.devices import device
from infield.accounts.security.forms import PasswordForm, RuleForm
from infield.accounts.users.actions import end_sessions

REFUSED = 422


@allow_all_roles
@require_GET
def security(request: SignedRequest) -> HttpResponse:
    """Show which second factors a user has, and where they are signed in."""
    factors = Authenticator.objects.filter(user_id=request.user.pk)
    sessions = UserSession.objects.purge_and_list(request.user)
    here = request.session.session_key
    context = {
        "app": next((one for one in factors if one.type == Authenticator.Type.TOTP), None),
        "codes": next((one for one in factors if one.type == Authenticator.Type.RECOVERY_CODES), None),
        "passkeys": [one.wrap() for one in factors if one.type == Authenticator.Type.WEBAUTHN],
        "sessions": [
            (one, device(one.user_agent), one.session_key == here)
            for one in sorted(sessions, key=lambda one: one.created_at, reverse=True)
        ],
        "asked": SignInRule.current().asks(request.user),
        "has_password": request.user.has_usable_password(),
        "rail_here": "accounts:profile",
    }
    return render(request, "accounts/security.html", context)


@allow_all_roles
@sensitive_post_parameters("old", "new")
@require_http_methods(["GET", "POST"])
def password(request: SignedRequest) -> HttpResponse:
    form = PasswordForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        change_password(request, request.user, form.cleaned_data["new"])
        messages.success(request, _("Password changed. You were signed out everywhere else."))
        return redirect("mfa_index")
    status = REFUSED if form.is_bound else 200
    context = {"form": form, "rail_here": "accounts:profile"}
    return render(request, "accounts/password.html", context, status=status)


@allow_all_roles
@require_POST
def sign_out_one(request: SignedRequest, key: int) -> HttpResponse:
    session = get_object_or_404(UserSession, user_id=request.user.pk, pk=key)
    if session.session_key != request.session.session_key:
        session.end()
        messages.success(request, _("Signed out there."))
    return redirect("mfa_index")


@allow_all_roles
@require_POST
def sign_out_elsewhere(request: SignedRequest) -> HttpResponse:
    ended = end_sessions(request.user, but=request.session.session_key or "")
    said = ngettext("Signed out at {count} other place.", "Signed out at {count} other places.", ended)
    messages.success(request, said.format(count=ended))
    return redirect("mfa_index")


@allow(*who_may("users"))
@require_http_methods(["GET", "POST"])
def rule(request: SignedRequest) -> HttpResponse:
    """Say who must have a second factor; whoever owes one is asked at their next sign-in."""
    form = RuleForm(request.POST or None, instance=SignInRule.current())
    if request.method == "POST" and form.is_valid():
        demand(form.cleaned_data["second_factor"], request.user)
        messages.success(request, _("Saved."))
        return redirect("accounts:users")
    status = REFUSED if form.is_bound else 200
    return render(request, "accounts/rule.html", {"form": form, "rail_here": "accounts:users"}, status=status)
