"""Organizations, thinly: a name that deals are made with."""

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from infield.finding.models import Searched
from infield.people.names import folded
from infield.web.ids import new_id

if TYPE_CHECKING:
    from infield.accounts.models import User


class NameMissing(ValueError):  # noqa: N818  (the word says it)
    """An organization needs a name."""


class OrganizationQuerySet(models.QuerySet["Organization"]):
    def visible_to(self, user: "User") -> Self:
        """Those that the user added, or has a deal with, or may open such a deal of."""
        owners = user.sees()
        if owners is None:
            return self.all()
        return self.filter(Q(owner__in=owners) | Q(pk__in=self._of_deals(user)))

    def named(self, name: str, by: "User") -> "Organization":
        """Give the organization of this name, a new one where nobody has one; NameMissing.

        Capitals, width and spaces make no other organization. It is one for the whole company: two reps who
        sell to one buyer meet in it, though neither sees the other's deals.
        """
        name = " ".join(name.split())
        if not name:
            raise NameMissing
        found, is_new = self.get_or_create(folded_name=folded(name), defaults={"name": name, "owner": by})
        if is_new:
            Searched.objects.put(found, *found.found_by())
        return found

    def _of_deals(self, user: "User") -> "models.QuerySet[Organization]":
        # deals stand to the right: known here by the name of their relation only
        return Organization.objects.filter(deals__owner__in=user.sees() or ())


class Organization(models.Model):
    """A company that buys, or may; `owner` is who added it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(max_length=300)
    folded_name = models.CharField(max_length=600, unique=True, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = OrganizationQuerySet.as_manager()
    FOUND_WITH = ()

    class Meta:
        constraints = (models.CheckConstraint(condition=~Q(name=""), name="organization_named"),)

    def __str__(self) -> str:
        return self.name

    def found_by(self) -> tuple[str, ...]:
        return (self.name,)
