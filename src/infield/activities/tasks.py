"""What happens by itself: reminders by mail, and the series that follow a sale. Every minute; safe to repeat."""

from datetime import UTC, datetime

from django.tasks import task

from infield.activities.following.actions import begin_after_sales
from infield.activities.reminding.actions import mail_reminders


@task()
def remind() -> None:
    """Send the mails of reminders that are due."""
    mail_reminders(datetime.now(UTC))


@task()
def follow_sales() -> None:
    """Begin the cadence that follows a sale for deals that were won and have none."""
    begin_after_sales(datetime.now(UTC))
