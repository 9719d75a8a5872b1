"""What became of a proposal, told to its author: by mail where mail is set up, each decision once, and as seen."""

from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.utils import timezone, translation

from infield.accounts.models import User
from infield.playbook.models import Proposal
from infield.playbook.proposals.telling.queries import decided
from infield.playbook.proposals.telling.wording import decision_said, mail_text

AT_ONCE = 100
SETTLED = timedelta(minutes=1)
"""So long a decision stands before it is mailed: who decided by mistake takes it back sooner."""
LATEST = timedelta(hours=24)
"""What was decided longer ago is not mailed any more: a server that stood still must not send a week's mails."""


def mail_decisions(now: datetime) -> int:
    """Send the authors what became of their proposals; give how many mails. Nothing where no mail is set up.

    Each is claimed and sent in a transaction of its own: one that cannot be sent stays due.
    """
    if not settings.MAIL_IS_SET_UP:
        return 0
    due = decided().filter(mailed_at=None, seen_at=None, by__active=True)
    due = due.filter(decided_at__lte=now - SETTLED, decided_at__gt=now - LATEST)
    keys = list(due.order_by("decided_at").values_list("pk", flat=True)[:AT_ONCE])
    return sum(_mail(key, now) for key in keys)


def see(key: UUID, author: User) -> None:
    """Note that the author has seen what became of it. Proposal.DoesNotExist where it is nobody's or not theirs."""
    row = Proposal.objects.exclude(decision="").get(pk=key, by=author)
    Proposal.objects.filter(pk=row.pk, seen_at=None).update(seen_at=timezone.now())


def _mail(key: UUID, now: datetime) -> bool:
    with transaction.atomic():
        row = decided().select_for_update().filter(pk=key, mailed_at=None).first()
        if row is None or row.decided_by is None:
            return False
        row.mailed_at = now
        row.save(update_fields=["mailed_at"])
        with translation.override(row.by.language), timezone.override(row.by.tzinfo):
            message = EmailMessage(
                decision_said(row.decision),
                mail_text(row.decision, row.text, row.because, row.decided_by.name, settings.ORIGIN),
                to=[row.by.email],
            )
        message.send()
    return True
