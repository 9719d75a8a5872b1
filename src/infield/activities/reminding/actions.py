"""Reminders by mail, where mail is set up: each at most once, also where a job runs twice."""

from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.utils import timezone, translation

from infield.activities.models import Reminder
from infield.activities.wording import mail_subject, mail_text

AT_ONCE = 100
LATEST = timedelta(hours=24)
"""What is due for longer is not sent any more: a server that stood still for a week must not send a week's mails."""


def mail_reminders(now: datetime) -> int:
    """Send the mails of reminders that are due; give how many. Nothing where no mail is set up.

    Each is claimed and sent in a transaction of its own: one that cannot be sent stays due.
    """
    if not settings.MAIL_IS_SET_UP:
        return 0
    due = Reminder.objects.filter(mailed_at=None, seen_at=None, at__lte=now, at__gt=now - LATEST)
    due = due.filter(activity__done_at=None, activity__dropped_at=None, user__active=True)
    keys = list(due.order_by("at").values_list("pk", flat=True)[:AT_ONCE])
    return sum(_mail(key, now) for key in keys)


def _mail(key: UUID, now: datetime) -> bool:
    with transaction.atomic():
        row = Reminder.objects.select_for_update().filter(pk=key, mailed_at=None).first()
        if row is None:
            return False
        row.mailed_at = now
        row.save(update_fields=["mailed_at"])
        with translation.override(row.user.language), timezone.override(row.user.tzinfo):
            activity = row.activity
            message = EmailMessage(
                mail_subject(activity.what),
                mail_text(activity.what, activity.due_on, activity.due_at, settings.ORIGIN),
                to=[row.user.email],
            )
        message.send()
    return True
