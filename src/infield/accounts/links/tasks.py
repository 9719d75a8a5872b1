"""The mails with a link in them, sent at once or by the worker."""

import logging
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import send_mail
from django.tasks import task
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from infield.accounts.models import LASTS, Link, User
from infield.web.company import the_company

log = logging.getLogger("infield.accounts")
HOUR_S = 3600


@task()
def send_new_password(email: str, origin: str) -> None:
    """Send a link to choose a new password to whom this e-mail belongs; nothing where it is nobody's.

    Looked up here and not while somebody waits: the answer takes the same time whether there is such an account.
    """
    user = User.objects.filter(email=email.strip().lower(), active=True).first()
    if user is None or not settings.MAIL_IS_SET_UP:
        return
    token = Link.begin(user, Link.PASSWORD, None)
    send_link(user, Link.PASSWORD, origin + reverse("link_password", args=[token]))


def send_link(user: User, purpose: str, address: str) -> bool:
    """Send a link in the user's language; False where mail is not set up or the mail server did not take it."""
    if not settings.MAIL_IS_SET_UP:
        return False
    company = the_company()
    context = {
        "name": user.name,
        "company": company.name if company else "Infield",
        "address": address,
        "hours": int(LASTS[purpose].total_seconds() // HOUR_S),
    }
    with translation.override(user.language):
        subject = " ".join(render_to_string(f"accounts/mail/{purpose}_subject.txt", context).split())
        body = render_to_string(f"accounts/mail/{purpose}.txt", context)
    try:
        send_mail(subject, body, None, [user.email])
    except (SMTPException, OSError):
        log.warning("a mail with a link could not be sent", exc_info=True)
        return False
    return True
