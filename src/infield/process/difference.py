"""What changed between two versions of a map.

In: two `ProcessMap`s. Out: `Change`s, which `wording.py` puts into sentences. Things are matched by their
keys. The walk goes over whatever fields the values have, so a field that is added to them is compared at
once: two maps are equal exactly when there is no difference.
"""

from bisect import bisect
from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass, fields, is_dataclass
from typing import Any, Literal

from infield.process.lint.finding import Place
from infield.process.texts import Text
from infield.process.values import Advice, Criterion, PointThatCounts, ProcessMap, Stage, Transition

type Action = Literal["added", "removed", "moved", "changed", "to_other_stage"]
type Thing = Literal[
    "map",
    "objective",
    "starting_point",
    "persona",
    "department",
    "measure",
    "point",
    "stage",
    "criterion",
    "question",
    "advice",
    "substage",
    "transition",
    "way_out",
]
type Identity = tuple[Hashable, int]

THINGS: dict[str, Thing] = {
    "ProcessMap": "map",
    "Objective": "objective",
    "StartingPoint": "starting_point",
    "Persona": "persona",
    "Department": "department",
    "Measure": "measure",
    "PointThatCounts": "point",
    "Stage": "stage",
    "Criterion": "criterion",
    "Question": "question",
    "Advice": "advice",
    "Substage": "substage",
    "Transition": "transition",
    "WayOut": "way_out",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """The thing that changed, as people call it."""

    thing: Thing
    """What it is."""
    names: tuple[Text, ...]
    """Its name or text; for a transition the names of both stages."""
    stage: Text | None = None
    """The name of the stage that it belongs to, where it belongs to one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One difference between two maps."""

    action: Action
    """What happened to the subject."""
    subject: Subject
    """The thing it happened to."""
    place: Place
    """Where it is in the new map; where it was in the old one, if it was removed."""
    field: str | None = None
    """The field that changed, for `changed`."""
    old: Any = None
    """The value before; for `moved` the place in its list, counted from 1; else the name of the stage."""
    new: Any = None
    """The value after, likewise."""


@dataclass(frozen=True, slots=True)
class _Maps:
    """What all levels of the walk need to know of both maps."""

    stage_names: dict[str, Text]
    crossed: frozenset[str]
    """Keys of the criteria that went from one stage to another."""


def differences(old: ProcessMap, new: ProcessMap) -> tuple[Change, ...]:
    """Give all changes that lead from `old` to `new`, top fields first; equal maps give none.

    What a new or a removed stage contains is not told again, except a criterion that came from or went to
    another stage.
    """
    crossing = _crossing(old, new)
    maps = _Maps({stage.key: stage.name for stage in (*old.stages, *new.stages)}, frozenset(crossing))
    changes = list(_inside(old, new, (), Subject(thing="map", names=(new.name,)), maps))
    for (_, stage, before), (place, other, after) in crossing.values():
        subject = Subject(thing="criterion", names=(after.text,), stage=other.name)
        changes.append(
            Change(action="to_other_stage", subject=subject, place=place, old=stage.name, new=other.name)
        )
        changes += _inside(before, after, place, subject, maps)
    return tuple(changes)


type _Found = tuple[Place, Stage, Criterion]


def _crossing(old: ProcessMap, new: ProcessMap) -> dict[str, tuple[_Found, _Found]]:
    before, after = _by_key(old), _by_key(new)
    return {
        key: (before[key], found)
        for key, found in after.items()
        if key in before and before[key][1].key != found[1].key
    }


def _by_key(process: ProcessMap) -> dict[str, _Found]:
    """Give the criteria by key with place and stage, without keys that a faulty map gives twice."""
    found = [
        (("stages", index, "criteria", number), stage, criterion)
        for index, stage in enumerate(process.stages)
        for number, criterion in enumerate(stage.criteria)
    ]
    count = Counter(criterion.key for _, _, criterion in found)
    return {
        criterion.key: (place, s, criterion) for place, s, criterion in found if count[criterion.key] == 1
    }


def _inside(old: Any, new: Any, place: Place, subject: Subject, maps: _Maps) -> Iterator[Change]:
    for field in fields(new):
        before, after = getattr(old, field.name), getattr(new, field.name)
        if before != after:
            yield from _of_field(before, after, (*place, field.name), subject, maps)


def _of_field(old: Any, new: Any, place: Place, subject: Subject, maps: _Maps) -> Iterator[Change]:
    if _is_list_of_things(old) or _is_list_of_things(new):
        yield from _of_list(old, new, place, subject, maps)
    elif type(old) is type(new) and type(new).__name__ in THINGS:
        yield from _inside(old, new, place, _subject(new, subject, maps), maps)
    else:
        field = str(place[-1])
        yield Change(action="changed", subject=subject, place=place, field=field, old=old, new=new)


def _is_list_of_things(value: object) -> bool:
    return isinstance(value, tuple) and any(is_dataclass(item) for item in value)


def _of_list(
    old: Sequence[Any], new: Sequence[Any], place: Place, owner: Subject, maps: _Maps
) -> Iterator[Change]:
    before, after = _identified(old, maps), _identified(new, maps)
    for identity, (index, thing) in before.items():
        if identity not in after:
            yield Change(action="removed", subject=_subject(thing, owner, maps), place=(*place, index))
    kept = [identity for identity in after if identity in before]
    still = _longest_rise([before[identity][0] for identity in kept])
    for identity, (index, thing) in after.items():
        subject, here = _subject(thing, owner, maps), (*place, index)
        if identity not in before:
            yield Change(action="added", subject=subject, place=here)
            continue
        was, earlier = before[identity]
        if was not in still:
            yield Change(action="moved", subject=subject, place=here, old=was + 1, new=index + 1)
        yield from _inside(earlier, thing, here, subject, maps)


def _identified(things: Sequence[Any], maps: _Maps) -> dict[Identity, tuple[int, Any]]:
    """Give things by what they are recognised by; a number tells apart those with the same."""
    count: Counter[Hashable] = Counter()
    found: dict[Identity, tuple[int, Any]] = {}
    for index, thing in enumerate(things):
        if isinstance(thing, Criterion) and thing.key in maps.crossed:
            continue
        mark = _mark(thing)
        found[mark, count[mark]] = index, thing
        count[mark] += 1
    return found


def _mark(thing: Any) -> Hashable:
    match thing:
        case Transition():
            return thing.source, thing.target
        case PointThatCounts():
            return thing.counts, thing.stage
        case Advice():
            return thing.kind
        case _:
            return str(thing.key)


def _longest_rise(numbers: Sequence[int]) -> frozenset[int]:
    """Give the numbers of a longest part that rises; what is not in it has moved.

    >>> sorted(_longest_rise([1, 2, 0, 3]))
    [1, 2, 3]
    """
    ends: list[int] = []  # the smallest number that a rise of each length can end in
    rises: list[tuple[int, ...]] = []
    for number in numbers:
        length = bisect(ends, number)
        ends[length:] = [number, *ends[length + 1 :]]
        rises[length:] = [(*(rises[length - 1] if length else ()), number), *rises[length + 1 :]]
    return frozenset(rises[-1] if rises else ())


def _subject(thing: Any, owner: Subject, maps: _Maps) -> Subject:
    kind = THINGS[type(thing).__name__]
    return Subject(thing=kind, names=_names(thing, maps), stage=_stage_of(thing, owner, maps))


def _names(thing: Any, maps: _Maps) -> tuple[Text, ...]:
    match thing:
        case Transition():
            return tuple(maps.stage_names.get(key, key) for key in (thing.source, thing.target))
        case PointThatCounts():
            return (thing.counts,)
        case Advice():
            return (thing.name or thing.text,)
    called = (getattr(thing, field, None) for field in ("name", "text", "key"))
    return (next(filter(None, called), ""),)


def _stage_of(thing: Any, owner: Subject, maps: _Maps) -> Text | None:
    if isinstance(thing, PointThatCounts):
        return maps.stage_names.get(thing.stage, thing.stage)
    return owner.names[0] if owner.thing == "stage" else None
