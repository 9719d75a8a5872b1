"""How each kind of proof is brought, where the checklist of a deal asks for it."""

from collections.abc import Callable
from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import FilePayload, Locator, expect
from tests.browser.a_day import Day

from infield.deals.models import Deal, MetCriterion
from infield.process.values import Criterion

PAPER = FilePayload(name="contract.pdf", mimeType="application/pdf", buffer=b"%PDF-1.7")


def at(deal: Deal) -> str:
    return reverse("desk:deal", args=[deal.pk])


def met(deal: Deal) -> set[str]:
    return set(MetCriterion.objects.filter(deal=deal).values_list("criterion", flat=True))


def prove(day: Day, deal: Deal, criterion: Criterion) -> str:
    """Bring the proof that a criterion asks for; gives its kind. What is brought ticks the checklist by itself."""
    kind, wanted = criterion.proof.named()[0]
    line = day.page.locator(f".checklist > li:has(input[name=criterion][value={criterion.key}])")
    BRING[kind](day, deal, line, str(wanted))
    expect(day.page.locator(f".checklist > li.is-met button[value={criterion.key}]")).to_be_visible()
    day.closed()
    assert criterion.key in met(deal)
    return kind


def _asked(day: Day, line: Locator, name: str) -> None:
    """Open what the line of the checklist leads to."""
    line.locator(".prove a").click()
    expect(day.page.locator("dialog[open]")).to_be_visible()
    day.look(name)


def _tick(day: Day, deal: Deal, line: Locator, wanted: str) -> None:
    line.locator("summary").click()
    line.locator("input[name=evidence]").fill(day.tongue.proof)
    line.locator("button[type=submit]").click()


def _field(day: Day, deal: Deal, line: Locator, wanted: str) -> None:
    if wanted == "objections":
        _objection(day)
        return
    _asked(day, line, f"fact-{wanted}")
    field = day.page.locator("#id_value")
    is_day = field.get_attribute("type") == "date"
    field.fill(str(timezone.localdate() + timedelta(days=60)) if is_day else day.tongue.wanted)
    day.send()


def _objection(day: Day) -> None:
    section = day.page.locator("#objections")
    section.locator(".talk-raise button[name=objection]").first.click()
    expect(section.locator(".talks > li")).to_have_count(1)


def _stakeholder(day: Day, deal: Deal, line: Locator, wanted: str) -> None:
    _asked(day, line, "stakeholder")
    expect(day.page.locator("#id_role")).to_have_value(wanted)
    day.page.locator(".people-found label").first.click()
    day.send()


def _activity(day: Day, deal: Deal, line: Locator, wanted: str) -> None:
    day.dialog("desk:log_deal", deal.pk)
    day.choose("kind", wanted)
    day.choose("outcome", "reached")
    day.fill(notes=day.tongue.words)  # what is planned stays planned
    day.send()


def _document(day: Day, deal: Deal, line: Locator, wanted: str) -> None:
    """What is signed is a file, anything else a link."""
    _asked(day, line, f"document-{wanted}")
    expect(day.page.locator("#id_kind")).to_have_value(wanted)
    if wanted == "contract":
        day.page.locator("#id_file").set_input_files(PAPER)
    else:
        day.fill(name=day.tongue.title, link="https://northwind.example/offer")
    day.send()


def _answer(day: Day, deal: Deal, line: Locator, wanted: str) -> None:
    _asked(day, line, "answer")
    question = day.page.locator("dialog[open] fieldset.question")
    expect(question).to_have_count(1)
    question.locator("label:has(input[value=yes])").click()
    question.locator("input[type=text]").fill(day.tongue.words)
    day.send()


BRING: dict[str, Callable[[Day, Deal, Locator, str], None]] = {
    "tick": _tick,
    "field": _field,
    "stakeholder": _stakeholder,
    "activity": _activity,
    "document": _document,
    "answer": _answer,
}
