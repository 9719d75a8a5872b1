import pytest
from tests.address_book.crowd import Crowd, gather
from tests.deals.world import World, begin


@pytest.fixture
def world(db: None) -> World:
    return begin()


@pytest.fixture
def crowd(world: World) -> Crowd:
    return gather(world)
