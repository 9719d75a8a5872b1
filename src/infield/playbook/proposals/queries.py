"""Proposals to the playbook as screens show them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import models

from infield.accounts.models import User
from infield.deals.models import Deal
from infield.deals.wording import stage_name
from infield.playbook.models import Proposal
from infield.playbook.talks.queries import named
from infield.playbook.wording import PROPOSED_NAMES
from infield.process.models import ProcessVersion, maps_of
from infield.web.compiled import compiled

AT_MOST = 100
"""So many proposals are shown, the waiting ones first."""


@dataclass(frozen=True, slots=True)
class Proposed:
    """A proposal in words; `deal`: the deal it came from, None where the viewer may not open it. `state`: waiting,
    accepted or declined."""

    pk: UUID
    kind: str
    text: str
    stage: str
    objection: str
    by: str
    at: datetime
    state: str
    decided_by: str
    because: str
    deal: UUID | None
    deal_name: str


def waiting(user: User) -> int:
    """Give how many proposals wait for this user's decision."""
    return Proposal.objects.filter(decision="", withdrawn_at=None).count() if user.may("playbook") else 0


def proposals(user: User, language: str) -> tuple[Proposed, ...]:
    """Give the proposals that this user decides, else their own; the waiting ones first, then the latest. Five queries
    at most."""
    rows = _standing() if user.may("playbook") else _standing().filter(by=user)
    return _shown(list(rows.order_by("decision", "-at")[:AT_MOST]), user, language)


def own_at(deal: Deal, user: User, language: str) -> tuple[Proposed, ...]:
    """Give what this user proposed from a deal, the latest first."""
    return _shown(_own(deal.pk, user.pk), user, language)


@compiled
def _own(deal: UUID, by: UUID) -> models.QuerySet[Proposal]:
    return _standing().filter(deal=deal, by=by).order_by("-at")[:AT_MOST]


def _standing() -> models.QuerySet[Proposal]:
    return Proposal.objects.filter(withdrawn_at=None).select_related("by", "decided_by")


def _shown(found: Sequence[Proposal], user: User, language: str) -> tuple[Proposed, ...]:
    if not found:
        return ()
    deals = Deal.objects.visible_to(user).filter(pk__in={row.deal_id for row in found})
    seen = {one.pk: one for one in deals.select_related("organization")}
    versions = ProcessVersion.objects.filter(process__in={row.process_id for row in found}).order_by("number")
    current = dict(versions.values_list("process", "pk"))  # the last of each
    known = maps_of(current.values())
    maps = {process: known[version] for process, version in current.items()}
    objections = {one.key: one.text for one in named(language)} if any(row.objection for row in found) else {}
    return tuple(
        Proposed(
            pk=row.pk,
            kind=str(PROPOSED_NAMES[row.kind]),
            text=row.text,
            stage=stage_name(row.stage, maps[row.process_id], language),
            objection=objections.get(row.objection, row.objection),
            by=row.by.name,
            at=row.at,
            state=row.decision or "waiting",
            decided_by=row.decided_by.name if row.decided_by else "",
            because=row.because,
            deal=row.deal_id if row.deal_id in seen else None,
            deal_name=seen[row.deal_id].organization.name if row.deal_id in seen else "",
        )
        for row in found
    )
