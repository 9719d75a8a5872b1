"""Adding rules of the ideal client and putting them away; every open lead is judged anew."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction

from infield.accounts.models import User
from infield.history.actions import note_changes
from infield.people.ideal.models import IdealRule, RuleAnswer, ideal_rules
from infield.people.ideal.rules import fit, judged
from infield.people.leads.models import Lead


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
        _judge_all()
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
        _judge_all()


def _refuse(by: User) -> None:
    if not by.may("settings"):
        raise PermissionDenied


def _judge_all() -> None:
    """Bring the fit of leads that are not converted up to date with the rules."""
    rules, changed = ideal_rules(), []
    answers: dict[UUID, dict[UUID, bool]] = {}
    for lead, rule, is_so in RuleAnswer.objects.values_list("lead_id", "rule_id", "is_so"):
        answers.setdefault(lead, {})[rule] = is_so
    found = Lead.objects.filter(converted_at=None).only("country", "industry", "size", "fit")
    for one in found.iterator(chunk_size=2_000):
        now = fit([verdict for _, verdict in judged(rules, one.facts(answers.get(one.pk, {})))])
        if now != one.fit:
            one.fit = now
            changed.append(one)
    Lead.objects.bulk_update(changed, ["fit"], batch_size=500)
