"""What one finds out about a deal, at its door: facts with history, people, answers, papers, products."""

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from tests.deals.world import World, begin, everything
from tests.desk.test_acts import IN_DIALOG, at, now, toast
from tests.desk.test_board import HTMX, signed_in

from infield.deals.facts.exchange import COMBINATIONS, SIDES
from infield.deals.models import Deal, Document, Fact, LineItem, Price, Product, Stakeholder
from infield.deals.papers.kinds import MOST_BYTES
from infield.history.models import Event, Words
from infield.people.models import Contact
from infield.process.models import Process
from infield.process.starter_maps import starter_text
from infield.process.yaml_file import read
from infield.web.ids import to_text
from infield.web.money import Money

PDF = b"%PDF-1.7 the contract"


@pytest.fixture
def world(db: None) -> World:
    return begin()


@pytest.fixture
def deal(world: World) -> Deal:
    """A deal on the diamond, whose criteria prove themselves."""
    version = Process.objects.begin(read(starter_text("diamond")).process, world.people.anna).current()
    return Deal.objects.begin(
        "Aalto Foods",
        "Line 3",
        version,
        world.people.dan,
        amount=Money(5_000_000, "EUR"),
        stage="to_first_base",
    )


@pytest.fixture
def dan(world: World) -> Client:
    return signed_in(world.people.dan)


def test_a_fact_is_kept_with_its_history_and_meets_what_asks_for_it(dan: Client, deal: Deal) -> None:
    for amount in ("40000", "52000"):
        fact = Fact.objects.filter(deal=deal).first()
        sent = {"amount": amount, "currency": "EUR", "seen": str(fact.event_id) if fact else ""}
        answer = dan.post(at(deal, "facts/cost_of_problem"), sent, headers=IN_DIALOG)
        assert answer.status_code == 200
    assert toast(answer)["text"] == "What the problem costs changed."
    assert Fact.objects.get().value.money == Money(5_200_000, "EUR")
    assert deal.met_keys() == {"cost_established"}
    page = dan.get(at(deal, "facts/cost_of_problem/history"))
    assert page.text.index("€52,000") < page.text.index("€40,000")
    assert page.text.count("Dan Wood") >= 2


def test_the_words_of_a_fact_stand_apart_from_the_log(dan: Client, deal: Deal) -> None:
    dan.post(at(deal, "facts/research_notes"), {"value": "Ms Aalto owns a third"}, headers=IN_DIALOG)
    event = Event.objects.get(kind="field_changed")
    assert event.data == {"field": "research_notes", "value": True}
    assert Words.objects.get(event=event).text == "Ms Aalto owns a third"


def test_a_fact_is_undone_together_with_the_criterion_it_met(dan: Client, deal: Deal) -> None:
    sent = {"amount": "40000", "currency": "EUR", "seen": ""}
    answer = dan.post(at(deal, "facts/cost_of_problem"), sent, headers=IN_DIALOG)
    dan.post(toast(answer)["undo"], headers=IN_DIALOG)
    assert not Fact.objects.exists()
    assert deal.met_keys() == frozenset()


def test_two_who_write_the_same_fact_see_it(dan: Client, deal: Deal) -> None:
    dan.post(at(deal, "facts/need"), {"value": "Fewer stops", "seen": ""}, headers=IN_DIALOG)
    before = everything()
    answer = dan.post(at(deal, "facts/need"), {"value": "More output", "seen": ""}, headers=IN_DIALOG)
    assert answer.status_code == 422
    assert "Somebody changed this meanwhile" in answer.text
    assert everything() == before


@pytest.mark.parametrize(
    ("field", "sent"),
    [
        ("goal_date", {"value": "soon"}),
        ("days_needed", {"value": "-3"}),
        ("cost_of_problem", {"amount": "much", "currency": "EUR"}),
        ("need", {"value": "x" * 5_001}),
    ],
)
def test_what_cannot_be_kept_is_refused_in_words(
    dan: Client, deal: Deal, field: str, sent: dict[str, str]
) -> None:
    before = everything()
    answer = dan.post(at(deal, f"facts/{field}"), sent, headers=IN_DIALOG)
    assert answer.status_code == 422
    assert "errorlist" in answer.text
    assert everything() == before


def test_a_field_nobody_asks_for_is_not_found(dan: Client, deal: Deal) -> None:
    assert dan.get(at(deal, "facts/shoe_size")).status_code == 404


def test_a_decision_maker_of_the_address_book_meets_the_criterion_and_the_page_says_why(
    dan: Client, deal: Deal
) -> None:
    eeva = Contact.objects.create(family="Aalto", given="Eeva", organization=deal.organization)
    dialog = dan.get(at(deal, "people?role=decision_maker"), headers=IN_DIALOG)
    assert "Eeva Aalto" in dialog.text
    answer = dan.post(
        at(deal, "people"), {"contact": str(eeva.pk), "role": "decision_maker"}, headers=IN_DIALOG
    )
    assert toast(answer)["text"] == "Eeva Aalto: Decision maker"
    assert len(deal.met_keys()) == 1
    page = dan.get(f"/deals/{to_text(deal.pk)}")
    assert "By itself: there is a person who is Decision maker: Eeva Aalto" in page.text


def test_somebody_new_is_added_in_the_same_dialog(dan: Client, deal: Deal) -> None:
    sent = {"family": "Niemi", "given": "Kai", "job_title": "Buyer", "email": "kai@aalto.example"}
    dan.post(at(deal, "people"), {**sent, "role": "champion"}, headers=IN_DIALOG)
    contact = Contact.objects.get()
    assert (contact.family, contact.organization, contact.emails) == (
        "Niemi",
        deal.organization,
        [{"label": "work", "value": "kai@aalto.example"}],
    )
    assert Stakeholder.objects.get().contact == contact


def test_nobody_is_added_without_a_name(dan: Client, deal: Deal) -> None:
    before = everything()
    answer = dan.post(at(deal, "people"), {"role": "champion"}, headers=IN_DIALOG)
    assert answer.status_code == 422
    assert "Choose somebody, or write the name of somebody new." in answer.text
    assert everything() == before
    assert not Contact.objects.exists()


def test_a_part_is_changed_and_taken_away(dan: Client, deal: Deal, world: World) -> None:
    eeva = Contact.objects.create(family="Aalto", given="Eeva")
    deal.set_stakeholder(eeva, "decision_maker", world.people.dan)
    assert len(deal.met_keys()) == 1
    answer = dan.post(at(deal, f"people/{to_text(eeva.pk)}"), {"role": ""}, headers=IN_DIALOG)
    assert toast(answer)["text"] == "Eeva Aalto has no part in the decision any more"
    assert not Stakeholder.objects.exists()
    assert deal.met_keys() == frozenset()


def test_answers_are_scored_and_unknown_is_one_of_them(dan: Client, deal: Deal) -> None:
    sent = {
        "value-bant:means": "yes",
        "value-bant:pain": "partly",
        "value-bant:event": "unknown",
        "text-bant:means": "A line in the budget",
    }
    answer = dan.post(at(deal, "answers/bant"), sent, headers=IN_DIALOG)
    page = dan.get(f"/deals/{to_text(deal.pk)}").text
    assert "75% of what is known · 2 of 8 known" in page
    assert "none of 8 known" in page  # GPCT
    dan.post(toast(answer)["undo"], headers=IN_DIALOG)
    assert not deal.answers.exists()


@pytest.mark.parametrize(("value", "is_met"), [("yes", True), ("partly", False), ("unknown", False)])
def test_a_full_answer_to_a_question_of_the_stage_meets_its_criterion(
    dan: Client, deal: Deal, value: str, is_met: bool
) -> None:
    question = f"{deal.stage}:main_problem"
    dan.post(at(deal, "answers/map"), {f"value-{question}": value}, headers=IN_DIALOG)
    assert ("problem_found" in deal.met_keys()) is is_met


def upload(name: str, content: bytes) -> dict[str, Any]:
    return {"kind": "contract", "name": "The contract", "file": SimpleUploadedFile(name, content)}


def test_a_file_is_kept_and_given_to_those_who_see_the_deal_alone(
    dan: Client, deal: Deal, world: World
) -> None:
    answer = dan.post(at(deal, "documents"), upload("signed.pdf", PDF), headers=IN_DIALOG)
    assert toast(answer)["text"] == "Document added."
    there = Document.objects.get()
    path = at(deal, f"documents/{to_text(there.pk)}")
    got = dan.get(path)
    assert got.content == PDF
    assert got["Content-Disposition"] == 'attachment; filename="The contract.pdf"'
    assert (got["X-Content-Type-Options"], got["Content-Type"]) == ("nosniff", "application/pdf")
    assert signed_in(world.people.bo).get(path).status_code == 404


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("run.html", b"<script>", "Files of this type are not taken."),
        ("signed.pdf", b"<script>", "The file is not what its name says."),
        ("large.pdf", b"%PDF-" + b"0" * MOST_BYTES, "The file is too large: 20 MB at most."),
    ],
)
def test_a_file_that_is_not_taken_leaves_nothing_behind(
    dan: Client, deal: Deal, name: str, content: bytes, says: str
) -> None:
    before = everything()
    answer = dan.post(at(deal, "documents"), upload(name, content), headers=IN_DIALOG)
    assert answer.status_code == 422
    assert says in answer.text
    assert everything() == before


def test_a_link_that_would_run_something_is_refused(dan: Client, deal: Deal) -> None:
    sent = {"kind": "contract", "name": "Contract", "link": "javascript:alert(1)"}
    answer = dan.post(at(deal, "documents"), sent, headers=IN_DIALOG)
    assert answer.status_code == 422
    assert not Document.objects.exists()


def lines(*rows: tuple[Product, str, str, str]) -> dict[str, str]:
    return {
        f"line-{place}-{name}": value
        for place, (product, quantity, price, discount) in enumerate(rows)
        for name, value in (
            ("product", str(product.pk)),
            ("quantity", quantity),
            ("unit_price", price),
            ("discount_percent", discount),
        )
    }


@pytest.fixture
def sensor(deal: Deal) -> Product:
    made = Product.objects.create(name="Sensor")
    Price.objects.create(product=made, currency="EUR", unit_price="19.99")
    return made


def test_products_add_up_to_the_amount_where_that_is_wished(dan: Client, deal: Deal, sensor: Product) -> None:
    sent = {**lines((sensor, "3", "", "10"), (sensor, "1", "100", "")), "currency": "EUR", "is_amount": "on"}
    answer = dan.post(at(deal, "items"), {**sent, "lock": "0"}, headers=IN_DIALOG)
    assert answer.status_code == 200
    # 3 × 19.99 × 0.9 = 53.973, and 100
    assert now(deal).money == Money(15_397, "EUR")
    dan.post(toast(answer)["undo"], headers=IN_DIALOG)
    assert now(deal).money == Money(5_000_000, "EUR")
    assert not LineItem.objects.exists()


def test_the_amount_stays_where_nobody_wishes_the_sum(dan: Client, deal: Deal, sensor: Product) -> None:
    dan.post(at(deal, "items"), {**lines((sensor, "1", "5", "")), "currency": "EUR"}, headers=IN_DIALOG)
    assert now(deal).money == Money(5_000_000, "EUR")
    assert LineItem.objects.get().line.total == Money(500, "EUR")


def test_a_price_that_the_list_does_not_have_is_asked_for(dan: Client, deal: Deal, sensor: Product) -> None:
    before = everything()
    answer = dan.post(
        at(deal, "items"), {**lines((sensor, "1", "", "")), "currency": "JPY"}, headers=IN_DIALOG
    )
    assert answer.status_code == 422
    assert "The price list has no price for Sensor in JPY." in answer.text
    assert everything() == before


def test_more_rows_are_given_and_what_was_typed_stays(dan: Client, deal: Deal, sensor: Product) -> None:
    sent = {**lines((sensor, "7", "", "")), "currency": "EUR", "more": "1"}
    answer = dan.post(at(deal, "items"), sent, headers=IN_DIALOG)
    assert 'value="7"' in answer.text
    assert answer.text.count('name="line-') > 8
    assert not LineItem.objects.exists()


def test_each_of_the_nine_exchanges_and_a_mixture_can_be_kept(dan: Client, deal: Deal) -> None:
    assert len(set(COMBINATIONS)) == len(SIDES) ** 2 == 9
    sent = {
        f"trade-{place}-{name}": value
        for place, (gives, gets) in enumerate(COMBINATIONS)
        for name, value in (("gives", gives), ("gets", gets), ("details", f"No. {place}"))
    }
    dan.post(at(deal, "exchange"), sent, headers=IN_DIALOG)
    kept = list(deal.exchanges.values_list("gives", "gets", "details"))
    assert kept == [(*pair, f"No. {place}") for place, pair in enumerate(COMBINATIONS)]


def test_half_an_exchange_is_refused(dan: Client, deal: Deal) -> None:
    answer = dan.post(at(deal, "exchange"), {"trade-0-gives": "product"}, headers=IN_DIALOG)
    assert answer.status_code == 422
    assert not deal.exchanges.exists()


def test_the_gate_offers_the_way_to_meet_each_criterion(dan: Client, deal: Deal) -> None:
    target = deal.map().stages[1].key
    answer = dan.post(at(deal, "move"), {"to": target, "lock": now(deal).lock}, headers=IN_DIALOG)
    assert answer.status_code == 422
    assert f'href="{at(deal, "people")}?role=decision_maker"' in answer.text
    assert "Add a person: Decision maker" in answer.text


def test_the_page_costs_the_same_however_much_is_known(
    dan: Client, deal: Deal, world: World, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    from infield.deals.facts.kinds import Value

    path = f"/deals/{to_text(deal.pk)}"
    dan.get(path)
    for number in range(2):
        with django_assert_max_num_queries(30):
            dan.get(path)
        for text in ("need", "pain_points", "competitors", "compelling_reason", "decision_process"):
            deal.note(text, Value(text=f"{text} {number}"), world.people.dan)
        for name in ("Eeva", "Kai", "Liisa"):
            contact = Contact.objects.create(family=f"Aalto {number}", given=name)
            deal.set_stakeholder(contact, "decision_maker", world.people.dan)
        for question in ("bant:means", "gpct:goal"):
            deal.answer(question, ("yes", "no")[number], world.people.dan)
        deal.add_document("contract", f"No. {number}", world.people.dan, link="https://files.example/1")


def test_the_gate_is_shown_again_with_what_was_filled_in_and_writes_nothing(dan: Client, deal: Deal) -> None:
    seen = Event.objects.count()
    sent = {
        "to": "to_second_base",
        "look": "1",
        "met": "problem_found",
        "evidence-problem_found": "Mail of May",
    }
    page = dan.post(at(deal, "move"), sent, headers=IN_DIALOG)
    assert page.status_code == 422
    assert "Mail of May" in page.content.decode()
    assert "Not yet: tick each one" not in page.content.decode()
    unknown = dan.post(at(deal, "move"), {"to": "nowhere", "look": "1"}, headers=IN_DIALOG)
    assert unknown.status_code == 422
    won = dan.post(at(deal, "win"), {"look": "1"}, headers=IN_DIALOG)
    assert "data-gate" in won.content.decode()
    assert (Event.objects.count(), now(deal).stage) == (seen, "to_first_base")


@pytest.mark.parametrize("kind", ["meeting", "note", "nonsense"])
def test_the_log_opens_with_the_kind_that_it_was_asked_for(kind: str, dan: Client, deal: Deal) -> None:
    page = dan.get(f"/log/deals/{to_text(deal.pk)}?kind={kind}", headers=IN_DIALOG).content.decode()
    chosen = "call" if kind == "nonsense" else kind
    radios = re.findall(r'<input type="radio" name="kind" value="(\w+)"([^>]*)>', page)
    assert [value for value, more in radios if "checked" in more] == [chosen]


def test_the_amount_is_changed_in_place_and_in_a_dialog(dan: Client, deal: Deal) -> None:
    inline = dan.get(at(deal, "edit/amount"), headers=HTMX).content.decode()
    dialog = dan.get(at(deal, "edit/amount"), headers=IN_DIALOG).content.decode()
    assert ("<dialog" in inline, "<dialog" in dialog) == (False, True)
    refused = dan.post(at(deal, "edit/amount"), {"amount": "x"}, headers=IN_DIALOG)
    assert refused.status_code == 422
    assert "<dialog" in refused.content.decode()


def test_the_questions_of_a_stage_ahead_can_be_answered(dan: Client, deal: Deal) -> None:
    ahead = next(one for one in deal.map().stages if one.key != deal.stage and one.questions)
    address = at(deal, "answers/map") + f"?stage={ahead.key}"
    page = dan.get(address, headers=IN_DIALOG).content.decode()
    key = f"{ahead.key}:{ahead.questions[0].key}"
    assert f'name="value-{key}"' in page
    answer = dan.post(address, {f"value-{key}": "yes"}, headers=IN_DIALOG)
    assert answer.status_code == 200
    assert dict(deal.answers.values_list("question", "value")) == {key: "yes"}
    assert dan.get(at(deal, "answers/map") + "?stage=nowhere", headers=IN_DIALOG).status_code == 200
