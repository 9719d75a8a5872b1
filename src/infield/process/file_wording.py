"""What is wrong with a map file, in words: what was found, and what is allowed there."""

from collections.abc import Mapping
from typing import Any

from infield.process.yaml_file import Problem
from infield.process.yaml_nodes import Place
from infield.web.language import gettext, noop

SENTENCES = {
    "not-yaml": noop("This is not readable as YAML ({reason}). Look at the line and the one above it: a missing "
                     "colon, quote or bracket, uneven indentation, or a comma or question mark in a text "
                     "without quotes. Use spaces, not tabs."),
    "not-utf-8": noop("This file is not text in UTF-8. Save it again with the encoding UTF-8."),
    "bad-character": noop("The character {character} cannot stand in a map file. Delete it."),
    "empty-file": noop("The file is empty. Start one with: infield map new --starter seven-steps"),
    "two-documents": noop("A second document begins here (---). Keep one map in each file."),
    "too-large-file": noop("The file is too large: a map has at most {limit} characters."),
    "too-many-values": noop("The file stands for more than {limit} values. A map is far smaller."),
    "too-deep": noop("Things are nested more than {limit} levels deep here. Check brackets and indentation."),
    "unknown-alias": noop("*{name} refers to nothing: no &{name} stands above it. Quote the text if it begins with *."),
    "name-not-text": noop("A name is expected before the colon here, such as key or text."),
    "not-a-map": noop("The file must begin with names such as name: and stages:."),
    "repeated-name": noop("{field} stands twice here. Keep one of them."),
    "missing": noop("{field} is missing here. Add a line {field}: with its value."),
    "unknown-field": noop("{field} is not known here{likely}. Allowed are: {fields}."),
    "not-allowed": noop("{given} is not allowed. Write {expected}."),
    "not-a-number": noop("{given} is not a number. Write one such as 12 or 7.5, without a percent sign."),
    "not-a-whole-number": noop("{given} is not a whole number. Write one such as 3."),
    "not-yes-or-no": noop("{given} is neither true nor false. Write true or false."),
    "not-a-date": noop("{given} is not a date. Write it as year-month-day, such as 2027-03-31."),
    "too-small": noop("{given} is too small: {ge} is the least."),
    "too-large": noop("{given} is too large: {le} is the most."),
    "empty": noop("This must not be empty."),
    "too-long": noop("This is too long: {max_length} is the most."),
    "empty-list": noop("There must be at least one here."),
    "one-proof": noop("A proof is exactly one of: tick: true, field: …, activity: …, stakeholder: …, document: …, "
                      "answer: …."),
    "not-a-list": noop("A list is expected here: one item a line, each beginning with a dash (-)."),
    "not-a-mapping": noop("Names with values are expected here, such as tick: true."),
    "not-a-text": noop("Text is expected here: one text, or one for each language such as {{en: …, ja: …}}. "
                       "Put quotes around a number that is meant as text."),
}  # fmt: skip

LONGEST_SHOWN = 40


def problem_sentence(problem: Problem) -> str:
    """Say what is wrong at a place of a map file and what is allowed there."""
    return gettext(SENTENCES[problem.code]).format_map(_shown(problem))


def place_words(place: Place, data: Any) -> str:
    """Name a place as a person would look for it: stages → Demo → criteria → 2 → weight."""
    words = []
    for step in place:
        data = _inside(data, step)
        name = (
            data.get("name") or data.get("key") if isinstance(data, dict) and isinstance(step, int) else None
        )
        words.append(_cut(_first_text(name)) or (str(step + 1) if isinstance(step, int) else step))
    return " → ".join(words)


def _inside(data: Any, step: str | int) -> Any:
    try:
        return data[step]
    except (KeyError, IndexError, TypeError):
        return None


def _first_text(name: Any) -> str:
    if isinstance(name, dict):
        name = next(iter(name.values()), "")
    return name if isinstance(name, str) else ""


def _shown(problem: Problem) -> Mapping[str, str]:
    shown = {
        name: _quoted(value) if name == "given" else str(value) for name, value in problem.params.items()
    }
    field = str(problem.place[-1]) if problem.place else ""
    shown |= {"field": field, "likely": ""}
    if "fields" in problem.params:
        shown["fields"] = ", ".join(problem.params["fields"])
        shown["likely"] = _likely(field, problem.params["fields"])
    expected = problem.params.get("expected", gettext("one of the values that the reference lists"))
    shown["expected"] = "true" if expected == "True" else str(expected)  # as a map file has it
    return shown


def _likely(field: str, fields: tuple[str, ...]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(field, fields, n=1)
    return gettext(" (did you mean {name}?)").format(name=near[0]) if near else ""


def _quoted(value: Any) -> str:
    text = str(value).lower() if isinstance(value, bool) else str(value)
    return f'"{_cut(text)}"'


def _cut(text: str) -> str:
    return f"{text[:LONGEST_SHOWN]}…" if len(text) > LONGEST_SHOWN else text
