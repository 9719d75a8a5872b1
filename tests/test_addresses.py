"""What the tests of access rely on: that nothing is written unseen."""

import pytest
from django.db import transaction
from tests.addresses import taken_back, watched
from tests.people import People

from infield.accounts.models import User

pytestmark = pytest.mark.django_db


def test_what_is_saved_is_seen(people: People) -> None:
    with watched() as written:
        people.dan.save()
        assert len(written) == 1
        User.objects.filter(pk=people.bo.pk).delete()
        assert len(written) == 2
        User.objects.bulk_create([User(email="x@northwind.example")])
        assert len(written) == 3


def test_what_found_nothing_or_was_rolled_back_is_not(people: People) -> None:
    with watched() as written:
        User.objects.filter(email="nobody@northwind.example").update(name="Nobody")
        with taken_back():
            people.dan.save()
            assert written
        assert not written
        with transaction.atomic(), taken_back():
            people.bo.save()
        assert not written
