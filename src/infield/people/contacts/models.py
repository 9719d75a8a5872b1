"""Contacts: the people one speaks with, named in the order and form of their own culture."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from infield.finding.collation import sort_key
from infield.finding.folding import fold
from infield.people.cultures import PersonName
from infield.people.organizations.models import Organization
from infield.people.reach import dialled_in, keys_of, tidy
from infield.people.records.models import Done, Record
from infield.people.refusals import NameMissing, Refusal
from infield.web.ids import new_id

if TYPE_CHECKING:
    from infield.accounts.models import User

LONGEST_PART = 150
CHANNELS = ("email", "phone", "text", "chat", "post", "meeting")


@dataclass(frozen=True, slots=True)
class ContactStep:
    """What comes next with a contact, and on which day."""

    what: str
    on: date


class ContactQuerySet(models.QuerySet["Contact"]):
    def visible_to(self, user: "User") -> Self:
        """All of them, for who works on people or reads everything: one address book."""
        return self.all() if user.may("people") or user.sees() is None else self.none()

    def current(self) -> Self:
        """Those that are not put away."""
        return self.filter(archived_at=None)

    def without_next_step(self) -> Self:
        """Current ones of whom nobody has said what comes next, nor that nothing does."""
        return self.current().filter(next_step_on=None, no_contact_because="")

    def late(self, today: date) -> Self:
        """Current ones whose next step was due before `today`."""
        return self.current().filter(next_step_on__lt=today)


class Contact(Record):
    """A person. `culture`: whose order and courtesy the name has; `honorific` replaces the culture's usual one.

    `opened_by`: who opened the relation, the default for follow-ups. `no_contact_because`: why nobody is to
    contact this person any more. `emails`, `phones`, `addresses`: lists of reach.Way. `organization_key`: how the
    organization sorts, kept here so that an index gives a list of people in its order.
    """

    CHANGES: ClassVar[tuple[str, ...]] = (
        "family",
        "given",
        "family_kana",
        "given_kana",
        "honorific",
        "culture",
        "organization",
        "job_title",
        "channel",
        "language",
        "emails",
        "phones",
        "addresses",
        "opened_by",
        "next_step",
        "next_step_on",
        "no_contact_because",
        "owner",
    )

    family = models.CharField(max_length=LONGEST_PART, blank=True, default="")
    given = models.CharField(max_length=LONGEST_PART, blank=True, default="")
    family_kana = models.CharField(max_length=LONGEST_PART, blank=True, default="")
    given_kana = models.CharField(max_length=LONGEST_PART, blank=True, default="")
    honorific = models.CharField(max_length=40, blank=True, default="")
    culture = models.CharField(max_length=8, default="en")
    organization = models.ForeignKey(Organization, models.PROTECT, null=True, related_name="contacts")
    job_title = models.CharField(max_length=200, blank=True, default="")
    channel = models.CharField(max_length=8, blank=True, default="")
    language = models.CharField(max_length=8, blank=True, default="")
    emails = models.JSONField(default=list)
    phones = models.JSONField(default=list)
    addresses = models.JSONField(default=list)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    organization_key = models.CharField(max_length=420, editable=False, default="")
    next_step = models.CharField(max_length=500, blank=True, default="")
    next_step_on = models.DateField(null=True)
    no_contact_because = models.CharField(max_length=500, blank=True, default="")
    compared = models.CharField(max_length=400, editable=False, default="")
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="merged")

    objects = ContactQuerySet.as_manager()
    FOUND_WITH = ("organization",)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=~Q(family="", given=""), name="contact_named"),
            models.CheckConstraint(
                condition=Q(next_step="", next_step_on__isnull=True)
                | (~Q(next_step="") & Q(next_step_on__isnull=False)),
                name="contact_next_step_with_day",
            ),
            models.CheckConstraint(
                condition=Q(no_contact_because="") | Q(next_step=""), name="contact_step_or_no_contact"
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | Q(archived_at__isnull=False),
                name="contact_merged_is_archived",
            ),
        )
        indexes = (
            models.Index(
                fields=["sort_key", "id"], condition=Q(archived_at__isnull=True), name="contact_sorted"
            ),
            models.Index(fields=["owner", "sort_key", "id"], name="contact_of_owner"),
            # with what else people sort by, so that the rows themselves need not be read for it
            models.Index(
                fields=["created_at", "id", "owner", "next_step_on"],
                condition=Q(archived_at__isnull=True),
                name="contact_added",
            ),
            models.Index(
                fields=["organization_key", "id"],
                condition=Q(archived_at__isnull=True),
                name="contact_by_organization",
            ),
            models.Index(fields=["compared"], name="contact_compared"),
            models.Index(
                fields=["owner", "next_step_on"],
                condition=Q(archived_at__isnull=True, next_step_on__isnull=False),
                name="contact_due",
            ),
        )

    def __str__(self) -> str:
        return self.called.full

    @property
    def called(self) -> PersonName:
        """Give the name in all its forms."""
        return PersonName(
            self.family, self.given, self.culture, self.honorific, self.family_kana, self.given_kana
        )

    def display(self, form: str = "full") -> str:
        """Give the name: `full`, `called` (among colleagues) or `addressed` (on a letter)."""
        return str(getattr(self.called, form))

    def found_by(self) -> tuple[str, ...]:
        organization = self.organization.name if self.organization else ""
        ways = (way["value"] for way in (*self.emails, *self.phones))
        return (str(self), self.called.kana, organization, *ways)

    def set_next_step(self, step: ContactStep, by: "User") -> Done:
        """Say what comes next, in place of what was said before. Refusal: next_step_missing, past_day."""
        if not step.what.strip():
            raise Refusal("next_step_missing")
        if step.on < datetime.now(by.tzinfo).date():
            raise Refusal("past_day")
        done = self.change(by, next_step=step.what.strip(), next_step_on=step.on, no_contact_because="")
        return Done("next_step_set", done.act)

    def finish_next_step(self, by: "User", then: ContactStep | None = None) -> Done:
        """Note the next step as done. Refusal: no_next_step; those of `set_next_step` for what follows."""
        if not self.next_step:
            raise Refusal("no_next_step")
        if then:
            return self.set_next_step(then, by)
        return Done("step_done", self.change(by, next_step="", next_step_on=None).act)

    def end_contact(self, because: str, by: "User") -> Done:
        """Say that nobody is to contact this person any more. Refusal: reason_missing."""
        if not because.strip():
            raise Refusal("reason_missing")
        done = self.change(by, next_step="", next_step_on=None, no_contact_because=because.strip())
        return Done("no_contact", done.act)

    def derive(self) -> None:
        self.compared = fold("".join(sorted((self.family, self.given)))).replace(" ", "")
        self.sort_key = sort_key(*self.called.sorted_by)
        self.organization_key = self.organization.sort_key if self.organization else ""
        self.emails, self.phones, self.addresses = tidy(self.emails), tidy(self.phones), tidy(self.addresses)

    def refuse_flaws(self) -> None:
        self.family, self.given = " ".join(self.family.split()), " ".join(self.given.split())
        if not (self.family or self.given):
            raise NameMissing

    def keep_up(self) -> None:
        country = self.organization.country if self.organization else ""
        self.be_found(keys_of(self.emails, self.phones, country or dialled_in(self.culture)))


class Consent(models.Model):
    """Somebody gave or withdrew leave to be contacted by a channel: kept, never changed; the last word counts.

    `source`: where it was said, such as form, mail, spoken. `on`: the day it was given, `at`: when it was noted.
    """

    CHANNELS = ("email", "phone", "text", "post", "all")
    SOURCES = ("form", "mail", "spoken", "card", "contract", "other")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    contact = models.ForeignKey(Contact, models.PROTECT, null=True, related_name="consents")
    lead = models.ForeignKey("people.Lead", models.PROTECT, null=True, related_name="consents")
    channel = models.CharField(max_length=8)
    given = models.BooleanField()
    source = models.CharField(max_length=16)
    on = models.DateField()
    note = models.CharField(max_length=500, blank=True, default="")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(contact__isnull=False, lead__isnull=True)
                | Q(contact__isnull=True, lead__isnull=False),
                name="consent_of_one",
            ),
        )

    def __str__(self) -> str:
        return self.channel
