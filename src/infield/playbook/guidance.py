"""The guidance of a stage: what the map says, what comes with Infield, and what the team made of both.

In: a stage, and the team's changes as `Change`. Out: `Piece`s in the order of the topics. Reads no table.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from infield.people.names import folded
from infield.playbook.shipped import ADVICE, QUESTIONS, advice, advice_name, question
from infield.playbook.topics import TOPICS
from infield.process.texts import Text, each_language, in_language
from infield.process.values import Advice, ProcessMap, Stage

LEVEL_OF = {"audience": "top", "lead": "top", "deal": "middle", "client": "after_sale"}
"""The level of a stage whose map does not say it, by whom the stage is about."""
TELLING_WORDS = 3
"""So many words in a name say enough to know advice by; fewer stand in any sentence."""


@dataclass(frozen=True, slots=True)
class Change:
    """What the team made of a piece, or a piece of its own; texts are by language."""

    topic: str
    key: str
    level: str
    texts: Mapping[str, str]
    names: Mapping[str, str]
    is_hidden: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A question or a piece of advice in the reader's language. `source`: map, shipped or team."""

    topic: str
    key: str
    level: str
    name: str
    text: str
    source: str
    is_changed: bool = False
    is_hidden: bool = False


@dataclass(frozen=True, slots=True)
class _Given:
    topic: str
    key: str
    level: str
    names: Mapping[str, str]
    texts: Mapping[str, str]
    source: str


def level_of(stage: Stage) -> str:
    """Give the funnel level of a stage, the usual one where the map does not say it."""
    return stage.funnel_level or LEVEL_OF[stage.about]


def pieces(stage: Stage, mapped: ProcessMap, language: str, changes: Iterable[Change]) -> tuple[Piece, ...]:
    """Give everything there is for a stage, hidden pieces too, by topic; the questions of its own level first."""
    by_key = {(one.topic, one.key): one for one in changes}
    given = list(_given(stage, mapped))
    known = {(one.topic, one.key) for one in given}
    own = [
        _Given(one.topic, one.key, one.level or level_of(stage), {}, {}, "team")
        for place, one in by_key.items()
        if place not in known and one.texts
    ]
    said = [
        _piece(one, by_key.get((one.topic, one.key)), language, mapped.language) for one in (*given, *own)
    ]
    return tuple(sorted(said, key=lambda one: (TOPICS.index(one.topic), one.level != level_of(stage))))


def _given(stage: Stage, mapped: ProcessMap) -> Iterator[_Given]:
    yield from _of_map(stage, mapped)
    asked = {one.key for one in stage.questions} | set(_spoken(one.text for one in stage.questions))
    for level, keys in QUESTIONS.items():
        for key in keys:
            if key not in asked and asked.isdisjoint(map(folded, question(key).values())):
                yield _Given("question", key, level, {}, question(key), "shipped")
    for one in ADVICE:
        if level_of(stage) in one.levels and not _says(stage.guidance, one.topic, advice_name(one.key)):
            level = level_of(stage)
            yield _Given(one.topic, one.key, level, advice_name(one.key), advice(one.key), "shipped")


def _of_map(stage: Stage, mapped: ProcessMap) -> Iterator[_Given]:
    for asked in stage.questions:
        level = asked.level or level_of(stage)
        yield _Given("question", asked.key, level, {}, each_language(asked.text, mapped.language), "map")
    for one in stage.guidance:
        names = each_language(one.name, mapped.language) if one.name else {}
        texts = each_language(one.text, mapped.language)
        yield _Given(one.kind, _key(one), level_of(stage), names, texts, "map")


def _key(one: Advice) -> str:
    """Give advice of a map, which has no key, one that lasts as long as its text."""
    text = one.text if isinstance(one.text, str) else next(iter(one.text.values()), "")
    return f"map-{sha256(text.encode()).hexdigest()[:16]}"


def _says(said: Sequence[Advice], topic: str, names: Mapping[str, str]) -> bool:
    """Tell whether a map gives this advice itself, under the same name or with the name in its text."""
    own = [one for one in said if one.kind == topic]
    called = set(_spoken(one.name for one in own if one.name))
    texts = " ".join(_spoken(one.text for one in own))
    told = [folded(name) for name in names.values()]
    return any(name in called or (len(name.split()) >= TELLING_WORDS and name in texts) for name in told)


def _spoken(texts: Iterable[Text]) -> Iterator[str]:
    for text in texts:
        yield from map(folded, [text] if isinstance(text, str) else text.values())


def _piece(given: _Given, change: Change | None, language: str, otherwise: str) -> Piece:
    names = {**given.names, **(change.names if change else {})}
    texts = {**given.texts, **(change.texts if change else {})}
    return Piece(
        topic=given.topic,
        key=given.key,
        level=given.level,
        name=in_language(names, language, otherwise),
        text=in_language(texts, language, otherwise),
        source=given.source,
        is_changed=given.source != "team" and change is not None and bool(change.texts),
        is_hidden=change is not None and change.is_hidden,
    )
