"""Which decisions the authors of proposals have not read yet."""

from django.db.models import F, QuerySet

from infield.accounts.models import User
from infield.playbook.models import Proposal


def decided() -> QuerySet[Proposal]:
    """Give the proposals that somebody else than their author decided."""
    return Proposal.objects.filter(withdrawn_at=None).exclude(decision="").exclude(decided_by=F("by"))


def untold(user: User) -> QuerySet[Proposal]:
    """Give what became of proposals of this user, as long as they have not seen it; the latest first."""
    found = decided().filter(by=user, seen_at=None, decided_at__isnull=False)
    return found.select_related("decided_by").order_by("-decided_at", "pk")
