"""What is done and planned with buyers: activities, follow-up cadences, reminders, working hours."""

from typing import Self
from uuid import UUID

from django.db import models
from django.db.models import F, Q

from infield.accounts.models import User
from infield.activities.cadence import Step
from infield.activities.kinds import ANSWERING, KINDS, MOODS, OUTCOMES, REACHING, TALKS
from infield.deals.models import Deal
from infield.history.models import Event
from infield.people.models import Contact, Lead, Organization
from infield.playbook.models import RaisedObjection
from infield.web.ids import new_id

ABOUTS = ("deal", "lead", "contact")
"""With whom an activity is: the first of these that it names. Beside a deal, a contact is who takes part."""
LONGEST_WHAT = 500
LONGEST_NOTES = 5_000


class ActivityQuerySet(models.QuerySet["Activity"]):
    """Activities, asked for as one would say it."""

    def visible_to(self, user: User) -> Self:
        """Those about a deal that this user may open, and of no deal those of an owner whom they may see."""
        owners = user.sees()
        if owners is None:
            return self.all()
        of_nobodys_deal = Q(deal=None) & (
            Q(owner__in=owners) | Q(lead__in=Lead.objects.visible_to(user).values("pk"))
        )
        return self.filter(Q(deal__owner__in=owners) | of_nobodys_deal)

    def planned(self) -> Self:
        """Those still to be done."""
        return self.filter(done_at=None, dropped_at=None)

    def done(self) -> Self:
        return self.exclude(done_at=None)

    def steps(self) -> Self:
        """Planned ones that are the next step of their deal or lead."""
        return self.planned().filter(is_step=True)

    def talks(self) -> Self:
        """Those that meet or write to the buyer."""
        return self.filter(kind__in=TALKS)

    def reaching(self) -> Self:
        """Done ones that the buyer answered."""
        return self.done().talks().filter(outcome__in=REACHING)


class Activity(models.Model):
    """Something done with a buyer, or planned: a call, a mail, a visit, a task.

    A planned one has a day (`due_on`), and a time where one was agreed (`due_at`); a done one has `done_at`. `is_step`:
    it is the next step of its deal or lead. `rule`: how it repeats, a key of repeating.RULES. `set_by`: the one with
    which it was planned, or which it repeats; `dropped_by`: the one that made it needless. `event`: the line of the
    log that tells it; `ending`: the event of the end that came with it; `objection`: the one that came up in it.
    `enrolment`: the series it is a follow-up of.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=12)
    what = models.CharField(max_length=LONGEST_WHAT, default="")
    owner = models.ForeignKey(User, models.PROTECT, related_name="activities")
    deal = models.ForeignKey(Deal, models.CASCADE, null=True, related_name="activities")
    lead = models.ForeignKey(Lead, models.CASCADE, null=True, related_name="activities")
    contact = models.ForeignKey(Contact, models.SET_NULL, null=True, related_name="activities")
    organization = models.ForeignKey(Organization, models.SET_NULL, null=True, related_name="activities")
    case = models.UUIDField(null=True)
    due_on = models.DateField(null=True)
    due_at = models.DateTimeField(null=True)
    minutes = models.PositiveSmallIntegerField(null=True)
    selling = models.CharField(max_length=24, default="")
    expected = models.CharField(max_length=300, default="")
    is_step = models.BooleanField(default=False)
    rule = models.CharField(max_length=16, default="")
    set_by = models.ForeignKey("self", models.SET_NULL, null=True, related_name="planned")
    dropped_by = models.ForeignKey("self", models.SET_NULL, null=True, related_name="dropped")
    enrolment = models.ForeignKey("Enrolment", models.SET_NULL, null=True, related_name="activities")
    place = models.PositiveSmallIntegerField(null=True)
    done_at = models.DateTimeField(null=True)
    dropped_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=12, default="")
    mood = models.CharField(max_length=12, default="")
    signals = models.JSONField(default=list)
    notes = models.TextField(default="")
    event = models.OneToOneField(Event, models.PROTECT, null=True, related_name="+")
    ending = models.OneToOneField(Event, models.PROTECT, null=True, related_name="+")
    objection = models.OneToOneField(RaisedObjection, models.SET_NULL, null=True, related_name="+")
    act = models.UUIDField(null=True)  # the change of a contact that it brought
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    lock = models.PositiveIntegerField(default=0)

    objects = ActivityQuerySet.as_manager()

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(kind__in=list(KINDS)), name="activity_kind"),
            models.CheckConstraint(condition=Q(outcome__in=["", *OUTCOMES]), name="activity_outcome"),
            models.CheckConstraint(condition=Q(mood__in=["", *MOODS]), name="activity_mood"),
            models.CheckConstraint(
                condition=Q(done_at__isnull=False) | Q(due_on__isnull=False), name="activity_done_or_due"
            ),
            models.CheckConstraint(
                condition=Q(due_at__isnull=True) | Q(due_on__isnull=False), name="activity_time_has_day"
            ),
            models.CheckConstraint(
                condition=Q(done_at__isnull=True) | Q(dropped_at__isnull=True),
                name="activity_done_or_dropped",
            ),
        )
        indexes = (
            models.Index(
                fields=["owner", "due_on"],
                condition=Q(done_at__isnull=True, dropped_at__isnull=True),
                name="activity_planned",
            ),
            models.Index(fields=["owner", "done_at"], name="activity_of_owner"),
            models.Index(fields=["deal", "done_at"], name="activity_of_deal"),
            models.Index(fields=["case", "done_at"], name="activity_of_case"),
            models.Index(fields=["lead", "done_at"], name="activity_of_lead"),
            models.Index(fields=["contact", "done_at"], name="activity_of_contact"),
        )

    def __str__(self) -> str:
        return self.what or self.kind

    @classmethod
    def follow_owner(cls, about: str, record: models.Model, before: UUID | None) -> None:
        """Give what is planned with a deal, a lead or a contact, and its reminders, to the new owner of that.

        The next step is always theirs; of the rest, what the owner `before` was to do. Who takes part in what is
        planned with another stays out of it.
        """
        if about not in ABOUTS:
            return
        alone = {other: None for other in ABOUTS if other != about and about == "contact"}
        planned = cls.objects.planned().filter(Q(owner=before) | Q(is_step=True), **{about: record}, **alone)
        keys, owner = list(planned.values_list("pk", flat=True)), record.owner_id  # type: ignore[attr-defined]
        Reminder.objects.filter(activity__in=keys, seen_at=None).update(user=owner)
        cls.objects.filter(pk__in=keys).update(owner=owner, lock=F("lock") + 1)

    @property
    def is_open(self) -> bool:
        return self.done_at is None and self.dropped_at is None

    @property
    def is_talk(self) -> bool:
        return self.kind in TALKS

    @property
    def is_answer(self) -> bool:
        """Whether the buyer said something that ends a follow-up cadence."""
        return self.is_talk and self.done_at is not None and self.outcome in ANSWERING


class Cadence(models.Model):
    """A template of follow-ups: its steps with waits between them. `after_sale`: nothing is sold in it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(max_length=120, unique=True)
    after_sale = models.BooleanField(default=False)
    archived_at = models.DateTimeField(null=True)
    lock = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = (models.CheckConstraint(condition=~Q(name=""), name="cadence_named"),)

    def __str__(self) -> str:
        return self.name

    def written(self) -> list[Step]:
        """Give its steps in their order, as cadence.py reckons with them."""
        return [Step(one.wait_days, one.kind, one.what) for one in self.steps.all()]


class CadenceStep(models.Model):
    """One follow-up of a cadence, so many days after the one before (or after the start)."""

    cadence = models.ForeignKey(Cadence, models.CASCADE, related_name="steps")
    place = models.PositiveSmallIntegerField()  # from 1
    wait_days = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=12)
    what = models.CharField(max_length=LONGEST_WHAT)

    class Meta:
        ordering = ("place",)
        constraints = (
            models.UniqueConstraint(fields=["cadence", "place"], name="cadence_step_place"),
            models.CheckConstraint(condition=Q(kind__in=list(KINDS)), name="cadence_step_kind"),
        )

    def __str__(self) -> str:
        return self.what


class EnrolmentQuerySet(models.QuerySet["Enrolment"]):
    """Enrolments, asked for as one would say it."""

    def running(self) -> Self:
        """Those that nothing stopped: a sale or a loss stops a series, all but the one that follows a sale."""
        open_deal = Q(deal=None) | Q(deal__outcome=None) | Q(deal__outcome="won", cadence__after_sale=True)
        open_lead = Q(lead=None) | Q(lead__converted_at=None) & ~Q(lead__profile="disqualified")
        open_contact = Q(contact=None) | Q(contact__no_contact_because="", contact__archived_at=None)
        return self.filter(open_deal, open_lead, open_contact, stopped_at=None)


class Enrolment(models.Model):
    """Somebody who is followed up by a cadence. `place`: the step that is due next, from 1, also past the last."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    cadence = models.ForeignKey(Cadence, models.PROTECT, related_name="enrolments")
    owner = models.ForeignKey(User, models.PROTECT, related_name="enrolments")
    deal = models.ForeignKey(Deal, models.CASCADE, null=True, related_name="enrolments")
    lead = models.ForeignKey(Lead, models.CASCADE, null=True, related_name="enrolments")
    contact = models.ForeignKey(Contact, models.CASCADE, null=True, related_name="enrolments")
    place = models.PositiveSmallIntegerField(default=1)
    due_on = models.DateField()
    started_at = models.DateTimeField()
    stopped_at = models.DateTimeField(null=True)
    stopped_because = models.CharField(max_length=24, default="")

    objects = EnrolmentQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["deal"],
                condition=Q(stopped_at__isnull=True, deal__isnull=False),
                name="one_cadence_of_deal",
            ),
            models.UniqueConstraint(
                fields=["lead"],
                condition=Q(stopped_at__isnull=True, lead__isnull=False),
                name="one_cadence_of_lead",
            ),
            models.UniqueConstraint(
                fields=["contact"],
                condition=Q(stopped_at__isnull=True, contact__isnull=False),
                name="one_cadence_of_contact",
            ),
            models.CheckConstraint(
                condition=Q(deal__isnull=False, lead__isnull=True, contact__isnull=True)
                | Q(deal__isnull=True, lead__isnull=False, contact__isnull=True)
                | Q(deal__isnull=True, lead__isnull=True, contact__isnull=False),
                name="enrolment_of_one",
            ),
        )
        indexes = (
            models.Index(
                fields=["owner", "due_on"], condition=Q(stopped_at__isnull=True), name="enrolment_due"
            ),
        )

    def __str__(self) -> str:
        return str(self.cadence)

    @classmethod
    def follow_owner(cls, about: str, record: models.Model, before: UUID | None) -> None:
        """Have the new owner follow up where the owner `before` did; whoever else does goes on."""
        owner = record.owner_id  # type: ignore[attr-defined]
        cls.objects.filter(**{about: record}, owner=before, stopped_at=None).update(owner=owner)

    @property
    def about(self) -> Deal | Lead | Contact:
        """The one who is followed up."""
        found = self.deal or self.lead or self.contact
        assert found is not None  # noqa: S101  (a constraint of the table holds it)
        return found


class Response(models.Model):
    """How soon a lead was answered: the first activity that reached it, and the seconds of work until then."""

    lead = models.OneToOneField(Lead, models.CASCADE, primary_key=True, related_name="response")
    activity = models.ForeignKey(Activity, models.CASCADE, related_name="+")
    at = models.DateTimeField()
    working_seconds = models.PositiveIntegerField()

    class Meta:
        indexes = (models.Index(fields=["at"], name="response_at"),)

    def __str__(self) -> str:
        return str(self.working_seconds)


class Reminder(models.Model):
    """A word at a time about an activity, to one person: in the bell, and by mail where mail is set up."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    activity = models.ForeignKey(Activity, models.CASCADE, related_name="reminders")
    user = models.ForeignKey(User, models.CASCADE, related_name="reminders")
    at = models.DateTimeField()
    mailed_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["activity", "user"], name="one_reminder"),)
        indexes = (
            models.Index(fields=["user", "at"], condition=Q(seen_at__isnull=True), name="reminder_unseen"),
            models.Index(fields=["at"], condition=Q(mailed_at__isnull=True), name="reminder_unmailed"),
        )

    def __str__(self) -> str:
        return str(self.at)


class WorkingHours(models.Model):
    """When this company works: hours of each weekday, and the country whose holidays it keeps."""

    ONLY = 1

    id = models.PositiveSmallIntegerField(primary_key=True, default=ONLY, editable=False)
    country = models.CharField(max_length=2, default="", blank=True)  # "": no holidays
    week = models.JSONField(default=list)
    """Seven pairs of minutes after midnight, Monday first; null on a day without work."""
    lock = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = (models.CheckConstraint(condition=Q(id=1), name="one_working_hours"),)

    def __str__(self) -> str:
        return self.country
