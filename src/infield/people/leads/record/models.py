"""The row of a lead, and how an act on it begins and is told."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils import timezone

from infield.accounts.models import User
from infield.accounts.owning.actions import follow_owner
from infield.finding.collation import sort_key
from infield.history.actions import record
from infield.history.models import Event
from infield.people.contacts.models import Contact
from infield.people.names import core, domain_of
from infield.people.organizations.models import Organization
from infield.people.records.models import Done, Record
from infield.people.refusals import NameMissing, Refusal
from infield.web.ids import new_id

PROFILES = ("lead", "prospect", "qualified", "disqualified")
SOURCES = ("web", "fair", "referral", "partner", "advert", "social", "mail", "call", "event", "other")


class LeadRecord(Record):
    """A possible customer, as somebody typed it in. `case` is the journey that a deal goes on with.

    `profile`: one of PROFILES. `fit`: what the ideal-client rules say (met: marketing-qualified). `owner` None:
    nobody answers for it yet. `organization` and `contact`: what it was converted into, at `converted_at`.
    """

    CHANGES: ClassVar[tuple[str, ...]] = (
        "person",
        "company",
        "job_title",
        "email",
        "phone",
        "website",
        "country",
        "place",
        "industry",
        "size",
        "wanted",
        "source",
        "direction",
        "arrived_at",
        "language",
    )

    case = models.UUIDField(unique=True, default=new_id, editable=False)
    person = models.CharField(max_length=300, blank=True, default="")
    company = models.CharField(max_length=300, blank=True, default="")
    job_title = models.CharField(max_length=200, blank=True, default="")
    email = models.CharField(max_length=254, blank=True, default="")
    phone = models.CharField(max_length=60, blank=True, default="")
    website = models.CharField(max_length=253, blank=True, default="")
    country = models.CharField(max_length=2, blank=True, default="")
    place = models.CharField(max_length=200, blank=True, default="")
    industry = models.CharField(max_length=24, blank=True, default="")
    size = models.PositiveIntegerField(null=True, blank=True)
    language = models.CharField(max_length=8, blank=True, default="")
    wanted = models.TextField(blank=True, default="")
    source = models.CharField(max_length=24, default="other")
    direction = models.CharField(max_length=8, default="inbound")
    arrived_at = models.DateTimeField(default=timezone.now)
    profile = models.CharField(max_length=12, default="lead")
    disqualified_for = models.CharField(max_length=24, blank=True, default="")
    fit = models.CharField(max_length=8, default="unknown", editable=False)
    compared = models.CharField(max_length=400, editable=False, default="")
    organization = models.ForeignKey(Organization, models.PROTECT, null=True, related_name="leads")
    contact = models.ForeignKey(Contact, models.PROTECT, null=True, related_name="leads")
    converted_at = models.DateTimeField(null=True)

    FOUND_WITH = ()

    class Meta(Record.Meta):
        abstract = True
        constraints = (
            models.CheckConstraint(condition=~Q(person="", company=""), name="lead_named"),
            models.CheckConstraint(condition=Q(profile__in=PROFILES), name="lead_profile"),
            models.CheckConstraint(
                condition=(Q(profile="disqualified") & ~Q(disqualified_for=""))
                | (~Q(profile="disqualified") & Q(disqualified_for="")),
                name="lead_disqualified_for",
            ),
            models.CheckConstraint(
                condition=Q(converted_at__isnull=True)
                | Q(converted_at__isnull=False, organization__isnull=False, contact__isnull=False),
                name="lead_converted_into",
            ),
        )
        indexes = (
            models.Index(fields=["owner", "arrived_at", "id"], name="lead_of_owner"),
            models.Index(
                fields=["arrived_at", "id"], condition=Q(archived_at__isnull=True), name="lead_arrived"
            ),
            models.Index(fields=["compared"], name="lead_compared"),
        )

    def __str__(self) -> str:
        return self.person or self.company

    def found_by(self) -> tuple[str, ...]:
        return (self.person, self.company, self.email, self.phone, self.website)

    def tell(
        self,
        kind: str,
        by: User | None,
        data: Mapping[str, Any],
        words: Mapping[str, str] | None = None,
        at: datetime | None = None,
    ) -> Event:
        """Write an event of its case."""
        said = {name: text.strip() for name, text in (words or {}).items() if text.strip()}
        return record(kind, case=self.case, by=by, object=self, at=at, data=data, words=said)

    def _write(self, by: User, values: Mapping[str, Any], undoes: UUID | None = None) -> Done:
        """Change fields; a new source is told in the log too, which counts deals by where they came from."""
        before = self.source
        done = super()._write(by, values, undoes)
        if self.source != before:
            self.tell("field_changed", by, {"field": "source", "value": self.source, "source": self.source})
        return done

    def derive(self) -> None:
        self.sort_key = sort_key(self.person or self.company)
        self.compared = core(self.company)[:400]
        self.website = domain_of(self.website) or self.website.strip()

    def refuse_flaws(self) -> None:
        self.person, self.company = " ".join(self.person.split()), " ".join(self.company.split())
        if not (self.person or self.company):
            raise NameMissing

    def _take_open(self, by: User) -> None:
        self.take(by)
        if self.converted_at:
            raise Refusal("converted")

    def _keep(self, **values: Any) -> None:
        before = self.owner_id
        for name, value in values.items():
            setattr(self, name, value)
        self.lock += 1
        self.save()
        follow_owner(self, before)

    def _told(
        self,
        kind: str,
        by: User,
        data: Mapping[str, Any],
        words: Mapping[str, str] | None = None,
        what: str = "",
    ) -> Done:
        return Done(what or kind, self.tell(kind, by, data, words).pk)

    def _own_events(self) -> "models.QuerySet[Event]":
        """Give the events of its own that count, in the order in which they were told."""
        return Event.objects.filter(case=self.case, object_id=self.pk).counting().order_by("position")
