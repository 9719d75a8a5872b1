"""What the team does to the library of objections: reword, add, hide, show again, restore, also each answer."""

from typing import Any
from uuid import UUID

from django.db import transaction

from infield.accounts.models import User
from infield.deals.checks import needed
from infield.deals.refusals import Refusal
from infield.playbook.actions import change, may_change, set_hidden
from infield.playbook.models import LONGEST_TEXT, Objection, PreparedAnswer
from infield.playbook.shipped import OBJECTIONS, prepared
from infield.playbook.topics import ABOUTS
from infield.web.ids import new_id


def write_objection(by: User, language: str, text: str, *, key: str = "", about: str = "") -> UUID:
    """Say an objection in the team's words, or add one where `key` is ""; gives the act to undo by.

    Refusal: text_missing, too_long, unknown_topic (`about`), unknown_objection.
    """
    may_change(by)
    text = needed(text, "text_missing", LONGEST_TEXT)
    if about and about not in ABOUTS:
        raise Refusal("unknown_topic")
    with transaction.atomic():
        row = _objection(key)
        return change(row, by, texts={**row.texts, language: text}, about=about or row.about)


def write_answer(by: User, language: str, text: str, *, objection: str, key: str = "") -> UUID:
    """Say a prepared answer in the team's words, or add one where `key` is "".

    Refusal: text_missing, too_long, unknown_objection, unknown_answer.
    """
    may_change(by)
    text = needed(text, "text_missing", LONGEST_TEXT)
    with transaction.atomic():
        row = _answer(objection, key)
        return change(row, by, texts={**row.texts, language: text})


def hide(by: User, objection: str, answer: str = "", *, is_hidden: bool = True) -> UUID:
    """Offer an objection, or one of its answers, no more; or again. Refusal: unknown_objection, unknown_answer."""
    may_change(by)
    with transaction.atomic():
        row = _answer(objection, answer) if answer else _objection(objection)
        return set_hidden(row, by, is_hidden=is_hidden)


def restore(by: User, objection: str, answer: str = "") -> UUID:
    """Give the words back that it came with. Refusal: unknown_objection, unknown_answer."""
    may_change(by)
    with transaction.atomic():
        row = _answer(objection, answer) if answer else _objection(objection)
        if row.is_own:
            raise Refusal("unknown_objection")
        return change(row, by, texts={}, hidden_at=None)


def _objection(key: str) -> Objection:
    if not key:
        own = new_id()
        return Objection(id=own, key=str(own))
    found = Objection.objects.select_for_update().filter(key=key).first()
    if found is None and key not in OBJECTIONS:
        raise Refusal("unknown_objection")
    return found or Objection(key=key, about=OBJECTIONS[key])


def _answer(objection: str, key: str) -> PreparedAnswer:
    if objection not in OBJECTIONS and not Objection.objects.filter(key=objection).exists():
        raise Refusal("unknown_objection")
    where: dict[str, Any] = {"objection": objection}
    if not key:
        own = new_id()
        return PreparedAnswer(id=own, key=str(own), **where)
    found = PreparedAnswer.objects.select_for_update().filter(**where, key=key).first()
    if found is None and key not in prepared(objection):
        raise Refusal("unknown_answer")
    return found or PreparedAnswer(key=key, **where)
