"""A new password by mail."""

import re

import pytest
from django.core import mail
from django.test import Client
from django.test.utils import override_settings
from tests.addresses import everything_saved
from tests.people import People

from infield.accounts.links.tasks import send_new_password
from infield.accounts.models import Link, User

pytestmark = pytest.mark.django_db
AT_ONCE = {"default": {"BACKEND": "django.tasks.backends.immediate.ImmediateBackend"}}
with_mail = override_settings(MAIL_IS_SET_UP=True, TASKS=AT_ONCE)


@with_mail
def test_the_answer_is_the_same_whether_there_is_such_an_account(client: Client, people: People) -> None:
    known = client.post("/new-password", {"email": people.bo.email})
    unknown = client.post("/new-password", {"email": "nobody@northwind.example"})
    assert known.status_code == unknown.status_code == 200
    assert known.content == unknown.content
    assert [letter.to for letter in mail.outbox] == [[people.bo.email]]


@with_mail
def test_the_mail_leads_to_a_new_password_in_the_language_of_its_reader(
    client: Client, people: People
) -> None:
    User.objects.filter(pk=people.bo.pk).update(language="fi")
    client.post("/new-password", {"email": people.bo.email.upper()})
    found = re.search(r"http://testserver(/new-password/[\w-]+)", str(mail.outbox[0].body))
    assert found
    assert client.post(found[1], {"password": "a sentence that is new"}).status_code == 200
    assert User.objects.get(pk=people.bo.pk).check_password("a sentence that is new")


@with_mail
def test_who_is_shut_out_gets_no_mail(people: People) -> None:
    User.objects.filter(pk=people.bo.pk).update(active=False)
    send_new_password.func(people.bo.email, "http://testserver")
    assert mail.outbox == []
    assert not Link.objects.exists()


@with_mail
def test_the_fourth_request_for_one_address_is_refused(client: Client, people: People) -> None:
    answers = [client.post("/new-password", {"email": people.bo.email}).status_code for _ in range(4)]
    assert answers == [200, 200, 200, 429]
    assert len(mail.outbox) == 3
    assert Link.objects.open().count() == 1, "a new link closes the earlier one"


def test_without_mail_the_page_says_whom_to_ask(client: Client, people: People) -> None:
    before = everything_saved()
    page = client.get("/new-password").content.decode()
    assert "An administrator can make you a link" in page
    client.post("/new-password", {"email": people.bo.email})
    assert everything_saved() == before


@with_mail
@override_settings(MAILERS={"default": {"BACKEND": "tests.accounts.broken_mail.Broken"}})
def test_a_mail_server_that_is_down_costs_no_invitation(client: Client, people: People) -> None:
    client.force_login(people.ada)
    answer = client.post("/users/invite", {"email": "kai@northwind.example", "role": "rep"})
    page = client.get(answer["Location"]).content.decode()
    assert "Give them this link yourself" in page
