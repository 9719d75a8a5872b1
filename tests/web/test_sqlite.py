import pytest
from django.db import connection


@pytest.mark.django_db
def test_the_database_keeps_its_promises() -> None:
    with connection.cursor() as cursor:
        cursor.execute("select 1")
        assert cursor.fetchone() == (1,)
