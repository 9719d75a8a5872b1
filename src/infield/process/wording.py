"""The sentences of this room: what a finding or a change says to a sales manager, in the active language.

In: codes and plain values. Out: sentences. Every message stands here as one whole, so that a translator
can turn it; only names and numbers are put in.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from infield.process.difference import Change
from infield.process.lint.finding import Finding, Plain
from infield.process.lint.wording import FINDINGS
from infield.process.texts import in_language
from infield.process.values import ProcessMap, Proof
from infield.web.language import gettext as _
from infield.web.language import noop as N_  # noqa: N812  # the extractor's keyword for a marked message
from infield.web.language import spoken as spoken_language

LONGEST_QUOTE = 60


@dataclass(frozen=True, slots=True)
class Said:
    """The three sentences about a finding."""

    what: str
    """What is wrong, and where, by the stage's name."""
    why: str
    """Why it matters."""
    to_do: str
    """What to do about it."""


ABOUTS: Mapping[str, str] = {
    "audience": N_("audience"),
    "lead": N_("lead"),
    "deal": N_("deal"),
    "client": N_("client"),
}

STAGES = ("stage", "target", "first", "start", "sale")
"""Parameters that are the key of a stage and are spoken as its name."""
PERCENT = ("sum", "weight", "missing")


def finding_sentences(finding: Finding, process: ProcessMap, language: str) -> Said:
    """Give what is wrong, why it matters and what to do; KeyError for a code that has no sentences.

    The sentences are in the active language; the map's own names in `language`, where they have it.
    """
    spoken = _parameters(finding.params, process, language)
    return Said(*(_(template).format(**spoken) for template in FINDINGS[finding.code]))


def _parameters(params: Mapping[str, Plain], process: ProcessMap, language: str) -> dict[str, str]:
    names = {
        stage.key: short(in_language(stage.name, language, process.language)) for stage in process.stages
    }
    spoken = {key: _parameter(key, value, names) for key, value in params.items()}
    if "stages" in params and "sums" in params:
        stages, sums = _several(params["stages"]), _several(params["sums"])
        parts = [f"{names[key]} {percent(Decimal(one))}" for key, one in zip(stages, sums, strict=True)]
        spoken["sums"] = _(", ").join(parts)
    return spoken


def _parameter(key: str, value: Plain, names: Mapping[str, str]) -> str:
    if key in STAGES:
        return names.get(str(value), str(value))
    if key == "way":
        return " → ".join(names[stage] for stage in _several(value))
    if key == "about":
        return _(ABOUTS[str(value)])
    if key in PERCENT and isinstance(value, Decimal):
        return percent(value)
    if isinstance(value, tuple):
        return _(", ").join(value)
    return short(str(value))


def _several(value: Plain) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else (str(value),)


def percent(value: Decimal) -> str:
    """Give a share plainly, as the active language writes it.

    >>> percent(Decimal("12.50")), percent(Decimal(100))
    ('12.5%', '100%')
    """
    plain = f"{value.normalize():f}"
    return f"{plain.replace('.', ',')}\xa0%" if spoken_language() == "fi" else f"{plain}%"


def short(text: str) -> str:
    """Give the text on one line, cut where it is too long to be quoted."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_QUOTE else line[: LONGEST_QUOTE - 1].rstrip() + "…"


SUBJECTS: Mapping[str, str] = {
    "map": N_("The map"),
    "objective": N_("The objective"),
    "starting_point": N_("The starting point"),
    "persona": N_("Buyer “{name}”"),
    "department": N_("Department “{name}”"),
    "measure": N_("Measure “{name}”"),
    "point": N_("Point that counts ({name}) at “{stage}”"),
    "stage": N_("Stage “{name}”"),
    "criterion": N_("Criterion “{name}” of “{stage}”"),
    "question": N_("Question “{name}” of “{stage}”"),
    "advice": N_("Guidance “{name}” of “{stage}”"),
    "substage": N_("Substage “{name}” of “{stage}”"),
    "transition": N_("Way {name}"),
    "way_out": N_("Way out “{name}”"),
}

ACTIONS: Mapping[str, str] = {
    "added": N_("{subject}: added."),
    "removed": N_("{subject}: removed."),
    "moved": N_("{subject}: moved from place {old} to place {new}."),
    "to_other_stage": N_("{subject}: moved here from “{old}”."),
    "changed": N_("{subject}: {field} changed from {old} to {new}."),
    "set": N_("{subject}: {field} is now {new}."),
    "emptied": N_("{subject}: {field} removed, it was {old}."),
    "renamed": N_("{subject}: renamed, it was {old}."),
    "reworded": N_("{subject}: reworded, it was {old}."),
    "required": N_("{subject}: now required."),
    "optional": N_("{subject}: now optional."),
    "the_sale": N_("{subject}: its exit is now the sale."),
    "not_the_sale": N_("{subject}: its exit is no longer the sale."),
}

FIELDS: Mapping[str, str] = {
    "about": N_("about whom"),
    "after_days": N_("days until it is taken up again"),
    "at": N_("where"),
    "buyer_gets": N_("what the buyer gets"),
    "buyer_needs": N_("what the buyer needs"),
    "buyer_phase": N_("the buyer's phase"),
    "by": N_("by"),
    "challenges": N_("challenges"),
    "currency": N_("currency"),
    "department": N_("department"),
    "details": N_("details"),
    "entry": N_("the way in"),
    "expected_days": N_("expected days"),
    "funnel_level": N_("funnel level"),
    "goals": N_("goals"),
    "kind": N_("kind"),
    "language": N_("language"),
    "level": N_("funnel level"),
    "milestone": N_("milestone"),
    "name": N_("name"),
    "needs": N_("needs"),
    "objective": N_("objective"),
    "owner": N_("owner"),
    "participants": N_("participants"),
    "proof": N_("proof"),
    "rare": N_("rare"),
    "required": N_("required"),
    "review_every_days": N_("days between reviews"),
    "sale": N_("sale"),
    "sources": N_("stages it leaves from"),
    "stage": N_("stage"),
    "target": N_("target"),
    "text": N_("text"),
    "unit": N_("unit"),
    "version": N_("version"),
    "weight": N_("weight"),
    "when": N_("condition"),
}

_SWITCHES = {
    ("criterion", "required", True): "required",
    ("criterion", "required", False): "optional",
    ("stage", "sale", True): "the_sale",
    ("stage", "sale", False): "not_the_sale",
}


def change_sentence(change: Change, language: str) -> str:
    """Give one sentence about a change, with the map's own names in `language` where they have it."""
    field = change.field or ""
    return _(ACTIONS[_happening(change)]).format(
        subject=_subject(change, language),
        field=_(FIELDS[field]) if field in FIELDS else field,
        old=_value(change, change.old, language),
        new=_value(change, change.new, language),
    )


def _happening(change: Change) -> str:
    if change.action != "changed":
        return change.action
    switch = _SWITCHES.get((change.subject.thing, str(change.field), change.new is True))
    if switch is not None:
        return switch
    if change.field in ("name", "text"):
        return "renamed" if change.field == "name" else "reworded"
    if change.old in (None, ()):
        return "set"
    return "emptied" if change.new in (None, ()) else "changed"


def _subject(change: Change, language: str) -> str:
    name = " → ".join(short(in_language(one, language, "en")) for one in change.subject.names)
    stage = in_language(change.subject.stage or "", language, "en")
    return _(SUBJECTS[change.subject.thing]).format(name=name, stage=stage)


def _value(change: Change, value: Any, language: str) -> str:
    if change.field == "weight":
        return percent(value)
    if change.action in ("moved", "to_other_stage") or value is None:
        return in_language(value, language, "en") if isinstance(value, str | Mapping) else str(value)
    return _plain(value, language)


def _plain(value: Any, language: str) -> str:
    match value:
        case bool():
            return _("yes") if value else _("no")
        case Decimal():
            return f"{value.normalize():f}"
        case int() | date():
            return str(value)
        case Proof():
            ((kind, asked),) = value.named()
            return kind if asked is True else f"{kind} “{asked}”"
        case tuple():
            return _(", ").join(_plain(one, language) for one in value)
        case str() | Mapping():
            return _("“{text}”").format(text=short(in_language(value, language, "en")))
    text = getattr(value, "text", None)  # an objective that was not there before
    return _plain(text, language) if text else str(value)
