"""The rules of the ideal client as they are kept, and what people found out for those they judge themselves."""

from django.db import models
from django.db.models import Q

from infield.accounts.models import User
from infield.people.ideal.rules import Rule
from infield.web.ids import new_id


class IdealRule(models.Model):
    """A rule of the ideal client: see ideal.rules.Rule. `question`: what an own rule asks."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=8)
    among = models.JSONField(default=list)
    least = models.PositiveIntegerField(null=True)
    most = models.PositiveIntegerField(null=True)
    question = models.CharField(max_length=300, blank=True, default="")
    created_at = models.DateTimeField(auto_now_add=True)
    archived_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(kind__in=("place", "size", "industry", "own")), name="ideal_rule_kind"
            ),
        )

    def __str__(self) -> str:
        return self.question or self.kind

    def rule(self) -> Rule:
        """Give it as it is judged by."""
        return Rule(id=self.pk, kind=self.kind, among=frozenset(self.among), least=self.least, most=self.most)


class RuleAnswer(models.Model):
    """What somebody found out about a lead for a rule that people judge."""

    lead = models.ForeignKey("people.Lead", models.PROTECT, related_name="answers")
    rule = models.ForeignKey(IdealRule, models.PROTECT, related_name="+")
    is_so = models.BooleanField()
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["lead", "rule"], name="rule_answered_once"),)

    def __str__(self) -> str:
        return str(self.is_so)


def ideal_rules() -> list[Rule]:
    """Give the rules in force, in the order in which they were written."""
    return [one.rule() for one in IdealRule.objects.filter(archived_at=None).order_by("created_at", "id")]
