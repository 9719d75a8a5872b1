"""The folder of an installation, its key, and its database."""

import stat
from pathlib import Path

import pytest

from infield.web import place
from infield.web.databases import UnknownDatabaseError, database


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("INFIELD_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("INFIELD_SECRET_KEY")
    return tmp_path / "home"


def test_looking_for_the_key_makes_nothing(home: Path) -> None:
    assert place.secret_key() == ""
    assert not home.exists()


def test_the_first_start_makes_a_key_only_this_account_reads(home: Path) -> None:
    assert place.make_home() == home
    file = home / "secret-key"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(home.stat().st_mode) == 0o700
    assert len(place.secret_key()) >= 60
    assert [path.name for path in home.iterdir()] == ["secret-key"]


def test_the_second_start_keeps_the_key_and_another_home_has_another(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place.make_home()
    first = place.secret_key()
    place.make_home()
    assert place.secret_key() == first
    monkeypatch.setenv("INFIELD_HOME", str(home / "other"))
    place.make_home()
    assert place.secret_key() != first


def test_without_an_address_the_database_is_a_file_in_the_home() -> None:
    described = database("", Path("/srv/infield"))
    assert (described["ENGINE"], described["NAME"]) == (
        "infield.web.sqlite",
        Path("/srv/infield/infield.sqlite3"),
    )


def test_an_address_names_a_postgresql_whose_statements_and_locks_end() -> None:
    described = database("postgresql://ann:p%40ss@db.example:5433/sales?sslmode=require", Path())
    assert {key: described[key] for key in ("NAME", "USER", "PASSWORD", "HOST", "PORT")} == {
        "NAME": "sales",
        "USER": "ann",
        "PASSWORD": "p@ss",
        "HOST": "db.example",
        "PORT": "5433",
    }
    assert described["OPTIONS"]["sslmode"] == "require"
    for limit in ("statement_timeout=15s", "lock_timeout=5s", "idle_in_transaction_session_timeout=30s"):
        assert f"-c {limit}" in described["OPTIONS"]["options"]


@pytest.mark.parametrize("url", ["mysql://x/y", "sqlite:///x", "sales"])
def test_another_kind_of_database_is_refused(url: str) -> None:
    with pytest.raises(UnknownDatabaseError):
        database(url, Path())
