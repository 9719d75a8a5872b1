"""From INFIELD_MAIL_URL to what Django needs to know to send mail."""

from typing import Any
from urllib.parse import unquote, urlsplit

PORTS = {"smtp": 25, "smtp+tls": 587, "smtps": 465}
SECONDS = 10


class UnknownMailError(ValueError):
    """The address names a way of sending mail Infield does not know."""


def mailer(url: str) -> dict[str, Any]:
    """Give Django's description of the mail server at `url`; without one, mail goes nowhere.

    smtps: encrypted from the start; smtp+tls: encrypted after STARTTLS; smtp: not encrypted. UnknownMailError for
    any other scheme.

    >>> mailer("smtp+tls://ann:p%40ss@mail.example")["OPTIONS"]["port"]
    587
    """
    if not url:
        return {"BACKEND": "django.core.mail.backends.dummy.EmailBackend"}
    parts = urlsplit(url)
    if parts.scheme not in PORTS:
        raise UnknownMailError("INFIELD_MAIL_URL must begin with smtps://, smtp+tls:// or smtp://")
    return {
        "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "OPTIONS": {
            "host": parts.hostname or "localhost",
            "port": parts.port or PORTS[parts.scheme],
            "username": unquote(parts.username or ""),
            "password": unquote(parts.password or ""),
            "use_ssl": parts.scheme == "smtps",
            "use_tls": parts.scheme == "smtp+tls",
            "timeout": SECONDS,
        },
    }
