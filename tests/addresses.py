"""Every address of the app, and what is saved: for tests that hold rules over all of them."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from hashlib import sha256
from typing import Any

from django.apps import apps
from django.db import connection, transaction
from django.urls import URLPattern, URLResolver, get_resolver

METHODS = ("get", "head", "put", "patch", "delete", "post")
"""The one that may change something comes last."""
SAFE = ("get", "head")
KEPT = ("infield.", "allauth.mfa.", "allauth.socialaccount.")
"""Whose tables a refusal must leave as they are."""
SAVEPOINT = re.compile(r'(SAVEPOINT|ROLLBACK TO SAVEPOINT|RELEASE SAVEPOINT) "?(\w+)"?')
WRITING = re.compile(r'(INSERT(?: OR \w+)? INTO|UPDATE|DELETE FROM|REPLACE INTO) "?(\w+)"?')


def addresses(resolver: URLResolver | None = None, before: str = "") -> Iterator[tuple[str, Any]]:
    """Give route and view of every address, in the order of the resolver."""
    for pattern in (resolver or get_resolver()).url_patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield route, pattern.callback
        else:
            yield from addresses(pattern, route)


def filled(route: str, values: Mapping[str, str]) -> str:
    """Put values into a route, by the name of the part or else by its converter."""

    def value(found: re.Match[str]) -> str:
        return values.get(found[2]) or values[found[1] or "str"]

    return "/" + re.sub(r"<(?:(\w+):)?(\w+)>", value, route)


def everything_saved() -> dict[str, tuple[int, str]]:
    """Give how many rows each of our tables has, and a checksum over them."""
    ours = [model for model in apps.get_models() if model.__module__.startswith(KEPT)]
    return {model._meta.label: _sum(list(model._default_manager.values_list())) for model in ours}


class Written(list[str]):
    """The statements that changed rows of our tables, less those that were rolled back."""

    def __init__(self) -> None:
        super().__init__()
        self._tables = {
            model._meta.db_table for model in apps.get_models() if model.__module__.startswith(KEPT)
        }
        self._marks: dict[str, int] = {}

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Mapping[str, Any]) -> Any:
        result = execute(sql, params, many, context)
        if found := SAVEPOINT.match(sql):
            self._mark(found[1], found[2])
        elif (found := WRITING.match(sql)) and found[2] in self._tables and _did(found[1], context["cursor"]):
            self.append(sql)
        return result

    def _mark(self, act: str, name: str) -> None:
        if act == "SAVEPOINT":
            self._marks[name] = len(self)
        elif act.startswith("ROLLBACK"):
            del self[self._marks.get(name, 0) :]


@contextmanager
def watched() -> Iterator[Written]:
    """Watch what the block writes: empty at any moment at which the tables are as they were before."""
    written = Written()
    with connection.execute_wrapper(written):
        yield written


@contextmanager
def taken_back() -> Iterator[None]:
    """Undo whatever the block saves, so that the next case of a test begins as this one did."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def _did(act: str, cursor: Any) -> bool:
    """Tell whether a statement changed a row: what an UPDATE or a DELETE did not find it did not change."""
    return act.startswith("INSERT") or cursor.rowcount != 0


def _sum(rows: list[tuple[Any, ...]]) -> tuple[int, str]:
    return len(rows), sha256("\n".join(sorted(map(repr, rows))).encode()).hexdigest()


EVERY = sorted(addresses(), key=lambda found: found[0])
