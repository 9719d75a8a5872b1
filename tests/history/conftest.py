from pathlib import Path

import pytest
from pytest_django import Settings


@pytest.fixture(autouse=True)
def parts_of_its_own(settings: Settings, tmp_path: Path) -> Path:
    """Each test keeps the parts of its log in a folder of its own."""
    settings.HOME = tmp_path
    return tmp_path / "generations"
