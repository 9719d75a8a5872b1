"""The sections of a deal's page: what is known, who decides, how it is qualified, documents, products.

Each is read in a constant number of queries, whatever happened before.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from infield.accounts.models import User
from infield.activities.kinds import KINDS as ACTIVITIES
from infield.deals.facts.kinds import KINDS, SAME_AS
from infield.deals.models import (
    Answer,
    Deal,
    Document,
    Exchange,
    Fact,
    LineItem,
    MetCriterion,
    Stakeholder,
    told_of,
)
from infield.deals.products.lines import sums
from infield.deals.qualifying.scores import FORMS as QUALIFICATIONS
from infield.deals.qualifying.scores import Score, of_map, score
from infield.deals.terms.wording import (
    FORMS,
    PARTS,
    QUESTIONS,
    answer_word,
    document_name,
    fact_hint,
    fact_name,
    proof_to_do,
    proof_told,
    role_name,
    side_name,
    told_value,
    value_words,
)
from infield.deals.urgency import spare_days
from infield.fields.models import PREFIX, Field
from infield.history.models import Event
from infield.people.contacts.models import Consent, Contact
from infield.people.contacts.queries import refused_channels
from infield.process.texts import in_language
from infield.process.values import Criterion
from infield.web import figures
from infield.web.compiled import compiled
from infield.web.initials import initials
from infield.web.money import Money

HISTORY_AT_MOST = 200
TEXTS_WIDE = frozenset({"need", "pain_points", "decision_process", "research_notes", "compelling_reason"})


@dataclass(frozen=True, slots=True)
class FactLine:
    """A fact of the page; `value` is empty where nobody knows."""

    key: str
    name: str
    hint: str
    value: str
    is_wide: bool


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with a part in the decision."""

    key: UUID
    name: str
    initials: str
    role: str
    role_key: str
    job_title: str
    ways: tuple["Way", ...]


@dataclass(frozen=True, slots=True)
class Way:
    """How somebody is reached; `is_refused`: they withdrew their consent to it."""

    icon: str
    address: str
    text: str
    is_refused: bool


@dataclass(frozen=True, slots=True)
class Paper:
    """A document: where it leads, and the event that undoes it."""

    name: str
    kind: str
    address: str
    is_file: bool
    size_kb: int
    event_id: UUID


@dataclass(frozen=True, slots=True)
class Item:
    """A line of a deal."""

    name: str
    quantity: str
    unit: str
    discount: str
    total: Money


@dataclass(frozen=True, slots=True)
class FormScore:
    """How a qualification stands: `share` in percent of what is known, None while nothing is."""

    key: str
    name: str
    known: int
    asked: int
    share: str
    filled: float
    known_filled: float
    parts: tuple[tuple[str, tuple[str, ...]], ...]
    """Each part with the values of its questions, "" where nobody answered yet."""


@dataclass(frozen=True, slots=True)
class QuestionLine:
    """A question of a form with the answer that stands; `proves`: the criterion that a full answer meets."""

    key: str
    text: str
    value: str
    words: str
    proves: str


@dataclass(frozen=True, slots=True)
class Before:
    """What a field said at a time; `event` to undo the latest."""

    value: str
    by: str
    at: datetime
    event_id: UUID
    is_latest: bool


@dataclass(frozen=True, slots=True)
class Proof:
    """How a criterion can be met by itself: what to do, and the address of the dialog that does it, "" for none."""

    to_do: str
    address: str


def sections(deal: Deal, language: str, today: date) -> dict[str, Any]:
    """Give the sections of a deal's page. Seven queries."""
    kept = {one.key: one for one in _facts(deal.pk)}
    answers: dict[str, str] = dict(_answers(deal.pk))
    lines = [_fact(key, kept.get(key), language) for key in deal.fact_keys()]
    return {
        "facts": [line for line in lines if line.value],
        "unknown_facts": [line for line in lines if not line.value],
        "spare": _spare(kept, today),
        "exchanges": [
            (side_name(one.gives), side_name(one.gets), one.details) for one in _exchanges(deal.pk)
        ],
        "people": _people(deal),
        "papers": _papers(deal),
        **_items(deal, language),
        "scores": _scores(answers, language),
        "stage_answers": _stage_score(deal, answers),
    }


@compiled
def _facts(deal: UUID) -> QuerySet[Fact]:
    return Fact.objects.filter(deal=deal)


@compiled
def _answers(deal: UUID) -> QuerySet[Answer, tuple[str, str]]:
    return Answer.objects.filter(deal=deal).values_list("question", "value")


@compiled
def _exchanges(deal: UUID) -> QuerySet[Exchange]:
    return Exchange.objects.filter(deal=deal)


@compiled
def _stakeholders(deal: UUID) -> QuerySet[Stakeholder]:
    return Stakeholder.objects.filter(deal=deal).select_related("contact").order_by("id")


@compiled
def _consents(deal: UUID) -> QuerySet[Consent, tuple[UUID, str, bool]]:
    heard = Consent.objects.filter(contact__stakes__deal=deal).order_by("on", "at")
    return heard.values_list("contact", "channel", "given")


@compiled
def _documents(deal: UUID) -> QuerySet[Document]:
    return Document.objects.filter(deal=deal).order_by("-id")


@compiled
def _line_items(deal: UUID) -> QuerySet[LineItem]:
    return LineItem.objects.filter(deal=deal).select_related("product")


def question_lines(
    deal: Deal, form: str, language: str, stage: str = ""
) -> list[tuple[str, list[QuestionLine]]]:
    """Give the questions of a form by its parts, with the answers that stand. One query.

    `stage`: whose questions of the map, the deal's own where it is none of the map.
    """
    kept = {one.question: one for one in Answer.objects.filter(deal=deal)}
    if form == "map":
        return [("", _stage_questions(deal, stage, kept, language))]
    return [
        (_(PARTS[part]), [_line(one, _(QUESTIONS[one]), kept, "") for one in questions])
        for part, questions in QUALIFICATIONS[form].items()
    ]


def field_history(deal: Deal, field: str, language: str) -> list[Before]:
    """Give what a field said, the latest first. Three queries."""
    events = Event.objects.filter(case=deal.case, kind="field_changed", data__field=field).counting()
    found = list(events.order_by("-position").prefetch_related("words")[:HISTORY_AT_MOST])
    names = dict(User.objects.filter(pk__in={one.by for one in found}).values_list("pk", "name"))
    return [
        Before(
            value=told_value(told.data, told.said, language),
            by=names.get(told.by, "") if told.by else "",
            at=told.at,
            event_id=told.id,
            is_latest=place == 0,
        )
        for place, told in enumerate(map(told_of, found))
    ]


def way_to_prove(deal: Deal, stage: str, criterion: Criterion) -> Proof:
    """Give how a criterion can be met by itself; nothing to do where it is ticked by hand."""
    kind, wanted = criterion.proof.named()[0]
    if kind == "field" and str(wanted).startswith(PREFIX):
        own = Field.objects.of("deal").filter(key=wanted).first()
        address = reverse("desk:own_of_deal", args=[deal.pk, own.pk]) if own else ""
        return Proof(proof_to_do(kind, str(wanted), own.label if own else ""), address)
    return Proof(proof_to_do(kind, str(wanted)), _address(deal, stage, kind, str(wanted)))


def proofs_told(met: Iterable[MetCriterion], language: str) -> dict[str, str]:
    """Give why each criterion that met itself did so, by its key. Two queries at most."""
    by_itself = [one.event for one in met if "event" in one.event.data["proof"]]
    shown = {event.data["proof"]["event"] for event in by_itself}
    found = Event.objects.filter(pk__in=shown).prefetch_related("words") if shown else ()
    proving = {str(event.pk): told_of(event) for event in found}
    told: dict[str, str] = {}
    for event in by_itself:
        proof = event.data["proof"]
        kind, wanted = next((name, asked) for name, asked in proof.items() if name != "event")
        one = proving.get(proof["event"])
        said = one.said if one else {}
        value = told_value(one.data, said, language) if one and one.kind == "field_changed" else ""
        words = value or next(
            (said[name] for name in ("person", "name", "answer", "activity", "value") if said.get(name)), ""
        )
        told[event.data["criterion"]] = proof_told(kind, str(wanted), words, said.get("field", ""))
    return told


def _address(deal: Deal, stage: str, kind: str, wanted: str) -> str:
    field = SAME_AS.get(wanted, wanted)
    match kind:
        case "field" if field in ("amount", "expected_close"):
            what = "amount" if field == "amount" else "close"
            return reverse("desk:edit", args=[deal.pk, what])
        case "field" if field == "next_step":
            return reverse("desk:next_deal", args=[deal.pk])
        case "field" if field == "contact":
            return reverse("desk:stakeholder", args=[deal.pk])
        case "field" if field in deal.fact_keys():
            return reverse("desk:fact", args=[deal.pk, field])
        case "stakeholder":
            return reverse("desk:stakeholder", args=[deal.pk]) + f"?role={wanted}"
        case "document":
            return reverse("desk:document", args=[deal.pk]) + f"?kind={wanted}"
        case "answer":
            query = f"?stage={stage}&only={of_map(stage, wanted)}"
            return reverse("desk:answers", args=[deal.pk, "map"]) + query
        case "activity" if wanted in ACTIVITIES or (deal.next_step and deal.next_activity == wanted):
            return reverse("desk:log_deal", args=[deal.pk]) + f"?kind={wanted}"
    return ""


def _fact(key: str, fact: Fact | None, language: str) -> FactLine:
    value = value_words(fact.value, language) if fact else ""
    return FactLine(key, fact_name(key), fact_hint(key), value, key in TEXTS_WIDE or key not in KINDS)


def _spare(kept: Mapping[str, Fact], today: date) -> int | None:
    goal, needed = kept.get("goal_date"), kept.get("days_needed")
    if goal is None or goal.day is None:
        return None
    return spare_days(goal.day, needed.days if needed and needed.days else 0, today)


def _people(deal: Deal) -> list[Person]:
    found = _stakeholders(deal.pk)
    order, refused = deal.buying_roles(), refused_channels(_consents(deal.pk))
    people = [
        Person(
            key=one.contact_id,
            name=str(one.contact),
            initials=initials(str(one.contact)),
            role=role_name(one.role),
            role_key=one.role,
            job_title=one.contact.job_title,
            ways=_ways(one.contact, refused.get(one.contact_id, frozenset())),
        )
        for one in found
    ]
    return sorted(people, key=lambda one: order.index(one.role_key) if one.role_key in order else len(order))


def _ways(contact: Contact, refused: frozenset[str]) -> tuple[Way, ...]:
    """Give the first phone and the first e-mail of somebody."""
    asked = (("phone", "phone", "tel:", contact.phones), ("email", "mail", "mailto:", contact.emails))
    return tuple(
        Way(icon, scheme + ways[0]["value"], ways[0]["value"], bool(refused & {channel, "all"}))
        for channel, icon, scheme, ways in asked
        if ways
    )


def _papers(deal: Deal) -> list[Paper]:
    return [
        Paper(
            name=one.name,
            kind=document_name(one.kind),
            address=one.link or reverse("desk:file", args=[deal.pk, one.pk]),
            is_file=bool(one.file),
            size_kb=max(1, round((one.size_bytes or 0) / 1024)),
            event_id=one.event_id,
        )
        for one in _documents(deal.pk)
    ]


def _items(deal: Deal, language: str) -> dict[str, Any]:
    found = _line_items(deal.pk)
    rows = [
        Item(
            name=one.product.name,
            quantity=figures.count(one.quantity.normalize() + 0, language),
            unit=one.product.unit,
            discount=figures.percent(float(one.discount_percent) / 100, language)
            if one.discount_percent
            else "",
            total=one.line.total,
        )
        for one in found
    ]
    return {"items": rows, "item_sums": sums(one.line for one in found)}


def _scores(answers: Mapping[str, str], language: str) -> list[FormScore]:
    return [_score(form, score(form, answers), answers, language) for form in QUALIFICATIONS]


def _score(form: str, found: Score, answers: Mapping[str, str], language: str) -> FormScore:
    return FormScore(
        key=form,
        name=_(FORMS[form]),
        known=found.known,
        asked=found.asked,
        share=figures.percent(found.share, language) if found.share is not None else "",
        filled=float(found.points) / found.asked * 100,
        known_filled=found.known_share * 100,
        parts=tuple(
            (_(PARTS[part]), tuple(answers.get(one, "") for one in questions))
            for part, questions in QUALIFICATIONS[form].items()
        ),
    )


def _stage_score(deal: Deal, answers: Mapping[str, str]) -> tuple[int, int]:
    """Give how many of the questions of the deal's stage have an answer, and how many there are."""
    stage = next((one for one in deal.map().stages if one.key == deal.stage), None)
    keys = [of_map(deal.stage, one.key) for one in stage.questions] if stage else []
    return sum(answers.get(key, "unknown") != "unknown" for key in keys), len(keys)


def _stage_questions(
    deal: Deal, wanted: str, kept: Mapping[str, Answer], language: str
) -> list[QuestionLine]:
    mapped = deal.map()
    stages = {one.key: one for one in mapped.stages}
    stage = stages.get(wanted) or stages.get(deal.stage)
    if stage is None:
        return []
    proved = {
        one.proof.answer: in_language(one.text, language, mapped.language)
        for one in stage.criteria
        if one.proof.answer
    }
    return [
        _line(
            of_map(stage.key, one.key),
            in_language(one.text, language, mapped.language),
            kept,
            proved.get(one.key, ""),
        )
        for one in stage.questions
    ]


def _line(key: str, text: str, kept: Mapping[str, Answer], proves: str) -> QuestionLine:
    there = kept.get(key)
    return QuestionLine(key, text, there.value if there else "", there.text if there else "", proves)


def answer_choices(values: tuple[str, ...]) -> list[tuple[str, str]]:
    """Give the answers with their words."""
    return [(value, answer_word(value)) for value in values]
