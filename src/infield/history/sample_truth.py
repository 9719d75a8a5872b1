"""What the sample log plants: the sale it plays, its people, and how real life disturbs it.

In: nothing. Out: `TWELVE_STAGES`, one frozen `Truth`. Tests of discovery, funnel and conformance hold what
they find against these numbers. Every share is of 1, every wait in days.
"""

from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleStage:
    """One stage of the sale and what happens in it."""

    key: str
    name: str
    median_days: float
    """Median time from entering it to the next stage or outcome, before any slow-down."""
    lost: float = 0.0
    """Share of the lost deals that are lost here."""
    skipped: float = 0.0
    """Share of the won deals that never enter it."""
    optional: bool = False
    """Whether the map permits going past it."""
    activities: float = 0.0
    """Mean number of activities each time a deal is in it."""


@dataclass(frozen=True, slots=True)
class Rep:
    """A person who sells."""

    name: str
    win_rate: float
    """Share won of the deals this person closes, won or lost."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A value of a column, with its weight among the others."""

    name: str
    weight: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Truth:
    """Everything that is planted in a sample log."""

    stages: tuple[SampleStage, ...]
    nurture: SampleStage
    on_hold: SampleStage
    activities: tuple[Choice, ...]
    reps: tuple[Rep, ...]
    months: int = 36
    """How many months before the end of the log the first deal begins; the last month may be cut."""
    season: tuple[float, ...]
    """Weight of new deals from January to December."""
    spread: float = 0.8
    """Standard deviation of the logarithm of a wait."""
    at_once: float = 0.005
    """Share of waits of no time at all: the shortest ones."""
    stalled: float = 0.03
    """Share of waits that last `stall_factor` times what they would: the longest but the outliers."""
    stall_factor: float = 3.0
    outliers: float = 0.01
    """Share of waits of at least `outlier_factor` medians: the longest ones."""
    outlier_factor: float = 20.0
    back: float = 0.07
    """Chance, each time a stage after the first ends, that the deal goes back to an earlier one."""
    rework: float = 0.04
    """Chance, each time a stage ends, that it is entered again at once."""
    held: float = 0.04
    """Chance, each time a stage from `hold_from` on ends, of a time on hold; the deal returns."""
    hold_from: str
    nurtured: float = 0.08
    """Chance that a deal leaves `nurture_from` for nurture; it returns to `nurture_to`."""
    nurture_from: str
    nurture_to: str
    rotting: float = 0.03
    """Share of deals that stop without any outcome, at the stages where others are lost."""
    reassigned: float = 0.03
    """Share of deals that begin with another owner than the one who closes them."""
    drift_stage: str
    drift_month: int = 24
    """From this month on (0 is the log's first) waits in `drift_stage` are `drift_factor` times as long."""
    drift_factor: float = 2.5
    ways_back: tuple[tuple[str, str], ...]
    """Moves to an earlier stage that the map permits."""
    products: tuple[Choice, ...]
    list_prices: tuple[int, ...]
    """Median amount of a deal on each product, in whole euros."""
    currencies: tuple[Choice, ...]
    units_per_euro: tuple[float, ...]
    sources: tuple[Choice, ...]
    segments: tuple[Choice, ...]
    no_amount: float = 0.02
    """Share of deals without an amount."""
    won: str = "Won"
    lost: str = "Lost"

    def position(self, key: str) -> int:
        """Give the place of a stage on the way, from 0."""
        return [stage.key for stage in self.stages].index(key)

    @property
    def entered(self) -> tuple[SampleStage, ...]:
        """Give all stages a deal can be in: the way, then nurture, then on hold."""
        return (*self.stages, self.nurture, self.on_hold)

    @property
    def moves(self) -> tuple[tuple[str, str], ...]:
        """Give every move (source key, target key) that the map of this sale permits."""
        onward = [(a.key, b.key) for a, b in pairwise(self.stages)]
        past = [
            (a.key, c.key)
            for a, b, c in zip(self.stages, self.stages[1:], self.stages[2:], strict=False)
            if b.optional
        ]
        nurturing = [(self.nurture_from, self.nurture.key), (self.nurture.key, self.nurture_to)]
        held = [stage.key for stage in self.stages[self.position(self.hold_from) :]]
        holding = [(key, self.on_hold.key) for key in held] + [(self.on_hold.key, key) for key in held]
        return (*onward, *past, *self.ways_back, *nurturing, *holding)


def _rep_names() -> tuple[str, ...]:
    return (
        "Aino Laine", "Ben Carter", "Chiara Greco", "Daniel Okafor", "Elena Petrova", "Fatima Haddad",
        "Goran Novak", "Hana Sato", "Ines Moreau", "Jonas Weber", "Kanya Srisai", "Liam Murphy",
        "Mei Tanaka", "Nuno Alves", "Olga Ivanova", "Pekka Virtanen", "Quentin Roux", "Rosa Delgado",
        "Somchai Boonmee", "Tara Singh", "Urho Niemi", "Vera Lindholm", "Wiktor Zajac", "Yuki Mori",
    )  # fmt: skip


WEAKEST, STRONGEST = 0.14, 0.46

TWELVE_STAGES = Truth(
    stages=(
        SampleStage(key="inquiry", name="Inquiry", median_days=1.0, lost=0.04, activities=0.15),
        SampleStage(
            key="marketing_qualified", name="Marketing qualified", median_days=2.0, lost=0.06, skipped=0.06
        ),
        SampleStage(key="first_contact", name="First contact", median_days=2.5, lost=0.10, activities=0.5),
        SampleStage(key="qualified", name="Qualified", median_days=4.0, lost=0.12, activities=0.4),
        SampleStage(key="discovery", name="Discovery", median_days=6.0, lost=0.14, activities=0.5),
        SampleStage(
            key="solution_design",
            name="Solution design",
            median_days=5.0,
            lost=0.06,
            skipped=0.35,
            optional=True,
            activities=0.25,
        ),
        SampleStage(key="demo", name="Demo", median_days=5.0, lost=0.12, skipped=0.08, activities=0.45),
        SampleStage(key="proposal", name="Proposal", median_days=7.0, lost=0.17, activities=0.7),
        SampleStage(
            key="negotiation", name="Negotiation", median_days=6.0, lost=0.11, skipped=0.05, activities=0.7
        ),
        SampleStage(
            key="legal_review",
            name="Legal review",
            median_days=8.0,
            lost=0.04,
            skipped=0.25,
            optional=True,
            activities=0.2,
        ),
        SampleStage(
            key="verbal_agreement", name="Verbal agreement", median_days=2.0, lost=0.02, skipped=0.12
        ),
        SampleStage(key="contract_sent", name="Contract sent", median_days=3.0, lost=0.02, activities=0.3),
    ),
    nurture=SampleStage(key="nurture", name="Nurture", median_days=20.0, activities=0.4),
    on_hold=SampleStage(key="on_hold", name="On hold", median_days=14.0, activities=0.2),
    activities=(Choice("Follow-up", 0.75), Choice("Quote revised", 0.25)),
    reps=tuple(
        Rep(name, round(WEAKEST + (STRONGEST - WEAKEST) * place / 23, 4))
        for place, name in enumerate(_rep_names())
    ),
    season=(1.1, 1.0, 1.2, 1.0, 0.9, 1.0, 0.6, 0.5, 1.2, 1.3, 1.3, 0.9),
    hold_from="discovery",
    nurture_from="qualified",
    nurture_to="first_contact",
    drift_stage="legal_review",
    ways_back=(("proposal", "discovery"), ("negotiation", "proposal"), ("legal_review", "negotiation")),
    products=(
        Choice("Atlas Basic", 0.34),
        Choice("Atlas Team", 0.28),
        Choice("Atlas Enterprise", 0.08),
        Choice("Beacon", 0.20),
        Choice("Beacon Plus", 0.10),
    ),
    list_prices=(2_400, 9_000, 60_000, 4_500, 15_000),
    currencies=(Choice("EUR", 0.55), Choice("USD", 0.27), Choice("GBP", 0.10), Choice("JPY", 0.08)),
    units_per_euro=(1.0, 1.1, 0.85, 160.0),
    sources=(
        Choice("Website", 0.34),
        Choice("Referral", 0.22),
        Choice("Outbound", 0.24),
        Choice("Event", 0.12),
        Choice("Partner", 0.08),
    ),
    segments=(Choice("Small", 0.5), Choice("Medium", 0.33), Choice("Large", 0.17)),
)
