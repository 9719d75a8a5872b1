"""How long won deals usually stay in a stage: worked out of the log in the background, read by board and deal page."""

from decimal import Decimal

from django_ox.models import OxTask
from tests.deals.test_board import as_seen_by
from tests.deals.world import World
from tests.desk.test_board import signed_in
from tests.history.live import IDA, entered, new

from infield.deals.tasks import keep_usual_stays as keep_again
from infield.deals.usual.actions import LEAST, keep_usual_stays
from infield.deals.usual.models import UsualStay, usual_days
from infield.desk.board.age import Age
from infield.history.actions import record_many
from infield.history.tasks import refresh_log
from infield.web.ids import to_text


def some_won(world: World, deals: int) -> None:
    """Won deals that were in `need` for 1, 2, 3 … days and one day in `offer`."""
    version = world.version.pk
    record_many(
        event
        for number in range(deals)
        for event in (
            new(
                "created",
                number,
                data={"owner": str(IDA), "map": str(world.version.process_id)},
                map_version=version,
            ),
            entered("need", number, 0, map_version=version),
            entered("offer", number, 24 * (number + 1), map_version=version),
            new("won", number, 24 * (number + 2), map_version=version),
        )
    )


def kept() -> dict[str, tuple[Decimal, int]]:
    return {one.stage: (one.median_days, one.deals) for one in UsualStay.objects.all()}


def test_the_median_of_thirty_won_deals_is_kept_for_each_stage_and_again_is_the_same(world: World) -> None:
    some_won(world, LEAST)
    lost = world.deal()
    lost.lose("price", world.people.dan)
    for _ in range(2):
        assert keep_usual_stays() == 2
        assert kept() == {"need": (Decimal("15.500"), LEAST), "offer": (Decimal("1.000"), LEAST)}
    assert usual_days(world.version.process_id) == {"need": Decimal("15.5"), "offer": Decimal(1)}


def test_of_fewer_deals_nothing_is_said_and_what_was_said_goes(world: World) -> None:
    some_won(world, LEAST - 1)
    UsualStay.objects.create(
        process_id=world.version.process_id,
        stage="need",
        median_days=3,
        deals=30,
        as_of=world.version.published_at,
    )
    assert keep_usual_stays() == 0
    assert kept() == {}


def test_refreshing_the_log_works_it_out_anew(world: World) -> None:
    some_won(world, LEAST)
    refresh_log.call()
    assert OxTask.objects.filter(task_path="infield.deals.tasks.keep_usual_stays").count() == 1
    keep_again.call()
    assert set(kept()) == {"need", "offer"}


def test_the_age_on_board_and_deal_page_is_held_against_it_and_else_against_the_map(world: World) -> None:
    deal, expected = world.deal(), world.version.map().stage("need").expected_days
    assert as_seen_by(world).columns[0].usual_days == expected
    UsualStay.objects.create(
        process_id=world.version.process_id,
        stage="need",
        median_days=Decimal("77.4"),
        deals=30,
        as_of=world.version.published_at,
    )
    assert as_seen_by(world).columns[0].usual_days == Decimal("77.4")
    page = signed_in(world.people.dan).get(f"/deals/{to_text(deal.pk)}").content.decode()
    assert "usual 77" in page


def test_the_usual_is_said_in_whole_days() -> None:
    assert [Age(3, usual).usual_whole for usual in (Decimal("8.119"), Decimal("0.2"), None)] == [8, 1, None]
