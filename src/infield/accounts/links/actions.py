"""Coming in by a link: joining, and choosing a new password."""

from dataclasses import dataclass
from datetime import UTC, datetime

from django.contrib.auth.password_validation import validate_password
from django.db import transaction

from infield.accounts.models import Link, User
from infield.accounts.users.actions import end_sessions
from infield.history.actions import note_changes


class LinkClosed(Exception):  # noqa: N818  (the word says it)
    """The link was used, taken back, is too old, or never was one."""


@dataclass(frozen=True, slots=True)
class Joining:
    """What somebody says who joins."""

    name: str
    password: str
    language: str
    zone: str


def join(token: str, said: Joining) -> User:
    """Let an invited user in, once. LinkClosed; ValidationError for a password that is too easy."""
    with transaction.atomic():
        user = _use(token, Link.JOIN)
        user.name, user.language, user.zone, user.active = said.name, said.language, said.zone, True
        validate_password(said.password, user)
        user.set_password(said.password)
        user.save()
        note_changes(user, user, {"joined": (None, user.name)})
        return user


def choose_password(token: str, password: str) -> User:
    """Set a new password, once, and sign out everywhere. LinkClosed; ValidationError for one that is too easy."""
    with transaction.atomic():
        user = _use(token, Link.PASSWORD)
        if not user.active:
            raise LinkClosed
        validate_password(password, user)
        user.set_password(password)
        user.save()
        end_sessions(user)
        note_changes(user, user, {"password": (None, None)})
        return user


def accept_by_sign_on(user: User, name: str) -> None:
    """Let an invited user in whom the company's single sign-on has named."""
    with transaction.atomic():
        user.links.filter(purpose=Link.JOIN, used_at=None).update(used_at=datetime.now(UTC))
        user.name, user.active = user.name or name or user.email, True
        user.save(update_fields=["name", "active"])
        note_changes(user, user, {"joined": (None, user.name)})


def _use(token: str, purpose: str) -> User:
    link = Link.objects.by_token(token)
    if link is None or link.purpose != purpose:
        raise LinkClosed
    # of two who come at once, one changes the row
    if not Link.objects.open().filter(pk=link.pk).update(used_at=datetime.now(UTC)):
        raise LinkClosed
    return link.user
