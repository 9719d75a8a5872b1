"""What comes with Infield: questions and advice by funnel level, objections with answers, the glossary.

Keys and what belongs to what stand here; the texts stand in `texts/`, one file a subject and language. In: keys.
Out: texts by language. A file is read once in a running server.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any

from infield.process.texts import LANGUAGES

QUESTIONS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "top": ("main_problem", "problem_shows", "your_day", "handled_now", "solved_means", "nothing_done"),
        "middle": ("hoped_outcome", "magic_wand", "bears_on_decision", "judging_suppliers", "missing_today"),
        "bottom": ("approval_to_contract", "needed_from_us", "in_the_way", "before_date"),
    }
)
"""The keys of the questions by the level they suit, in the order in which one asks them."""


@dataclass(frozen=True, slots=True)
class Advised:
    """A piece of advice: its key, one of topics.TOPICS, and the levels whose stages show it."""

    key: str
    topic: str
    levels: tuple[str, ...]


EARLY, LATE = ("top", "middle"), ("middle", "bottom")
ADVICE = (
    Advised("know_them", "preparation", EARLY),
    Advised("so_what", "preparation", EARLY),
    Advised("counsellor", "preparation", EARLY),
    Advised("premium", "approach", ("top",)),
    Advised("curious", "approach", ("top",)),
    Advised("trial", "approach", EARLY),
    Advised("talk", "approach", EARLY),
    Advised("to_needs", "presentation", ("middle",)),
    Advised("priorities", "presentation", ("middle",)),
    Advised("feedback", "presentation", ("middle",)),
    Advised("listen", "objection", LATE),
    Advised("the_gap", "objection", LATE),
    Advised("timeline", "objection", LATE),
    Advised("persist", "objection", ("top", *LATE)),
    Advised("asks_terms", "signal", LATE),
    Advised("asks_use", "signal", LATE),
    Advised("brings_others", "signal", LATE),
    Advised("choice", "closing", ("bottom",)),
    Advised("inducement", "closing", ("bottom",)),
    Advised("standing_room", "closing", ("bottom",)),
    Advised("ask_for_it", "closing", ("bottom",)),
    Advised("check_call", "follow_up", ("after_sale",)),
    Advised("never_stops", "follow_up", ("bottom", "after_sale")),
    Advised("state_of_mind", "follow_up", (*EARLY, "after_sale")),
    Advised("keep_them", "follow_up", ("after_sale",)),
)

OBJECTIONS: Mapping[str, str] = MappingProxyType(
    {
        "too_expensive": "price",
        "no_budget": "price",
        "not_now": "timing",
        "no_time": "timing",
        "happy_supplier": "competitor",
        "cheaper_elsewhere": "competitor",
        "think_it_over": "decision",
        "others_decide": "decision",
        "no_need": "need",
        "do_not_know_you": "trust",
        "too_much_change": "change",
        "send_something": "need",
    }
)
"""The objections with what each is about, one of topics.ABOUTS."""


@cache
def question(key: str) -> Mapping[str, str]:
    """Give a question by language; KeyError for an unknown key."""
    return _each("guidance", "questions", key)


@cache
def advice(key: str) -> Mapping[str, str]:
    """Give a piece of advice by language."""
    return _each("guidance", "advice", key, "text")


@cache
def advice_name(key: str) -> Mapping[str, str]:
    """Give the name of a piece of advice by language."""
    return _each("guidance", "advice", key, "name")


@cache
def objection(key: str) -> Mapping[str, str]:
    """Give what the buyer says, by language."""
    return _each("objections", key, "says")


@cache
def prepared(objection: str) -> Mapping[str, Mapping[str, str]]:
    """Give the prepared answers of an objection: by their keys, by language; nothing for one of the team's own."""
    if objection not in OBJECTIONS:
        return {}
    return {
        key: _each("objections", objection, "answers", key)
        for key in read("objections", "en")[objection]["answers"]
    }


@cache
def read(subject: str, language: str) -> dict[str, Any]:
    """Give a file of `texts/` as it stands; FileNotFoundError for another subject or language."""
    from importlib.resources import files

    import yaml

    text = files("infield.playbook.texts").joinpath(f"{subject}.{language}.yaml").read_text(encoding="utf-8")
    found: dict[str, Any] = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506
    return found


def _each(subject: str, *way: str) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for language in LANGUAGES:
        at: Any = read(subject, language)
        for key in way:
            at = at[key]
        found[language] = at
    return MappingProxyType(found)
