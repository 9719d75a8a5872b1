from tests.history.staging import SECOND, Deal, Event, built, walk

from infield.mining.sales import Sale, SaleStep, last_sales


def test_the_last_sales_come_latest_first_with_every_event() -> None:
    sold = Deal(
        [Event(0, None, "created", "Ida"), Event(3, "A", owner="Ida"), Event(9, "Closed", "won", "Jun")],
        "won",
        9,
    )
    deals = [sold, walk("A", outcome="lost"), walk("A", "B", outcome="won", start_s=50), walk("A")]
    later, earlier = last_sales(built(deals), top=2)
    assert later.uuid == "deal 2"
    assert earlier == Sale(
        "deal 0",
        None,
        None,
        None,
        0,
        9 * SECOND,
        (
            SaleStep(0, "created", None, "Ida", 3.0),
            SaleStep(3 * SECOND, "stage_entered", "A", "Ida", 6.0),
            SaleStep(9 * SECOND, "won", "Closed", "Jun", None),
        ),
    )


def test_a_sale_without_a_time_of_closing_comes_last() -> None:
    dated = walk("A", outcome="won")
    deals = [Deal(dated.events, "won", None), dated]
    assert [sale.uuid for sale in last_sales(built(deals))] == ["deal 1", "deal 0"]


def test_no_more_sales_are_given_than_asked_for() -> None:
    log = built([walk("A", outcome="won", start_s=n) for n in range(4)])
    assert [sale.uuid for sale in last_sales(log, top=2)] == ["deal 3", "deal 2"]


def test_an_empty_log_has_no_sale() -> None:
    assert last_sales(built([])) == ()
