from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.desk.board_world import World


@pytest.fixture
def world(db: None) -> "World":
    from tests.desk.board_world import begin

    return begin()
