"""The days of the sample company: what was done, what is planned this week, series, a few leads that wait."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from random import Random

from infield.accounts.models import User
from infield.activities.following.actions import answered, enrol
from infield.activities.kinds import MOODS, SIGNALS, TALKS
from infield.activities.models import Activity, Cadence, CadenceStep, Enrolment, Reminder, WorkingHours
from infield.activities.working_time import OFFICE_HOURS
from infield.deals.models import Deal
from infield.desk.sample_company.days.phrases import CADENCES, LEADS, PLANNED, REPEATED
from infield.desk.sample_company.staff import REPS, STAFF
from infield.history.models import Event
from infield.people.models import Lead

AT_ONCE = 1_000
COUNTRY = "FI"
ENROLLED = 14
LAST_TALKS = ("reached", "went_on", "not_reached", "put_off")


def make_days(seed: int, today: date, staff: Mapping[str, User]) -> None:
    """Write them beside deals that are there; the same seed makes the same."""
    rng = Random(seed)  # noqa: S311  made-up days, no secret
    week = [list(day) if day else None for day in OFFICE_HOURS]
    WorkingHours.objects.create(country=COUNTRY, week=week)
    _done(rng)
    # the log is in order of time: leads came before anybody begins a series now
    if not Lead.objects.exists():
        _leads(staff)
    _enrol(rng, _cadences(), today)
    _plan(rng, today, staff)
    for lead in Lead.objects.filter(converted_at=None).order_by("arrived_at")[:30]:
        answered(lead)


def _done(rng: Random) -> None:
    """Write a row for each activity that the log tells; the log tells no more than kind and words."""
    deals = {
        deal.case: deal for deal in Deal.objects.only("pk", "case", "outcome", "organization_id", "owner_id")
    }
    events = Event.objects.filter(kind="activity_done").order_by("case", "position").prefetch_related("words")
    rows = []
    for event in events.iterator(chunk_size=AT_ONCE):
        said = {words.name: words.text for words in event.words.all()}
        rows.append(_row(rng, event, said, deals[event.case]))
    Activity.objects.bulk_create(rows, batch_size=AT_ONCE)


def _row(rng: Random, event: Event, said: Mapping[str, str], deal: Deal) -> Activity:
    kind = event.data.get("activity", "task")
    talks = kind in TALKS
    # who is lost in the end has said no now and then
    chances = (4, 3, 3, 2, 3 if deal.outcome == "lost" else 1)
    outcome = rng.choices((*LAST_TALKS, "refused"), chances)[0] if talks else ""
    moods = MOODS[2:] if deal.outcome == "lost" else MOODS[:3]
    return Activity(
        kind=kind,
        what=said.get("activity", ""),
        notes=said.get("notes", ""),
        owner_id=event.by or deal.owner_id,
        made_by_id=event.by or deal.owner_id,
        deal=deal,
        organization_id=deal.organization_id,
        case=event.case,
        done_at=event.at,
        minutes=rng.choice((10, 15, 30, 60)) if talks else None,
        outcome=outcome,
        mood=rng.choice(moods) if talks and outcome != "not_reached" else "",
        signals=rng.sample(SIGNALS, 1) if talks and outcome == "went_on" and rng.random() < 0.5 else [],
        event=event,
    )


def _cadences() -> list[Cadence]:
    made = []
    for name, after_sale, steps in CADENCES:
        cadence = Cadence.objects.create(name=name, after_sale=after_sale)
        CadenceStep.objects.bulk_create(
            CadenceStep(cadence=cadence, place=place, wait_days=one.wait_days, kind=one.kind, what=one.what)
            for place, one in enumerate(steps, 1)
        )
        made.append(cadence)
    return made


def _enrol(rng: Random, cadences: list[Cadence], today: date) -> None:
    still_open = Deal.objects.open().select_related("owner", "organization").order_by("-created_at", "pk")
    for number, deal in enumerate(still_open[: ENROLLED * 3 : 3]):
        made = enrol(deal, cadences[number % 2], deal.owner)
        place = rng.randint(1, 4)
        Enrolment.objects.filter(pk=made.pk).update(
            place=place, due_on=today + timedelta(days=number % 6 - 1)
        )
    won = Deal.objects.filter(outcome="won", closed_at__gte=datetime.now(UTC) - timedelta(days=14))
    for deal in won.select_related("owner", "organization")[:ENROLLED]:
        enrol(deal, cadences[2], deal.owner)


def _plan(rng: Random, today: date, staff: Mapping[str, User]) -> None:
    monday = today - timedelta(days=today.weekday())
    for colleague in STAFF:
        if colleague.role == "reader":
            continue
        user = staff[colleague.name]
        for number, (kind, what, hour, minutes) in enumerate(rng.sample(PLANNED, 4)):
            day = monday + timedelta(
                days=(number * 2 + rng.randint(0, 1)) % 5 + (7 if today.weekday() > 3 else 0)
            )
            _planned(user, kind, what, day, hour, minutes)
        kind, what, rule = REPEATED
        row = _planned(user, kind, what, monday + timedelta(days=7), 0, None)
        row.rule = rule
        row.save(update_fields=["rule"])
        soon = _planned(user, "call", "Call back about the spare parts", today, 0, None)
        Reminder.objects.create(activity=soon, user=user, at=datetime.now(UTC) - timedelta(hours=1))


def _planned(user: User, kind: str, what: str, day: date, hour: int, minutes: int | None) -> Activity:
    at = datetime.combine(day, time(hour), user.tzinfo) if hour else None
    return Activity.objects.create(
        kind=kind, what=what, owner=user, made_by=user, due_on=day, due_at=at, minutes=minutes
    )


def _leads(staff: Mapping[str, User]) -> None:
    """Let leads come one after another between the last event and now."""
    last, now = Event.objects.latest("at").at, datetime.now(UTC)
    for number, (person, company, source) in enumerate(LEADS, 1):
        owner = staff[REPS[number % 2].name]
        arrived = last + (now - last) * number / (len(LEADS) + 1)
        Lead(person=person, company=company, source=source, arrived_at=arrived, owner=owner).begin(owner)
