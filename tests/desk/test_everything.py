"""Everything that is kept, as one archive: whole, readable without Infield, and without what lets somebody in."""

import csv
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from click.testing import CliRunner
from django.apps import apps
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.deals.world import World, begin
from tests.people import proved

from infield.cli.main import main
from infield.deals.papers.models import StoredFile
from infield.desk.everything.queries import LEFT_OUT, tables
from infield.history.models import Change
from infield.people.models import Contact
from infield.process.yaml_file import read
from infield.web.ids import to_text

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return begin()


def taken(user: Any) -> ZipFile:
    answer = proved(Client(), user).post("/everything")
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/zip"
    return ZipFile(BytesIO(b"".join(answer.streaming_content)))  # type: ignore[attr-defined]


def rows(archive: ZipFile, name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(archive.read(name).decode("utf-8-sig"))))


def test_every_table_of_ours_is_in_it_or_left_out_with_a_reason() -> None:
    ours = {model._meta.label_lower for model in apps.get_models() if model.__module__.startswith("infield.")}
    assert {table.model._meta.label_lower for table in tables()} | LEFT_OUT.keys() == ours
    assert LEFT_OUT.keys() < ours


def test_what_was_written_stands_in_it(world: World) -> None:
    deal = world.deal()
    Contact.objects.create(organization=deal.organization, family="=1+1", given="Åsa", owner=world.people.dan)
    archive = taken(world.people.ada)
    assert archive.testzip() is None
    (told,) = rows(archive, "tables/deals_deal.csv")
    assert (told["id"], told["organization_id"], told["title"]) == (
        to_text(deal.pk),
        to_text(deal.organization_id),
        deal.title,
    )
    contact = rows(archive, "tables/people_contact.csv")[-1]
    assert (contact["family"], contact["given"]) == ("'=1+1", "Åsa")
    assert len(rows(archive, "tables/history_event.csv")) > 1
    assert "Everything that is kept" in archive.read("README.txt").decode()


def test_nothing_in_it_lets_somebody_in(world: World) -> None:
    archive = taken(world.people.ada)
    users = rows(archive, "tables/accounts_user.csv")
    assert len(users) == 10
    assert "password" not in users[0]
    hashed = world.people.dan.password.encode()
    assert not [name for name in archive.namelist() if hashed in archive.read(name)]


def test_maps_and_uploaded_files_come_along(world: World) -> None:
    deal = world.deal()
    name = default_storage.save("plan.txt", ContentFile(b"Forty stops a week"))
    deal.add_document("proposal", "The plan", world.people.dan, file=StoredFile(name, "text/plain", 18))
    archive = taken(world.people.ada)
    assert archive.read(f"files/{name}") == b"Forty stops a week"
    (map_name,) = [one for one in archive.namelist() if one.startswith("maps/")]
    # the number of the version is the one it was published with
    assert read(archive.read(map_name).decode()).process.stages == world.version.map().stages
    default_storage.delete(name)
    assert f"files/{name}" not in taken(world.people.ada).namelist()


def test_the_way_of_the_deals_is_read_by_the_report(world: World, tmp_path: Path) -> None:
    won, lost = world.deal(), world.deal(title="Line 4")
    mapped = won.map()
    won.move_to(mapped.stages[2].key, world.people.dan, forced_because="Agreed at the fair")
    lost.lose("price", world.people.dan)
    file = tmp_path / "history.csv"
    file.write_bytes(taken(world.people.ada).read("history.csv"))
    told = rows(taken(world.people.ada), "history.csv")
    assert [(row["title"], row["stage"]) for row in told][-2:] == [
        ("Line 3", str(mapped.stages[2].name)),
        ("Line 4", "Lost"),
    ]
    made = CliRunner().invoke(
        main, ["report", str(file), "--lost", "Lost", "--json", str(tmp_path / "out.json")]
    )
    assert made.exit_code == 0, made.output
    assert '"deals": 2' in (tmp_path / "out.json").read_text("utf-8")


def test_it_stands_in_the_audit_and_asking_for_the_page_does_not(world: World) -> None:
    client = proved(Client(), world.people.ada)
    assert b"history.csv" in client.get("/everything").content
    assert not Change.objects.filter(field="everything").exists()
    taken(world.people.ada)
    change = Change.objects.get(field="everything")
    assert (change.by, change.object_id) == (world.people.ada.pk, world.people.ada.pk)
    assert "Full export" in client.get("/audit").content.decode()


@pytest.mark.parametrize("role", ["manager", "operations", "rep", "reader", "marketing", "service"])
def test_it_is_for_administrators(world: World, role: str) -> None:
    client = proved(Client(), world.people.of_role(role))
    assert client.get("/everything").status_code == 403
    assert client.post("/everything").status_code == 403
    assert not Change.objects.filter(field="everything").exists()


def test_who_signed_in_long_ago_types_the_password_once_more(world: World) -> None:
    client = Client()
    client.force_login(world.people.ada)
    for answer in (client.get("/everything"), client.post("/everything")):
        assert answer.status_code == 302
        assert answer["Location"].startswith("/security/again")
    assert not Change.objects.filter(field="everything").exists()


def queries(user: Any) -> int:
    client = proved(Client(), user)
    with CaptureQueriesContext(connection) as asked:
        b"".join(client.post("/everything").streaming_content)  # type: ignore[attr-defined]
    return len(asked)


def test_the_work_grows_with_the_tables_not_with_their_rows(world: World) -> None:
    world.deal()
    few = queries(world.people.ada)
    for n in range(12):
        world.deal(title=f"Line {n}")
    assert queries(world.people.ada) == few
