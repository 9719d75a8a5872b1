from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.deals.world import World


@pytest.fixture
def world(db: None) -> "World":
    from tests.deals.world import begin

    return begin()
