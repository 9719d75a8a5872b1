"""Whom the company's own sign-in lets in. The provider's answer is put in where the library has read it."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.core.context import request_context
from allauth.socialaccount.helpers import complete_social_login
from allauth.socialaccount.models import SocialAccount, SocialLogin
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.test.utils import override_settings
from tests.addresses import everything_saved
from tests.people import People

from infield.accounts.models import Link, User
from infield.accounts.users.actions import change, invite
from infield.history.models import Change

pytestmark = pytest.mark.django_db
PROVIDER = {
    "provider_id": "company",
    "name": "Northwind",
    "client_id": "infield",
    "secret": "said",
    "settings": {"server_url": "https://login.example"},
}


@pytest.fixture(autouse=True)
def provider() -> Iterator[None]:
    with override_settings(SOCIALACCOUNT_PROVIDERS={"openid_connect": {"APPS": [PROVIDER]}}):
        yield


def come(
    email: str, name: str = "Kai Moe", *, verified: bool = True, uid: str = "7"
) -> tuple[Any, HttpResponse]:
    """Come back from the provider; gives the request and the answer."""
    request = RequestFactory().get("/sign-in/company/back")
    SessionMiddleware(lambda _: HttpResponse()).process_request(request)
    MessageMiddleware(lambda _: HttpResponse()).process_request(request)
    request.user = AnonymousUser()
    told = {"userinfo": {"sub": uid, "email": email, "name": name}}
    account = SocialAccount(provider="company", uid=uid, extra_data=told)
    login = SocialLogin(
        user=User(email=email),
        account=account,
        email_addresses=[EmailAddress(email=email, verified=verified, primary=True)],
    )
    login.state = {}
    with request_context(request):
        return request, complete_social_login(request, login)


def test_who_is_known_comes_in_and_is_known_again_by_the_provider_alone(people: People) -> None:
    request, answer = come("Bo@Northwind.example".lower())
    assert (answer.status_code, request.user) == (302, people.bo)
    again, _ = come("another@northwind.example")
    assert again.user == people.bo, "the provider's own id counts, not the e-mail it sends"


def test_who_is_invited_takes_up_the_invitation(people: People) -> None:
    invite("kai@northwind.example", "marketing", None, people.ada)
    request, answer = come("kai@northwind.example")
    kai = User.objects.get(email="kai@northwind.example")
    assert (answer.status_code, request.user) == (302, kai)
    assert (kai.name, kai.role, kai.active) == ("Kai Moe", "marketing", True)
    assert not Link.objects.open().exists()
    assert Change.objects.filter(object_id=kai.pk, field="joined").exists()


@pytest.mark.parametrize("email", ["kai@northwind.example", "kai@evil.example"])
def test_a_stranger_is_refused_and_leaves_nothing(people: People, email: str) -> None:
    before = everything_saved()
    request, answer = come(email)
    assert answer.status_code == 403
    assert "We do not know you here" in answer.content.decode()
    assert not request.user.is_authenticated
    assert everything_saved() == before


def test_an_e_mail_that_nobody_verified_lets_nobody_in(people: People) -> None:
    before = everything_saved()
    request, answer = come(people.ada.email, verified=False)
    assert answer.status_code == 403
    assert not request.user.is_authenticated
    assert everything_saved() == before


def test_who_is_shut_out_stays_out(people: People) -> None:
    come(people.bo.email)
    change(people.bo, people.ada, {"active": False})
    request, answer = come(people.bo.email)
    assert answer.status_code == 403
    assert not request.user.is_authenticated


@override_settings(OIDC_DOMAINS=["northwind.example"])
def test_people_of_a_named_domain_come_in_as_reps(people: People) -> None:
    request, _ = come("kai@northwind.example")
    assert (request.user.email, request.user.role) == ("kai@northwind.example", "rep")
    assert come("kai@evil.example", uid="8")[1].status_code == 403
    assert come("kai@northwind.example.evil.example", uid="9")[1].status_code == 403


def test_the_button_is_there_only_where_a_provider_is_named(client: Client) -> None:
    assert "/sign-in/company" not in client.get("/sign-in").content.decode()
    with override_settings(SOCIALACCOUNT_PROVIDERS={}):
        assert client.get("/sign-in/company").status_code == 404
    with override_settings(OIDC_URL="https://login.example", OIDC_NAME="Northwind"):
        page = client.get("/sign-in").content.decode()
    assert re.search(r'href="/sign-in/company">Sign in with Northwind<', page)
