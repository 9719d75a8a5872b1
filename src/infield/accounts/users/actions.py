"""What an administrator does to the accounts of others. Each act is one transaction with its changes."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.core.exceptions import PermissionDenied
from django.db import transaction

from infield.accounts.models import Link, User
from infield.accounts.team import below
from infield.history.actions import note_changes
from infield.history.models import Change

FIELDS = ("name", "role", "manager", "active")
"""What can be changed on an account, and be taken back."""


class Refusal(Exception):  # noqa: N818  (the word says it)
    """An act that cannot be done; `code` has its sentence in wording.REFUSALS."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def invite(email: str, role: str, manager: User | None, by: User) -> tuple[User, str]:
    """Make an account that nobody signs in to yet; gives it and the secret of its link. Refusal: known_email."""
    with transaction.atomic():
        _refuse_others(by)
        if User.objects.filter(email=email.strip().lower()).exists():
            raise Refusal("known_email")
        user = User.objects.add(
            email, name="", role=role, manager=manager, active=False, language=by.language
        )
        note_changes(user, by, {"invited": (None, user.email), "role": (None, role)})
        return user, Link.begin(user, Link.JOIN, by)


def invite_again(user: User, by: User) -> str:
    """Give a new link to an invited user; the earlier one leads in no more. Refusal: not_invited."""
    with transaction.atomic():
        _refuse_others(by)
        _refuse_joined(user)
        note_changes(user, by, {"invited": (None, user.email)})
        return Link.begin(user, Link.JOIN, by)


def take_back(user: User, by: User) -> None:
    """Take an invitation back, as if it had not been; the account goes with it. Refusal: not_invited."""
    with transaction.atomic():
        _refuse_others(by)
        _refuse_joined(user)
        note_changes(user, by, {"invitation_revoked": (user.email, None)})
        user.delete()


def change(user: User, by: User, wanted: Mapping[str, Any]) -> UUID | None:
    """Set some of FIELDS; gives the act for `undo`, None where nothing changed.

    Refusal: last_admin, circle, yourself (nobody shuts themselves out).
    """
    with transaction.atomic():
        _refuse_others(by)
        # one administrator must not remove the other while the other removes the first
        admins = set(User.objects.select_for_update().filter(role="admin", active=True))
        user = User.objects.select_for_update().get(pk=user.pk)
        changes = {name: (_plain(user, name), _told(value)) for name, value in wanted.items()}
        changes = {name: pair for name, pair in changes.items() if pair[0] != pair[1]}
        if not changes:
            return None
        for name in changes:
            setattr(user, name, wanted[name])
        _refuse_change(user, by, admins, changes)
        user.save(update_fields=[*changes])
        if changes.get("active") == (True, False):
            end_sessions(user)
        return note_changes(user, by, changes)


def undo(user: User, act: UUID, by: User) -> UUID | None:
    """Set back what an act changed. Refusal: changed_since where something later changed the same; cannot_undo."""
    with transaction.atomic():
        user = User.objects.get(pk=user.pk)
        rows = list(Change.objects.filter(act=act, object_id=user.pk, field__in=FIELDS))
        if not rows or Change.objects.filter(undoes=act).exists():
            raise Refusal("cannot_undo")
        if any(_plain(user, row.field) != row.after for row in rows):
            raise Refusal("changed_since")
        wanted = {row.field: _back(row.field, row.before) for row in rows}
        undone = change(user, by, wanted)
        if undone:
            Change.objects.filter(act=undone).update(undoes=act)
        return undone


def password_link(user: User, by: User) -> str:
    """Give a link by which this user chooses a new password. Refusal: shut_out."""
    with transaction.atomic():
        _refuse_others(by)
        if not user.active:
            raise Refusal("shut_out")
        note_changes(user, by, {"password_link": (None, True)})
        return Link.begin(user, Link.PASSWORD, by)


def take_factors(user: User, by: User) -> None:
    """Take every second factor away, for who lost theirs. Refusal: no_factor."""
    with transaction.atomic():
        _refuse_others(by)
        if not Authenticator.objects.filter(user_id=user.pk).delete()[0]:
            raise Refusal("no_factor")
        end_sessions(user)
        note_changes(user, by, {"second_factor": (True, None)})


def end_sessions(user: User, but: str = "") -> int:
    """Sign a user out everywhere, `but` in the session with this key; gives how many ended."""
    others = list(UserSession.objects.filter(user_id=user.pk).exclude(session_key=but))
    for session in others:
        session.end()
    return len(others)


def _refuse_others(by: User) -> None:
    if not by.may("users"):
        raise PermissionDenied


def _refuse_joined(user: User) -> None:
    if not is_invited(user):
        raise Refusal("not_invited")


def is_invited(user: User) -> bool:
    """True for an account that was invited and has not joined."""
    joins = user.links.filter(purpose=Link.JOIN)
    return not user.active and joins.exists() and not joins.exclude(used_at=None).exists()


def _refuse_change(user: User, by: User, admins: set[User], changes: Mapping[str, Any]) -> None:
    if user.pk == by.pk and "active" in changes:
        raise Refusal("yourself")
    if user in admins and not (user.active and user.role == "admin") and len(admins) == 1:
        raise Refusal("last_admin")
    if changes.get("active") == (False, True) and is_invited(user):
        raise Refusal("not_joined")
    reports = User.objects.values_list("id", "manager_id")
    if user.manager_id and user.manager_id in below(user.pk, reports):
        raise Refusal("circle")


def _plain(user: User, name: str) -> Any:
    return _told(getattr(user, name))


def _told(value: Any) -> Any:
    return str(value.pk) if isinstance(value, User) else value


def _back(name: str, before: Any) -> Any:
    return User.objects.filter(pk=before).first() if name == "manager" and before else before
