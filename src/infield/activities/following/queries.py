"""How soon leads are answered, who is in a series, and what this team's own deals say about persistence."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median
from uuid import UUID

from django.db.models import Count, Q

from infield.accounts.models import User
from infield.activities.kinds import TALKS
from infield.activities.models import Activity, Cadence, Enrolment, Response
from infield.activities.persistence import Closed, Experience, experience
from infield.activities.telling.actions import About
from infield.activities.wording import STOPPED, named, place_words
from infield.deals.models import Deal
from infield.people.models import Lead

LAST_DAYS = 90
ANSWERS_AT_MOST = 2_000
CLOSED_AT_MOST = 2_000
"""The latest closed deals that are looked at: what a page costs does not grow with the history."""


@dataclass(frozen=True, slots=True)
class Answers:
    """How soon leads were answered in the last days: the median, in seconds of work, of how many leads."""

    median_seconds: timedelta | None
    count: int
    days: int = LAST_DAYS


@dataclass(frozen=True, slots=True)
class Counters:
    """The refusals a deal received and the follow-ups made with it."""

    refusals: int
    follow_ups: int


@dataclass(frozen=True, slots=True)
class Series:
    """A series somebody is in. `ended`: why it stopped, nothing while it runs."""

    id: UUID
    name: str
    place: str
    due_on: object
    is_running: bool
    ended: str
    after_sale: bool


def first_answers(user: User, now: datetime) -> Answers:
    """Give how soon the leads that this user may see were answered in the last 90 days. One query."""
    leads = Lead.objects.visible_to(user).values("pk")
    rows = Response.objects.filter(lead__in=leads, at__gte=now - timedelta(days=LAST_DAYS)).order_by("-at")
    seconds = list(rows.values_list("working_seconds", flat=True)[:ANSWERS_AT_MOST])
    return Answers(timedelta(seconds=median(seconds)) if seconds else None, len(seconds))


def counters(deal: Deal) -> Counters:
    """Count the refusals of a deal's case, and the talks after the first one. One query."""
    return _counted([deal]).get(deal.pk, Counters(0, 0))


def team_experience(user: User) -> Experience:
    """Give what the closed deals that this user may see say about refusals and follow-ups. Two queries."""
    closed = Deal.objects.visible_to(user).filter(outcome__in=("won", "lost"), history_only=False)
    deals = list(closed.order_by("-closed_at").only("pk", "case", "outcome")[:CLOSED_AT_MOST])
    counted = _counted(deals)
    rows = ((deal, counted[deal.pk]) for deal in deals if deal.pk in counted)
    return experience(Closed(deal.outcome == "won", one.refusals, one.follow_ups) for deal, one in rows)


def series_of(about: About) -> Series | None:
    """Give the latest series of a deal, a lead or a contact. Two queries."""
    rows = Enrolment.objects.filter(**{about._meta.model_name or "": about}).select_related("cadence")
    latest = rows.order_by("-started_at").first()
    if latest is None:
        return None
    is_running = Enrolment.objects.running().filter(pk=latest.pk).exists()
    return Series(
        latest.pk,
        latest.cadence.name,
        place_words(latest.place, len(latest.cadence.written())),
        latest.due_on,
        is_running,
        "" if is_running else named(STOPPED, latest.stopped_because),
        latest.cadence.after_sale,
    )


def cadences_for(about: About) -> list[Cadence]:
    """Give the series that can begin with somebody: those for clients with whom something was sold, else the others."""
    rows = Cadence.objects.filter(archived_at=None, steps__isnull=False).distinct().order_by("name")
    if isinstance(about, Deal):
        rows = rows.filter(after_sale=about.outcome == "won")
    if isinstance(about, Lead):
        rows = rows.filter(after_sale=False)
    return list(rows)


def _counted(deals: Sequence[Deal]) -> Mapping[UUID, Counters]:
    """Count by deal, over the whole case: what was done while it was a lead belongs to it."""
    of_case = {deal.case: deal.pk for deal in deals}
    talks = Activity.objects.done().filter(kind__in=TALKS, case__in=list(of_case)).order_by()
    rows = talks.values_list("case").annotate(
        made=Count("pk"), counted=Count("pk", filter=Q(outcome="refused"))
    )
    return {of_case[case]: Counters(refusals, max(made - 1, 0)) for case, made, refusals in rows}
