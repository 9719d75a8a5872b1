"""Random maps for properties: every field filled now and then, keys unique, all four languages' letters."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from hypothesis import strategies as st

from infield.process.values import (
    Advice,
    Criterion,
    Department,
    Measure,
    Objective,
    Persona,
    PointThatCounts,
    ProcessMap,
    Proof,
    Question,
    Stage,
    StartingPoint,
    Substage,
    Transition,
    WayOut,
)

LETTERS = st.characters(codec="utf-8", exclude_categories=("C", "Z"), include_characters=" ")
keys = st.text("abcdefghijk-123", min_size=1, max_size=12)
words = st.text(LETTERS, min_size=1, max_size=40)
texts = words | st.dictionaries(st.sampled_from(("en", "ja", "fi", "th")), words, min_size=1)
maybe_texts = st.none() | texts
percents = st.decimals(0, 100, places=2) | st.integers(0, 100).map(Decimal)
figures = st.none() | st.decimals(0, 10**9, places=1)
days = st.none() | st.integers(0, 900).map(Decimal)

proofs = st.one_of(
    st.just(Proof(tick=True)),
    *(
        st.builds(Proof, **{kind: keys})
        for kind in ("field", "activity", "stakeholder", "document", "answer")
    ),
)


def lists(of: st.SearchStrategy, most: int = 3) -> st.SearchStrategy:
    """Give tuples whose items have different keys."""
    return st.lists(of, max_size=most, unique_by=lambda item: item.key).map(tuple)


criteria = st.builds(
    Criterion,
    key=keys,
    text=texts,
    weight=percents,
    required=st.booleans(),
    milestone=st.booleans(),
    proof=proofs,
)
stages = st.builds(
    Stage,
    key=keys,
    name=texts,
    about=st.sampled_from(("audience", "lead", "deal", "client")),
    sale=st.booleans(),
    department=st.none() | keys,
    participants=st.lists(keys, max_size=2).map(tuple),
    buyer_phase=st.none() | st.sampled_from(("awareness", "consideration", "decision", "advocacy")),
    funnel_level=st.none() | st.sampled_from(("top", "middle", "bottom", "after_sale")),
    expected_days=days,
    entry=maybe_texts,
    details=maybe_texts,
    buyer_needs=maybe_texts,
    buyer_gets=maybe_texts,
    criteria=lists(criteria),
    questions=lists(st.builds(Question, key=keys, text=texts)),
    guidance=st.lists(
        st.builds(Advice, kind=st.just("closing"), text=texts, name=maybe_texts), max_size=2
    ).map(tuple),
    substages=lists(st.builds(Substage, key=keys, name=texts, details=maybe_texts, needs=maybe_texts)),
)
transitions = st.builds(
    Transition,
    source=keys,
    target=keys,
    kind=st.sampled_from(("forward", "branch", "way_back", "jump")),
    when=maybe_texts,
    rare=st.booleans(),
)
ways_out = st.builds(
    WayOut,
    key=keys,
    name=texts,
    kind=st.sampled_from(("no", "not_now")),
    sources=st.lists(keys, max_size=2).map(tuple),
    target=st.none() | keys,
    after_days=days,
    details=maybe_texts,
)
maps = st.builds(
    ProcessMap,
    name=texts,
    language=st.sampled_from(("en", "ja", "fi", "th")),
    currency=st.none() | st.sampled_from(("EUR", "JPY", "THB")),
    owner=st.none() | words,
    version=st.integers(1, 99),
    review_every_days=st.none() | st.integers(1, 400),
    objective=st.none()
    | st.builds(
        Objective,
        text=texts,
        kind=st.just("amount"),
        target=figures,
        by=st.none() | st.dates(date(2000, 1, 1), date(2099, 1, 1)),
    ),
    starting_point=st.builds(StartingPoint, at=st.just("first_sales_interaction"), stage=st.none() | keys),
    personas=lists(st.builds(Persona, key=keys, name=texts, goals=maybe_texts, challenges=maybe_texts)),
    departments=lists(st.builds(Department, key=keys, name=texts)),
    measures=lists(st.builds(Measure, key=keys, name=texts, target=figures, unit=maybe_texts)),
    points_that_count=st.lists(
        st.builds(PointThatCounts, counts=st.sampled_from(("win", "revenue")), stage=keys), max_size=2
    ).map(tuple),
    stages=st.lists(stages, min_size=1, max_size=4, unique_by=lambda stage: stage.key).map(tuple),
    transitions=st.lists(transitions, max_size=3).map(tuple),
    ways_out=lists(ways_out, 2),
)


def renamed(process: ProcessMap, name: str) -> ProcessMap:
    """Give the map with another name for its first stage."""
    first, *others = process.stages
    return replace(process, stages=(replace(first, name=name), *others))
