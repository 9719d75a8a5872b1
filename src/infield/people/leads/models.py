"""Leads: possible customers who may or may not be interested, from the first touch until they become a deal."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, ClassVar, Self
from uuid import UUID

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from infield.accounts.models import User
from infield.accounts.roles import WRITERS
from infield.finding.collation import sort_key
from infield.history.actions import record, void
from infield.history.models import Event
from infield.people.contacts.models import Contact
from infield.people.cultures import culture_of
from infield.people.ideal.rules import MET, Facts, Rule, fit, judged
from infield.people.names import core, domain_of
from infield.people.organizations.models import Organization
from infield.people.reach import dialled_in, keys_of
from infield.people.records.models import UNCHANGED, Done, Record
from infield.people.refusals import NameMissing, Refusal
from infield.web.ids import new_id

PROFILES = ("lead", "prospect", "qualified", "disqualified")
SOURCES = ("web", "fair", "referral", "partner", "advert", "social", "mail", "call", "event", "other")
REASONS = (
    "no_need",
    "no_money",
    "no_power",
    "timing",
    "not_a_fit",
    "no_answer",
    "not_real",
    "double",
    "other",
)
"""Why a lead is disqualified."""
RETURN_REASONS = ("too_early", "not_a_fit", "not_reached", "wrong_person", "other")
"""Why sales sends a lead back to marketing."""
KEEPS_UNASSIGNED = frozenset({"marketing", "manager", "operations", "admin"})
"""Roles that see, and give away, leads that nobody answers for yet."""


class LeadQuerySet(models.QuerySet["Lead"]):
    def visible_to(self, user: User) -> Self:
        """Those whose owner this user may see; those without one for the roles that give them away."""
        owners = user.sees()
        if owners is None:
            return self.all() if user.role in KEEPS_UNASSIGNED or not user.may("people") else self.assigned()
        mine = Q(owner__in=owners)
        return self.filter(mine | Q(owner=None) if user.role in KEEPS_UNASSIGNED else mine)

    def assigned(self) -> Self:
        return self.exclude(owner=None)

    def current(self) -> Self:
        """Those that are not put away."""
        return self.filter(archived_at=None)

    def open(self) -> Self:
        """Current ones that are neither disqualified nor a deal yet."""
        return self.current().filter(converted_at=None).exclude(profile="disqualified")


class Lead(Record):
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

    objects = LeadQuerySet.as_manager()
    FOUND_WITH = ()

    class Meta:
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

    def facts(self, answers: Mapping[UUID, bool]) -> Facts:
        """Give what the ideal-client rules look at."""
        return Facts(country=self.country, industry=self.industry, size=self.size, answers=answers)

    def judged(self) -> list[tuple[Rule, str]]:
        """Give each rule of the ideal client with whether this lead meets it."""
        answers = dict(self.answers.values_list("rule_id", "is_so"))
        return judged(ideal_rules(), self.facts(answers))

    @property
    def is_marketing_qualified(self) -> bool:
        return self.fit == MET

    def begin(self, by: User) -> Self:
        with transaction.atomic():
            super().begin(by)
            data = {"source": self.source} | ({"owner": str(self.owner_id)} if self.owner_id else {})
            self.tell("created", by, data, at=self.arrived_at)
        return self

    def answer(self, rule: "IdealRule", is_so: bool | None, by: User) -> Done:
        """Say whether a rule that people judge holds for this lead; None: nobody knows."""
        with transaction.atomic():
            self.take(by)
            if is_so is None:
                self.answers.filter(rule=rule).delete()
            else:
                self.answers.update_or_create(rule=rule, defaults={"is_so": is_so, "by": by})
            self.judge()
        return Done("answered")

    def judge(self) -> None:
        """Bring `fit` up to date with the rules."""
        self.fit = fit([verdict for _, verdict in self.judged()])
        Lead.objects.filter(pk=self.pk).update(fit=self.fit)

    def profile_as(self, profile: str, by: User, why: str = "") -> Done:
        """Say how far it is judged: a lead, a prospect, a qualified one. Refusal: converted, unknown_profile."""
        with transaction.atomic():
            self._take_open(by)
            if profile not in PROFILES or profile == "disqualified":
                raise Refusal("unknown_profile")
            if profile == self.profile:
                return UNCHANGED
            self._keep(profile=profile, disqualified_for="")
            return self._told("profiled", by, {"profile": profile}, {"reason": why})

    def disqualify(self, reason: str, by: User, notes: str = "") -> Done:
        """Say why nothing will come of it. Refusal: unknown_reason, notes_missing (of another reason), converted."""
        with transaction.atomic():
            self._take_open(by)
            if reason not in REASONS:
                raise Refusal("unknown_reason")
            if reason == "other" and not notes.strip():
                raise Refusal("notes_missing")
            if self.profile == "disqualified" and reason == self.disqualified_for:
                return UNCHANGED
            self._keep(profile="disqualified", disqualified_for=reason)
            data = {"profile": "disqualified", "reason": reason}
            return self._told("profiled", by, data, {"notes": notes}, "disqualified")

    def reopen(self, by: User, why: str = "") -> Done:
        """Work on a disqualified lead again. Refusal: not_disqualified."""
        with transaction.atomic():
            self._take_open(by)
            if self.profile != "disqualified":
                raise Refusal("not_disqualified")
            self._keep(profile="lead", disqualified_for="")
            return self._told("profiled", by, {"profile": "lead"}, {"reason": why}, "lead_reopened")

    def assign(self, owner: User, by: User) -> Done:
        """Say who answers for it, without a hand-over. Refusal: owner_cannot_work."""
        with transaction.atomic():
            self._take_open(by)
            if not owner.may("people"):
                raise Refusal("owner_cannot_work")
            if owner.pk == self.owner_id:
                return UNCHANGED
            self._keep(owner=owner)
            return self._told("owner_changed", by, {"owner": str(owner.pk)})

    def hand_over(self, to: User, by: User, note: str = "") -> Done:
        """Give it from marketing to somebody in sales, who accepts it or sends it back.

        Refusal: owner_cannot_work (who does not sell), already_handed_over, disqualified, converted.
        """
        with transaction.atomic():
            self._take_open(by)
            if self.profile == "disqualified":
                raise Refusal("disqualified")
            if not (to.active and to.role in WRITERS):
                raise Refusal("owner_cannot_work")
            if self.waiting_hand_over():
                raise Refusal("already_handed_over")
            self.hand_overs.create(by=by, to=to, at=datetime.now(UTC), note=note.strip())
            self._keep(owner=to)
            data = {"person": str(to.pk), "owner": str(to.pk)}
            return self._told("handed_over", by, data, {"note": note})

    def accept(self, by: User) -> Done:
        """Take what was handed over. Refusal: not_handed_over, not_yours."""
        with transaction.atomic():
            waiting = self._take_handed(by)
            waiting.accepted_at = datetime.now(UTC)
            waiting.save(update_fields=["accepted_at"])
            self._keep()
            return self._told("hand_over_accepted", by, {})

    def send_back(self, reason: str, by: User, notes: str = "") -> Done:
        """Give it back to whoever handed it over.

        Refusal: unknown_reason, notes_missing, not_handed_over, not_yours.
        """
        with transaction.atomic():
            waiting = self._take_handed(by)
            if reason not in RETURN_REASONS:
                raise Refusal("unknown_reason")
            if reason == "other" and not notes.strip():
                raise Refusal("notes_missing")
            waiting.returned_at, waiting.returned_for = datetime.now(UTC), reason
            waiting.save(update_fields=["returned_at", "returned_for"])
            self._keep(owner=waiting.by)
            data = {"reason": reason, "owner": str(waiting.by_id)}
            return self._told("hand_over_returned", by, data, {"notes": notes})

    def waiting_hand_over(self) -> "HandOver | None":
        """Give the hand-over that is neither accepted nor sent back."""
        return self.hand_overs.filter(accepted_at=None, returned_at=None).first()

    def become(self, organization: Organization, contact: Contact, by: User) -> Event:
        """Note that it is a deal of this organization now; the deal takes `case`. Refusal: converted."""
        with transaction.atomic():
            self._take_open(by)
            self._keep(
                profile="qualified",
                disqualified_for="",
                organization=organization,
                contact=contact,
                converted_at=datetime.now(UTC),
            )
            return self.tell("converted", by, {"organization": str(organization.pk)})

    def unbecome(self, by: User) -> None:
        """Take back that it became a deal; whoever calls has taken back the deal. Refusal: not_converted."""
        with transaction.atomic():
            self.take(by)
            if not self.converted_at:
                raise Refusal("not_converted")
            event = (
                Event.objects.filter(case=self.case, kind="converted", object_id=self.pk).counting().last()
            )
            if event:
                void(event, by)
            self._keep(converted_at=None, organization=None, contact=None, **self._profile_told())

    def undo_event(self, event_id: UUID, by: User) -> Done:
        """Take back the latest act of its own. Refusal: cannot_undo, not_latest, converted."""
        with transaction.atomic():
            self._take_open(by)
            events = Event.objects.filter(case=self.case, object_id=self.pk).counting().order_by("-position")
            event = events.filter(pk=event_id, kind__in=UNDOABLE).first()
            if event is None:
                raise Refusal("cannot_undo")
            if event != events.exclude(kind="field_changed").first():
                raise Refusal("not_latest")
            void(event, by)
            UNDOABLE[event.kind](self)
            return Done("undone")

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

    def keep_up(self) -> None:
        country = self.country or dialled_in(culture_of(self.person or self.company, ""))
        self.be_found(keys_of(_way(self.email), _way(self.phone), country, self.website))
        self.judge()

    def _take_open(self, by: User) -> None:
        self.take(by)
        if self.converted_at:
            raise Refusal("converted")

    def _take_handed(self, by: User) -> "HandOver":
        self._take_open(by)
        waiting = self.waiting_hand_over()
        if waiting is None:
            raise Refusal("not_handed_over")
        if waiting.to_id != by.pk and by.role not in KEEPS_UNASSIGNED:
            raise Refusal("not_yours")
        return waiting

    def _keep(self, **values: Any) -> None:
        for name, value in values.items():
            setattr(self, name, value)
        self.lock += 1
        self.save()

    def _told(
        self,
        kind: str,
        by: User,
        data: Mapping[str, Any],
        words: Mapping[str, str] | None = None,
        what: str = "",
    ) -> Done:
        return Done(what or kind, self.tell(kind, by, data, words).pk)

    def _profile_told(self) -> dict[str, str]:
        """Give the profile that its events tell."""
        told = Event.objects.filter(case=self.case, object_id=self.pk, kind="profiled").counting()
        last = told.order_by("position").last()
        profile = last.data.get("profile", "lead") if last else "lead"
        reason = last.data.get("reason", "") if last and profile == "disqualified" else ""
        return {
            "profile": profile,
            "disqualified_for": reason or ("other" if profile == "disqualified" else ""),
        }

    def _profile_back(self) -> None:
        self._keep(**self._profile_told())

    def _owner_back(self) -> None:
        told = Event.objects.filter(case=self.case, object_id=self.pk).counting().order_by("-position")
        owner = next((event.data["owner"] for event in told if "owner" in event.data), None)
        self._keep(owner=User.objects.filter(pk=owner).first() if owner else None)

    def _hand_over_back(self) -> None:
        self._last_hand_over().delete()
        self._owner_back()

    def _accept_back(self) -> None:
        last = self._last_hand_over()
        last.accepted_at = None
        last.save(update_fields=["accepted_at"])

    def _return_back(self) -> None:
        last = self._last_hand_over()
        last.returned_at, last.returned_for = None, ""
        last.save(update_fields=["returned_at", "returned_for"])
        self._owner_back()

    def _last_hand_over(self) -> "HandOver":
        return self.hand_overs.order_by("-at")[:1].get()


UNDOABLE = {
    "profiled": Lead._profile_back,
    "owner_changed": Lead._owner_back,
    "handed_over": Lead._hand_over_back,
    "hand_over_accepted": Lead._accept_back,
    "hand_over_returned": Lead._return_back,
}
"""What an undone event is put back by."""


class HandOver(models.Model):
    """Marketing gave a lead to somebody in sales, who accepts it or sends it back with a reason."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    lead = models.ForeignKey(Lead, models.PROTECT, related_name="hand_overs")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    to = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    note = models.CharField(max_length=500, blank=True, default="")
    accepted_at = models.DateTimeField(null=True)
    returned_at = models.DateTimeField(null=True)
    returned_for = models.CharField(max_length=24, blank=True, default="")

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True) | Q(returned_at__isnull=True), name="hand_over_one_end"
            ),
            models.UniqueConstraint(
                fields=["lead"],
                condition=Q(accepted_at__isnull=True, returned_at__isnull=True),
                name="hand_over_waits_once",
            ),
        )

    def __str__(self) -> str:
        return f"{self.lead_id} {self.at:%Y-%m-%d}"


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

    lead = models.ForeignKey(Lead, models.PROTECT, related_name="answers")
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


def judge_all(leads: Sequence[Lead] | None = None) -> int:
    """Bring the fit of leads that are not converted up to date with the rules; give how many changed."""
    rules, changed = ideal_rules(), []
    answers: dict[UUID, dict[UUID, bool]] = {}
    for lead, rule, is_so in RuleAnswer.objects.values_list("lead_id", "rule_id", "is_so"):
        answers.setdefault(lead, {})[rule] = is_so
    found = Lead.objects.filter(converted_at=None).only("country", "industry", "size", "fit")
    for one in leads if leads is not None else found.iterator(chunk_size=2_000):
        now = fit([verdict for _, verdict in judged(rules, one.facts(answers.get(one.pk, {})))])
        if now != one.fit:
            one.fit = now
            changed.append(one)
    Lead.objects.bulk_update(changed, ["fit"], batch_size=500)
    return len(changed)


def _way(value: str) -> list[dict[str, str]]:
    return [{"value": value}] if value.strip() else []
