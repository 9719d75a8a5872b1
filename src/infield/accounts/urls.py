"""The addresses of accounts. Those the library looks up by name have the library's names."""

from allauth.account import views as signing
from allauth.mfa.base import views as factor
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as app
from allauth.mfa.webauthn import views as passkey
from allauth.socialaccount.providers.openid_connect import views as sign_on
from django.urls import include, path, reverse_lazy
from django.views.decorators.http import require_http_methods

from infield.accounts import views
from infield.accounts.links import views as links
from infield.accounts.rules import View, allow_all_roles, anyone
from infield.accounts.security import views as security
from infield.accounts.users import views as users

edit_passkey = passkey.EditWebAuthnView.as_view(success_url=reverse_lazy("mfa_index"))
remove_passkey = passkey.RemoveWebAuthnView.as_view(success_url=reverse_lazy("mfa_index"))


def own_page(view: View) -> View:
    """Let every role call a page of the library about themselves, by the two methods of a form."""
    return allow_all_roles(require_http_methods(["GET", "HEAD", "POST"])(view))


own = [
    path("profile", views.profile, name="profile"),
    path("profile/scheme", views.scheme, name="scheme"),
    path("security/password", security.password, name="password"),
    path("security/sessions/end", security.sign_out_elsewhere, name="sign_out_elsewhere"),
    path("security/sessions/<int:key>/end", security.sign_out_one, name="sign_out_one"),
    path("users", users.users, name="users"),
    path("users/invite", users.invite, name="invite"),
    path("users/rule", security.rule, name="rule"),
    path("users/<id:key>", users.one, name="user"),
    path("users/<id:key>/shut-out", users.shut_out, name="shut_out"),
    path("users/<id:key>/let-in", users.let_in, name="let_in"),
    path("users/<id:key>/link", users.link, name="link"),
    path("users/<id:key>/take-back", users.take_back, name="take_back"),
    path("users/<id:key>/take-factors", users.take_factors, name="take_factors"),
    path("users/<id:key>/undo/<id:act>", users.undo, name="undo"),
]

urlpatterns = [
    path("", views.home, name="home"),
    path("language", views.language, name="language"),
    path("sign-in", anyone(signing.login), name="account_login"),
    path("sign-in/code", anyone(factor.authenticate), name="mfa_authenticate"),
    path("sign-in/passkey", anyone(passkey.login_webauthn), name="mfa_login_webauthn"),
    path("sign-in/<slug:provider_id>", anyone(sign_on.login), name="openid_connect_login"),
    path("sign-in/<slug:provider_id>/back", anyone(sign_on.callback), name="openid_connect_callback"),
    path("sign-out", anyone(signing.logout), name="account_logout"),
    path("join/<str:token>", links.join, name="link_join"),
    path("new-password", links.forgotten, name="account_reset_password"),
    path("new-password/<str:token>", links.new_password, name="link_password"),
    path("security", security.security, name="mfa_index"),
    path("security/again", own_page(signing.reauthenticate), name="account_reauthenticate"),
    path("security/again/code", own_page(factor.reauthenticate), name="mfa_reauthenticate"),
    path(
        "security/again/passkey",
        own_page(passkey.reauthenticate_webauthn),
        name="mfa_reauthenticate_webauthn",
    ),
    path("security/app", own_page(app.activate_totp), name="mfa_activate_totp"),
    path("security/app/remove", own_page(app.deactivate_totp), name="mfa_deactivate_totp"),
    path("security/codes", own_page(codes.view_recovery_codes), name="mfa_view_recovery_codes"),
    path(
        "security/codes/new",
        own_page(codes.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
    ),
    path("security/passkeys/add", own_page(passkey.add_webauthn), name="mfa_add_webauthn"),
    path("security/passkeys/<int:pk>", own_page(edit_passkey), name="mfa_edit_webauthn"),
    path("security/passkeys/<int:pk>/remove", own_page(remove_passkey), name="mfa_remove_webauthn"),
    path("", include((own, "accounts"))),
]
