"""The row of a deal, how an act on it begins, and how it is written into the log."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.db.models import Q

from infield.accounts.models import User
from infield.deals.checks import LONGEST_EXPECTED, LONGEST_NAME, LONGEST_STEP
from infield.deals.proofs import CRITERION, PROVING, may_prove, verdicts
from infield.deals.refusals import Refusal, Stale
from infield.deals.state import Told
from infield.history.actions import record
from infield.history.models import Event
from infield.people.models import Contact, Organization
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


UNCHANGED = Done("unchanged")


class Record(models.Model):
    """What is known of a deal. `lock` grows with every change of the row: who read an older one is refused."""

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
    next_activity = models.CharField(max_length=24, default="")
    next_selling = models.CharField(max_length=24, default="")
    next_expected = models.CharField(max_length=LONGEST_EXPECTED, default="")
    next_person = models.ForeignKey(Contact, models.PROTECT, null=True, related_name="next_steps")
    parked_until = models.DateField(null=True)
    no_contact_at = models.DateTimeField(null=True)  # null: the buyer may be contacted
    archived_at = models.DateTimeField(null=True)
    lost_to = models.CharField(max_length=LONGEST_NAME, default="")  # the competitor it was bought from
    history_only = models.BooleanField(default=False)
    lock = models.PositiveIntegerField(default=0)

    _moment: datetime | None = None
    _proving: User | None = None

    class Meta:
        abstract = True
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

    @property
    def money(self) -> Money | None:
        return None if self.amount_minor is None else Money(self.amount_minor, self.currency)

    def map(self) -> ProcessMap:
        """Give the map it runs on."""
        return maps_of([self.version_id])[self.version_id]

    def told(self) -> list[Told]:
        """Give its events that count, in their order."""
        events = Event.objects.filter(case=self.case, object_id=self.pk).counting().as_meant()
        return [
            replace(told_of(event), stage=event.meant)
            for event in events.order_by("position").prefetch_related("words")
        ]

    @contextmanager
    def one_act(self) -> Iterator[datetime]:
        """Make all that is done inside one act: one transaction, one moment, undone together."""
        if self._moment is not None:
            yield self._moment
            return
        self._moment = datetime.now(UTC)
        try:
            with transaction.atomic():
                yield self._moment
                if self._proving is not None:
                    self._write_verdicts(self._proving, self._moment)
        finally:
            self._moment = self._proving = None

    def _take(self, by: User, what: str = "", yours: object = None, *, even_archived: bool = False) -> None:
        """Lock the row until the transaction ends; refuse who may not, and who changes `what` having seen less."""
        seen = self.lock
        self.refresh_from_db(from_queryset=type(self)._base_manager.select_for_update())
        may_write(by)
        owners = by.sees()
        if owners is not None and self.owner_id not in owners:
            raise PermissionDenied
        if self.history_only:
            raise Refusal("history_only")
        if self.archived_at and not even_archived:
            raise Refusal("archived")
        if what and seen != self.lock:
            raise Stale(what, getattr(self, what), yours)

    def _refuse_lost(self) -> None:
        if self.outcome == "lost":
            raise Refusal("lost")

    def _refuse_unseen(self, row: type[models.Model], seen: str | None, yours: object, **of: object) -> None:
        """Refuse who writes over a row that changed since: `seen` is the event they saw, "" none, None: not asked."""
        if seen is None:
            return
        there = row._default_manager.filter(deal=self.pk, **of).values_list("event", flat=True).first()
        if seen != (str(there) if there else ""):
            raise Stale(str(next(iter(of.values()), "")), there, yours)

    def _refuse_closed(self) -> None:
        if self.outcome is not None:
            raise Refusal("closed", outcome=self.outcome)

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
        return Done(kind, (self._record(kind, by, at or self._moment or datetime.now(UTC), data, words),))

    def _record(
        self,
        kind: str,
        by: User,
        at: datetime,
        data: Mapping[str, Any] | None = None,
        words: Mapping[str, str] | None = None,
    ) -> Event:
        if kind in PROVING and may_prove(self.map(), kind, data or {}):
            self._proving = by
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

    def _write_verdicts(self, by: User, at: datetime) -> None:
        """Write what is due of the criteria that prove themselves, by the events of the whole case."""
        events = Event.objects.filter(case=self.case, kind__in=(*PROVING, *CRITERION))
        told = [told_of(one) for one in events.counting().order_by("position").prefetch_related("words")]
        for verdict in verdicts(self.map(), told):
            kind = "criterion_met" if verdict.is_met else "criterion_withdrawn"
            data = {"criterion": verdict.criterion, "proof": dict(verdict.proof)}
            event = self._record(kind, by, at, data)
            met = MetCriterion.objects.filter(deal_id=self.pk, criterion=verdict.criterion)
            met.delete()
            if verdict.is_met:
                MetCriterion.objects.create(deal_id=self.pk, criterion=verdict.criterion, event=event)


class MetCriterion(models.Model):
    """A criterion that a deal meets, by the event that says so: who, when, and with which evidence."""

    deal = models.ForeignKey("deals.Deal", models.CASCADE, related_name="met")
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


def told_of(event: Event) -> Told:
    """Give an event with its words as plain values; prefetch `words` where there are several."""
    return Told(
        id=event.pk,
        kind=event.kind,
        at=event.at,
        stage=event.stage,
        data=event.data,
        said={words.name: words.text for words in event.words.all()},
        by=event.by,
        map_version=event.map_version,
    )
