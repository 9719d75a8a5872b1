from typing import TYPE_CHECKING

import pytest
from django.test import Client

if TYPE_CHECKING:
    from tests.deals.world import World


@pytest.fixture
def world(db: None) -> "World":
    from tests.deals.world import begin

    return begin()


@pytest.fixture
def dan(world: "World") -> Client:
    """Dan's browser: a rep, whose deals they are."""
    client = Client()
    client.force_login(world.people.dan)
    return client


@pytest.fixture
def anna(world: "World") -> Client:
    """Anna's browser: a manager, who writes the playbook."""
    client = Client()
    client.force_login(world.people.anna)
    return client
