"""The sample company: the same for the same seed, and told as the app would have told it."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from infield.accounts.models import User
from infield.deals.models import Deal
from infield.deals.state import State, state_of
from infield.desk.sample_company.actions import HasData, Made, make_company
from infield.desk.sample_company.courses import end_of_log
from infield.desk.sample_company.staff import REPS, SIGN_INS
from infield.desk.sample_company.story import Story, stories
from infield.desk.sample_company.truth import sample_map
from infield.history.models import Event
from infield.people.models import Organization
from infield.process.gate import gate, sale_gate
from infield.process.lint.check import check
from infield.web.company import Company

MONDAY = date(2026, 11, 23)
FEW = 150
MANY = 2_000
FACTS = [field for field in State.__dataclass_fields__ if field not in ("met", "kept")]


@pytest.fixture(scope="module")
def told() -> list[Story]:
    return list(stories(7, MONDAY, FEW))


@pytest.fixture
def made(db: None) -> Made:
    return make_company(7, MONDAY, dict.fromkeys(SIGN_INS, "a calm sea at dawn"), FEW)


def is_open(story: Story) -> bool:
    return not any(one.kind in ("won", "lost") for one in story.happenings)


def test_the_map_is_clean() -> None:
    assert check(sample_map()) == ()


def test_the_same_seed_makes_the_same_company(told: list[Story]) -> None:
    assert list(stories(7, MONDAY, FEW)) == told
    assert list(stories(8, MONDAY, FEW)) != told


@pytest.mark.parametrize("days", range(7))
def test_everything_lies_before_the_day_it_is_made_on_and_in_office_hours(days: int) -> None:
    today = MONDAY + timedelta(days=days)
    moments = [one.at for story in stories(3, today, 60) for one in story.happenings]
    assert max(moments) < end_of_log(today)
    assert {at.weekday() for at in moments} <= {0, 1, 2, 3, 4}
    # from Bangkok's and Tokyo's morning to London's evening; what follows at once is within the hour
    assert {at.hour for at in moments} <= set(range(18))


def test_a_deal_is_told_in_order_of_time(told: list[Story]) -> None:
    for story in told:
        moments = [one.at for one in story.happenings]
        assert moments == sorted(moments)
        assert [one.kind for one in story.happenings[:2]] == ["created", "stage_entered"]


def test_gates_are_passed_or_forced_with_a_reason(told: list[Story]) -> None:
    seen: Counter[str] = Counter()
    for story in told:
        seen += gates_of(story)
    assert min(seen["open"], seen["forced"], seen["back"]) > 5
    assert seen["open"] > seen["forced"] > seen["back"]


def gates_of(story: Story) -> Counter[str]:
    """Count the moves of a deal by how they passed the gate, and hold each against the map."""
    process, met, stage, seen = sample_map(), set[str](), "", Counter[str]()
    for one in story.happenings[1:]:
        match one.kind:
            case "criterion_met":
                met.add(one.data["criterion"])
            case "criterion_withdrawn":
                met.remove(one.data["criterion"])
            case "won":
                assert ("forced" in one.data) is not sale_gate(process, met, stage).is_open
            case "stage_entered" if stage:
                way = gate(process, met, stage, one.stage)
                assert one.data["from"] == stage != one.stage
                assert ("forced" in one.data) is not way.is_open
                assert ("reason" in one.words) is (way.is_back or not way.is_open)
                seen["back" if way.is_back else "open" if way.is_open else "forced"] += 1
        stage = one.stage
    return seen


def test_every_criterion_has_its_evidence(told: list[Story]) -> None:
    met = [one for story in told for one in story.happenings if one.kind == "criterion_met"]
    assert len(met) > 500
    assert all(one.words["evidence"] and one.data["proof"] == {"tick": True} for one in met)


@pytest.mark.slow
def test_the_board_has_some_300_deals_of_every_kind() -> None:
    """Counted in the stories themselves: on each stage, without a next step, late, and left to rot."""
    board = [story for story in stories(7, MONDAY, MANY) if is_open(story)]
    assert 270 <= len(board) <= 340
    assert len({story.happenings[-1].stage for story in board}) == 6
    states = [state_of_story(story) for story in board]
    due = [state.next_step_on for state in states]
    assert 40 <= due.count(None) <= 130
    assert sum(day is not None and day < MONDAY for day in due) >= 30
    assert sum(day is not None and day >= MONDAY for day in due) >= 90
    rotting = [
        state
        for state in states
        if state.stage_entered_at and state.stage_entered_at < datetime(2026, 9, 1, tzinfo=UTC)
    ]
    assert 10 <= len(rotting) <= 100


@pytest.mark.slow
def test_some_reps_are_better_than_others_and_july_is_quiet() -> None:
    won: Counter[str] = Counter()
    closed: Counter[str] = Counter()
    begun: Counter[tuple[int, int]] = Counter()
    for story in stories(7, MONDAY, MANY):
        first = story.happenings[0].at
        begun[first.year, first.month] += 1
        for one in story.happenings:
            won[one.by] += one.kind == "won"
            closed[one.by] += one.kind in ("won", "lost")
    shares = {rep.name: won[rep.name] / closed[rep.name] for rep in REPS}
    assert shares["Hannah Whitcombe"] > 2 * shares["Mikko Rantala"]
    assert begun[2026, 7] < begun[2026, 6] < begun[2026, 9]
    # the first days of June 2025 can be pressed into the last of May
    assert sum(deals > 40 for deals in begun.values()) == 18


def state_of_story(story: Story) -> State:
    """Tell the state with what `state_of` reads, owners and ids aside."""
    from uuid import UUID

    from infield.deals.state import Told

    return state_of(
        Told(
            id=UUID(int=place),
            kind=one.kind,
            at=one.at,
            stage=one.stage,
            data={
                **one.data,
                **{name: str(UUID(int=1)) for name in ("owner", "organization") if name in one.data},
            },
            said=one.words,
        )
        for place, one in enumerate(story.happenings)
    )


def test_events_rebuild_every_deal(made: Made) -> None:
    deals = Deal.objects.all()
    assert deals.count() == made.deals == FEW
    assert deals.open().count() == made.open_deals > 0
    for deal in deals:
        state = state_of(deal.told())
        assert {name: getattr(deal, name) for name in FACTS} == {name: getattr(state, name) for name in FACTS}
        assert dict(deal.met.values_list("criterion", "event")) == state.met


def test_what_happened_to_a_case_is_in_order_of_time(made: Made) -> None:
    told = list(Event.objects.order_by("case", "position").values_list("case", "at"))
    assert len(told) == made.events
    assert told == sorted(told)


def test_who_works_there(made: Made) -> None:
    roles = Counter(User.objects.values_list("role", flat=True))
    others = ("reader", "admin", "marketing", "operations")
    assert roles == {"rep": 12, "manager": 2, **dict.fromkeys(others, 1)}
    aino, emi = User.objects.filter(role="manager").order_by("name")
    assert emi.manager == aino
    assert Counter(rep.manager for rep in User.objects.filter(role="rep")) == {aino: 7, emi: 5}
    can_sign_in = {user.name for user in User.objects.all() if user.has_usable_password()}
    assert can_sign_in == set(SIGN_INS)


def test_each_role_sees_its_part_of_the_board(made: Made) -> None:
    counts: dict[str, Any] = {
        user.name: Deal.objects.visible_to(user).open().count() for user in User.objects.all()
    }
    reps = sum(counts[user.name] for user in User.objects.filter(role="rep"))
    assert counts["Aino Laine"] == counts["Ruth Calder"] == reps == made.open_deals
    assert 0 < counts["Tanabe Emi"] < made.open_deals


def test_organizations_are_of_four_countries_and_buy_in_two_currencies(made: Made) -> None:
    countries = {deal.owner.zone for deal in Deal.objects.select_related("owner")}
    assert countries == {"Europe/Helsinki", "Europe/London", "Asia/Tokyo", "Asia/Bangkok"}
    assert set(Deal.objects.exclude(currency="").values_list("currency", flat=True)) == {"EUR", "JPY"}
    assert Organization.objects.count() == len(
        set(Organization.objects.values_list("folded_name", flat=True))
    )


@pytest.mark.django_db
def test_a_home_with_data_stays_as_it_is() -> None:
    Company.objects.create(id=Company.ONLY, name="Northwind Bearings", currency="EUR")
    with pytest.raises(HasData):
        make_company(7, MONDAY, {}, 5)
    assert not User.objects.exists()
    assert not Deal.objects.exists()
    assert not Event.objects.exists()
    assert Company.objects.get().name == "Northwind Bearings"
