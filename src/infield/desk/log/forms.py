"""The one dialog in which one says what was done with a buyer, and what comes next."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from infield.activities.kinds import KINDS as KIND_ROWS
from infield.activities.kinds import MOODS, OUTCOMES, SIGNALS
from infield.activities.repeating import RULES
from infield.activities.said import Plan, Said, Then
from infield.activities.wording import KINDS as KIND_NAMES
from infield.activities.wording import MOODS as MOOD_NAMES
from infield.activities.wording import OUTCOMES as OUTCOME_NAMES
from infield.activities.wording import REMINDERS, SELLING, choices
from infield.activities.wording import RULES as RULE_NAMES
from infield.activities.wording import SIGNALS as SIGNAL_NAMES
from infield.desk.acts.forms import next_working_day
from infield.web.forms import DayField
from infield.web.ids import from_text

DAYS_AHEAD = 7
LONGEST_NOTES = 5_000
HALF_A_DAY_MINUTES = 12 * 60
NOTHING = ("", "")


def time_field(label: Any) -> forms.TimeField:
    widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    return forms.TimeField(label=label, widget=widget, required=False)


class PlanFields(forms.Form):
    """What comes next, when, with whom, what is sold in it and what is expected of it."""

    what = forms.CharField(label=_("What is to be done"), max_length=500, required=False)
    on = DayField(label=_("On which day"), required=False)
    at = time_field(_("At what time"))
    next_kind = forms.ChoiceField(label=_("How"), required=False)
    next_contact = forms.ChoiceField(label=_("With whom"), required=False)
    selling = forms.ChoiceField(label=_("What is being sold in it"), required=False)
    expected = forms.CharField(label=_("What is to come of it"), max_length=300, required=False)
    remind = forms.ChoiceField(label=_("Remind me"), required=False)

    def __init__(self, *args: Any, people: Iterable[tuple[str, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        talks = [(key, name) for key, name in choices(KIND_NAMES) if key != "note"]
        self._offer("next_kind", talks, "call")
        self._offer("next_contact", [("", _("nobody in particular")), *people])
        self._offer("selling", [("", _("nothing yet")), *choices(SELLING)])
        self._offer(
            "remind", [("", _("no reminder")), *((str(key), _(name)) for key, name in REMINDERS.items())]
        )
        self.fields["what"].widget.attrs |= {
            "placeholder": _("Call Maria about the offer"),
            "autocomplete": "off",
        }
        self.fields["on"].initial = next_working_day(timezone.localtime().date(), DAYS_AHEAD)

    def plan(self) -> Plan | None:
        """Give what comes next; None where the words or the day are missing."""
        said = self.cleaned_data
        if not (said.get("what", "").strip() and said.get("on")):
            return None
        return Plan(
            what=said["what"],
            on=said["on"],
            at=moment(said["on"], said.get("at")),
            kind=said.get("next_kind") or "task",
            selling=said.get("selling", ""),
            expected=said.get("expected", ""),
            contact=_id(said.get("next_contact", "")),
            remind_minutes=int(said["remind"]) if said.get("remind") else None,
        )

    def _offer(self, name: str, offered: Sequence[tuple[Any, Any]], initial: str | None = None) -> None:
        field = self.fields[name]
        field.choices = offered  # type: ignore[attr-defined]
        if initial is not None:
            field.initial = initial


class ThenForm(PlanFields):
    """What comes next: a step, parked until a day, no further contact; or what is planned stays."""

    how = forms.ChoiceField(label=_("What comes next"), widget=forms.RadioSelect, required=False)
    until = DayField(label=_("Parked until"), required=False)
    park_because = forms.CharField(label=_("Why it rests"), max_length=400, required=False)
    end_reason = forms.ChoiceField(label=_("Why it ends"), required=False)
    end_because = forms.CharField(label=_("Why it ends"), max_length=400, required=False)

    def __init__(
        self,
        *args: Any,
        planned: str = "",
        reasons: Sequence[tuple[str, str]] = (),
        may_stay: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        hows: list[tuple[str, Any]] = [
            ("step", _("Next step")),
            ("park", _("Park")),
            ("end", _("No further contact")),
        ]
        if planned or may_stay:
            hows.append(("keep", planned or _("Nothing more")))
        self._offer("how", hows, "step")
        self._offer("end_reason", reasons)
        self.ends_by_reason = bool(reasons)

    def then(self) -> Then:
        """Give what was chosen, as it was filled in; `Then.check` says what is missing."""
        said = self.cleaned_data
        how = said.get("how") or "step"
        because = {
            "park": said.get("park_because", ""),
            "end": said.get("end_reason" if self.ends_by_reason else "end_because", ""),
        }
        return Then(
            how=how,
            plan=self.plan() if how == "step" else None,
            until=said.get("until"),
            because=because.get(how, ""),
            notes=said.get("end_because", "") if how == "end" else "",
        )


class LogForm(ThenForm):
    """What was done, what came of it, and what comes next."""

    kind = forms.ChoiceField(label=_("What it was"), widget=forms.RadioSelect)
    outcome = forms.ChoiceField(label=_("What came of it"), widget=forms.RadioSelect, required=False)
    mood = forms.ChoiceField(label=_("The buyer is"), widget=forms.RadioSelect, required=False)
    notes = forms.CharField(
        label=_("In your words"),
        required=False,
        max_length=LONGEST_NOTES,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    signals = forms.MultipleChoiceField(
        label=_("Closing signals"), widget=forms.CheckboxSelectMultiple, required=False
    )
    contact = forms.ChoiceField(label=_("With whom"), required=False)
    day = DayField(label=_("On which day it was"), required=False)
    hour = time_field(_("At what time"))
    minutes = forms.IntegerField(
        label=_("Minutes it took"), required=False, min_value=1, max_value=HALF_A_DAY_MINUTES
    )

    def __init__(self, *args: Any, people: Sequence[tuple[str, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, people=people, **kwargs)
        self._offer("kind", choices({key: KIND_NAMES[key] for key in KIND_ROWS}), "call")
        self._offer("outcome", choices({key: OUTCOME_NAMES[key] for key in OUTCOMES}))
        self._offer("mood", choices({key: MOOD_NAMES[key] for key in MOODS}))
        self._offer("signals", choices({key: SIGNAL_NAMES[key] for key in SIGNALS}))
        self._offer("contact", [("", _("nobody in particular")), *people])
        self.fields["day"].initial = timezone.localtime().date()

    def then(self) -> Then:
        """Give what comes next; a note or a task that says nothing of it changes nothing of what is planned."""
        said = self.cleaned_data
        asks = (
            KIND_ROWS[said["kind"]].talks
            or said.get("what", "").strip()
            or said.get("how") in {"park", "end"}
        )
        return super().then() if asks else Then(how="keep")

    def said(self, what: str = "") -> Said:
        """Give what was done; without a time, now, or noon of another day."""
        said = self.cleaned_data
        return Said(
            kind=said["kind"],
            at=self._at(),
            what=what,
            minutes=said.get("minutes"),
            outcome=said.get("outcome", ""),
            mood=said.get("mood", ""),
            signals=tuple(said.get("signals", ())),
            notes=said.get("notes", ""),
            contact=_id(said.get("contact", "")),
        )

    def _at(self) -> datetime | None:
        today = timezone.localtime().date()
        day, hour = self.cleaned_data.get("day") or today, self.cleaned_data.get("hour")
        return None if hour is None and day == today else moment(day, hour or time(12))


class PlannedForm(PlanFields):
    """Something for the calendar: what, when, how it repeats."""

    rule = forms.ChoiceField(label=_("It comes again"), required=False)
    minutes = forms.IntegerField(
        label=_("Minutes it takes"), required=False, min_value=1, max_value=HALF_A_DAY_MINUTES
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = choices({key: RULE_NAMES[key] for key in RULES})
        self._offer("rule", [("", _("once")), *names])
        self.fields["what"].required = self.fields["on"].required = True
        self.fields["next_kind"].initial = "task"
        self.fields["what"].widget.attrs["autofocus"] = True
        self.fields["on"].initial = timezone.localtime().date()


class WhenForm(forms.Form):
    """Another day for what is planned."""

    on = DayField(label=_("On which day"))
    at = time_field(_("At what time"))


def moment(day: date, hour: time | None) -> datetime | None:
    """Give a time of day in the user's zone; None without an hour."""
    return datetime.combine(day, hour, timezone.get_current_timezone()) if hour else None


def _id(text: str) -> UUID | None:
    try:
        return from_text(text) if text else None
    except ValueError:
        return None
