"""Import at the door users use: files in, dry run, load, result, the way back; and who may do what."""

import csv
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from tests.addresses import everything_saved
from tests.history.live import ways
from tests.imports.loading import THREE_DEALS, loaded, looked
from tests.people import People
from tests.selling import published

from infield.accounts.models import User
from infield.deals.models import Deal
from infield.history.queries import log_source
from infield.history.upkeep import refresh
from infield.imports.models import Import

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def jobs_run_at_once(settings: Any, tmp_path: Path) -> None:
    settings.HOME = tmp_path
    settings.TASKS = {"default": {"BACKEND": "django.tasks.backends.immediate.ImmediateBackend"}}


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def send(client: Client, *files: tuple[str, bytes]) -> HttpResponse:
    given = [SimpleUploadedFile(name, text) for name, text in files]
    answer: Any = client.post("/import/files", {"files": given})
    return answer  # type: ignore[no-any-return]


def address(name: str, imported: Import) -> str:
    return reverse(f"desk:import_{name}", args=[imported.pk])


def test_files_are_shown_as_a_dry_run_before_anything_is_loaded(people: People) -> None:
    published(people.anna)
    client = signed_in(people.anna)
    answer = send(client, ("history.csv", THREE_DEALS))
    assert answer.status_code == 302
    page = client.get(answer["Location"]).content.decode()
    for said in ("rows understood", "Deal (its id)", "dan@northwind.example", "Load 3 deals", "Fay Gone"):
        assert said in page
    assert not Deal.objects.exists()


def test_choosing_loads_and_the_result_counts_what_came(people: People) -> None:
    version = published(people.anna)
    client = signed_in(people.anna)
    send(client, ("history.csv", THREE_DEALS))
    imported = Import.objects.get()
    first, second = (stage.key for stage in version.map().stages[:2])
    page = client.get(address("one", imported))
    fields = page.context["choice"].fields
    stages = {
        name: {"Lead": first, "Qualified": second}[field.label]
        for name, field in fields.items()
        if name.startswith("stage_")
    }
    answer = client.post(
        address("load", imported),
        {
            "purpose": "work",
            "version": page.context["choice"]["version"].field.choices[0][0],
            "origin": "old",
            **stages,
        },
    )
    assert answer.status_code == 302
    assert "3 deals were loaded" in client.get(answer["Location"]).content.decode()
    assert Deal.objects.open().get().stage == second


def test_a_column_that_was_taken_wrongly_can_be_corrected(people: People) -> None:
    client = signed_in(people.anna)
    text = b"deal,stage,step,changed\n1,x,Lead,2026-01-05\n1,x,Won,2026-01-09\n"
    send(client, ("h.csv", text))
    imported = Import.objects.get()
    client.post(address("again", imported), {"role_stage": "step", "won": "Won"})
    imported.refresh_from_db()
    assert (imported.account["mapping"]["columns"]["stage"], imported.totals["won"]) == ("step", 1)


def test_deals_to_work_on_without_a_stage_are_refused_and_nothing_is_loaded(people: People) -> None:
    published(people.anna)
    client = signed_in(people.anna)
    send(client, ("history.csv", THREE_DEALS))
    imported = Import.objects.get()
    version = client.get(address("one", imported)).context["choice"]["version"].field.choices[0][0]
    answer = client.post(
        address("load", imported), {"purpose": "work", "version": version, "stage_0": "", "stage_1": ""}
    )
    assert answer.status_code == 422
    assert "need a stage of the map each" in answer.content.decode()
    assert not Deal.objects.exists()


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("empty.csv", b"", "The file is empty"),
        ("evil.xlsx", b"PK\x03\x04 and then nothing", "not a whole XLSX"),
        ("page.xls", b"<html><table></table></html>", "web page"),
        ("zeros.csv", b"\0" * 5000, "cannot be read"),
        ("packed.csv.gz", b"\x1f\x8b\x08\x00 broken", "packed file"),
        ("bomb.xes", b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "aa">]><log>&a;</log>', "entities"),
    ],
)
def test_a_file_that_cannot_be_read_is_said_so_in_words(
    people: People, name: str, content: bytes, says: str
) -> None:
    client = signed_in(people.anna)
    answer = send(client, (name, content))
    page = client.get(answer["Location"]).content.decode()
    assert "These files cannot be read." in page
    assert says in page
    assert Import.objects.get().state == "unreadable"


@pytest.mark.parametrize(
    "name", ["../../../etc/passwd.csv", "..", "a/b\\c.csv", "x" * 400 + ".csv", "<b>\u202egpj.csv"]
)
def test_a_hostile_file_name_stays_in_the_folder_of_its_import(people: People, name: str) -> None:
    client = signed_in(people.anna)
    uploaded = SimpleUploadedFile("plain.csv", THREE_DEALS)
    uploaded._name = name  # type: ignore[attr-defined]  # Django cleans it on the way in; we do not rely on that
    from infield.imports import actions

    imported = actions.begin([uploaded], people.anna)
    (path,) = imported.paths()
    assert path.parent.parent == imported.folder
    assert path.resolve().is_relative_to(imported.folder.resolve())
    page = client.get(address("one", imported)).content.decode()
    assert "<b>\u202e" not in page


def test_markup_in_a_file_is_shown_as_text(people: People) -> None:
    published(people.anna)
    client = signed_in(people.anna)
    evil = b"deal,stage,changed,owner\n1,<script>alert(1)</script>,2026-01-05,<img src=x onerror=alert(1)>\n"
    evil += b"2,Lead,2026-01-05,x\n"
    answer = send(client, ("h.csv", evil))
    page = client.get(answer["Location"]).content.decode()
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert "&lt;script&gt;" in page


def test_rejected_rows_come_as_a_file_that_holds_no_formula(people: People) -> None:
    good = b"".join(b"%d,Lead,2026-01-%02d\n" % (deal, deal) for deal in range(1, 29))
    rows = b"deal,stage,changed\n" + good + b"40,Lead,=HYPERLINK(1)\n"
    imported = looked(people.anna, ("=cmd.csv", rows))
    assert imported.account["rows_rejected"] == 1
    answer = signed_in(people.anna).get(address("rejected", imported))
    assert answer["Content-Disposition"].startswith("attachment")
    found = list(csv.reader(StringIO(answer.content.decode("utf-8-sig"))))
    assert len(found) == 2
    assert found[1][0] == "'=cmd.csv"
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in found for cell in row)


def test_undo_takes_it_back_and_says_so(people: People) -> None:
    imported = loaded(looked(people.anna, ("h.csv", THREE_DEALS)), published(people.anna))
    client = signed_in(people.anna)
    answer = client.post(address("undo", imported))
    assert answer.status_code == 302
    assert "Its events count nowhere" in client.get(answer["Location"]).content.decode()
    assert not Deal.objects.exists()
    assert client.post(address("undo", imported)).status_code == 422


def test_discarding_leaves_no_trace(people: People) -> None:
    imported = looked(people.anna, ("h.csv", THREE_DEALS))
    assert signed_in(people.anna).post(address("drop", imported)).status_code == 302
    assert not Import.objects.exists()
    assert not imported.folder.exists()


def test_progress_is_told_until_the_job_ends(people: People) -> None:
    from infield.imports import actions

    imported = actions.begin([SimpleUploadedFile("h.csv", THREE_DEALS)], people.anna)
    client = signed_in(people.anna)
    assert "every 1s" in client.get(address("progress", imported)).content.decode()
    from tests.imports.loading import UTC_ZONE

    actions.look(imported, UTC_ZONE)
    ended = client.get(address("progress", imported))
    assert (ended.status_code, ended["HX-Refresh"]) == (204, "true")


WHO = {"own": "anna", "stranger": "emil", "below": "cleo", "reader": "rut", "rep": "bo"}
READS = ("one", "progress", "rejected")
WRITES = ("again", "load", "resume", "stages", "undo", "drop")
ALLOWED = {
    "own": (200, 302),
    "stranger": (404, 404),
    "below": (404, 404),
    "reader": (200, 403),
    "rep": (403, 403),
}


@pytest.mark.parametrize("relation", list(ALLOWED))
def test_an_import_is_of_who_began_it_and_those_above(people: People, relation: str) -> None:
    imported = loaded(looked(people.anna, ("h.csv", THREE_DEALS)), published(people.anna))
    client = signed_in(getattr(people, WHO[relation]))
    reads, writes = ALLOWED[relation]
    before = everything_saved()
    for name in READS:
        assert client.get(address(name, imported)).status_code in {reads, 204 if reads == 200 else reads}, (
            name
        )
    if relation == "own":
        return
    for name in WRITES:
        assert client.post(address(name, imported)).status_code == writes, name
    assert everything_saved() == before


def test_a_manager_above_sees_the_imports_of_those_below(people: People) -> None:
    imported = looked(people.cleo, ("h.csv", THREE_DEALS))
    assert "h.csv" in signed_in(people.anna).get("/import").content.decode()
    assert signed_in(people.anna).get(address("one", imported)).status_code == 200
    assert "h.csv" not in signed_in(people.emil).get("/import").content.decode()


def test_a_reader_may_not_send_files(people: People) -> None:
    assert send(signed_in(people.rut), ("h.csv", THREE_DEALS)).status_code == 403
    assert not Import.objects.exists()


def test_without_files_the_page_says_what_to_do(people: People) -> None:
    answer = send(signed_in(people.anna))
    assert answer.status_code == 422
    assert "Choose at least one file." in answer.content.decode()
    assert not Import.objects.exists()


def test_a_stage_name_that_meant_another_stage_can_be_corrected_afterwards(people: People) -> None:
    version = published(people.anna)
    first, second, third = (stage.key for stage in version.map().stages[:3])
    imported = loaded(
        looked(people.anna, ("h.csv", THREE_DEALS)),
        version, working=True, stages={"Lead": first, "Qualified": second},
    )  # fmt: skip
    client = signed_in(people.anna)
    assert ways()[Deal.objects.open().get().case] == [first, second]
    refresh(log_source())
    names = [found["name"] for found in imported.stages]
    fields = {f"stage_{n}": {"Lead": first, "Qualified": third}[name] for n, name in enumerate(names)}
    answer = client.post(address("stages", imported), fields)
    assert answer.status_code == 302
    assert "2 deals stand in another stage now" in client.get(answer["Location"]).content.decode()
    moved = Deal.objects.open().get()
    assert moved.stage == third
    assert ways()[moved.case] == [first, third]
    refresh(log_source())
    assert ways()[moved.case] == [first, third]


@pytest.mark.parametrize(("given", "says"), [("", "need a stage of the map each"), ("nonsense", "Correct")])
def test_a_correction_that_cannot_be_is_refused_and_changes_nothing(
    people: People, given: str, says: str
) -> None:
    version = published(people.anna)
    first, second = (stage.key for stage in version.map().stages[:2])
    imported = loaded(
        looked(people.anna, ("h.csv", THREE_DEALS)),
        version, working=True, stages={"Lead": first, "Qualified": second},
    )  # fmt: skip
    client = signed_in(people.anna)
    before = everything_saved()
    answer = client.post(address("stages", imported), {"stage_0": given, "stage_1": given})
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert everything_saved() == before


def test_a_deal_that_somebody_moved_since_stays_where_it_is_when_names_are_corrected(people: People) -> None:
    version = published(people.anna)
    first, second, third, fourth = (stage.key for stage in version.map().stages[:4])
    imported = loaded(
        looked(people.anna, ("h.csv", THREE_DEALS)),
        version, working=True, stages={"Lead": first, "Qualified": second},
    )  # fmt: skip
    deal = Deal.objects.open().get()
    moved = deal.move_to(fourth, by=people.anna, forced_because="they asked for it")
    fields = {f"stage_{n}": third for n, _ in enumerate(imported.stages)}
    assert signed_in(people.anna).post(address("stages", imported), fields).status_code == 302
    deal.refresh_from_db()
    assert deal.stage == fourth
    assert ways()[deal.case][-1] == fourth
    assert moved.event is not None
    deal.undo(moved.event.pk, by=people.anna)
    deal.refresh_from_db()
    assert deal.stage == third


def test_a_job_that_dies_of_our_mistake_says_so_and_can_be_tried_again(
    people: People, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    from infield.imports import actions

    def broken(*_: Any, **__: Any) -> None:
        raise ZeroDivisionError

    published(people.anna)
    client = signed_in(people.anna)
    with monkeypatch.context() as patched:
        patched.setattr(actions, "read", broken)
        send(client, ("history.csv", THREE_DEALS))
    imported = Import.objects.get()
    page = client.get(address("one", imported)).content.decode()
    assert imported.failure
    assert f"give the number {imported.failure}" in page
    assert "Try again" in page
    assert imported.failure in caplog.text
    assert "Try again" in client.get(address("progress", imported)).content.decode()
    client.post(address("resume", imported))
    imported.refresh_from_db()
    assert (imported.state, imported.failure, imported.totals["deals"]) == ("read", "", 3)


def test_an_import_that_counts_nothing_is_shown_with_zeros(people: People) -> None:
    published(people.anna)
    imported = looked(people.anna, ("h.csv", THREE_DEALS))
    Import.objects.filter(pk=imported.pk).update(totals={})
    page = signed_in(people.anna).get(address("one", imported)).content.decode()
    assert "there is nothing to load" in page
    assert address("load", imported) not in page
