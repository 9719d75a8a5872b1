"""The calendar: what is planned on which day, and what was done, in a constant number of queries."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language

from infield.accounts.models import User
from infield.accounts.roles import ROLES
from infield.activities.kinds import KINDS
from infield.activities.models import Activity
from infield.activities.weeks import month_before, month_of, next_month, week_of
from infield.activities.working.queries import working_time
from infield.deals.models import Deal
from infield.desk.calendar.wording import VIEWS, day_head, span_words
from infield.desk.log.queries import address_of, name_of
from infield.people.models import Contact
from infield.web import dates
from infield.web.ids import to_text

ENTRIES_AT_MOST = 1_000
SHOWN_IN_A_MONTH = 3
EARLIEST, LATEST = date(1990, 1, 1), date(2200, 1, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing on a day. `move`: the address that takes another day, nothing for what is done."""

    key: str
    icon: str
    what: str
    who: str
    address: str
    act: str
    move: str
    at: datetime | None
    minutes: int | None
    is_done: bool
    is_late: bool
    is_step: bool


@dataclass(frozen=True, slots=True)
class Day:
    day: date
    head: str
    is_today: bool
    is_other_month: bool
    is_free: bool
    holiday: str
    entries: tuple[Entry, ...]

    @property
    def shown(self) -> tuple[Entry, ...]:
        """What a month has room for."""
        return self.entries[:SHOWN_IN_A_MONTH]

    @property
    def left(self) -> int:
        return max(0, len(self.entries) - SHOWN_IN_A_MONTH)


def calendar_context(user: User, query: Mapping[str, str]) -> dict[str, Any]:
    """Give what the page shows. `query`: view (day, week, month), on (a day), whose (team)."""
    today = timezone.localtime().date()
    view = query["view"] if query.get("view") in VIEWS else "week"
    on = _day(query.get("on", ""), today)
    role = ROLES[user.role]
    team = query.get("whose") == "team" and (role.opens != "own")
    weeks = {"day": ((on,),), "week": (week_of(on),), "month": month_of(on)}[view]
    first, last = weeks[0][0], weeks[-1][-1]
    entries = _entries(user, team, first, last, today)
    hours, language = working_time(get_language() or "en"), get_language() or "en"

    def shown(day: date) -> Day:
        return Day(
            day,
            day_head(day, view, language),
            day == today,
            view == "month" and day.month != on.month,
            not hours.works_on(day),
            hours.holidays.get(day, ""),
            tuple(sorted(entries[day], key=_order)),
        )

    def address(**others: str) -> str:
        own = {"view": view, "on": on.isoformat(), "whose": "team" if team else ""}
        return "?" + urlencode({key: value for key, value in (own | others).items() if value})

    before, after = _beside(view, on)
    return {
        "weeks": tuple(tuple(shown(day) for day in week) for week in weeks),
        "view": view,
        "weekdays": dates.weekdays_short(language) if view == "month" else (),
        "views": [(key, name, address(view=key)) for key, name in VIEWS.items()],
        "span": span_words(view, first, last, on, language),
        "before": address(on=before.isoformat()),
        "after": address(on=after.isoformat()),
        "now": address(on=today.isoformat()),
        "day_view": address(view="day", on="").rstrip("&"),
        "on": on,
        "today": today,
        "has_team": role.opens != "own",
        "team": team,
        "mine": address(whose=""),
        "everyone": address(whose="team"),
        "writes": user.may("people"),
        "strip": [shown(day) for day in week_of(on)] if view == "day" else (),
        "count": sum(len(each) for each in entries.values()),
    }


def _entries(user: User, team: bool, first: date, last: date, today: date) -> Mapping[date, list[Entry]]:
    """Give the entries by day: activities, and the next steps of deals and contacts that have no row there."""
    found: dict[date, list[Entry]] = defaultdict(list)
    steps = set()
    for row in _activities(user, team, first, last):
        day = timezone.localtime(row.done_at).date() if row.done_at else row.due_on
        if day is None:
            continue
        if row.is_step and row.done_at is None:
            steps.add((row.deal_id or row.contact_id, row.due_on))
        found[day].append(_entry(row, today))
    abouts: list[Deal | Contact] = [*_deals(user, team, first, last), *_contacts(user, first, last)]
    for about in abouts:
        if about.next_step_on and (about.pk, about.next_step_on) not in steps:
            found[about.next_step_on].append(_step(about, today))
    return found


def _activities(user: User, team: bool, first: date, last: date) -> Iterable[Activity]:
    zone = timezone.get_current_timezone()
    since = datetime.combine(first, time(), zone)
    until = datetime.combine(last + timedelta(days=1), time(), zone)
    when = Q(done_at=None, due_on__range=(first, last)) | Q(done_at__gte=since, done_at__lt=until)
    rows = Activity.objects.visible_to(user).filter(when, dropped_at=None)
    rows = rows if team else rows.filter(owner=user)
    related = ("deal__organization", "lead", "contact", "owner")
    return rows.select_related(*related).order_by("due_on", "due_at", "pk")[:ENTRIES_AT_MOST]


def _deals(user: User, team: bool, first: date, last: date) -> Iterable[Deal]:
    rows = Deal.objects.visible_to(user).open().filter(next_step_on__range=(first, last))
    rows = rows if team else rows.filter(owner=user)
    return rows.select_related("organization").order_by("next_step_on", "pk")[:ENTRIES_AT_MOST]


def _contacts(user: User, first: date, last: date) -> Iterable[Contact]:
    rows = Contact.objects.visible_to(user).current().filter(owner=user, next_step_on__range=(first, last))
    return rows.order_by("next_step_on", "pk")[:ENTRIES_AT_MOST]


def _entry(row: Activity, today: date) -> Entry:
    about = row.deal or row.lead or row.contact
    is_done = row.done_at is not None
    return Entry(
        key=f"a-{to_text(row.pk)}",
        icon=KINDS[row.kind].icon,
        what=row.what,
        who=name_of(about) if about else "",
        address=address_of(about) if about else "",
        act="" if is_done else reverse("desk:finish", args=[row.pk]),
        move="" if is_done else reverse("desk:move_activity", args=[row.pk]),
        at=row.done_at if is_done else row.due_at,
        minutes=row.minutes,
        is_done=is_done,
        is_late=not is_done and bool(row.due_on and row.due_on < today),
        is_step=row.is_step,
    )


def _step(about: Deal | Contact, today: date) -> Entry:
    kind = about._meta.model_name or ""
    return Entry(
        key=f"{kind[0]}-{to_text(about.pk)}",
        icon="clock",
        what=about.next_step,
        who=name_of(about),
        address=address_of(about),
        act=reverse(f"desk:log_{kind}", args=[about.pk]),
        move=reverse(f"desk:move_{kind}", args=[about.pk]),
        at=None,
        minutes=None,
        is_done=False,
        is_late=bool(about.next_step_on and about.next_step_on < today),
        is_step=True,
    )


def _order(entry: Entry) -> tuple[bool, bool, str, str]:
    """What is still to do comes first: a month has no room for all."""
    return entry.is_done, entry.at is None, entry.at.isoformat() if entry.at else "", entry.who


def _day(text: str, otherwise: date) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return otherwise
    return day if EARLIEST <= day <= LATEST else otherwise


def _beside(view: str, on: date) -> tuple[date, date]:
    ways: Mapping[str, Callable[[], tuple[date, date]]] = {
        "day": lambda: (on - timedelta(days=1), on + timedelta(days=1)),
        "week": lambda: (on - timedelta(days=7), on + timedelta(days=7)),
        "month": lambda: (month_before(on), next_month(on)),
    }
    return ways[view]()
