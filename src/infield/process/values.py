"""A sales process map as frozen values.

A map comes in from a YAML file (`yaml_file.read`), a starter or the database, and goes out to the checker
(`lint`), the pictures (`drawing`), the difference of two versions (`difference`) and back to a file.
Nothing here reads a file, a clock or a table. `schema.py` publishes these classes as a JSON Schema; the
sentence under each field is its description there.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from annotated_types import Ge, Le, MaxLen, MinLen

from infield.process.texts import Text

type Key = Annotated[str, MinLen(1), MaxLen(60)]
type Percent = Annotated[Decimal, Ge(0), Le(100)]
type Figure = Annotated[Decimal, Ge(0), Le(10**15)]
type Days = Annotated[Decimal, Ge(0), Le(36500)]

About = Literal["audience", "lead", "deal", "client"]
BuyerPhase = Literal["awareness", "consideration", "decision", "advocacy"]
FunnelLevel = Literal["top", "middle", "bottom", "after_sale"]
TransitionKind = Literal["forward", "branch", "way_back", "jump"]
WayOutKind = Literal["no", "not_now"]
AdviceKind = Literal["preparation", "approach", "presentation", "objection", "closing", "follow_up"]
PointKind = Literal["win", "revenue", "commission", "quota_relief"]
ObjectiveKind = Literal["reach", "number", "amount", "retention", "other"]

ABOUTS: tuple[About, ...] = ("audience", "lead", "deal", "client")
STRICT = {"extra": "forbid"}
# Far more than people can follow; the checks go through all pairs of them, and a made-up file must not hang.
MOST_STAGES, MOST_WAYS, MOST_WAYS_OUT = 500, 2_000, 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """What shows that a criterion is met: exactly one of these."""

    __pydantic_config__ = STRICT

    tick: Literal[True] | None = None
    """A tick by the rep, with the evidence in words."""
    field: Key | None = None
    """A field of the deal that is filled, such as budget."""
    activity: Key | None = None
    """A finished activity of this kind, such as meeting."""
    stakeholder: Key | None = None
    """A person of the buyer with this role, such as decision_maker."""
    document: Key | None = None
    """A document of this kind, such as contract."""
    answer: Key | None = None
    """The key of a question of this stage that has an answer."""

    def __post_init__(self) -> None:
        if len(self.named()) != 1:
            raise ValueError("one_proof")

    def named(self) -> list[tuple[str, str | bool]]:
        """Give the kinds of proof that are set, with what each asks for."""
        kinds = ("tick", "field", "activity", "stakeholder", "document", "answer")
        return [(kind, getattr(self, kind)) for kind in kinds if getattr(self, kind) is not None]

    @property
    def kind(self) -> str:
        return self.named()[0][0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """One line of a stage's exit checklist."""

    __pydantic_config__ = STRICT

    key: Key
    """A short name that never changes meaning, unique within the map."""
    text: Text
    """What must be true before a deal leaves the stage, in words that can be answered yes or no."""
    weight: Percent = Decimal(0)
    """Share of a sale in percent; all weights up to the sale add up to 100, later ones carry none."""
    required: bool = True
    """Whether the gate asks for it; an optional one only adds to the progress."""
    milestone: bool = False
    """Whether meeting it is a milestone of the deal."""
    proof: Proof = field(default_factory=lambda: Proof(tick=True))
    """What shows that it is met."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question to ask the buyer in this stage."""

    __pydantic_config__ = STRICT

    key: Key
    """A short name, unique within the stage; `proof: {answer: …}` refers to it."""
    text: Text
    """The question, as one would ask it."""
    level: FunnelLevel | None = None
    """The funnel level it suits, where that is not the stage's own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """A piece of guidance for whoever works in this stage."""

    __pydantic_config__ = STRICT

    kind: AdviceKind
    """What it helps with."""
    text: Text
    """The advice."""
    name: Text | None = None
    """The name of the technique, where it has one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Substage:
    """A part of a stage that has a name of its own."""

    __pydantic_config__ = STRICT

    key: Key
    """A short name, unique within the stage."""
    name: Text
    """What people call it."""
    details: Text | None = None
    """What happens in it."""
    needs: Text | None = None
    """What it needs to begin."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """A lap on the way from a first contact to a client."""

    __pydantic_config__ = STRICT

    key: Key
    """A short name that never changes meaning, unique within the map."""
    name: Text
    """What people call the stage."""
    about: About = "deal"
    """Whom the stage is about; the order on a map is audience, lead, deal, client."""
    sale: bool = False
    """Whether the exit of this stage is the sale."""
    department: Key | None = None
    """The department that owns the stage: its lane in the picture."""
    participants: tuple[Key, ...] = ()
    """Other departments or people that take part."""
    buyer_phase: BuyerPhase | None = None
    """Where the buyer is on their own journey."""
    funnel_level: FunnelLevel | None = None
    """The level of the funnel."""
    expected_days: Days | None = None
    """How long a deal usually stays, in days."""
    entry: Text | None = None
    """What lets a deal be in this stage."""
    details: Text | None = None
    """What happens in this stage."""
    buyer_needs: Text | None = None
    """What the buyer needs here."""
    buyer_gets: Text | None = None
    """What the buyer gets here, also when they say no."""
    criteria: tuple[Criterion, ...] = ()
    """The exit checklist."""
    questions: tuple[Question, ...] = ()
    """Questions to ask the buyer."""
    guidance: tuple[Advice, ...] = ()
    """Preparation, approaches, techniques."""
    substages: tuple[Substage, ...] = ()
    """Parts of the stage."""

    @property
    def weight(self) -> Decimal:
        """The gate's share of a sale in percent: the sum of its criteria's weights."""
        return sum((criterion.weight for criterion in self.criteria), Decimal(0))


@dataclass(frozen=True, slots=True, kw_only=True)
class Transition:
    """A way from one stage to another that the map permits."""

    __pydantic_config__ = STRICT

    source: Key
    """The key of the stage that a deal leaves."""
    target: Key
    """The key of the stage that it enters."""
    kind: TransitionKind = "forward"
    """forward: the usual way; branch: one of several; way_back: to an earlier stage; jump: past stages."""
    when: Text | None = None
    """The condition, such as: if the buyer wants a pilot first."""
    rare: bool = False
    """Whether it is permitted but seldom happens."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WayOut:
    """A way in which a deal leaves the map without a sale."""

    __pydantic_config__ = STRICT

    key: Key
    """A short name, unique among the ways out."""
    name: Text
    """What people call it."""
    kind: WayOutKind
    """no: a "no" that is meant; not_now: a "no" for now."""
    sources: tuple[Key, ...] = ()
    """The stages it leaves from; none given means any stage up to the sale."""
    target: Key | None = None
    """The stage that a "no" for now goes to; none means it waits outside the map."""
    after_days: Days | None = None
    """When a "no" for now is taken up again, in days."""
    details: Text | None = None
    """What happens then."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Objective:
    """The clear goal that the process serves."""

    __pydantic_config__ = STRICT

    text: Text
    """The goal in one sentence."""
    kind: ObjectiveKind = "other"
    """What is counted: reach, a number of sales, an amount, retention or something else."""
    target: Figure | None = None
    """The figure to reach: a number, or an amount in the map's currency."""
    by: date | None = None
    """The day by which it is to be reached."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StartingPoint:
    """Where the process begins."""

    __pydantic_config__ = STRICT

    at: Literal["top_of_funnel", "first_sales_interaction"] = "top_of_funnel"
    """At the top of the funnel, or at the first talk between sales and the buyer."""
    by: Literal["prospecting", "inbound_qualification"] | None = None
    """How the first talk comes about: we go out, or an inbound lead is qualified."""
    stage: Key | None = None
    """The key of the first stage; none means the first one listed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Persona:
    """A kind of buyer that the process is made for."""

    __pydantic_config__ = STRICT

    key: Key
    """A short name, unique among the personas."""
    name: Text
    """What people call this buyer."""
    goals: Text | None = None
    """What they want to reach."""
    challenges: Text | None = None
    """What stands in their way."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Department:
    """A department of the seller that owns stages or takes part."""

    __pydantic_config__ = STRICT

    key: Key
    """A short name, unique among the departments; stages refer to it."""
    name: Text
    """What people call it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """A figure by which the process is followed, bound to the map from the beginning."""

    __pydantic_config__ = STRICT

    key: Key
    """The figure, such as cycle_length, win_rate, first_response_time."""
    name: Text
    """What people call it."""
    target: Figure | None = None
    """The value to reach."""
    unit: Text | None = None
    """The unit of the target, such as days or percent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PointThatCounts:
    """The point at which a win, revenue, commission or quota relief counts."""

    __pydantic_config__ = STRICT

    counts: PointKind
    """What counts from here on."""
    stage: Key
    """The key of the stage."""
    at: Literal["entry", "exit"] = "exit"
    """Whether it counts when a deal enters the stage or when it leaves it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcessMap:
    """A sales process that is written down."""

    __pydantic_config__ = STRICT

    name: Text = ""
    """The name of the process."""
    language: Annotated[str, MinLen(2), MaxLen(20)] = "en"
    """The language of texts that are given as a plain string: en, ja, fi or th."""
    currency: Annotated[str, MinLen(3), MaxLen(3)] | None = None
    """The ISO 4217 code of the map's amounts, such as EUR or JPY."""
    owner: str | None = None
    """Who answers for the map."""
    version: Annotated[int, Ge(1)] = 1
    """The number of this version."""
    review_every_days: Annotated[int, Ge(1)] | None = None
    """The review rhythm, in days."""
    objective: Objective | None = None
    """The goal that the process serves."""
    starting_point: StartingPoint = field(default_factory=StartingPoint)
    """Where the process begins."""
    personas: tuple[Persona, ...] = ()
    """The buyers it is made for."""
    departments: tuple[Department, ...] = ()
    """The departments, in the order of the lanes."""
    measures: tuple[Measure, ...] = ()
    """The figures by which it is followed."""
    points_that_count: tuple[PointThatCounts, ...] = ()
    """Where a win, revenue, commission and quota relief count."""
    stages: Annotated[tuple[Stage, ...], MinLen(1), MaxLen(MOST_STAGES)]
    """The stages in their order."""
    transitions: Annotated[tuple[Transition, ...], MaxLen(MOST_WAYS)] = ()
    """The ways between stages; none given means a straight line in the order of the stages."""
    ways_out: Annotated[tuple[WayOut, ...], MaxLen(MOST_WAYS_OUT)] = ()
    """The ways in which a deal leaves without a sale."""

    def stage(self, key: str) -> Stage:
        """Give the stage with this key; KeyError where there is none."""
        for stage in self.stages:
            if stage.key == key:
                return stage
        raise KeyError(key)

    def criteria(self) -> Iterator[tuple[Stage, Criterion]]:
        """Go through every criterion with its stage, in the map's order."""
        for stage in self.stages:
            for criterion in stage.criteria:
                yield stage, criterion
