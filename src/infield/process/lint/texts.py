"""Checks of the texts: not vague, not too long, facts instead of opinions, the buyer in view."""

from collections.abc import Collection, Iterator
from itertools import islice

from infield.process.flow import closure
from infield.process.lint.finding import Finding, Place, finding, written
from infield.process.lint.ways import onward
from infield.process.lint.words import (
    LETTERS_A_WORD,
    OPINION,
    SELLER_ONLY,
    TASK,
    VAGUE,
    begins_with,
    found_in,
    gist,
    is_whole,
    size,
)
from infield.process.texts import Text
from infield.process.values import ProcessMap, Stage

LEAST_WORDS_OF_DETAILS = 3
LEAST_WORDS_OF_CRITERION = 2
MOST_WORDS_OF_CRITERION = 35
MOST_WORDS_OF_TEXT = 150
MOST_WORDS_OF_NAME = 8
MOST_COMPARED = 2_000
"""Criteria: comparing all pairs of more would take minutes, and nobody could read as many."""

PROSE = ("entry", "details", "buyer_needs", "buyer_gets")

type Written = tuple[Place, Stage, str, str]


def vague_words(process: ProcessMap) -> Iterator[Finding]:
    """Find words in names, entry, details and criteria that leave open what is done or how it is seen."""
    texts = [*_of_stages(process, ("name", "entry", "details")), *_of_criteria(process)]
    for place, stage, language, words in texts:
        if word := found_in(VAGUE, words, language):
            yield finding("vague-words", place, stage=stage.key, word=word, text=words)


def short_details(process: ProcessMap) -> Iterator[Finding]:
    """Find details that are written but too short to work by."""
    for place, stage, language, words in _of_stages(process, ("details",)):
        if _is_short(words, language, LEAST_WORDS_OF_DETAILS):
            yield finding("short-details", place, stage=stage.key, text=words)


def long_texts(process: ProcessMap) -> Iterator[Finding]:
    """Find names, criteria and prose that are too long to be read at work."""
    for texts, most in (
        (_of_stages(process, ("name",)), MOST_WORDS_OF_NAME),
        (_of_stages(process, PROSE), MOST_WORDS_OF_TEXT),
        (_of_criteria(process), MOST_WORDS_OF_CRITERION),
    ):
        for place, stage, language, words in texts:
            if (count := size(words, language)) > most:
                yield finding("long-text", place, stage=stage.key, count=count, most=most)


def short_criteria(process: ProcessMap) -> Iterator[Finding]:
    """Find criteria of one word: a subject, but nothing said of it."""
    for place, stage, language, words in _of_criteria(process):
        if _is_short(words, language, LEAST_WORDS_OF_CRITERION):
            yield finding("short-criterion", place, stage=stage.key, text=words)


def _is_short(words: str, language: str, least: int) -> bool:
    # What is vague is told as that, short or not.
    return size(words, language) < least and not found_in(VAGUE, words, language)


def opinion_criteria(process: ProcessMap) -> Iterator[Finding]:
    """Find criteria that ask for a feeling instead of something one can show."""
    for place, stage, language, words in _of_criteria(process):
        if word := found_in(OPINION, words, language):
            yield finding("opinion-criterion", place, stage=stage.key, word=word, text=words)


def task_criteria(process: ProcessMap) -> Iterator[Finding]:
    """Find criteria that order the rep to do something instead of saying what is then true."""
    for place, stage, language, words in _of_criteria(process):
        if begins_with(TASK, words, language) and size(words, language) >= LEAST_WORDS_OF_CRITERION:
            yield finding("task-criterion", place, stage=stage.key, text=words)


def seller_only_names(process: ProcessMap) -> Iterator[Finding]:
    """Find names of stages that tell only what we do."""
    for place, stage, language, words in _of_stages(process, ("name",)):
        if is_whole(SELLER_ONLY, words, language):
            yield finding("seller-only-name", place, stage=stage.key)


def nothing_for_buyer(process: ProcessMap) -> Iterator[Finding]:
    """Find stages that say neither what the buyer needs nor what the buyer gets."""
    for index, stage in enumerate(process.stages):
        if not stage.buyer_needs and not stage.buyer_gets:
            yield finding("nothing-for-buyer", ("stages", index), stage=stage.key)


def repeated_criteria(process: ProcessMap) -> Iterator[Finding]:
    """Find criteria that say what an earlier one says, where a deal would meet both.

    They are compared in the map's own language, where they have it: a repetition there is one in the
    translations too. Stages on alternative ways may ask the same: a deal goes through one of them only.
    """
    seen: dict[str, list[tuple[frozenset[str], Stage]]] = {}
    for place, stage, language, words in islice(_in_own_language(process), MOST_COMPARED):
        own = gist(words, language)
        earlier = seen.setdefault(language, [])
        alike = (other for said, other in earlier if _alike(own, said, language))
        first = next((other for other in alike if _both_met(process, other, stage)), None)
        earlier.append((own, stage))
        if first is not None:
            yield finding("repeated-criterion", place, stage=stage.key, first=first.key, text=words)


def _in_own_language(process: ProcessMap) -> Iterator[Written]:
    """Go through the criteria, each once: in the map's language, else in the first it is written in."""
    for index, stage in enumerate(process.stages):
        for number, criterion in enumerate(stage.criteria):
            start: Place = ("stages", index, "criteria", number, "text")
            texts = list(written(criterion.text, start, process.language))
            own = [text for text in texts if text[1] == process.language]
            for place, language, words in (own or texts)[:1]:
                yield place, stage, language, words


def _alike(one: frozenset[str], other: frozenset[str], language: str) -> bool:
    """Tell whether two gists are the same, or nearly so.

    Swapping one word swaps the meaning (budget, timeline), so words may only be left out: one, and only
    among five. Pairs of letters may differ by a tenth.
    """
    if one == other:
        return True
    common = len(one & other)
    if language in LETTERS_A_WORD:
        return common >= 0.9 * len(one | other)
    return common >= 4 and len(one | other) == common + 1


def _both_met(process: ProcessMap, one: Stage, other: Stage) -> bool:
    steps = onward(process)
    return other.key in closure({one.key}, steps) or one.key in closure({other.key}, steps)


def _of_stages(process: ProcessMap, fields: Collection[str]) -> Iterator[Written]:
    for index, stage in enumerate(process.stages):
        for field in fields:
            text: Text | None = getattr(stage, field)
            for place, language, words in written(text, ("stages", index, field), process.language):
                yield place, stage, language, words


def _of_criteria(process: ProcessMap) -> Iterator[Written]:
    for index, stage in enumerate(process.stages):
        for number, criterion in enumerate(stage.criteria):
            start: Place = ("stages", index, "criteria", number, "text")
            for place, language, words in written(criterion.text, start, process.language):
                yield place, stage, language, words
