"""What happens by itself: authors are told by mail what became of their proposals. Every minute; safe to repeat."""

from datetime import UTC, datetime

from django.tasks import task

from infield.playbook.proposals.telling.actions import mail_decisions


@task()
def tell_authors() -> None:
    """Send the mails about proposals that were decided."""
    mail_decisions(datetime.now(UTC))
