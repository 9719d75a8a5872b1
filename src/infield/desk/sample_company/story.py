"""The whole story of each deal of the sample company: what its course leaves out, told as people would live it.

In: a `Course`, the map, a seed and the day. Out: its happenings in order of time. People are named by their
names, organizations too; who writes the story puts their ids in. Stages are moved, gates passed or forced, and
criteria met by the same rules as in the app: a story is what a deal of the app could have written.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from infield.deals.checks import first_of_deals
from infield.deals.reasons import lost_reasons
from infield.desk.sample_company import phrases
from infield.desk.sample_company.courses import DAY, Course, Moment, courses, end_of_log, in_office_hours
from infield.desk.sample_company.customers import PEOPLE
from infield.desk.sample_company.staff import BY_NAME
from infield.desk.sample_company.truth import DEALS, sample_map
from infield.process.flow import sale_stage
from infield.process.gate import gate, sale_gate
from infield.process.values import Criterion, ProcessMap
from infield.web.money import Money

STALE_AFTER_DAYS = (60, 110)
ROTTEN = timedelta(days=30)  # without any word for so long: its owner has forgotten it
LAST_WORK = timedelta(hours=9)  # before midnight: nobody ticks anything at night
SITES = ("Line 2", "Line 3", "Hall B", "North plant", "Second shift", "Depot")


@dataclass(frozen=True, slots=True)
class Happening:
    """An event to be: `data` as history/events.py has it, with names in place of ids; `words` are free text."""

    kind: str
    at: datetime
    by: str
    stage: str
    data: Mapping[str, Any] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Story:
    """One deal: its title, its organization and everything that happened, in order of time."""

    number: int
    organization: str
    title: str
    country: str
    happenings: tuple[Happening, ...]


def stories(seed: int, today: date, deals: int = DEALS) -> Iterator[Story]:
    """Give the sample company's deals; the same seed and day give the same."""
    process = sample_map()
    for course in courses(seed, today, deals):
        yield _Teller(process, course, Random(f"{seed} {course.number}"), today).story()  # noqa: S311


class _Teller:
    """Tells one deal: walks through its course and adds what people did in between."""

    def __init__(self, process: ProcessMap, course: Course, rng: Random, today: date) -> None:
        self.process, self.course, self.rng, self.today = process, course, rng, today
        self.end = end_of_log(today)
        self.told: list[Happening] = []
        self.met: set[str] = set()
        self.stage = first_of_deals(process)
        self.entered_at = course.moments[0].at
        self.step = ""
        self.money: Money | None = course.money
        self.owner = course.moments[0].owner
        self.title = self._title()

    def story(self) -> Story:
        moments = self.course.moments
        self._begin()
        for place, moment in enumerate(moments[1:], start=1):
            self._hand_over(moment)
            MOMENTS[moment.kind](self, moment)
            if moment.kind in ("stage_entered", "activity_done"):
                following = moments[place + 1].at if place + 1 < len(moments) else None
                self._plan(moment.at, following)
        if moments[-1].kind not in ("won", "lost"):
            self._leave_open(moments[-1].at)
        # by time alone: what was told later at the same moment stays later
        told = sorted(self.told, key=lambda one: one.at)
        return Story(
            self.course.number, self.course.organization, self.title, self.course.country, tuple(told)
        )

    def _title(self) -> str:
        if self.course.product == "Annual service plan" or self.rng.random() < 0.5:
            return self.course.product
        return f"{self.course.product}, {self.rng.choice(SITES)}"

    def _say(self, kind: str, at: datetime, data: Mapping[str, Any] | None = None, **words: str) -> None:
        said = {name: text for name, text in words.items() if text}
        self.told.append(Happening(kind, at, self.owner, self.stage, data or {}, said))

    def _begin(self) -> None:
        at, course = self.entered_at, self.course
        facts = {"owner": self.owner, "organization": course.organization, "map": self.process.name}
        facts |= {"source": course.source, "segment": course.segment, "product": course.product}
        self._say("created", at, facts | self._amount(), title=self.title)
        self._say("stage_entered", at)
        self._expect(at, self.rng.randint(60, 130))
        following = course.moments[1].at if len(course.moments) > 1 else None
        self._plan(at, following)

    def _amount(self) -> dict[str, Any]:
        return (
            {"amount_minor": self.money.amount_minor, "currency": self.money.currency} if self.money else {}
        )

    def _expect(self, at: datetime, days: int) -> None:
        day = (at + days * DAY).date()
        self._say("field_changed", at, {"field": "expected_close", "value": day.isoformat()})

    def _hand_over(self, moment: Moment) -> None:
        if moment.owner == self.owner:
            return
        giver, self.owner = self.owner, moment.owner
        self._say("owner_changed", moment.at, {"owner": moment.owner})
        manager = BY_NAME[giver].reports_to
        last = self.told.pop()
        self.told.append(Happening(last.kind, last.at, manager, last.stage, last.data))

    # moments of the course

    def enter(self, moment: Moment) -> None:
        way = gate(self.process, self.met, self.stage, moment.stage)
        if not way.is_back:
            for passed in way.passed:
                share = self._care() if passed.stage.key == self.stage else 0.55
                self._meet(passed.stage.criteria, moment.at, share)
            way = gate(self.process, self.met, self.stage, moment.stage)
        reason = self._reason(way.is_back, way.is_open)
        data: dict[str, Any] = {"from": self.stage} | ({} if way.is_open else {"forced": True})
        self.stage, self.entered_at = moment.stage, moment.at
        self._say("stage_entered", moment.at, data, reason=reason)
        if way.is_back:
            self._withdraw_one(moment.at)
        elif self.rng.random() < 0.35:
            self._expect(moment.at, self.rng.randint(25, 80))
        if self.stage == sale_stage(self.process).key and self.money and self.rng.random() < 0.25:
            self._change_amount(moment.at)

    def work(self, moment: Moment) -> None:
        activity, usual = self.rng.choice(phrases.STEPS[self.stage])
        notes = self.rng.choice(phrases.NOTES)
        self._say(
            "activity_done", moment.at, {"activity": activity}, activity=self.step or usual, notes=notes
        )
        self.step = ""

    def win(self, moment: Moment) -> None:
        criteria = self.process.stage(self.stage).criteria
        self._meet(criteria, moment.at, max(0.96, self._care()))
        way = sale_gate(self.process, self.met, self.stage)
        self._finish_step(moment.at)
        data = self._amount() | ({} if way.is_open else {"forced": True})
        self._say("won", moment.at, data, reason=self._reason(False, way.is_open))
        if way.is_open and self.stage == sale_stage(self.process).key:
            self._deliver(moment.at)

    def lose(self, moment: Moment) -> None:
        self._meet(self.process.stage(self.stage).criteria, moment.at, self._care() * 0.4)
        self._finish_step(moment.at)
        known = lost_reasons(self.process, self.stage)
        weights = {key: weight for key, weight in phrases.LOST_WEIGHTS.items() if key in known}
        reason = self.rng.choices(list(weights), list(weights.values()))[0]
        self._say("lost", moment.at, {"reason": reason}, notes=self.rng.choice(phrases.LOST[reason]))

    # what people add

    def _care(self) -> float:
        return 0.88 + 0.1 * BY_NAME[self.owner].skill

    def _reason(self, is_back: bool, is_open: bool) -> str:
        if is_back:
            return self.rng.choice(phrases.BACK)
        return "" if is_open else self.rng.choice(phrases.FORCED)

    def _meet(self, criteria: tuple[Criterion, ...], until: datetime, share: float) -> None:
        """Meet so much of the required criteria, and half as much of the others, since the stage was entered."""
        for one in criteria:
            if one.key in self.met or self.rng.random() >= (share if one.required else share / 2):
                continue
            self.met.add(one.key)
            at = in_office_hours(
                self.entered_at + (until - self.entered_at) * self.rng.random(), self.course.opens
            )
            at = min(max(at, self.entered_at), until)
            kind = one.proof.named()[0][0]
            evidence = self.rng.choice(phrases.EVIDENCE[kind]).format(person=self._person())
            self._say("criterion_met", at, {"criterion": one.key, "proof": {"tick": True}}, evidence=evidence)

    def _withdraw_one(self, at: datetime) -> None:
        again = sorted(self.met & {one.key for one in self.process.stage(self.stage).criteria})
        if not again or self.rng.random() < 0.5:
            return
        gone = self.rng.choice(again)
        self.met.discard(gone)
        self._say("criterion_withdrawn", at, {"criterion": gone}, reason=self.rng.choice(phrases.WITHDRAWN))

    def _person(self) -> str:
        people = PEOPLE[self.course.country]
        return people[self.course.number % len(people)]

    def _change_amount(self, at: datetime) -> None:
        if self.money:
            unit = 10**6 if self.money.currency == "JPY" else 10**4
            tenths = self.money.amount_minor * self.rng.choice((7, 8, 9, 9, 11)) // 10
            self.money = Money(max(unit, tenths // unit * unit), self.money.currency)
            self._say("amount_changed", at, self._amount())

    def _plan(self, at: datetime, following: datetime | None) -> None:
        """Say what comes next, when the owner does; `following`: when something really happens, None: not yet."""
        if following is None or self.rng.random() > 0.7 + 0.28 * BY_NAME[self.owner].skill:
            return
        planned = min(at + timedelta(minutes=self.rng.randint(2, 50)), following)
        due = following.date() + self.rng.choice((-2, 0, 0, 0, 1, 3)) * DAY
        self._set_step(planned, due)

    def _set_step(self, at: datetime, due: date) -> None:
        activity, what = self.rng.choice(phrases.STEPS[self.stage])
        self.step = what
        data = {"activity": activity, "due": max(due, at.date()).isoformat()}
        self._say("next_step_set", at, data, next_step=what)

    def _finish_step(self, at: datetime) -> None:
        if self.step:
            self._say("activity_done", at, {"activity": "task"}, activity=self.step)
            self.step = ""

    def _deliver(self, won_at: datetime) -> None:
        onward = [
            way.target
            for way in self.process.transitions
            if way.source == self.stage and way.kind == "forward"
        ]
        if not onward:
            return
        at = won_at + timedelta(minutes=self.rng.randint(5, 50))
        self._say_entered(onward[0], at)
        checked = in_office_hours(at + self.rng.randint(20, 60) * DAY, self.course.opens)
        if checked < self.end:
            self._meet(self.process.stage(self.stage).criteria, checked, 0.8)

    def _say_entered(self, stage: str, at: datetime) -> None:
        before, self.stage, self.entered_at = self.stage, stage, at
        self._say("stage_entered", at, {"from": before})

    # deals that are open at the end

    def _leave_open(self, last_at: datetime) -> None:
        closed_at = in_office_hours(last_at + self.rng.randint(*STALE_AFTER_DAYS) * DAY, self.course.opens)
        if closed_at < self.end:
            self._say("lost", closed_at, {"reason": "no_answer"}, notes=phrases.STALE)
            return
        stage = self.process.stage(self.stage)
        share = min(1.0, (self.end - self.entered_at) / (float(stage.expected_days or 10) * DAY))
        until = max(last_at, self.entered_at, self.end - LAST_WORK)
        self._meet(stage.criteria, until, self._care() * share * 0.7)
        self._last_plan(last_at)

    def _last_plan(self, last_at: datetime) -> None:
        self._finish_step(last_at)
        forgotten = self.end - last_at > ROTTEN
        chance = self.rng.random() + (0.25 if forgotten else 0) - 0.15 * BY_NAME[self.owner].skill
        if chance > 0.76:
            return
        at = last_at + timedelta(minutes=self.rng.randint(2, 50))
        if forgotten:
            self._set_step(at, (at + self.rng.randint(5, 25) * DAY).date())
        elif chance > 0.6:
            self._set_step(at, self.today - self.rng.randint(1, 9) * DAY)
        else:
            self._set_step(at, self._work_day(self.rng.choice((0, 0, 1, 1, 2, 3, 4, 6, 7, 9, 13, 16))))

    def _work_day(self, days: int) -> date:
        day = self.today + days * DAY
        return day + max(0, 7 - day.weekday()) * DAY if day.weekday() >= 5 else day


MOMENTS = {
    "stage_entered": _Teller.enter,
    "activity_done": _Teller.work,
    "won": _Teller.win,
    "lost": _Teller.lose,
}
