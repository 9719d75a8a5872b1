"""Proposals to the playbook: made on a deal, taken in or declined, and what their author sees of it."""

import json
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.deals.world import World

from infield.history.models import Change
from infield.playbook.models import Piece, PreparedAnswer, Proposal
from infield.web.ids import to_text

HTMX = {"HX-Request": "true"}
TEXT = "Who else has to say yes?"


def undo_of(answer: Any) -> str:
    return str(json.loads(answer["HX-Trigger"])["toast"]["undo"])


def proposing(world: World) -> str:
    return f"/deals/{to_text(world.deal().pk)}/propose"


def proposed(client: Client, address: str, kind: str = "question", **more: str) -> Proposal:
    answer = client.post(address, {"kind": kind, "text": TEXT} | more, headers=HTMX)
    assert answer.status_code == 200
    return Proposal.objects.get(text=TEXT, kind=kind)


def saved() -> tuple[Any, ...]:
    models = (Proposal, Piece, PreparedAnswer, Change)
    return tuple(list(model._default_manager.order_by("id").values()) for model in models)


@pytest.mark.parametrize(
    ("kind", "topic"), [("question", "question"), ("approach", "approach"), ("hint", "preparation")]
)
def test_what_is_accepted_stands_at_the_stage_and_its_author_sees_it(
    world: World, dan: Client, anna: Client, kind: str, topic: str
) -> None:
    address = proposing(world)
    row = proposed(dan, address, kind)
    assert (row.by, row.language) == (world.people.dan, "en")
    page = dan.get(address.removesuffix("/propose")).content.decode()
    assert "Waits" in page.split('id="proposed"')[1].split("</details>")[0]
    answer = anna.post(
        f"/playbook/proposals/{to_text(row.pk)}", {"do": "accept", "text": "Who decides?"}, headers=HTMX
    )
    assert answer.status_code == 200
    piece = Piece.objects.get()
    assert (piece.topic, piece.stage, piece.texts) == (topic, row.stage, {"en": "Who decides?"})
    page = dan.get(address.removesuffix("/propose")).content.decode()
    assert "Who decides?" in page
    assert "In the playbook" in page.split('id="proposed"')[1].split("</details>")[0]


def test_an_answer_goes_to_its_objection(world: World, dan: Client, anna: Client) -> None:
    row = proposed(dan, proposing(world), "answer", objection="no_time")
    anna.post(f"/playbook/proposals/{to_text(row.pk)}", {"do": "accept", "text": TEXT})
    said = PreparedAnswer.objects.get()
    assert (said.objection, said.texts) == ("no_time", {"en": TEXT})
    assert TEXT in dan.get(reverse("playbook:library")).content.decode()


def test_what_is_declined_says_why_to_its_author(world: World, dan: Client, anna: Client) -> None:
    address = proposing(world)
    row = proposed(dan, address)
    where = f"/playbook/proposals/{to_text(row.pk)}"
    before = saved()
    assert anna.post(where, {"do": "decline", "text": TEXT, "because": " "}).status_code == 422
    assert saved() == before
    anna.post(where, {"do": "decline", "text": TEXT, "because": "We ask it already."})
    for page in (address.removesuffix("/propose"), "/playbook/proposals"):
        text = dan.get(page).content.decode()
        assert "Declined" in text
        assert "We ask it already." in text
    assert not Piece.objects.exists()


def test_a_decision_is_taken_back_with_what_it_wrote(world: World, dan: Client, anna: Client) -> None:
    row = proposed(dan, proposing(world))
    where = f"/playbook/proposals/{to_text(row.pk)}"
    accepted = anna.post(where, {"do": "accept", "text": TEXT}, headers=HTMX)
    assert anna.post(where, {"do": "decline", "because": "No"}).status_code == 422
    anna.post(undo_of(accepted), headers=HTMX)
    row.refresh_from_db()
    assert (row.decision, row.decided_by, row.made) == ("", None, None)
    assert Piece.objects.get().hidden_at
    declined = anna.post(where, {"do": "decline", "because": "Asked already"}, headers=HTMX)
    assert anna.post(undo_of(accepted), headers=HTMX).status_code == 422
    anna.post(undo_of(declined), headers=HTMX)
    row.refresh_from_db()
    assert (row.decision, row.because) == ("", "")
    told = Change.objects.filter(object_kind="proposal").order_by("id").values_list("field", "after")
    assert list(told) == [
        ("created", TEXT),
        ("decision", "accepted"),
        ("decision", ""),
        ("because", ""),
        ("decision", "declined"),
        ("because", "Asked already"),
        ("decision", ""),
        ("because", ""),
    ]


def test_its_author_takes_it_back_while_it_waits_and_nobody_else(
    world: World, dan: Client, anna: Client
) -> None:
    address = proposing(world)
    answer = dan.post(address, {"kind": "hint", "text": TEXT}, headers=HTMX)
    before = saved()
    assert anna.post(undo_of(answer)).status_code == 403
    assert saved() == before
    dan.post(undo_of(answer), headers=HTMX)
    assert Proposal.objects.get().withdrawn_at
    assert TEXT not in anna.get("/playbook/proposals").content.decode()
    assert anna.get(f"/playbook/proposals/{to_text(Proposal.objects.get().pk)}").status_code == 404


def test_who_decides_sees_how_many_wait_and_a_rep_sees_only_their_own(
    world: World, dan: Client, anna: Client
) -> None:
    proposed(dan, proposing(world))
    assert '<span class="waiting" id="waiting">1<' in anna.get("/playbook").content.decode()
    assert '<span class="waiting" id="waiting"></span>' in dan.get("/playbook").content.decode()
    assert TEXT in anna.get("/playbook/proposals").content.decode()
    assert TEXT in dan.get("/playbook/proposals").content.decode()
    bo = Client()
    bo.force_login(world.people.bo)
    assert TEXT not in bo.get("/playbook/proposals").content.decode()


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"kind": "question", "text": " "},
        {"kind": "weather", "text": TEXT},
        {"kind": "answer", "text": TEXT},
        {"kind": "answer", "text": TEXT, "objection": "nothing"},
        {"kind": "hint", "text": "x" * 2001},
        {"kind": "hint", "text": "a\0b"},
    ],
    ids=["nothing", "no text", "unknown kind", "no objection", "unknown objection", "too long", "nul"],
)
def test_what_makes_no_sense_is_refused(world: World, dan: Client, form: dict[str, str]) -> None:
    address = proposing(world)
    before = saved()
    assert dan.post(address, form).status_code == 422
    assert saved() == before


def test_what_is_proposed_is_shown_as_text(world: World, dan: Client, anna: Client) -> None:
    dan.post(proposing(world), {"kind": "hint", "text": "<script>alert(1)</script>"})
    for client in (dan, anna):
        assert "<script>alert" not in client.get("/playbook/proposals").content.decode()


def test_a_proposal_for_a_stage_that_is_gone_is_refused_and_waits_on(
    world: World, dan: Client, anna: Client
) -> None:
    row = proposed(dan, proposing(world))
    Proposal.objects.update(stage="gone")
    answer = anna.post(f"/playbook/proposals/{to_text(row.pk)}", {"do": "accept", "text": TEXT})
    assert answer.status_code == 422
    row.refresh_from_db()
    assert row.is_waiting
    assert anna.get("/playbook/proposals").status_code == 200


def test_more_proposals_ask_nothing_more_of_the_database(world: World, dan: Client, anna: Client) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            anna.get("/playbook/proposals")
        return len(queries)

    address = proposing(world)
    dan.post(address, {"kind": "answer", "text": "One", "objection": "no_time"})
    asked()
    few = asked()
    for number in range(6):
        dan.post(address, {"kind": "answer", "text": f"No. {number}", "objection": "no_time"})
    assert asked() == few
