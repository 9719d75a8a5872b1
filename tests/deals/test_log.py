"""The log that analysis reads is what was done on the deals."""

from pathlib import Path

import pytest
from pytest_django import Settings
from tests.deals.world import World
from tests.history.live import asked, ways

from infield.web.money import Money


@pytest.fixture(autouse=True)
def parts_of_its_own(settings: Settings, tmp_path: Path) -> None:
    settings.HOME = tmp_path


def test_a_sale_is_in_the_log_with_its_way_amount_and_owner(world: World) -> None:
    deal, dan = world.deal(), world.people.dan
    mistake = deal.move_to("signed", dan, forced_because="Slip of the hand")
    assert mistake.event
    deal.undo(mistake.event.pk, dan)
    world.met(deal, "priced", "sponsor")
    deal.move_to("visit", dan)
    deal.change_amount(Money(9_900, "JPY"), dan)
    deal.move_to("offer", dan, forced_because="Knows the machine")
    deal.change_owner(world.people.cleo, world.people.anna)
    deal.win(world.people.anna, forced_because="Ordered")
    assert ways() == {deal.case: ["need", "visit", "offer", ":won"]}
    sql = (
        "SELECT c.outcome, c.amount_minor, c.currency, o.name, m.name, c.organization FROM cases AS c"
        " JOIN names AS o ON o.what = 'owner' AND o.code = c.\"owner\""
        " JOIN names AS m ON m.what = 'map' AND m.code = c.map"
    )
    cleo, process = str(world.people.cleo.pk), str(world.version.process_id)
    assert asked(sql) == [("won", 9_900, "JPY", cleo, process, str(deal.organization_id))]
    assert asked(sql, [world.people.cleo.pk]) == asked(sql)
    assert asked(sql, [dan.pk]) == []


def test_a_reopened_deal_is_open_in_the_log_too(world: World) -> None:
    deal = world.deal()
    lost = deal.lose("price", world.people.dan)
    assert asked("SELECT outcome FROM cases") == [("lost",)]
    assert lost.event
    deal.undo(lost.event.pk, world.people.dan)
    assert asked("SELECT outcome, closed_us FROM cases") == [(None, None)]
    deal.lose("price", world.people.dan)
    deal.reopen(world.people.dan)
    assert asked("SELECT outcome, closed_us FROM cases") == [(None, None)]
