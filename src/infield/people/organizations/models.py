"""Organizations: the companies that buy, or may. One address book for the whole company."""

from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.db import models
from django.db.models import Q

from infield.finding.actions import find_anew_with
from infield.finding.collation import sort_key
from infield.finding.folding import searchable
from infield.finding.models import Searched
from infield.people.names import core, domain_of, folded
from infield.people.reach import keys_of, tidy
from infield.people.records.models import Record
from infield.people.refusals import NameMissing, Refusal

if TYPE_CHECKING:
    from infield.accounts.models import User

LONGEST_NAME = 300


class OrganizationQuerySet(models.QuerySet["Organization"]):
    def visible_to(self, user: "User") -> Self:
        """All of them: who works on people or reads everything shares one address book.

        That an organization is known tells nothing of its deals: those keep their own rule.
        """
        return self.all() if user.may("people") or user.sees() is None else self.none()

    def current(self) -> Self:
        """Those that are not put away."""
        return self.filter(archived_at=None)

    def named(self, name: str, by: "User") -> "Organization":
        """Give the organization of this name, a new one where nobody has one; NameMissing.

        Capitals, width and spaces make no other organization, and a double that was merged leads to the one that
        it went into. It is one for the whole company: two reps who sell to one buyer meet in it, though neither
        sees the other's deals.
        """
        name = " ".join(name.split())
        if not name:
            raise NameMissing
        found, is_new = self.get_or_create(folded_name=folded(name), defaults={"name": name, "owner": by})
        if is_new:
            Searched.objects.put(found, *found.found_by())
        return found.merged_into or found


class Organization(Record):
    """A company that buys, or may; `owner` is who answers for it.

    `size`: employees. `country`: ISO 3166. `compared`: the name without its legal form, by which doubles are found.
    `emails`, `phones`, `addresses`: lists of reach.Way.
    """

    CHANGES: ClassVar[tuple[str, ...]] = (
        "name",
        "reading",
        "domain",
        "industry",
        "size",
        "country",
        "place",
        "emails",
        "phones",
        "addresses",
        "owner",
    )

    name = models.CharField(max_length=LONGEST_NAME)
    folded_name = models.CharField(max_length=600, unique=True, editable=False)
    compared = models.CharField(max_length=600, editable=False, default="")
    reading = models.CharField(max_length=LONGEST_NAME, blank=True, default="")
    domain = models.CharField(max_length=253, blank=True, default="")
    industry = models.CharField(max_length=24, blank=True, default="")
    size = models.PositiveIntegerField(null=True, blank=True)
    country = models.CharField(max_length=2, blank=True, default="")
    place = models.CharField(max_length=200, blank=True, default="")
    emails = models.JSONField(default=list)
    phones = models.JSONField(default=list)
    addresses = models.JSONField(default=list)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="merged")

    objects = OrganizationQuerySet.as_manager()
    FOUND_WITH = ()

    class Meta:
        constraints = (
            models.CheckConstraint(condition=~Q(name=""), name="organization_named"),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | Q(archived_at__isnull=False),
                name="organization_merged_is_archived",
            ),
        )
        indexes = (
            models.Index(
                fields=["sort_key", "id"], condition=Q(archived_at__isnull=True), name="organization_sorted"
            ),
            models.Index(fields=["owner", "sort_key", "id"], name="organization_of_owner"),
            models.Index(
                fields=["created_at", "id"], condition=Q(archived_at__isnull=True), name="organization_added"
            ),
            models.Index(fields=["compared"], name="organization_compared"),
        )

    def __str__(self) -> str:
        return self.name

    def found_by(self) -> tuple[str, ...]:
        ways = (way["value"] for way in (*self.emails, *self.phones))
        return (self.name, self.reading, self.domain, *ways)

    @classmethod
    def fresh(cls, name: str, **others: Any) -> Self:
        """Give a new one, not saved, with all that follows from its name: for many at once."""
        made = cls(name=name, **others)
        made.derive()
        return made

    def derive(self) -> None:
        self.folded_name = folded(self.name)
        self.compared = core(self.name)
        self.sort_key = sort_key(core(self.name), self.reading)
        self.domain = domain_of(self.domain) or self.domain.strip().casefold()
        self.emails, self.phones, self.addresses = tidy(self.emails), tidy(self.phones), tidy(self.addresses)

    def refuse_flaws(self) -> None:
        self.name = " ".join(self.name.split())
        if not self.name:
            raise NameMissing
        other = Organization.objects.filter(folded_name=folded(self.name)).exclude(pk=self.pk).first()
        if other:
            raise Refusal("name_taken", name=other.name, other=other.pk)

    def keep_up(self) -> None:
        before = Searched.objects.filter(object_id=self.pk).values_list("text", flat=True).first()
        self.be_found(keys_of(self.emails, self.phones, self.country, self.domain))
        if before not in {None, searchable(self.found_by())}:
            find_anew_with(self)
        # how its people sort by it
        self.contacts.exclude(organization_key=self.sort_key).update(organization_key=self.sort_key)
