"""Whom one speaks with: a deal, a lead, a contact as the dialog shows them, found with permission."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Model, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from infield.accounts.models import User
from infield.activities.actions import is_planned
from infield.activities.cadence import step_at
from infield.activities.models import Activity, Enrolment
from infield.activities.telling.actions import About
from infield.activities.wording import place_words
from infield.deals.models import Deal
from infield.desk.acts.forms import next_working_day
from infield.people.leads.profiling.models import REASONS
from infield.people.models import Contact, Lead
from infield.people.words.wording import REASON_NAMES
from infield.web import dates
from infield.web.ids import from_text, to_text

MOST_PEOPLE = 100


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom a dialog is about. `kind`: deal, lead or contact; `planned`: what comes next with them, in words."""

    about: About
    kind: str
    name: str
    detail: str
    address: str
    planned: str
    planned_kind: str
    is_due: bool
    lock: int


@dataclass(frozen=True, slots=True)
class Pick:
    """A day to pick at once."""

    label: str
    day: date


FINDERS: Mapping[str, Callable[[User], QuerySet[Model]]] = {
    "deal": lambda user: Deal.objects.visible_to(user).select_related(
        "organization", "owner", "version__process"
    ),
    "lead": lambda user: Lead.objects.visible_to(user).select_related("owner"),
    "contact": lambda user: Contact.objects.visible_to(user).select_related(
        "organization", "owner", "opened_by"
    ),
}
PAGES = {"deal": "desk:deal", "lead": "people:lead", "contact": "people:contact"}


def found(user: User, kind: str, key: UUID) -> About:
    """Give a deal, a lead or a contact; 404 for a stranger."""
    one = get_object_or_404(FINDERS[kind](user), pk=key)
    assert isinstance(one, Deal | Lead | Contact)  # noqa: S101  (what the table above finds)
    return one


def found_activity(user: User, key: UUID) -> Activity:
    """Give an activity with what it is about; 404 for a stranger."""
    rows = Activity.objects.visible_to(user).select_related(
        "owner",
        "deal__organization",
        "deal__owner",
        "deal__version__process",
        "lead__owner",
        "contact__organization",
    )
    return get_object_or_404(rows, pk=key)


def found_enrolment(about: About, text: str) -> Enrolment | None:
    """Give the running series of this subject whose follow-up is being made; None where nothing was asked for."""
    if not text:
        return None
    try:
        key = from_text(text)
    except ValueError:
        raise Http404 from None
    name = about._meta.model_name or ""
    rows = Enrolment.objects.running().select_related("cadence").filter(**{name: about})
    return get_object_or_404(rows, pk=key)


def subject(about: About) -> Subject:
    """Give what the dialog shows of whom it is about."""
    words, kind, day = _planned(about)
    today = timezone.localtime().date()
    planned = ""
    if words and day:
        planned = _("Stays: {what}, {day}").format(what=words, day=dates.day(day, get_language() or "en"))
    return Subject(
        about=about,
        kind=about._meta.model_name or "",
        name=name_of(about),
        detail=detail_of(about),
        address=address_of(about),
        planned=planned,
        planned_kind=kind,
        is_due=bool(day and day <= today),
        lock=about.lock,
    )


def name_of(about: About) -> str:
    return about.organization.name if isinstance(about, Deal) else str(about)


def detail_of(about: About) -> str:
    if isinstance(about, Deal):
        return about.title
    if isinstance(about, Lead):
        return about.company if about.person else ""
    return about.organization.name if about.organization else ""


def address_of(about: About) -> str:
    """Give the address of the page of a deal, a lead or a contact."""
    return reverse(PAGES[about._meta.model_name or ""], args=[about.pk])


def people_of(about: About | None) -> list[tuple[str, str]]:
    """Give the contacts one can have spoken with, by key: those of the organization."""
    organization = None
    if isinstance(about, Deal | Contact):
        organization = about.organization_id
    own = [(to_text(about.pk), str(about))] if isinstance(about, Contact) else []
    if organization is None:
        return own
    rows = (
        Contact.objects.current().filter(organization=organization).order_by("sort_key", "pk")[:MOST_PEOPLE]
    )
    return [(to_text(one.pk), str(one)) for one in rows]


def ends_of(about: About | None) -> list[tuple[str, str]]:
    """Give the reasons for which there is no further contact with a lead: they are chosen from a list."""
    return [(key, str(REASON_NAMES[key])) for key in REASONS] if isinstance(about, Lead) else []


def picks() -> tuple[Pick, ...]:
    """Give the days one mostly picks; none of them on a weekend, today and tomorrow aside."""
    today = timezone.localtime().date()
    return (
        Pick(_("Today"), today),
        Pick(_("Tomorrow"), today + timedelta(days=1)),
        Pick(_("In 3 days"), next_working_day(today, 3)),
        Pick(_("In a week"), next_working_day(today, 7)),
        Pick(_("In 2 weeks"), next_working_day(today, 14)),
        Pick(_("In a month"), next_working_day(today, 30)),
    )


def may_stay(about: About | None) -> bool:
    """Tell whether a talk may end without a next step: something is planned, or nothing is sold any more."""
    if about is None or (isinstance(about, Deal) and about.outcome is not None):
        return True
    return is_planned(about)


def prefill(enrolment: Enrolment | None) -> dict[str, object]:
    """Give what the series says of the follow-up that is made, and of the one after it."""
    if enrolment is None:
        return {}
    steps = enrolment.cadence.written()
    now, after = step_at(steps, enrolment.place), step_at(steps, enrolment.place + 1)
    day = next_working_day(timezone.localtime().date(), after.wait_days)
    return {"kind": now.kind, "what": after.what, "next_kind": after.kind, "on": day}


def series_words(enrolment: Enrolment | None) -> str:
    """Say which follow-up of which series it is."""
    if enrolment is None:
        return ""
    steps = len(enrolment.cadence.written())
    return f"{enrolment.cadence.name}: {place_words(enrolment.place, steps)}"


def last_mood(about: About) -> Activity | None:
    """Give the last activity that noted a mood or signals, to resume where the last contact stopped."""
    rows = Activity.objects.done().filter(**{about._meta.model_name or "": about})
    return rows.exclude(mood="", signals=[]).order_by("-done_at").first()


def _planned(about: About) -> tuple[str, str, date | None]:
    if isinstance(about, Deal | Contact):
        return about.next_step, "", about.next_step_on
    step = Activity.objects.steps().filter(lead=about).order_by("due_on").first()
    return (step.what, step.kind, step.due_on) if step else ("", "", None)
