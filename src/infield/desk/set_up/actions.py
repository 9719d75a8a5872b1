"""The first start: the company, whoever looks after Infield there, and the map they begin with."""

from dataclasses import dataclass, replace
from secrets import compare_digest

from django.db import connection, transaction

from infield.accounts.models import User
from infield.process.models import Process
from infield.process.starter_maps import starter_map
from infield.process.values import ProcessMap
from infield.web.company import Company
from infield.web.place import drop_set_up_key, set_up_key

# any number, always the same: two first starts at once take their turn on PostgreSQL; SQLite writes one by one
SET_UP_LOCK = 7_171_001


class AlreadySetUpError(Exception):
    """Somebody finished the first start before."""


@dataclass(frozen=True, slots=True)
class FirstStart:
    """What is asked at the first start."""

    name: str
    email: str
    password: str
    company: str
    zone: str
    currency: str
    starter: str
    language: str


def is_open() -> bool:
    """True as long as there is no user at all."""
    return not User.objects.exists()


def opens(key: str) -> bool:
    """Tell whether this is the key that the server printed when it started; false while there is none."""
    made = set_up_key()
    return bool(made) and compare_digest(made.encode(), key.strip().encode())


def set_up(answers: FirstStart) -> User:
    """Make the company, the first administrator and their map, all or nothing; AlreadySetUpError after the first."""
    with transaction.atomic():
        _take_turn()
        if not is_open():
            raise AlreadySetUpError
        Company.objects.update_or_create(
            id=Company.ONLY,
            defaults={
                "name": answers.company,
                "zone": answers.zone,
                "currency": answers.currency,
                "language": answers.language,
            },
        )
        user = User.objects.add(
            answers.email,
            answers.password,
            name=answers.name,
            role="admin",
            zone=answers.zone,
            language=answers.language,
        )
        Process.objects.begin(_starter(answers), user)
        transaction.on_commit(drop_set_up_key)
    return user


def _starter(answers: FirstStart) -> ProcessMap:
    # who writes into the map later writes in the company's language
    return replace(starter_map(answers.starter), currency=answers.currency, language=answers.language)


def _take_turn() -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [SET_UP_LOCK])
