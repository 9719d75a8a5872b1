"""Follow-up cadences: begin one, go on, stop, and take each back. And how soon a lead was answered."""

from datetime import UTC, datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction

from infield.accounts.models import User
from infield.activities.cadence import step_at
from infield.activities.models import Activity, Cadence, Enrolment, EnrolmentQuerySet, Response
from infield.activities.said import Refusal
from infield.activities.telling.actions import About
from infield.activities.working.queries import working_time
from infield.deals.models import Deal
from infield.history.actions import record
from infield.people.models import Contact, Lead

SEVERAL = 200
"""Sales at once that a run of the job begins a series for; the next run takes the rest."""
LATEST_SALES = timedelta(days=14)


def may_follow(about: About, user: User) -> None:
    """PermissionDenied for whose role does not work on people, or on deals where it is one."""
    if not user.may("deals" if isinstance(about, Deal) else "people"):
        raise PermissionDenied


def enrol(about: About, cadence: Cadence, by: User, owner: User | None = None) -> Enrolment:
    """Begin a series with a deal, a lead or a contact, in place of one that runs.

    Refusal: no_steps, archived, after_sale_only (a series for clients with a deal that is not won), no_contact.
    """
    steps = cadence.written()
    _refuse_enrolment(about, cadence, bool(steps))
    today = datetime.now(by.tzinfo).date()
    with transaction.atomic():
        for running in _of(about).filter(stopped_at=None):
            stop(running, by, "replaced")
        made = Enrolment.objects.create(
            cadence=cadence,
            owner=owner or by,
            due_on=working_time().next_day(today + timedelta(days=steps[0].wait_days)),
            started_at=datetime.now(UTC),
            **{_name(about): about},
        )
        _tell(about, "cadence_started", made, by)
    return made


def stop(enrolment: Enrolment, by: User, because: str) -> None:
    """End a series. `because`: answered, replaced, by_hand, wrong. Refusal: stopped."""
    with transaction.atomic():
        _lock(enrolment)
        if enrolment.stopped_at is not None:
            raise Refusal("stopped")
        _end(enrolment, because)
        _tell(enrolment.about, "cadence_stopped", enrolment, by, because)


def resume(enrolment: Enrolment, by: User) -> None:
    """Take back that a series was stopped. Refusal: not_stopped, replaced (another one runs)."""
    with transaction.atomic():
        _lock(enrolment)
        if enrolment.stopped_at is None:
            raise Refusal("not_stopped")
        if _of(enrolment.about).filter(stopped_at=None).exists():
            raise Refusal("replaced")
        enrolment.stopped_at, enrolment.stopped_because = None, ""
        enrolment.save()
        _tell(enrolment.about, "cadence_started", enrolment, by)


def go_on(about: About | None, done: Activity, by: User) -> None:
    """Bring the series of whoever was contacted up to date: an answer ends it, a follow-up made leads to the next."""
    if about is None:
        return
    for running in _of(about).filter(stopped_at=None).select_related("cadence"):
        if done.is_answer and not running.cadence.after_sale:
            done.enrolment, done.place = running, running.place
            done.save(update_fields=["enrolment", "place"])
            _end(running, "answered")
            _tell(about, "cadence_stopped", running, by, "answered")
        elif done.enrolment_id == running.pk:
            _next(running, by)


def back(activity: Activity) -> None:
    """Put the series back to where it was before this activity."""
    enrolment = activity.enrolment
    if enrolment is None or activity.place is None:
        return
    _lock(enrolment)
    enrolment.place = activity.place
    if enrolment.stopped_because == "answered":
        enrolment.stopped_at, enrolment.stopped_because = None, ""
    else:
        enrolment.due_on = activity.due_on or datetime.now(UTC).date()
    enrolment.save()


def answered(about: About | None) -> None:
    """Keep how soon a lead was answered: by the first activity that reached it, in the company's working time."""
    if not isinstance(about, Lead):
        return
    first = Activity.objects.filter(lead=about).reaching().order_by("done_at").first()
    if first is None or first.done_at is None:
        Response.objects.filter(lead=about).delete()
        return
    seconds = round(working_time().seconds(about.arrived_at, first.done_at))
    told = {"activity": first, "at": first.done_at, "working_seconds": seconds}
    Response.objects.update_or_create(lead=about, defaults=told)


def begin_after_sale(deal: Deal, by: User) -> Enrolment | None:
    """Begin the cadence that follows a sale, unless the deal had one; None where there is none to begin."""
    cadence = Cadence.objects.filter(after_sale=True, archived_at=None).order_by("name", "pk").first()
    if cadence is None or not cadence.written():
        return None
    if Enrolment.objects.filter(deal=deal, cadence__after_sale=True).exists():
        return None
    return enrol(deal, cadence, by, deal.owner)


def begin_after_sales(now: datetime) -> int:
    """Begin it for every deal won in the last two weeks that has none; give how many. Safe to repeat."""
    won = Deal.objects.filter(outcome="won", history_only=False, closed_at__gte=now - LATEST_SALES)
    without = won.exclude(enrolments__cadence__after_sale=True).select_related("owner", "organization")
    return sum(begin_after_sale(deal, deal.owner) is not None for deal in without[:SEVERAL])


def _refuse_enrolment(about: About, cadence: Cadence, has_steps: bool) -> None:
    known = (
        ("no_steps", has_steps),
        ("archived", cadence.archived_at is None),
        ("after_sale_only", not cadence.after_sale or _is_client(about)),
        ("no_contact", not (isinstance(about, Contact) and about.no_contact_because)),
        ("closed", cadence.after_sale or not (isinstance(about, Deal) and about.outcome)),
    )
    for code, is_fine in known:
        if not is_fine:
            raise Refusal(code)


def _is_client(about: About) -> bool:
    return isinstance(about, Contact) or (isinstance(about, Deal) and about.outcome == "won")


def _next(enrolment: Enrolment, by: User) -> None:
    _lock(enrolment)
    steps = enrolment.cadence.written()
    enrolment.place += 1
    wait = step_at(steps, enrolment.place).wait_days
    due = datetime.now(by.tzinfo).date() + timedelta(days=wait)
    enrolment.due_on = working_time().next_day(due)
    enrolment.save()


def _end(enrolment: Enrolment, because: str) -> None:
    enrolment.stopped_at, enrolment.stopped_because = datetime.now(UTC), because
    enrolment.save()


def _lock(enrolment: Enrolment) -> None:
    enrolment.refresh_from_db(from_queryset=Enrolment.objects.select_for_update(of=("self",)))


def _of(about: About) -> EnrolmentQuerySet:
    return Enrolment.objects.filter(**{_name(about): about})


def _name(about: About) -> str:
    return about._meta.model_name or ""


def _tell(about: About, kind: str, enrolment: Enrolment, by: User, because: str = "") -> None:
    if isinstance(about, Contact):
        return
    data = {"cadence": str(enrolment.cadence_id)} | ({"reason": because} if because else {})
    record(
        kind,
        case=about.case,
        by=by,
        object=about,
        stage=about.stage if isinstance(about, Deal) else None,
        map_version=about.version_id if isinstance(about, Deal) else None,
        data=data,
        words={"name": enrolment.cadence.name},
    )
