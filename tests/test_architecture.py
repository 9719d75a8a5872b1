"""The house keeps its plan: who may import Django, empty package files, no rooms for odds and ends."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).parent.parent / "src" / "infield"
EDGES = {"models", "queries", "actions", "forms", "views", "urls", "tasks", "apps", "wording", "settings"}
# what stands around views
EDGES |= {"middleware", "rules", "errors", "wsgi"}
EDGE_FOLDERS = {"migrations", "management", "templatetags"}
# stands under query sets, speaks the language that Django has active, starts Django for a command that needs it
FRAME = {"web/compiled.py", "web/language.py", "web/company.py", "web/sqlite/base.py", "web/unavailable.py"}
FORBIDDEN_NAMES = {"utils", "helpers", "common", "services", "managers", "misc"}


def sources() -> list[Path]:
    return sorted(SOURCE.rglob("*.py"))


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def is_edge(path: Path) -> bool:
    place = path.relative_to(SOURCE)
    return path.stem in EDGES or place.as_posix() in FRAME or bool(EDGE_FOLDERS & set(place.parts))


def test_there_is_something_to_look_at() -> None:
    assert SOURCE / "process" / "values.py" in sources()


@pytest.mark.parametrize(
    "path", [p for p in sources() if not is_edge(p)], ids=lambda p: str(p.relative_to(SOURCE))
)
def test_only_edge_files_import_django(path: Path) -> None:
    assert [name for name in imports(path) if name.split(".")[0] == "django"] == []


def test_package_files_are_empty() -> None:
    assert [p for p in sources() if p.name == "__init__.py" and p.read_text("utf-8").strip()] == []


def test_no_room_is_a_drawer_for_odds_and_ends() -> None:
    names = {p.stem for p in SOURCE.rglob("*")}
    assert names & FORBIDDEN_NAMES == set()
