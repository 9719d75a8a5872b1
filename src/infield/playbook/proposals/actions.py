"""Proposing from a deal what the playbook should say; and deciding it: taken in, or declined with a reason."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction

from infield.accounts.models import User
from infield.deals.checks import needed
from infield.deals.models import Deal
from infield.deals.refusals import Refusal
from infield.history.actions import note_changes
from infield.history.models import Change
from infield.playbook.actions import CREATED, may_change
from infield.playbook.actions import undo as undo_change
from infield.playbook.guidance import level_of
from infield.playbook.models import LONGEST_TEXT, Objection, Proposal
from infield.playbook.shelf.actions import write_answer
from infield.playbook.shipped import OBJECTIONS
from infield.playbook.stages.actions import Place, refuse_unknown, write
from infield.playbook.topics import PROPOSED


def propose(deal: Deal, by: User, language: str, kind: str, text: str, objection: str = "") -> UUID:
    """Propose something for the stage that a deal is in; gives the act to undo by.

    Refusal: unknown_topic, text_missing, too_long, unknown_objection (an answer is for one). PermissionDenied.
    """
    if not by.may("deals"):
        raise PermissionDenied
    if kind not in PROPOSED:
        raise Refusal("unknown_topic")
    text, objection = needed(text, "text_missing", LONGEST_TEXT), objection if kind == "answer" else ""
    if kind == "answer" and not _is_objection(objection):
        raise Refusal("unknown_objection")
    with transaction.atomic():
        row = Proposal.objects.create(
            process=deal.version.process,
            stage=deal.stage,
            deal=deal,
            kind=kind,
            objection=objection,
            language=language,
            text=text,
            by=by,
        )
        return note_changes(row, by, {CREATED: (None, text)})


def accept(proposal: UUID, by: User, text: str) -> UUID:
    """Put it into the playbook, in these words. Refusal: decided, text_missing, too_long, unknown_stage."""
    may_change(by)
    with transaction.atomic():
        row = _waiting(proposal)
        row.made = _written(row, by, needed(text, "text_missing", LONGEST_TEXT))
        return _decide(row, by, "accepted")


def decline(proposal: UUID, by: User, because: str) -> UUID:
    """Leave it out and say why, which its author reads. Refusal: decided, reason_missing, too_long."""
    may_change(by)
    because = needed(because, "reason_missing", LONGEST_TEXT)
    with transaction.atomic():
        row = _waiting(proposal)
        row.because = because
        return _decide(row, by, "declined")


def take_back(act: UUID, by: User) -> Proposal:
    """Take a proposal back as its author while it waits, or a decision with what it wrote.

    Refusal: cannot_undo (no act of this room), not_latest, decided. PermissionDenied.
    """
    with transaction.atomic():
        told = {one.field: one for one in Change.objects.filter(act=act, object_kind="proposal")}
        if not told:
            raise Refusal("cannot_undo")
        row = Proposal.objects.select_for_update().get(pk=next(iter(told.values())).object_id)
        return _withdraw(row, by, act) if CREATED in told else _reopen(row, by, act, told["decision"].after)


def _withdraw(row: Proposal, by: User, act: UUID) -> Proposal:
    if row.by_id != by.pk:
        raise PermissionDenied
    if not row.is_waiting:
        raise Refusal("decided")
    row.withdrawn_at = datetime.now(UTC)
    row.save(update_fields=["withdrawn_at"])
    note_changes(row, by, {"withdrawn": (None, row.text)}, undoes=act)
    return row


def _reopen(row: Proposal, by: User, act: UUID, decision: Any) -> Proposal:
    may_change(by)
    last = Change.objects.filter(object_kind="proposal", object_id=row.pk).order_by("-id").first()
    if last is None or last.act != act or row.decision != decision:
        raise Refusal("not_latest")
    if row.made:
        undo_change(row.made, by)
    before = (row.decision, row.because)
    row.decision, row.because, row.made, row.decided_by, row.decided_at = "", "", None, None, None
    row.mailed_at, row.seen_at = None, None  # of what is decided next its author is told anew
    row.save()
    note_changes(row, by, {"decision": (before[0], ""), "because": (before[1], "")}, undoes=act)
    return row


def _waiting(key: UUID) -> Proposal:
    row = Proposal.objects.select_for_update().get(pk=key)
    if not row.is_waiting:
        raise Refusal("decided")
    return row


def _written(row: Proposal, by: User, text: str) -> UUID:
    if row.kind == "answer":
        return write_answer(by, row.language, text, objection=row.objection)
    place = Place(row.process, row.stage, PROPOSED[row.kind])
    refuse_unknown(place)
    level = level_of(row.process.current().map().stage(row.stage)) if row.kind == "question" else ""
    return write(place, by, row.language, text, level=level)


def _decide(row: Proposal, by: User, decision: str) -> UUID:
    row.decision, row.decided_by, row.decided_at = decision, by, datetime.now(UTC)
    row.save()
    told = {"decision": ("", decision)} | ({"because": ("", row.because)} if row.because else {})
    return note_changes(row, by, told)


def _is_objection(key: str) -> bool:
    return key in OBJECTIONS or Objection.objects.filter(key=key).exists()
