"""What the sample company's reps found out about their open deals: facts, people, answers, papers, what is exchanged.

In: a story. Out: the same story with more happenings. What a criterion asks for is there where the criterion was met:
a budget that was confirmed is written down. People are named by their names; who writes the story puts ids in.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random
from typing import Any

from infield.desk.sample_company.address_book.names import PHONES
from infield.desk.sample_company.story import Happening, Story
from infield.desk.sample_company.truth import sample_map
from infield.people.cultures import PersonName
from infield.process.values import Criterion

GIVEN = {
    "fi": ("Aino", "Eero", "Helmi", "Ilkka", "Kaisa", "Lauri", "Outi", "Petri", "Sanna", "Tuomas"),
    "en": ("Alice", "Ben", "Fiona", "George", "Hannah", "Ian", "Nadia", "Oliver", "Priya", "Sam"),
    "ja": ("Akiko", "Daichi", "Haruka", "Kenji", "Mai", "Naoki", "Reiko", "Shota", "Yuki", "Yumi"),
    "th": ("Anong", "Chai", "Kanya", "Niran", "Ploy", "Preecha", "Siriporn", "Suda", "Thana", "Wichai"),
}
FAMILY = {
    "fi": ("Laine", "Heikkinen", "Koskinen", "Mäkelä", "Salo", "Virtala", "Rinne", "Peltola"),
    "en": ("Barker", "Clarke", "Dunn", "Ellis", "Fletcher", "Hughes", "Marsh", "Webb"),
    "ja": ("Inoue", "Kimura", "Matsuda", "Nishida", "Okada", "Shimizu", "Tanabe", "Yoshino"),
    "th": ("Boonmee", "Chaiyo", "Kittisak", "Meesuk", "Rattana", "Saelim", "Thongchai", "Wongsa"),
}
JOBS = {
    "decision_maker": "Managing director",
    "approver": "Finance director",
    "champion": "Maintenance manager",
    "influencer": "Quality engineer",
    "user": "Shift leader",
    "procurement": "Buyer",
}

TEXTS = {
    "need": ("Fewer unplanned stops on the line", "To see a fault before it stops a shift"),
    "pain_points": (
        "Every stop costs a night shift; the mechanics live an hour away.",
        "Spare parts are ordered twice because nobody sees the stock.",
        "The old sensors give three false alarms a week, so people ignore them.",
    ),
    "competitors": (
        "The supplier of their presses; doing nothing",
        "An in-house project that has stood still since spring",
        "One other vendor, cheaper, without service on site",
    ),
    "goals": ("Halve the stops within a year", "Run the second shift with one mechanic less"),
    "compelling_reason": (
        "Their largest customer fines late deliveries from next quarter on.",
        "The insurance asks for monitored equipment at the next renewal.",
    ),
    "decision_process": (
        "Maintenance proposes, finance checks, the managing director signs; meets on the first Monday.",
        "Three quotes are needed; procurement compares, the plant manager decides.",
    ),
    "industry": ("Food", "Paper", "Metal"),
    "research_notes": (
        "Opened a second hall last year; the annual report names energy as the largest cost.",
        "New plant manager since March, came from a company that uses our sensors.",
    ),
}
ANSWERS = ("Said so in the first talk", "Asked twice, same answer", "")
SURE = (("yes", 5), ("partly", 3), ("no", 1), ("unknown", 3))
QUALIFYING = (
    "bant:means",
    "bant:worth",
    "bant:approver",
    "bant:reached",
    "bant:pain",
    "bant:consequence",
    "bant:frame",
    "bant:event",
    "gpct:goal",
    "gpct:figure",
    "gpct:plan",
    "gpct:obstacle",
    "gpct:deadline",
)
TRADES = ([["product", "cash_or_kind"]], [["product", "cash_or_kind"], ["service", "cash_or_kind"]])
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody who works for a customer."""

    family: str
    given: str
    job_title: str
    culture: str
    phone: str

    @property
    def name(self) -> str:
        return PersonName(self.family, self.given, self.culture).full


def informed(story: Story, seed: int, today: date) -> Story:
    """Give an open deal's story with what was found out; any other as it is."""
    if any(one.kind in ("won", "lost") for one in story.happenings):
        return story
    rng = Random(f"{seed} known {story.number}")  # noqa: S311
    more = list(_found_out(story, rng, today))
    told = sorted((*story.happenings, *more), key=lambda one: one.at)
    return replace(story, happenings=tuple(told))


def colleagues(story: Story) -> dict[str, Colleague]:
    """Give those who work for the customer of a story, by the part each has; the same for the same customer."""
    rng = Random(f"people of {story.organization}")  # noqa: S311
    families = rng.sample(FAMILY[story.country], len(JOBS))
    given = rng.sample(GIVEN[story.country], len(JOBS))
    numbers = PHONES[story.country]
    return {
        role: Colleague(
            families[place], given[place], job, story.country, numbers.format(rng.randrange(10_000))
        )
        for place, (role, job) in enumerate(JOBS.items())
    }


def _found_out(story: Story, rng: Random, today: date) -> Iterator[Happening]:
    criteria = {one.key: one for _, one in sample_map().criteria()}
    stages = {one.key: stage.key for stage, one in sample_map().criteria()}
    asked = set[str]()
    for met in story.happenings:
        if met.kind == "criterion_met" and met.data["criterion"] in criteria:
            criterion = criteria[met.data["criterion"]]
            asked.add(str(criterion.proof.named()[0][1]))
            yield from _shown(story, met, criterion, stages[criterion.key], rng, today)
    since = story.happenings[-1]
    if rng.random() < 0.75:
        yield from _in_passing(story, since, asked, rng)


def _shown(
    story: Story, met: Happening, criterion: Criterion, stage: str, rng: Random, today: date
) -> Iterator[Happening]:
    """Tell what shows a criterion that was met."""
    kind, wanted = criterion.proof.named()[0]
    match kind, str(wanted):
        case "field", ("budget" | "cost_of_problem") as field:
            yield _told(met, {"field": field, "value": _sum(story, rng)})
        case "field", "timeline":
            goal = today + rng.randint(20, 150) * DAY
            yield _told(met, {"field": "goal_date", "value": goal.isoformat()})
            yield _told(met, {"field": "days_needed", "value": rng.choice((14, 30, 45, 60))})
        case "field", field if field.endswith("_date"):
            yield _told(
                met, {"field": field, "value": (met.at.date() + rng.randint(2, 12) * DAY).isoformat()}
            )
        case "field", field if field in TEXTS:
            yield _told(met, {"field": field, "value": True}, value=rng.choice(TEXTS[field]))
        case "stakeholder", role:
            yield _part(story, met, role)
        case "document", document:
            link = f"https://files.fieldgate.example/{story.number}/{document}"
            name = f"{story.title}: {document}"
            yield replace(
                met, kind="document_added", data={"document": document}, words={"name": name, "link": link}
            )
        case "answer", question:
            data = {"question": f"{stage}:{question}", "value": "yes"}
            words = {"answer": met.words.get("evidence", "")}
            yield replace(met, kind="question_answered", data=data, words=words)


def _in_passing(story: Story, since: Happening, asked: set[str], rng: Random) -> Iterator[Happening]:
    """Tell what no criterion asks for, and good reps write down."""
    for field in ("compelling_reason", "decision_process", "research_notes"):
        if field not in asked and rng.random() < 0.55:
            yield _told(since, {"field": field, "value": True}, value=rng.choice(TEXTS[field]))
    source = str(story.happenings[0].data.get("source", ""))
    if source:
        yield _told(since, {"field": "source", "value": True}, value=source.replace("_", " ").capitalize())
    if rng.random() < 0.6:
        yield _told(since, {"field": "cost_of_problem", "value": _sum(story, rng)})
    for role in rng.sample(["influencer", "user", "procurement", "approver"], rng.randint(0, 2)):
        yield _part(story, since, role)
    for question in QUALIFYING:
        if rng.random() < 0.8:
            value = rng.choices([one for one, _ in SURE], [weight for _, weight in SURE])[0]
            words = {"answer": rng.choice(ANSWERS)} if value != "unknown" else {}
            data = {"question": question, "value": value}
            yield replace(since, kind="question_answered", data=data, words=words)
    if rng.random() < 0.5:
        yield _told(since, {"field": "exchange", "value": rng.choice(TRADES)})


def _part(story: Story, at: Happening, role: str) -> Happening:
    name = colleagues(story)[role].name
    return replace(at, kind="stakeholder_set", data={"role": role, "person": name}, words={"person": name})


def _told(at: Happening, data: dict[str, Any], **words: str) -> Happening:
    return replace(at, kind="field_changed", data=data, words=words)


def _sum(story: Story, rng: Random) -> list[Any]:
    """Give an amount near what the deal is worth, round."""
    created = story.happenings[0].data
    amount, currency = created.get("amount_minor"), created.get("currency", "EUR")
    if not amount:
        return [4_000_000, "EUR"]
    unit = 10**6 if currency == "JPY" else 10**5
    return [max(unit, int(amount * rng.uniform(0.9, 1.6)) // unit * unit), currency]
