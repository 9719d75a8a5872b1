"""Adding rules of the ideal client and putting them away; every open lead is judged anew."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from infield.accounts.models import User
from infield.history.actions import note_changes
from infield.people.leads.models import IdealRule, judge_all


def add_rule(told: Mapping[str, Any], by: User) -> IdealRule:
    """Add a rule as the form tells it."""
    _refuse(by)
    kind = told["kind"]
    with transaction.atomic():
        rule = IdealRule.objects.create(
            kind=kind,
            among=sorted(told["places" if kind == "place" else "industries"]) if kind in LISTS else [],
            least=told["least"] if kind == "size" else None,
            most=told["most"] if kind == "size" else None,
            question=told["question"].strip() if kind == "own" else "",
        )
        note_changes(rule, by, {"created": (None, str(rule))})
        judge_all()
    return rule


def put_away(rule: IdealRule, by: User) -> None:
    """Let a rule count no more."""
    _set(rule, datetime.now(UTC), by)


def bring_back(rule: IdealRule, by: User) -> None:
    """Let a rule that was put away count again."""
    _set(rule, None, by)


LISTS = frozenset({"place", "industry"})


def _set(rule: IdealRule, at: datetime | None, by: User) -> None:
    _refuse(by)
    with transaction.atomic():
        rule.archived_at = at
        rule.save(update_fields=["archived_at"])
        note_changes(rule, by, {"archived" if at else "restored": (None, str(rule))})
        judge_all()


def _refuse(by: User) -> None:
    if not by.may("settings"):
        raise PermissionDenied
