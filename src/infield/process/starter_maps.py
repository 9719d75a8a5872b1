"""The ready-made maps: which there are, and the text of each as a map file.

In: a name of `STARTERS`. Out: YAML with its comments, as it stands in `starters/`, or the map's values. The
translations of its texts lie with those of the app. What is said of a starter is translated where it is spoken.
"""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from infield.process.in_languages import with_texts
from infield.process.texts import LANGUAGES, Text, in_language
from infield.process.values import ProcessMap
from infield.web.language import in_each_language
from infield.web.language import noop as N_  # noqa: N812  # the extractor's keyword for a marked message

STARTERS: Mapping[str, str] = MappingProxyType(
    {
        "seven-steps": N_("From the first search to the follow-up, for a team that sells by talking."),
        "diamond": N_("Eight criteria on three bases say whether a deal is worth running for."),
        "fourteen-stages": N_("From first sight of the brand to the client who stays, across departments."),
        "six-stage-funnel": N_(
            "How a visitor becomes a customer, for a company that buyers find on the web."
        ),
        "empty": N_("Two example stages with a comment on every part, to fill in yourself."),
    }
)
"""The ready-made maps by name, each with one sentence on what it is for."""


def starter_text(name: str) -> str:
    """Give the map file of a starter, comments included; KeyError where `STARTERS` has no such name."""
    from importlib.resources import files

    if name not in STARTERS:
        raise KeyError(name)
    return files("infield.process.starters").joinpath(f"{name}.yaml").read_text(encoding="utf-8")


def starter_map(name: str) -> ProcessMap:
    """Give the map of a starter with its texts in every language; Django must have been started. Errors as above."""
    from infield.process.yaml_file import read

    process = read(starter_text(name)).process

    def in_all(text: Text) -> Text:
        return in_each_language(in_language(text, process.language, "en"), "starter", LANGUAGES)

    return with_texts(process, in_all)


def starter_text_in(name: str, language: str) -> str:
    """Give the map file of a starter with its texts in one language; its comments stay English. Otherwise as above."""
    from infield.process.yaml_output import rewrite

    if language == "en":
        return starter_text(name)
    process = with_texts(starter_map(name), lambda text: in_language(text, language, "en"))
    return rewrite(starter_text(name), replace(process, language=language))
