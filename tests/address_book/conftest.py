import pytest
from tests.deals.world import World, begin


@pytest.fixture
def world(db: None) -> World:
    return begin()
