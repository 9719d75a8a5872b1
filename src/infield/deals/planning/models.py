"""What comes next with a deal."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from infield.accounts.models import User
from infield.deals.checks import LONGEST_EXPECTED, LONGEST_STEP, needed, refuse_past
from infield.deals.record.models import Done, Record
from infield.deals.refusals import Refusal
from infield.deals.state import COLUMNS
from infield.history.models import Event


@dataclass(frozen=True, slots=True)
class NextStep:
    """What comes next and on which day; `activity` is the key of its kind, such as call or meeting.

    `selling`: what is being sold now, a key such as meeting, committee, order; `person`: the contact it is done with;
    `expected`: the outcome, in words.
    """

    what: str
    on: date
    activity: str = "task"
    selling: str = ""
    person: UUID | None = None
    expected: str = ""


class Planning(Record):
    """The next step: always one, with a day."""

    class Meta(Record.Meta):
        abstract = True

    def set_next_step(self, step: NextStep, by: User) -> Done:
        """Say what comes next, in place of what was said before. Refusal: next_step_missing, past_day, lost."""
        with self.one_act() as at:
            self._take(by, "next_step", step.what)
            self._refuse_lost()
            refuse_step(step, by)
            return Done("next_step_set", (self._plan(step, by, at),))

    def finish_next_step(self, by: User, notes: str = "", then: NextStep | None = None) -> Done:
        """Note the next step as done, and what comes after it. Refusal: no_next_step, past_day, lost."""
        with self.one_act() as at:
            self._take(by, "next_step", "")
            self._refuse_lost()
            if not self.next_step:
                raise Refusal("no_next_step")
            refuse_step(then, by)
            data: dict[str, Any] = {"activity": self.next_activity or "task"}
            data |= {"person": str(self.next_person_id)} if self.next_person_id else {}
            words = {"activity": self.next_step, "notes": notes}
            self._unplan()
            if then is None:
                self._save(*COLUMNS["next_step"])
            done = self._record("activity_done", by, at, data, words)
            return Done("activity_done", (done, self._plan(then, by, at)) if then else (done,))

    def note_done(
        self,
        about: Mapping[str, Any],
        words: Mapping[str, str],
        by: User,
        then: NextStep | None = None,
        *,
        at: datetime | None = None,
        keeps: bool = False,
    ) -> Done:
        """Note what was done with the buyer, and what comes next; `keeps`: what was planned stays planned.

        `about`: the data of the event, such as activity, outcome and mood. Refusal: next_step_missing,
        past_day, lost.
        """
        with self.one_act() as now:
            self._take(by, "" if keeps else "next_step", then.what if then else "")
            self._refuse_lost()
            refuse_step(then, by)
            stays = keeps and self.next_step != ""
            if not stays:
                self._unplan()
            if then is None:
                self._save(*COLUMNS["next_step"])
            data = {**about} | ({"keeps": True} if stays else {})
            done = self._record("activity_done", by, at or now, data, words)
            return Done("activity_done", (done, self._plan(then, by, at or now)) if then else (done,))

    def end_contact(self, because: str, by: User) -> Done:
        """Say that nobody is to contact the buyer about it any more. Refusal: reason_missing."""
        with self.one_act() as at:
            self._take(by, "no_contact_at", at)
            words = {"reason": needed(because, "because_missing")}
            self._unplan()
            self.no_contact_at = at
            self._save(*COLUMNS["next_step"])
            return self._do("no_contact", by, {}, words)

    def _plan(self, step: NextStep, by: User, at: datetime, *, parked_until: date | None = None) -> Event:
        self.next_step, self.next_step_on = step.what.strip(), step.on
        self.next_activity, self.next_selling = step.activity, step.selling
        self.next_expected, self.next_person_id = step.expected.strip(), step.person
        self.parked_until, self.no_contact_at = parked_until, None
        self._save(*COLUMNS["next_step"])
        data = {"activity": step.activity, "due": step.on.isoformat()}
        data |= {"selling": step.selling} if step.selling else {}
        data |= {"person": str(step.person)} if step.person else {}
        return self._record(
            "next_step_set", by, at, data, {"next_step": step.what, "expected": step.expected}
        )

    def _unplan(self) -> None:
        self.next_step, self.next_step_on, self.next_person_id = "", None, None
        self.next_activity = self.next_selling = self.next_expected = ""
        self.parked_until = None


def refuse_step(step: NextStep | None, by: User) -> None:
    """Refusal: next_step_missing, too_long, past_day."""
    if step:
        needed(step.what, "next_step_missing", LONGEST_STEP)
        if len(step.expected) > LONGEST_EXPECTED:
            raise Refusal("too_long", most=LONGEST_EXPECTED)
        refuse_past(step.on, datetime.now(by.tzinfo).date())
