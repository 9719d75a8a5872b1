"""What comes next with a deal."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID

from django.db import transaction

from infield.accounts.models import User
from infield.deals.checks import LONGEST_STEP, needed, refuse_past
from infield.deals.record.models import Done, Record
from infield.deals.refusals import Refusal
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

    def _plan(self, step: NextStep, by: User, at: datetime) -> Event:
        self.next_step, self.next_step_on = step.what.strip(), step.on
        self._save("next_step", "next_step_on")
        data = {"activity": step.activity, "due": step.on.isoformat()}
        return self._record("next_step_set", by, at, data, {"next_step": step.what})


def _refuse_step(step: NextStep | None, by: User) -> None:
    if step:
        needed(step.what, "next_step_missing", LONGEST_STEP)
        refuse_past(step.on, datetime.now(by.tzinfo).date())
