from allauth.account import views as allauth_views
from django.urls import include, path

from infield.accounts import views
from infield.accounts.rules import anyone

own = [
    path("profile", views.profile, name="profile"),
    path("profile/scheme", views.scheme, name="scheme"),
]

urlpatterns = [
    path("", views.home, name="home"),
    path("language", views.language, name="language"),
    path("sign-in", anyone(allauth_views.login), name="account_login"),
    path("sign-out", anyone(allauth_views.logout), name="account_logout"),
    path("", include((own, "accounts"))),
]
