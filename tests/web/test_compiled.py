"""Query sets whose SQL is written once answer as those that are written anew."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from django.db.models import QuerySet
from django.db.models.sql.compiler import SQLCompiler
from tests.people import People

from infield.accounts.models import User
from infield.web.compiled import compiled

type Users = QuerySet[User, Any]


def of_key(key: UUID) -> Users:
    return User.objects.filter(pk=key)


def but_one(key: UUID, name: str) -> Users:
    return User.objects.exclude(pk=key).exclude(name=name).select_related("manager").order_by("name")


def names_but_one(key: UUID) -> Users:
    return User.objects.exclude(pk=key).order_by("-name").values_list("name", "pk")


def test_rows_are_those_of_the_query_set_for_each_key(people: People) -> None:
    rows = compiled(of_key)
    assert rows(people.anna.pk) == [people.anna]
    assert rows(people.bo.pk) == [people.bo]
    assert rows(UUID(int=0)) == []


@pytest.mark.parametrize(
    ("build", "more"), [(but_one, ("Anna",)), (names_but_one, ())], ids=["models with another", "tuples"]
)
def test_two_keys_give_each_its_own_rows(
    people: People, build: Callable[..., Users], more: tuple[str, ...]
) -> None:
    rows = compiled(build)
    found = [rows(key, *more) for key in (people.anna.pk, people.bo.pk)]
    assert found == [list(build(key, *more)) for key in (people.anna.pk, people.bo.pk)]
    assert found[0] != found[1]


def test_sql_is_written_once(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    rows, written = compiled(names_but_one), []
    write = SQLCompiler.as_sql

    def counted(self: SQLCompiler, *args: Any, **kwargs: Any) -> Any:
        written.append(self)
        return write(self, *args, **kwargs)

    monkeypatch.setattr(SQLCompiler, "as_sql", counted)
    assert rows(people.anna.pk)
    assert len(written) == 1
    assert rows(people.bo.pk)
    assert len(written) == 1


@pytest.mark.parametrize("key", [None, 7, b"7"], ids=repr)
def test_other_arguments_are_refused(db: None, key: Any) -> None:
    with pytest.raises(TypeError, match="takes keys and strings"):
        compiled(of_key)(key)


@pytest.mark.parametrize(
    "build",
    [
        lambda said: User.objects.filter(name__startswith=said),
        lambda said: User.objects.filter(name=f"{said}!"),
        lambda _: User.objects.all(),
    ],
    ids=["a pattern", "a part", "unused"],
)
def test_an_argument_that_is_not_compared_with_as_it_is_is_refused(db: None, build: Any) -> None:
    with pytest.raises(TypeError, match="An argument is"):
        compiled(build)("Anna")
