"""Deals: what a seller works on, and the acts that change one. Each act is one transaction with its events."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Self
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.db.models import Q

from infield.accounts.models import User
from infield.deals.checks import (
    LONGEST_NAME,
    LONGEST_STEP,
    first_of_deals,
    needed,
    reason_for,
    refuse_beginning,
    refuse_idle,
    refuse_negative,
    refuse_other_side,
    refuse_past,
    refuse_unknown,
)
from infield.deals.reasons import lost_reasons
from infield.deals.refusals import Refusal, Stale
from infield.deals.state import State, Told, act_of, facts_of, state_of
from infield.finding.models import Searched
from infield.history.actions import record, void
from infield.history.models import Event
from infield.people.models import Organization
from infield.process.gate import Gate, after_the_sale, gate, sale_gate
from infield.process.models import ProcessVersion, maps_of
from infield.process.values import ProcessMap
from infield.web.ids import new_id
from infield.web.money import Money


@dataclass(frozen=True, slots=True)
class Done:
    """What an act did: a kind of event, undone or unchanged (wording.DEEDS says it), and the events it wrote."""

    what: str
    events: tuple[Event, ...] = ()

    @property
    def event(self) -> Event | None:
        """The event to give to `undo`; it takes back the whole act."""
        return self.events[0] if self.events else None


@dataclass(frozen=True, slots=True)
class NextStep:
    """What comes next and on which day; `activity` is the key of its kind, such as call or meeting."""

    what: str
    on: date
    activity: str = "task"


UNCHANGED = Done("unchanged")


class DealQuerySet(models.QuerySet["Deal"]):
    """Deals, asked for as one would say it."""

    def visible_to(self, user: User) -> Self:
        """Those whose present owner this user may see."""
        owners = user.sees()
        return self.all() if owners is None else self.filter(owner__in=owners)

    def open(self) -> Self:
        """Those being worked on: neither won nor lost, and not imported as history only."""
        return self.filter(outcome=None, history_only=False)

    def without_next_step(self) -> Self:
        """Open ones for which nobody has said what comes next."""
        return self.open().filter(next_step_on=None)

    def late(self, today: date) -> Self:
        """Open ones whose next step was due before `today`."""
        return self.open().filter(next_step_on__lt=today)

    def begin(
        self,
        organization: str,
        title: str,
        version: ProcessVersion,
        by: User,
        *,
        amount: Money | None = None,
        expected_close: date | None = None,
        owner: User | None = None,
        stage: str | None = None,
        case: UUID | None = None,
    ) -> "Deal":
        """Begin a deal of `by`, or of `owner`, in the map's first stage about deals, or in `stage`.

        `case`: that of the lead it comes from. PermissionDenied: `by` may not write. Refusal:
        organization_missing, title_missing, too_long, unknown_stage, after_sale, negative_amount,
        owner_cannot_work.
        """
        stage = stage or first_of_deals(version.map())
        may_write(by)
        refuse_beginning(organization, title, version.map(), stage, amount)
        refuse_idle(owner or by)
        with transaction.atomic():
            deal = Deal(
                organization=Organization.objects.named(organization, by),
                title=title.strip(),
                amount_minor=amount.amount_minor if amount else None,
                currency=amount.currency if amount else "",
                owner=owner or by,
                version=version,
                stage=stage,
                stage_entered_at=datetime.now(UTC),
                expected_close=expected_close,
                case=case or new_id(),
            )
            deal.created_at = deal.stage_entered_at
            deal.save(force_insert=True)
            Searched.objects.put(deal, *deal.found_by())
            deal.record_beginning(by)
        return deal


class Deal(models.Model):
    """One sale in the making. `lock` grows with every change of the row: who read an older one is refused."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.UUIDField(unique=True, editable=False)
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="deals")
    title = models.CharField(max_length=LONGEST_NAME)
    amount_minor = models.BigIntegerField(null=True)
    currency = models.CharField(max_length=3, default="")
    owner = models.ForeignKey(User, models.PROTECT, related_name="deals")
    # an index over closed deals too would tempt SQLite to read them all for a board
    version = models.ForeignKey(ProcessVersion, models.PROTECT, related_name="deals", db_index=False)
    stage = models.CharField(max_length=60)
    stage_entered_at = models.DateTimeField()
    created_at = models.DateTimeField()
    expected_close = models.DateField(null=True)
    outcome = models.CharField(max_length=4, null=True)  # null: open
    closed_at = models.DateTimeField(null=True)
    lost_reason = models.CharField(max_length=60, default="")
    next_step = models.CharField(max_length=LONGEST_STEP, default="")
    next_step_on = models.DateField(null=True)
    history_only = models.BooleanField(default=False)
    lock = models.PositiveIntegerField(default=0)

    objects = DealQuerySet.as_manager()
    FOUND_WITH = ("organization",)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=~Q(title=""), name="deal_titled"),
            models.CheckConstraint(condition=~Q(stage=""), name="deal_in_a_stage"),
            models.CheckConstraint(
                condition=Q(amount_minor__isnull=True, currency="")
                | (Q(amount_minor__isnull=False, amount_minor__gte=0) & ~Q(currency="")),
                name="deal_amount_with_currency",
            ),
            models.CheckConstraint(
                condition=Q(outcome__isnull=True, closed_at__isnull=True, lost_reason="")
                | Q(outcome__isnull=False, outcome="won", closed_at__isnull=False, lost_reason="")
                | (Q(outcome__isnull=False, outcome="lost", closed_at__isnull=False) & ~Q(lost_reason="")),
                name="deal_outcome",
            ),
            models.CheckConstraint(
                condition=Q(next_step="", next_step_on__isnull=True)
                | (~Q(next_step="") & Q(next_step_on__isnull=False)),
                name="deal_next_step_with_day",
            ),
        )
        indexes = (
            models.Index(
                fields=["owner", "stage"],
                condition=Q(outcome__isnull=True, history_only=False),
                name="deal_open",
            ),
            models.Index(
                fields=["version", "owner"],
                condition=Q(outcome__isnull=True, history_only=False),
                name="deal_open_on_version",
            ),
        )

    def __str__(self) -> str:
        return self.title

    def found_by(self) -> tuple[str, ...]:
        return (self.organization.name, self.title)

    @property
    def money(self) -> Money | None:
        return None if self.amount_minor is None else Money(self.amount_minor, self.currency)

    def map(self) -> ProcessMap:
        """Give the map it runs on."""
        return maps_of([self.version_id])[self.version_id]

    def met_keys(self) -> frozenset[str]:
        """Give the keys of the criteria that are met."""
        return frozenset(self.met.values_list("criterion", flat=True))

    def gate_to(self, stage: str) -> Gate:
        """Give what is open between its stage and another; Refusal: unknown_stage."""
        refuse_unknown(self.map(), stage=stage)
        return gate(self.map(), self.met_keys(), self.stage, stage)

    def sale_gate(self) -> Gate:
        """Give what is open between its stage and the sale."""
        return sale_gate(self.map(), self.met_keys(), self.stage)

    def move_to(self, stage: str, by: User, *, forced_because: str = "", back_because: str = "") -> Done:
        """Move to another stage of its map.

        GateClosed: required criteria are open and no reason was given for moving all the same.
        Refusal: reason_missing (a move back), unknown_stage, win_first, before_sale, lost.
        """
        with transaction.atomic():
            self._take(by, "stage", stage)
            way = self.gate_to(stage)
            if stage == self.stage:
                return UNCHANGED
            refuse_other_side(self.map(), self.outcome, stage)
            reason = reason_for(way, forced_because, back_because)
            data = {"from": self.stage} | ({} if way.is_open else {"forced": True})
            self.stage, self.stage_entered_at = stage, datetime.now(UTC)
            self._save("stage", "stage_entered_at")
            return self._do("stage_entered", by, data, {"reason": reason}, self.stage_entered_at)

    def meet(self, criterion: str, by: User, evidence: str) -> Done:
        """Tick a criterion of any stage, with what shows that it is met.

        Needs no fresh lock: two people who tick the same mean the same. Refusal: evidence_missing,
        unknown_criterion, lost.
        """
        with transaction.atomic():
            self._take(by)
            self._refuse_lost()
            refuse_unknown(self.map(), criterion=criterion)
            if self.met.filter(criterion=criterion).exists():
                return UNCHANGED
            data = {"criterion": criterion, "proof": {"tick": True}}
            words = {"evidence": needed(evidence, "evidence_missing")}
            event = self._record("criterion_met", by, datetime.now(UTC), data, words)
            self.met.create(criterion=criterion, event=event)
            return Done("criterion_met", (event,))

    def withdraw(self, criterion: str, by: User, because: str = "") -> Done:
        """Take a criterion's tick away. Refusal: unknown_criterion, lost."""
        with transaction.atomic():
            self._take(by)
            self._refuse_lost()
            refuse_unknown(self.map(), criterion=criterion)
            if not self.met.filter(criterion=criterion).delete()[0]:
                return UNCHANGED
            data, words = {"criterion": criterion}, {"reason": because}
            return self._do("criterion_withdrawn", by, data, words)

    def set_next_step(self, step: NextStep, by: User) -> Done:
        """Say what comes next, in place of what was said before. Refusal: next_step_missing, past_day, lost."""
        with transaction.atomic():
            self._take(by, "next_step", step.what)
            self._refuse_lost()
            _refuse_step(step, by)
            return Done("next_step_set", (self._plan(step, by, datetime.now(UTC)),))

    def finish_next_step(self, by: User, notes: str = "", then: NextStep | None = None) -> Done:
        """Note the next step as done, and what comes after it. Refusal: no_next_step, past_day, lost."""
        with transaction.atomic():
            self._take(by, "next_step", "")
            self._refuse_lost()
            if not self.next_step:
                raise Refusal("no_next_step")
            _refuse_step(then, by)
            at, words = datetime.now(UTC), {"activity": self.next_step, "notes": notes}
            self.next_step, self.next_step_on = "", None
            if then is None:
                self._save("next_step", "next_step_on")
            done = self._record("activity_done", by, at, {"activity": "task"}, words)
            return Done("activity_done", (done, self._plan(then, by, at)) if then else (done,))

    def win(self, by: User, *, forced_because: str = "") -> Done:
        """Close it as sold. GateClosed: criteria up to the sale are open and no reason was given. Refusal: closed."""
        with transaction.atomic():
            self._take(by, "outcome", "won")
            self._refuse_closed()
            way = self.sale_gate()
            words = {"reason": reason_for(way, forced_because, "")}
            data = self._amount_data() | ({} if way.is_open else {"forced": True})
            self.outcome, self.closed_at = "won", datetime.now(UTC)
            self._save("outcome", "closed_at")
            return self._do("won", by, data, words, self.closed_at)

    def lose(self, reason: str, by: User, notes: str = "") -> Done:
        """Close it without a sale. `reason`: one of `reasons()`. Refusal: unknown_reason, notes_missing, closed."""
        with transaction.atomic():
            self._take(by, "outcome", "lost")
            self._refuse_closed()
            if reason not in self.reasons():
                raise Refusal("unknown_reason", reason=reason)
            words = {"notes": needed(notes, "notes_missing") if reason == "other" else notes}
            self.outcome, self.closed_at, self.lost_reason = "lost", datetime.now(UTC), reason
            self._save("outcome", "closed_at", "lost_reason")
            return self._do("lost", by, {"reason": reason}, words, self.closed_at)

    def reasons(self) -> tuple[str, ...]:
        """Give the keys of the reasons for which it can be lost; wording.lost_reason names them."""
        return lost_reasons(self.map(), self.stage)

    def reopen(self, by: User, because: str = "") -> Done:
        """Work on a closed deal again. Refusal: not_closed, client_already."""
        with transaction.atomic():
            self._take(by, "outcome", None)
            if self.outcome is None:
                raise Refusal("not_closed")
            if self.stage in after_the_sale(self.map()):
                raise Refusal("client_already")
            self.outcome, self.closed_at, self.lost_reason = None, None, ""
            self._save("outcome", "closed_at", "lost_reason")
            words = {"reason": because}
            return self._do("reopened", by, {}, words)

    def change_amount(self, amount: Money | None, by: User) -> Done:
        """Say what it is worth; None: nobody knows. Refusal: negative_amount, closed."""
        with transaction.atomic():
            self._take(by, "money", amount)
            self._refuse_closed()
            refuse_negative(amount)
            if amount == self.money:
                return UNCHANGED
            self.amount_minor = amount.amount_minor if amount else None
            self.currency = amount.currency if amount else ""
            self._save("amount_minor", "currency")
            data = self._amount_data() or {"amount_minor": None}
            return self._do("amount_changed", by, data)

    def change_owner(self, owner: User, by: User) -> Done:
        """Hand it over to somebody who may work on deals. Refusal: owner_cannot_work."""
        with transaction.atomic():
            self._take(by, "owner", owner)
            refuse_idle(owner)
            if owner.pk == self.owner_id:
                return UNCHANGED
            self.owner = owner
            self._save("owner")
            data = {"owner": str(owner.pk)}
            return self._do("owner_changed", by, data)

    def change_close_date(self, day: date | None, by: User) -> Done:
        """Say by when the sale is expected; None: nobody knows. Refusal: closed."""
        with transaction.atomic():
            self._take(by, "expected_close", day)
            self._refuse_closed()
            if day == self.expected_close:
                return UNCHANGED
            self.expected_close = day
            self._save("expected_close")
            return Done("field_changed", (self._record_close_date(by, datetime.now(UTC)),))

    def undo(self, event_id: UUID, by: User) -> Done:
        """Take an act back: its events count no more and the deal is as it was before; again, nothing happens.

        Refusal: not_of_this_deal, cannot_undo (an import's event, the beginning), not_latest (a later act
        changed the same).
        """
        with transaction.atomic():
            self._take(by)
            event = Event.objects.filter(case=self.case, object_id=self.pk, pk=event_id).first()
            if event is None:
                raise Refusal("not_of_this_deal")
            if Event.objects.filter(voids=event).exists():
                return UNCHANGED
            told = self.told()
            act = act_of(told, event.pk)
            self._put_back(state_of(one for one in told if one.id not in act), event.kind)
            taken_back = Event.objects.filter(pk__in=act).order_by("-position")
            return Done("undone", tuple(void(one, by) for one in taken_back))

    def told(self) -> list[Told]:
        """Give its events that count, in their order."""
        events = Event.objects.filter(case=self.case, object_id=self.pk).counting().order_by("position")
        return [told_of(event) for event in events.prefetch_related("words")]

    def record_beginning(self, by: User) -> None:
        """Write the events of a new deal: created, its first stage, and when it is expected to close."""
        data = {"owner": str(self.owner_id), "organization": str(self.organization_id)}
        data |= {"map": str(self.version.process_id)} | self._amount_data()
        self._record("created", by, self.created_at, data, {"title": self.title})
        self._record("stage_entered", by, self.created_at)
        if self.expected_close:
            self._record_close_date(by, self.created_at)

    def _take(self, by: User, what: str = "", yours: object = None) -> None:
        """Lock the row until the transaction ends; refuse who may not, and who changes `what` having seen less."""
        seen = self.lock
        self.refresh_from_db(from_queryset=Deal.objects.select_for_update())
        may_write(by)
        owners = by.sees()
        if owners is not None and self.owner_id not in owners:
            raise PermissionDenied
        if self.history_only:
            raise Refusal("history_only")
        if what and seen != self.lock:
            raise Stale(what, getattr(self, what), yours)

    def _refuse_lost(self) -> None:
        if self.outcome == "lost":
            raise Refusal("lost")

    def _refuse_closed(self) -> None:
        if self.outcome is not None:
            raise Refusal("closed", outcome=self.outcome)

    def _plan(self, step: NextStep, by: User, at: datetime) -> Event:
        self.next_step, self.next_step_on = step.what.strip(), step.on
        self._save("next_step", "next_step_on")
        data = {"activity": step.activity, "due": step.on.isoformat()}
        return self._record("next_step_set", by, at, data, {"next_step": step.what})

    def _put_back(self, state: State, kind: str) -> None:
        facts = facts_of(kind)
        if "stage" in facts and not state.stage:
            raise Refusal("cannot_undo")
        for fact in facts:
            setattr(self, fact, getattr(state, fact))
        self._save(*facts)
        if kind.startswith("criterion_"):
            self.met.exclude(event__in=state.met.values()).delete()
            for criterion, event in state.met.items():
                self.met.get_or_create(criterion=criterion, defaults={"event_id": event})

    def _save(self, *fields: str) -> None:
        self.lock += 1
        self.save(update_fields=[*fields, "lock"])

    def _amount_data(self) -> dict[str, Any]:
        if self.amount_minor is None:
            return {}
        return {"amount_minor": self.amount_minor, "currency": self.currency}

    def _record_close_date(self, by: User, at: datetime) -> Event:
        day = self.expected_close.isoformat() if self.expected_close else None
        return self._record("field_changed", by, at, {"field": "expected_close", "value": day})

    def _do(
        self,
        kind: str,
        by: User,
        data: Mapping[str, Any],
        words: Mapping[str, str] | None = None,
        at: datetime | None = None,
    ) -> Done:
        return Done(kind, (self._record(kind, by, at or datetime.now(UTC), data, words),))

    def _record(
        self,
        kind: str,
        by: User,
        at: datetime,
        data: Mapping[str, Any] | None = None,
        words: Mapping[str, str] | None = None,
    ) -> Event:
        return record(
            kind,
            case=self.case,
            by=by,
            object=self,
            at=at,
            stage=self.stage,
            map_version=self.version_id,
            data=data,
            words={name: text.strip() for name, text in (words or {}).items() if text.strip()},
        )


class MetCriterion(models.Model):
    """A criterion that a deal meets, by the event that says so: who, when, and with which evidence."""

    deal = models.ForeignKey(Deal, models.CASCADE, related_name="met")
    criterion = models.CharField(max_length=60)
    event = models.OneToOneField(Event, models.PROTECT, related_name="+")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["deal", "criterion"], name="criterion_met_once"),)

    def __str__(self) -> str:
        return self.criterion


def may_write(user: User) -> None:
    """PermissionDenied for who only reads, or may no longer sign in."""
    if not (user.writes and user.active):
        raise PermissionDenied


def _refuse_step(step: NextStep | None, by: User) -> None:
    if step:
        needed(step.what, "next_step_missing", LONGEST_STEP)
        refuse_past(step.on, datetime.now(by.tzinfo).date())


def told_of(event: Event) -> Told:
    """Give an event with its words as plain values; prefetch `words` where there are several."""
    return Told(
        id=event.pk,
        kind=event.kind,
        at=event.at,
        stage=event.stage,
        data=event.data,
        said={words.name: words.text for words in event.words.all()},
    )
