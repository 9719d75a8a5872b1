"""What the sample company's history is drawn from: its map, and how deals really go through it."""

from dataclasses import replace
from functools import cache

from infield.desk.sample_company.staff import REPS
from infield.history.sample_truth import Choice, Rep, SampleStage, Truth
from infield.process.starter_maps import starter_map
from infield.process.values import ProcessMap

STARTER = "seven-steps"
NAME = {
    "en": "How Fieldgate sells",
    "ja": "Fieldgateの営業プロセス",
    "fi": "Miten Fieldgate myy",
    "th": "กระบวนการขายของ Fieldgate",
}
MONTHS = 18
DEALS = 2_000
"""As many as leave some 300 open at the end."""


@cache
def sample_map() -> ProcessMap:
    """Give the starter as the company uses it: they open a deal with the first call, so every stage before the
    sale is about a deal and stands on the board."""
    starter = starter_map(STARTER)
    stages = tuple(replace(one, about="deal") if one.about == "lead" else one for one in starter.stages)
    return replace(starter, name=NAME, stages=stages)


# Objections take far longer than the map expects, and longer still in the last half year: the picture of what
# happens shows it. Preparation is often left out.
TRUTH = Truth(
    stages=(
        SampleStage(key="prospecting", name="prospecting", median_days=9, lost=0.20, activities=0.6),
        SampleStage(
            key="preparation", name="preparation", median_days=4, lost=0.08, skipped=0.22, activities=0.3
        ),
        SampleStage(key="approach", name="approach", median_days=9, lost=0.20, skipped=0.05, activities=0.9),
        SampleStage(key="presentation", name="presentation", median_days=12, lost=0.22, activities=1.0),
        SampleStage(
            key="handling_objections",
            name="handling_objections",
            median_days=16,
            lost=0.20,
            skipped=0.15,
            optional=True,
            activities=1.4,
        ),
        SampleStage(key="closing", name="closing", median_days=10, lost=0.10, activities=1.0),
    ),
    # the map has neither, and no deal goes there
    nurture=SampleStage(key="nurture", name="nurture", median_days=1),
    on_hold=SampleStage(key="on_hold", name="on_hold", median_days=1),
    held=0.0,
    nurtured=0.0,
    hold_from="closing",
    nurture_from="approach",
    nurture_to="approach",
    rework=0.0,
    back=0.06,
    activities=(Choice("activity", 1),),
    reps=tuple(Rep(one.name, one.win_rate) for one in REPS),
    months=MONTHS,
    season=(1.0, 1.0, 1.2, 1.0, 1.0, 0.9, 0.4, 0.7, 1.3, 1.3, 1.2, 0.7),
    spread=0.7,
    outlier_factor=7.0,
    rotting=0.05,
    reassigned=0.05,
    drift_stage="handling_objections",
    drift_month=MONTHS - 6,
    drift_factor=1.5,
    ways_back=(
        ("presentation", "preparation"),
        ("handling_objections", "presentation"),
        ("closing", "handling_objections"),
    ),
    products=(
        Choice("Quality camera pilot", 0.2),
        Choice("Line retrofit", 0.16),
        Choice("Annual service plan", 0.2),
        Choice("Spare-parts portal", 0.12),
        Choice("Warehouse sensors", 0.12),
        Choice("Packing line controls", 0.08),
        Choice("Energy metering", 0.12),
    ),
    list_prices=(18_000, 62_000, 9_000, 24_000, 48_000, 140_000, 31_000),
    currencies=(Choice("EUR", 1),),
    units_per_euro=(1.0,),
    sources=(
        Choice("Website", 0.3),
        Choice("Referral", 0.22),
        Choice("Outbound", 0.26),
        Choice("Trade fair", 0.14),
        Choice("Partner", 0.08),
    ),
    segments=(Choice("Small", 0.35), Choice("Medium", 0.45), Choice("Large", 0.2)),
)
