"""Every address of the app, and what is saved: for tests that hold rules over all of them."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from hashlib import sha256
from typing import Any

from django.apps import apps
from django.db import transaction
from django.urls import URLPattern, URLResolver, get_resolver

METHODS = ("get", "head", "put", "patch", "delete", "post")
"""The one that may change something comes last."""
SAFE = ("get", "head")
KEPT = ("infield.", "allauth.mfa.", "allauth.socialaccount.")
"""Whose tables a refusal must leave as they are."""


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


@contextmanager
def taken_back() -> Iterator[None]:
    """Undo whatever the block saves, so that the next case of a test begins as this one did."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def _sum(rows: list[tuple[Any, ...]]) -> tuple[int, str]:
    return len(rows), sha256("\n".join(sorted(map(repr, rows))).encode()).hexdigest()


EVERY = sorted(addresses(), key=lambda found: found[0])
