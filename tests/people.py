"""The people of the tests: Anna leads Bo and Cleo, Cleo leads Dan; Emil leads nobody; Rut reads.

Olga is in sales operations, Mia in marketing, Sam in customer service, Ada administers."""

import time
from dataclasses import dataclass

from django.test import Client

from infield.accounts.models import User

PASSWORD = "a calm sea at dawn"  # noqa: S105


@dataclass(frozen=True, slots=True)
class People:
    anna: User
    bo: User
    cleo: User
    dan: User
    emil: User
    rut: User
    olga: User
    mia: User
    sam: User
    ada: User

    def of_role(self, role: str) -> User:
        others = {"operations": self.olga, "marketing": self.mia, "service": self.sam, "admin": self.ada}
        return {"manager": self.anna, "rep": self.dan, "reader": self.rut, **others}[role]


def arrive() -> People:
    """Save everyone."""
    anna = _add("Anna Lindqvist", "manager")
    cleo = _add("Cleo Marsh", "manager", anna)
    return People(
        anna=anna,
        bo=_add("Bo Ek", "rep", anna),
        cleo=cleo,
        dan=_add("Dan Wood", "rep", cleo),
        emil=_add("Emil Aho", "manager"),
        rut=_add("Rut Berg", "reader"),
        olga=_add("Olga Ruiz", "operations"),
        mia=_add("Mia Holm", "marketing"),
        sam=_add("Sam Okoye", "service"),
        ada=_add("Ada Byrne", "admin"),
    )


def _add(name: str, role: str, manager: User | None = None) -> User:
    first = name.split(maxsplit=1)[0].lower()
    return User.objects.add(f"{first}@northwind.example", PASSWORD, name=name, role=role, manager=manager)


def proved(client: Client, user: User) -> Client:
    """Sign in, with the password typed once more a moment ago, as what matters asks for."""
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    session = client.session
    session["account_authentication_methods"] = [
        {"method": "password", "at": time.time(), "reauthenticated": True}
    ]
    session["account_authentication_methods_user"] = str(user.pk)
    session.save()
    return client
