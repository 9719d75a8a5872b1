"""What somebody says was done with a buyer, and what comes next: plain values, checked before anything is written."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from infield.activities.kinds import KINDS, MOODS, OUTCOMES, SELLING, SIGNALS

HOWS = ("keep", "step", "park", "end")


class Refusal(ValueError):  # noqa: N818  (the word says it)
    """Nothing was written. `code` is one of wording.REFUSALS, `params` what its sentence names."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What was done. `at`: when, aware, None for now; `contact`: with whom; the rest as kinds.py lists it."""

    kind: str
    at: datetime | None = None
    what: str = ""
    minutes: int | None = None
    outcome: str = ""
    mood: str = ""
    signals: tuple[str, ...] = ()
    notes: str = ""
    contact: UUID | None = None

    def data(self) -> dict[str, Any]:
        """Give what the log tells of it; no words of anybody."""
        told: Mapping[str, Any] = {
            "outcome": self.outcome,
            "mood": self.mood,
            "signals": list(self.signals),
            "person": str(self.contact) if self.contact else "",
        }
        return {"activity": self.kind} | {key: value for key, value in told.items() if value}

    def check(self, now: datetime) -> None:
        """Refusal: unknown_kind, unknown_outcome, unknown_mood, unknown_signal, not_yet_done."""
        known = (
            ("unknown_kind", self.kind in KINDS),
            ("unknown_outcome", self.outcome in {"", *OUTCOMES}),
            ("unknown_mood", self.mood in {"", *MOODS}),
            ("unknown_signal", set(self.signals) <= set(SIGNALS)),
            ("not_yet_done", self.at is None or self.at <= now),
        )
        for code, is_fine in known:
            if not is_fine:
                raise Refusal(code)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What comes next, and on which day; `at`: the time, where one was agreed. `selling`: what is sold in it."""

    what: str
    on: date
    at: datetime | None = None
    kind: str = "task"
    minutes: int | None = None
    selling: str = ""
    expected: str = ""
    contact: UUID | None = None
    remind_minutes: int | None = None
    """Minutes before it when a word of it is to be given; None: none."""

    def check(self, today: date) -> None:
        """Refusal: next_step_missing, past_day, unknown_kind, unknown_selling."""
        known = (
            ("next_step_missing", bool(self.what.strip())),
            ("past_day", self.on >= today),
            ("unknown_kind", self.kind in KINDS),
            ("unknown_selling", self.selling in {"", *SELLING}),
        )
        for code, is_fine in known:
            if not is_fine:
                raise Refusal(code)


@dataclass(frozen=True, slots=True, kw_only=True)
class Then:
    """What comes next. `how`: keep (what is planned stays), step, park (until a day, with a reason), or end (no
    further contact, with a reason)."""

    how: str
    plan: Plan | None = None
    until: date | None = None
    because: str = ""
    """In words; of an end of a deal or a lead, the key of a reason."""
    notes: str = ""

    def check(self, today: date) -> None:
        """Refusal: unknown_then, next_step_missing, past_day, reason_missing, until_missing."""
        if self.how not in HOWS:
            raise Refusal("unknown_then")
        if self.how == "step":
            if self.plan is None:
                raise Refusal("next_step_missing")
            self.plan.check(today)
        if self.how == "park" and (self.until is None or self.until <= today):
            raise Refusal("until_missing")
        if self.how in {"park", "end"} and not self.because.strip():
            raise Refusal("reason_missing")
