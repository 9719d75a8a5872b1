"""Guidance by stage, as the team changes it; and the library of answers."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.timezone import localdate
from pytest_django import DjangoAssertNumQueries
from tests.deals.world import World

from infield.history.models import Change
from infield.playbook.models import Material, Objection, Piece, PreparedAnswer
from infield.web.ids import to_text

HTMX = {"HX-Request": "true"}
SO_WHAT = "?stage=need&topic=preparation&key=so_what"


def saved() -> tuple[Any, ...]:
    return tuple(list(model.objects.order_by("id").values()) for model in (Piece, Material, Change))


def undo_of(answer: Any) -> str:
    import json

    return str(json.loads(answer["HX-Trigger"])["toast"]["undo"])


def test_everybody_reads_the_guidance_of_a_stage_and_reps_change_nothing(world: World, dan: Client) -> None:
    page = dan.get("/playbook?stage=need").content.decode()
    assert "What do you hope to reach by bringing in a solution like this?" in page
    assert "Take each feature" in page
    assert "/playbook/piece" not in page
    before = saved()
    assert dan.post(f"/playbook/piece{SO_WHAT}", {"text": "Mine"}).status_code == 403
    assert dan.post(f"/playbook/piece/turn{SO_WHAT}", {"do": "hide"}).status_code == 403
    assert saved() == before


def test_a_piece_is_reworded_for_its_stage_and_noted(world: World, anna: Client, dan: Client) -> None:
    answer = anna.post(
        f"/playbook/piece{SO_WHAT}", {"name": "So what?", "text": "Ask it twice."}, headers=HTMX
    )
    assert answer.status_code == 200
    assert "Ask it twice." in answer.content.decode()
    assert "Ask it twice." in dan.get("/playbook?stage=need").content.decode()
    assert "Ask it twice." not in dan.get("/playbook?stage=offer").content.decode()
    told = {one.field: (one.before, one.after) for one in Change.objects.all()}
    assert told["texts"] == ({}, {"en": "Ask it twice."})
    assert Change.objects.first().by == world.people.anna.pk  # type: ignore[union-attr]


def test_a_change_is_taken_back_and_a_reworded_piece_restored(world: World, anna: Client) -> None:
    first = anna.post(f"/playbook/piece{SO_WHAT}", {"text": "Once."}, headers=HTMX)
    second = anna.post(f"/playbook/piece{SO_WHAT}", {"text": "Twice."}, headers=HTMX)
    refused = anna.post(undo_of(first), headers=HTMX)
    assert refused.status_code == 422
    assert Piece.objects.get().texts == {"en": "Twice."}
    anna.post(undo_of(second), headers=HTMX)
    assert Piece.objects.get().texts == {"en": "Once."}
    anna.post(f"/playbook/piece/turn{SO_WHAT}", {"do": "restore"}, headers=HTMX)
    assert "Take each feature" in anna.get("/playbook?stage=need").content.decode()


def test_a_hidden_piece_is_out_of_sight_at_work_and_shown_again(
    world: World, anna: Client, dan: Client
) -> None:
    deal = f"/deals/{to_text(world.deal().pk)}"
    assert "Take each feature" in dan.get(deal).content.decode()
    anna.post(f"/playbook/piece/turn{SO_WHAT}", {"do": "hide"})
    assert "Take each feature" not in dan.get(deal).content.decode()
    assert "Take each feature" in anna.get("/playbook?stage=need").content.decode()
    anna.post(f"/playbook/piece/turn{SO_WHAT}", {"do": "show"})
    assert "Take each feature" in dan.get(deal).content.decode()


def test_a_question_of_ones_own_stands_at_its_level_and_is_answered(
    world: World, anna: Client, dan: Client
) -> None:
    form = {"topic": "question", "level": "middle", "text": "Who runs the night shift?"}
    anna.post("/playbook/piece/new?stage=need", form)
    row = Piece.objects.get()
    assert (row.level, row.is_own) == ("middle", True)
    deal = world.deal()
    answer = dan.post(
        f"/deals/{to_text(deal.pk)}/questions/answer", {"question": f"need:{row.key}", "text": "Nobody"}
    )
    assert answer.status_code == 302
    assert deal.answers.get().text == "Nobody"


def test_an_added_piece_is_taken_away_again(world: World, anna: Client) -> None:
    form = {"topic": "closing", "level": "", "name": "Date", "text": "Ask for the day of signing."}
    answer = anna.post("/playbook/piece/new?stage=need", form, headers=HTMX)
    assert "Ask for the day of signing." in answer.content.decode()
    anna.post(undo_of(answer), headers=HTMX)
    assert Piece.objects.get().hidden_at


@pytest.mark.parametrize(
    ("way", "form", "status"),
    [
        ("piece?stage=nowhere&topic=preparation&key=so_what", {"text": "x"}, 404),
        ("piece?stage=need&topic=preparation&key=nothing", {"text": "x"}, 404),
        ("piece?process=broken&stage=need", {"text": "x"}, 404),
        (f"piece{SO_WHAT}", {"text": ""}, 422),
        ("piece/new?stage=need", {"topic": "weather", "text": "x"}, 422),
        (f"piece/turn{SO_WHAT}", {"do": "burn"}, 404),
        ("material/new?stage=need", {"name": "Both or none"}, 422),
        ("material/new?stage=need", {"name": "Bad", "address": "javascript:alert(1)"}, 422),
    ],
)
def test_what_makes_no_sense_is_refused(
    world: World, anna: Client, way: str, form: dict[str, str], status: int
) -> None:
    before = saved()
    assert anna.post(f"/playbook/{way}", form).status_code == status
    assert saved() == before


def test_material_stands_at_its_stage_and_says_when_its_review_is_due(
    world: World, anna: Client, dan: Client
) -> None:
    yesterday = localdate() - timedelta(days=1)
    form = {
        "name": "Price sheet",
        "address": "https://northwind.example/p",
        "review_on": yesterday.isoformat(),
    }
    assert anna.post("/playbook/material/new?stage=need", form).status_code == 302
    page = dan.get(f"/deals/{to_text(world.deal().pk)}").content.decode()
    assert "Price sheet" in page
    assert "review was due on" in page
    assert "1 due for review" in dan.get("/playbook").content.decode()
    row = Material.objects.get()
    later = localdate() + timedelta(days=90)
    form = {"name": "Price sheet", "review_on": later.isoformat()}
    anna.post(f"/playbook/material/{to_text(row.pk)}", form)
    assert Material.objects.get().review_on == later
    assert "review was due on" not in dan.get("/playbook?stage=need").content.decode()
    answer = anna.post(f"/playbook/material/{to_text(row.pk)}", {"do": "put_away"}, headers=HTMX)
    assert "Price sheet" not in dan.get("/playbook?stage=need").content.decode()
    anna.post(undo_of(answer), headers=HTMX)
    assert "Price sheet" in dan.get("/playbook?stage=need").content.decode()


def test_a_file_is_given_to_be_saved_never_to_be_shown(world: World, anna: Client, dan: Client) -> None:
    file = SimpleUploadedFile("page.html", b"<script>alert(1)</script>", "text/html")
    anna.post("/playbook/material/new?stage=need", {"name": "One page", "file": file})
    row = Material.objects.get()
    answer = dan.get(f"/playbook/material/{to_text(row.pk)}/file")
    assert answer["Content-Disposition"] == 'attachment; filename="One page.html"'
    assert answer.content == b"<script>alert(1)</script>"
    row.file.delete(save=False)
    assert dan.get(f"/playbook/material/{to_text(row.pk)}/file").status_code == 404


def test_a_stage_costs_the_same_however_much_was_changed(
    world: World, anna: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(2):
        with django_assert_max_num_queries(13):
            anna.get("/playbook?stage=need")
        for one in range(5):
            form = {"topic": "closing", "text": f"Advice {number} {one}"}
            anna.post("/playbook/piece/new?stage=need", form)


def test_the_library_is_reworded_added_to_hidden_and_restored(
    world: World, anna: Client, dan: Client
) -> None:
    of = "?objection=too_expensive"
    anna.post(f"/playbook/objections/words{of}&answer=whole_cost", {"text": "Reckon three years."})
    assert "Reckon three years." in dan.get("/playbook/objections").content.decode()
    anna.post(f"/playbook/objections/words{of}&new=1", {"text": "Ask what they compare with."})
    own = PreparedAnswer.objects.get(texts={"en": "Ask what they compare with."})
    assert own.is_own
    anna.post(f"/playbook/objections/words{of}", {"text": "The price is high"})
    assert "The price is high" in dan.get("/playbook/objections").content.decode()
    anna.post(f"/playbook/objections/turn{of}", {"do": "restore"})
    assert "It is too expensive" in dan.get("/playbook/objections").content.decode()
    anna.post(f"/playbook/objections/turn{of}&answer={own.key}", {"do": "hide"})
    assert "Ask what they compare with." not in dan.get("/playbook/objections").content.decode()
    answer = anna.post(
        "/playbook/objections/new", {"text": "You are far away", "about": "trust"}, headers=HTMX
    )
    assert "You are far away" in answer.content.decode()
    assert Objection.objects.get(about="trust").is_own
    anna.post(undo_of(answer), headers=HTMX)
    assert "You are far away" not in dan.get("/playbook/objections").content.decode()


@pytest.mark.parametrize("way", ["words?objection=nothing", "words?objection=no_time&answer=nothing"])
def test_what_the_library_does_not_have_is_not_found(world: World, anna: Client, way: str) -> None:
    assert anna.post(f"/playbook/objections/{way}", {"text": "x"}).status_code == 404
    assert not PreparedAnswer.objects.exists()


def test_the_inspector_of_the_map_shows_the_guidance_without_fields(world: World, dan: Client) -> None:
    page = dan.get("/map/stage?stage=need", headers=HTMX).content.decode()
    assert "What do you hope to reach" in page
    assert "questions/answer" not in page


def test_a_day_that_is_no_day_is_refused(world: World, anna: Client) -> None:
    form = {"name": "Sheet", "address": "https://northwind.example", "review_on": "soon"}
    assert anna.post("/playbook/material/new?stage=need", form).status_code == 422
    assert Material.objects.filter(review_on__gte=date.min).count() == 0
