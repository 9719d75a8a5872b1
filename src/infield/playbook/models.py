"""What the team made of the guidance and of the objections that come with Infield, and the objections of deals.

A shipped text is not in these tables: a row stands here once somebody changed or hid it, under the same `key`.
A text that the team added has its own id as its key. What was raised on a deal is a row beside its event.
"""

from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from infield.accounts.models import User
from infield.deals.models import Deal
from infield.history.models import Event
from infield.people.models import Contact
from infield.playbook.topics import ABOUTS, LEVELS, PROPOSED, TOPICS
from infield.process.models import Process
from infield.web.ids import new_id

LONGEST_TEXT = 2_000
LONGEST_NAME = 200
KEY = 60


class Written(models.Model):
    """A text of the team: by language, in place of the shipped one with this key or as one more; hidden or not."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    key = models.CharField(max_length=KEY)
    texts = models.JSONField(default=dict)
    hidden_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return next(iter(self.texts.values()), self.key)

    @property
    def is_own(self) -> bool:
        """Tell whether the team added it, and nothing shipped stands behind it."""
        return self.key == str(self.id)


class Piece(Written):
    """A question or a piece of advice for a stage; `names` of a technique, by language as the texts."""

    process = models.ForeignKey(Process, models.CASCADE, related_name="pieces")
    stage = models.CharField(max_length=KEY)
    topic = models.CharField(max_length=16)
    level = models.CharField(max_length=12, default="")
    names = models.JSONField(default=dict)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["process", "stage", "topic", "key"], name="piece_once"),
            models.CheckConstraint(condition=Q(topic__in=list(TOPICS)), name="piece_topic"),
            models.CheckConstraint(condition=Q(level__in=["", *LEVELS]), name="piece_level"),
        )


class Material(models.Model):
    """A file or a link that was prepared for a stage; on `review_on` somebody looks whether it still holds."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    process = models.ForeignKey(Process, models.CASCADE, related_name="materials")
    stage = models.CharField(max_length=KEY)
    name = models.CharField(max_length=LONGEST_NAME)
    address = models.URLField(max_length=1_000, default="", blank=True)
    file = models.FileField(upload_to="playbook", max_length=300, default="", blank=True)
    review_on = models.DateField(null=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    added_at = models.DateTimeField(auto_now_add=True)
    hidden_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=~Q(name=""), name="material_named"),
            models.CheckConstraint(
                condition=(Q(address="") & ~Q(file="")) | (~Q(address="") & Q(file="")),
                name="material_link_or_file",
            ),
        )
        indexes = (models.Index(fields=["process", "stage"], name="material_of_stage"),)

    def __str__(self) -> str:
        return self.name


class Objection(Written):
    """An objection of the library: what buyers say, and what it is about."""

    about = models.CharField(max_length=16, default="other")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["key"], name="objection_once"),
            models.CheckConstraint(condition=Q(about__in=list(ABOUTS)), name="objection_about"),
        )


class PreparedAnswer(Written):
    """An answer that was prepared for an objection, named by the objection's key."""

    objection = models.CharField(max_length=KEY)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["objection", "key"], name="prepared_answer_once"),)


class RaisedObjectionQuerySet(models.QuerySet["RaisedObjection"]):
    """Objections as buyers raised them."""

    def visible_to(self, user: User) -> Self:
        """Those of deals that this user may see."""
        owners = user.sees()
        return self.all() if owners is None else self.filter(deal__owner__in=owners)

    def open(self) -> Self:
        """Those that still stand."""
        return self.filter(resolved=None)

    def since(self, moment: datetime) -> Self:
        return self.filter(raised_at__gte=moment)


class RaisedObjection(models.Model):
    """An objection on a deal: what stands of the event that says so, and of the one that resolved it.

    `objection`: a key of the library; what the buyer said in their words stands with the event.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    deal = models.ForeignKey(Deal, models.CASCADE, related_name="objections")
    objection = models.CharField(max_length=KEY)
    stage = models.CharField(max_length=KEY)
    person = models.ForeignKey(Contact, models.PROTECT, null=True, related_name="objections")
    raised_at = models.DateTimeField()
    raised = models.OneToOneField(Event, models.PROTECT, related_name="+")
    resolved = models.OneToOneField(Event, models.PROTECT, null=True, related_name="+")

    objects = RaisedObjectionQuerySet.as_manager()

    class Meta:
        indexes = (
            models.Index(fields=["deal", "raised_at"], name="objection_of_deal"),
            models.Index(fields=["raised_at"], name="objection_raised_at"),
            models.Index(fields=["objection"], name="objection_by_key"),
        )

    def __str__(self) -> str:
        return self.objection


class GivenAnswer(models.Model):
    """An answer that was given to a raised objection; `answer` is the key of a prepared one, or nothing for one in
    the seller's own words, which stand with the event."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    raised = models.ForeignKey(RaisedObjection, models.CASCADE, related_name="answers")
    objection = models.CharField(max_length=KEY)
    answer = models.CharField(max_length=KEY, default="")
    stage = models.CharField(max_length=KEY)
    event = models.OneToOneField(Event, models.PROTECT, related_name="+")

    class Meta:
        indexes = (models.Index(fields=["objection", "answer"], name="given_answer"),)

    def __str__(self) -> str:
        return self.answer


class Proposal(models.Model):
    """What somebody who works on a deal would add to the playbook for its stage, and what became of it.

    `decision`: accepted or declined, "" while nobody decided; `because`: why it was declined; `made`: the act that
    wrote what was accepted; `objection`: the key of the one that an answer is for. `mailed_at`, `seen_at`: when its
    author was told by mail what became of it, and saw it in the bell.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    process = models.ForeignKey(Process, models.CASCADE, related_name="proposals")
    stage = models.CharField(max_length=KEY)
    deal = models.ForeignKey(Deal, models.CASCADE, related_name="proposals")
    kind = models.CharField(max_length=12)
    objection = models.CharField(max_length=KEY, default="")
    language = models.CharField(max_length=8)
    text = models.CharField(max_length=LONGEST_TEXT)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    withdrawn_at = models.DateTimeField(null=True)
    decision = models.CharField(max_length=12, default="")
    because = models.CharField(max_length=LONGEST_TEXT, default="")
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    made = models.UUIDField(null=True)
    mailed_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(kind__in=list(PROPOSED)), name="proposal_kind"),
            models.CheckConstraint(
                condition=Q(decision="", decided_at=None)
                | Q(decision="accepted", decided_at__isnull=False)
                | (Q(decision="declined", decided_at__isnull=False) & ~Q(because="")),
                name="proposal_decided",
            ),
        )
        indexes = (
            models.Index(fields=["decision", "at"], name="proposal_waiting"),
            models.Index(fields=["by", "at"], name="proposal_of_author"),
            models.Index(
                fields=["by"],
                condition=Q(seen_at__isnull=True, decided_at__isnull=False),
                name="proposal_untold",
            ),
        )

    def __str__(self) -> str:
        return self.text

    @property
    def is_waiting(self) -> bool:
        return not self.decision and self.withdrawn_at is None
