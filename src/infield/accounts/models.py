"""The people who sign in, and those who once did."""

from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar, Self, cast
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from infield.accounts.roles import ROLES
from infield.accounts.secrets import digest, new_token
from infield.accounts.team import above, below
from infield.accounts.wording import CALENDARS, FACTOR_DEMANDS, ROLE_NAMES, SCHEMES
from infield.web.dates import Calendar
from infield.web.ids import new_id

LASTS = {"join": timedelta(days=7), "password": timedelta(hours=2)}


class Users(BaseUserManager["User"]):
    """Everyone who signs in or once did."""

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email=(username or "").strip().lower())

    def add(self, email: str, password: str | None = None, **others: Any) -> "User":
        """Save a user with this e-mail; without a password they cannot sign in."""
        user = self.model(email=email, **others)
        user.set_password(password)
        user.save()
        return user


class User(AbstractBaseUser):
    """Somebody who works here, with one role; `manager` is whom they report to."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    email = models.EmailField(_("e-mail"), unique=True)
    name = models.CharField(_("name"), max_length=200)
    role = models.CharField(_("role"), max_length=16, choices=ROLE_NAMES, default="rep")
    manager = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="team", verbose_name=_("reports to")
    )
    language = models.CharField(_("language"), max_length=8, default="en")
    zone = models.CharField(_("time zone"), max_length=64, default="UTC")
    calendar = models.CharField(_("years in dates"), max_length=12, choices=CALENDARS, default="auto")
    scheme = models.CharField(_("light or dark"), max_length=8, choices=SCHEMES, default="auto")
    shortcuts = models.BooleanField(_("single keys act, such as G P for the pipeline"), default=True)
    active = models.BooleanField(_("may sign in"), default=True)
    joined_at = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects: ClassVar[Users] = Users()

    class Meta:
        verbose_name = _("user")
        constraints = (models.CheckConstraint(condition=models.Q(role__in=list(ROLES)), name="known_role"),)

    def __str__(self) -> str:
        return self.name or self.email

    def save(self, *args: Any, **kwargs: Any) -> None:
        # one person, one account: sign-in looks for the e-mail in small letters
        self.email = self.email.strip().lower()
        super().save(*args, **kwargs)

    @property
    def is_active(self) -> bool:  # type: ignore[override]  # Django has a plain attribute here
        return self.active

    @property
    def writes(self) -> bool:
        return ROLES[self.role].writes

    def may(self, act: str) -> bool:
        """Tell whether this user's role may do one of roles.ACTS."""
        return self.active and act in ROLES[self.role].may

    @property
    def tzinfo(self) -> ZoneInfo:
        return ZoneInfo(self.zone)

    @property
    def years(self) -> Calendar:
        """How they count years; "auto" as their language does."""
        return cast("Calendar", self.calendar)

    def sees(self) -> frozenset[UUID] | None:
        """Give the owners whose deals this user may open; None means everyone's."""
        opens = ROLES[self.role].opens
        if opens == "all":
            return None
        if opens == "own":
            return frozenset({self.id})
        return self._team

    @cached_property
    def teams(self) -> frozenset[UUID]:
        """Give the people at the head of the teams that this user is in, and of those below; others lead none."""
        return above(self.id, self._reports) | self._team

    def leads(self, head: UUID) -> bool:
        """Tell whether a team is this user's: led by them, or by somebody below them."""
        return head in self._team

    @cached_property
    def _team(self) -> frozenset[UUID]:
        return below(self.id, self._reports)

    @cached_property
    def _reports(self) -> tuple[tuple[UUID, UUID | None], ...]:
        # each request reads its user anew, and asks for their team several times
        return tuple(User.objects.values_list("id", "manager_id"))


class LinkQuerySet(models.QuerySet["Link"]):
    """Links into the app, asked for as one would say it."""

    def open(self) -> Self:
        """Those that still lead in: neither used, nor taken back, nor too old."""
        return self.filter(used_at=None, revoked_at=None, expires_at__gt=datetime.now(UTC))

    def by_token(self, token: str) -> "Link | None":
        """Give the open link with this secret, or None."""
        return self.open().filter(digest=digest(token)).select_related("user").first()


class Link(models.Model):
    """A way in by one address: to join, or to choose a new password. The secret in it is not kept, only its digest."""

    JOIN, PASSWORD = "join", "password"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(User, models.CASCADE, related_name="links")
    purpose = models.CharField(max_length=8)
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+", db_index=False)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    objects = LinkQuerySet.as_manager()

    class Meta:
        constraints = (
            models.CheckConstraint(condition=models.Q(purpose__in=("join", "password")), name="link_purpose"),
        )

    def __str__(self) -> str:
        return self.purpose

    @classmethod
    def begin(cls, user: User, purpose: str, by: User | None) -> str:
        """Make a link and give its secret, which can be read nowhere afterwards; earlier ones lead in no more."""
        user.links.open().filter(purpose=purpose).update(revoked_at=datetime.now(UTC))
        token = new_token()
        lasts_until = datetime.now(UTC) + LASTS[purpose]
        cls.objects.create(
            user=user, purpose=purpose, digest=digest(token), made_by=by, expires_at=lasts_until
        )
        return token


class SignInRule(models.Model):
    """What the company asks of whoever signs in: one row, and none as long as nobody said anything."""

    # changes name what they changed by such an id
    ONLY = UUID(int=1)

    id = models.UUIDField(primary_key=True, default=ONLY, editable=False)
    second_factor = models.CharField(
        _("second factor"), max_length=8, choices=FACTOR_DEMANDS, default="nobody"
    )

    class Meta:
        verbose_name = _("rule for signing in")
        constraints = (models.CheckConstraint(condition=models.Q(id=UUID(int=1)), name="one_sign_in_rule"),)

    def __str__(self) -> str:
        return str(_("Signing in"))

    @classmethod
    def current(cls) -> "SignInRule":
        return cls.objects.filter(id=cls.ONLY).first() or cls()

    def asks(self, user: User) -> bool:
        """Tell whether this user must have a second factor."""
        return self.second_factor == "everyone" or (self.second_factor == "admins" and user.may("users"))
