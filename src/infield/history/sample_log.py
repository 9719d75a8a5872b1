"""A made-up deal history with known truth, as large as wanted.

In: how many deals, a seed, the end of the log and a `Truth`. Out: Arrow record batches of events, sorted by
deal and time. A batch holds all events of its deals and only one batch is in memory. The same arguments give
the same rows with the same version of NumPy, which may change the streams of its generator between releases.

A deal's whole story is drawn in one pass over all deals of a batch: who will close it and how, where it ends,
which stages it never enters; then all deals that still go take their next step together.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from statistics import NormalDist

import numpy as np
import pyarrow as pa
from numpy.random import Generator
from numpy.typing import NDArray

from infield.history.sample_truth import TWELVE_STAGES, Choice, Truth

type Ints = NDArray[np.int64]
type Flags = NDArray[np.bool_]

BATCH_DEALS = 20_000
DAY_S = 86_400
WEEK_S = 7 * DAY_S
MONDAY_S = 4 * DAY_S  # 1970-01-05
OFFICE_OPENS_S, OFFICE_DAY_S = 8 * 3600, 10 * 3600
ACCOUNT_EVERY = 3  # one organization for every three deals, on average
AMOUNT = pa.decimal128(18, 2)
SHORT, LONG = pa.dictionary(pa.int8(), pa.string()), pa.dictionary(pa.int32(), pa.string())
SCHEMA = pa.schema(
    {
        "case_id": LONG,
        "activity": SHORT,
        "kind": SHORT,
        "timestamp": pa.timestamp("us", tz="UTC"),
        "owner": LONG,
        "amount": AMOUNT,
        "currency": SHORT,
        "organization": LONG,
        "source": SHORT,
        "product": SHORT,
        "segment": SHORT,
    }
)


@dataclass(frozen=True, slots=True)
class _Deals:
    """The plan of each deal of a batch: arrays of equal length, one place a deal."""

    number: Ints
    created_s: Ints
    closer: Ints
    opener: Ints
    won: Flags
    rots: Flags
    end: Ints
    """Place of the last stage."""
    skips: Flags
    """Deals × stages: which are never entered."""


@dataclass(frozen=True, slots=True)
class _Clock:
    edges_s: Ints
    """Where each month of the log begins, and the end of the log."""
    grown: NDArray[np.float64]
    """Share of all deals created up to each edge."""
    drift_s: int
    end_s: int


def sample_log(
    deals: int, *, seed: int, until: datetime, truth: Truth = TWELVE_STAGES
) -> Iterator[pa.RecordBatch]:
    """Give the events of so many deals in batches as `SCHEMA` says; nothing happens after `until`.

    `kind` is stage_entered, activity_done, won or lost; `activity` names the stage, activity or outcome.
    `owner` is who had the deal then; the other columns are the same in all events of a deal.
    Raises ValueError if `deals` is negative or `until` has no time zone.
    """
    if deals < 0:
        raise ValueError("deals_below_0")
    clock = _clock(truth, until)
    for batch, first in enumerate(range(0, deals, BATCH_DEALS)):
        rng = np.random.default_rng([seed, batch])
        numbers = np.arange(first, min(first + BATCH_DEALS, deals))
        yield _batch(truth, clock, _plan(truth, clock, numbers, deals, rng), deals, rng)


def drift_from(until: datetime, truth: Truth = TWELVE_STAGES) -> datetime:
    """Give the moment from which waits in the drifting stage are longer, for a log that ends then."""
    return datetime.fromtimestamp(_clock(truth, until).drift_s, UTC)


def _clock(truth: Truth, until: datetime) -> _Clock:
    if until.tzinfo is None:
        raise ValueError("until_without_zone")
    end_s = int(until.timestamp())
    last = until.astimezone(UTC).year * 12 + until.astimezone(UTC).month - 1
    months = range(last - truth.months + 1, last + 2)
    begins = [int(datetime(month // 12, month % 12 + 1, 1, tzinfo=UTC).timestamp()) for month in months]
    edges_s = np.minimum(begins, end_s)
    whole = np.diff(begins)
    weights = np.array([truth.season[month % 12] for month in months[:-1]]) * np.diff(edges_s) / whole
    grown = np.concatenate(([0.0], np.cumsum(weights) / weights.sum()))
    return _Clock(edges_s, grown, begins[truth.drift_month], end_s)


def _plan(truth: Truth, clock: _Clock, number: Ints, deals: int, rng: Generator) -> _Deals:
    n = number.size
    created_s = np.interp((number + rng.random(n)) / deals, clock.grown, clock.edges_s)
    closer = rng.integers(len(truth.reps), size=n)
    won = rng.random(n) < np.array([rep.win_rate for rep in truth.reps])[closer]
    rots = rng.random(n) < truth.rotting
    leaves = rng.choice(len(truth.stages), size=n, p=[stage.lost for stage in truth.stages])
    end = np.where(won & ~rots, len(truth.stages) - 1, leaves)
    skips = rng.random((n, len(truth.stages))) < np.array([stage.skipped for stage in truth.stages])
    skips[np.arange(n), end] = False
    moved = rng.random(n) < truth.reassigned
    opener = np.where(moved, rng.integers(len(truth.reps), size=n), closer)
    created = np.minimum(_in_office_hours(created_s.astype(np.int64)), clock.end_s)
    return _Deals(number, created, closer, opener, won, rots, end, skips)


def _in_office_hours(at_s: Ints) -> Ints:
    """Press each week into Monday to Friday, 8 to 18 o'clock UTC; what was earlier stays earlier.

    >>> from datetime import datetime, UTC
    >>> monday, sunday = (datetime(2026, 11, day, tzinfo=UTC).timestamp() for day in (16, 22))
    >>> pressed = _in_office_hours(np.array([monday, sunday]).astype(int))
    >>> [str(datetime.fromtimestamp(at_s, UTC)) for at_s in pressed]
    ['2026-11-16 08:00:00+00:00', '2026-11-20 10:51:25+00:00']
    """
    week, into = np.divmod(at_s - MONDAY_S, WEEK_S)
    day, into_day = np.divmod(into * 5 // 7, DAY_S)
    return np.asarray(
        MONDAY_S + week * WEEK_S + day * DAY_S + OFFICE_OPENS_S + into_day * OFFICE_DAY_S // DAY_S
    )


@dataclass(slots=True)
class _Trail:
    """Events as they are drawn: deals (places in the batch), moments, and codes of what happened."""

    deal: list[Ints]
    at_s: list[Ints]
    code: list[Ints]

    def add(self, deal: Ints, at_s: Ints, code: Ints) -> None:
        self.deal.append(deal)
        self.at_s.append(at_s)
        self.code.append(code)

    def sorted(self, end_s: int) -> tuple[Ints, Ints, Ints]:
        """Give the events up to the end of the log by deal and time, equal times as drawn."""
        deal, at_s, code = (np.concatenate(column) for column in (self.deal, self.at_s, self.code))
        past = np.flatnonzero(at_s <= end_s)
        order = past[np.lexsort((at_s[past], deal[past]))]
        return deal[order], at_s[order], code[order]


def _walk(truth: Truth, clock: _Clock, deals: _Deals, rng: Generator) -> tuple[Ints, Ints, Ints]:
    """Give deal, moment and code of each event. Codes: stages, nurture, on hold, activities, won, lost."""
    ways = _Ways(truth, deals)
    trail = _Trail([], [], [])
    deal, at_s = np.arange(deals.number.size), deals.created_s
    home, stage = np.zeros(deal.size, int), np.zeros(deal.size, int)
    while deal.size:
        trail.add(deal, at_s, stage)
        wait_s = _waits(truth, stage, at_s >= clock.drift_s, rng)
        _add_activities(truth, trail, deal, at_s, wait_s, stage, rng)
        at_s = at_s + wait_s
        going, home, stage = ways.next(deal, home, stage, rng)
        over = ~going & ~deals.rots[deal]
        trail.add(deal[over], at_s[over], ways.outcome[deal[over]])
        going &= at_s <= clock.end_s
        deal, at_s, home, stage = deal[going], at_s[going], home[going], stage[going]
    return trail.sorted(clock.end_s)


def _waits(truth: Truth, stage: Ints, drifted: Flags, rng: Generator) -> Ints:
    """Give seconds in the stage: log-normal; only the longest few are stretched, so that the median stays."""
    median_s = np.array([known.median_days for known in truth.entered])[stage] * DAY_S
    median_s = median_s * np.where(
        drifted & (stage == truth.position(truth.drift_stage)), truth.drift_factor, 1
    )
    z = rng.standard_normal(stage.size)
    at_once, stalled, outlier = (
        NormalDist().inv_cdf(share)
        for share in (truth.at_once, 1 - truth.outliers - truth.stalled, 1 - truth.outliers)
    )
    factor = np.exp(truth.spread * z) * np.where(z > stalled, truth.stall_factor, 1)
    far = truth.outlier_factor * np.exp(truth.spread * (z - outlier))
    factor = np.where(z > outlier, far, factor)
    return (median_s * np.where(z < at_once, 0, factor)).astype(np.int64)


def _add_activities(
    truth: Truth, trail: _Trail, deal: Ints, at_s: Ints, wait_s: Ints, stage: Ints, rng: Generator
) -> None:
    often = np.array([known.activities for known in truth.entered])
    which = np.repeat(np.arange(deal.size), rng.poisson(often[stage]))
    happened_s = at_s[which] + (wait_s[which] * rng.random(which.size)).astype(np.int64)
    trail.add(deal[which], happened_s, len(truth.entered) + _drawn(truth.activities, which.size, rng))


class _Ways:
    """Where deals go from where they are."""

    def __init__(self, truth: Truth, deals: _Deals) -> None:
        self.truth, self.end = truth, deals.end
        self.nurture, self.on_hold = len(truth.stages), len(truth.stages) + 1
        won = len(truth.entered) + len(truth.activities)
        self.outcome = np.where(deals.won, won, won + 1)
        self.onward, self.backward = self._around(deals.skips)

    @staticmethod
    def _around(skips: Flags) -> tuple[Ints, Ints]:
        """Give, deals × stages, the next stage that is not skipped, and the nearest at or before."""
        onward, backward = np.zeros(skips.shape, int), np.zeros(skips.shape, int)
        for place in range(skips.shape[1] - 2, -1, -1):
            onward[:, place] = np.where(skips[:, place + 1], onward[:, place + 1], place + 1)
        for place in range(1, skips.shape[1]):
            backward[:, place] = np.where(skips[:, place], backward[:, place - 1], place)
        return onward, backward

    def next(self, deal: Ints, home: Ints, stage: Ints, rng: Generator) -> tuple[Flags, Ints, Ints]:
        """Give which deals go on, and for these the stage of the way they belong to and the one entered."""
        truth, chance, n = self.truth, rng.random(deal.size), deal.size
        aside = stage != home
        goes_back = ~aside & (chance < truth.back) & (home > 0)
        again = ~aside & (chance >= truth.back) & (chance < truth.back + truth.rework)
        holds = ~aside & (chance > 1 - truth.held) & (home >= truth.position(truth.hold_from))
        nurtures = (
            ~aside & (chance > 1 - truth.nurtured) & (home == truth.position(truth.nurture_from)) & ~holds
        )
        straight = ~(aside | goes_back | again | holds | nurtures)
        earlier = self.backward[deal, np.maximum(home - rng.geometric(0.6, n), 0)]
        later = self.onward[deal, home]
        entered = np.select([goes_back, straight], [earlier, later], home)
        entered = np.where(stage == self.nurture, truth.position(truth.nurture_to), entered)
        aim = np.select([holds, nurtures], [self.on_hold, self.nurture], entered)
        return ~(straight & (home == self.end[deal])), entered, aim


def _drawn(choices: tuple[Choice, ...], size: int, rng: Generator) -> Ints:
    weights = np.array([choice.weight for choice in choices])
    return rng.choice(len(choices), size=size, p=weights / weights.sum())


def _batch(truth: Truth, clock: _Clock, deals: _Deals, total: int, rng: Generator) -> pa.RecordBatch:
    deal, at_s, code = _walk(truth, clock, deals, rng)
    names = [stage.name for stage in truth.entered] + [choice.name for choice in truth.activities]
    kinds = np.array([0] * len(truth.entered) + [1] * len(truth.activities) + [2, 3])
    columns = {
        "case_id": _text(deal, [f"D-{number + 1:06d}" for number in deals.number.tolist()]),
        "activity": _text(code, [*names, truth.won, truth.lost]),
        "kind": _text(kinds[code], ["stage_entered", "activity_done", "won", "lost"]),
        "timestamp": pa.array(at_s * 1_000_000, pa.timestamp("us", tz="UTC")),
        "owner": _text(_owners(deals, deal, rng), [rep.name for rep in truth.reps]),
        **_attributes(truth, deal, deals.number.size, total, rng),
    }
    return pa.RecordBatch.from_arrays(
        [columns[field.name].cast(field.type) for field in SCHEMA], schema=SCHEMA
    )


def _text(codes: Ints, names: list[str]) -> pa.DictionaryArray:
    return pa.DictionaryArray.from_arrays(pa.array(codes, pa.int32()), pa.array(names, pa.string()))


def _owners(deals: _Deals, deal: Ints, rng: Generator) -> Ints:
    """Give who had the deal at each event: the opener for some first events, the closer from then on."""
    events = np.bincount(deal, minlength=deals.number.size)
    nth = np.arange(deal.size) - np.repeat(np.cumsum(events) - events, events)
    handed_over = 1 + rng.integers(4, size=deals.number.size)
    last = nth == events[deal] - 1
    return np.where((nth < handed_over[deal]) & ~last, deals.opener[deal], deals.closer[deal])


def _attributes(truth: Truth, deal: Ints, n: int, total: int, rng: Generator) -> dict[str, pa.Array]:
    """Give the columns that are the same in all events of a deal."""
    product = _drawn(truth.products, n, rng)
    currency = _drawn(truth.currencies, n, rng)
    euros = np.array(truth.list_prices)[product] * np.exp(0.5 * rng.standard_normal(n))
    units = (euros * np.array(truth.units_per_euro)[currency]).astype(np.int64)
    missing = rng.random(n) < truth.no_amount
    accounts, places = np.unique(rng.integers(max(total // ACCOUNT_EVERY, 1), size=n), return_inverse=True)
    own = {
        "amount": pa.array(units, pa.int64(), mask=missing).cast(pa.decimal128(19, 0)).cast(AMOUNT),
        "currency": _text(currency, [choice.name for choice in truth.currencies]),
        "organization": _text(places, [f"Company {number + 1:06d}" for number in accounts.tolist()]),
        "source": _text(_drawn(truth.sources, n, rng), [choice.name for choice in truth.sources]),
        "product": _text(product, [choice.name for choice in truth.products]),
        "segment": _text(_drawn(truth.segments, n, rng), [choice.name for choice in truth.segments]),
    }
    return {name: column.take(pa.array(deal)) for name, column in own.items()}
