"""What the pages of an import show, in words."""

from dataclasses import dataclass
from typing import Any

from infield.accounts.models import User
from infield.deals.models import Deal
from infield.desk.report.wording import Speaker
from infield.fields.models import Field
from infield.imports import wording
from infield.imports.models import Import
from infield.imports.reading import Finding, LeftOut, Rejected, Unreadable
from infield.web.language import gettext

SHOWN_REJECTED = 10
SHOWN_FINDINGS = 20


@dataclass(frozen=True, slots=True)
class Guessed:
    """How a column was understood."""

    role: str
    column: str
    confidence: str
    reason: str
    samples: tuple[str, ...]
    is_weak: bool


def guesses_of(imported: Import) -> list[Guessed]:
    """Give what each column was taken for, and why."""
    mapping = imported.account.get("mapping", {})
    own = dict(Field.objects.filter(key__in=mapping.get("own", {})).values_list("key", "label"))
    sure, why = in_words(wording.CONFIDENCES, "likely"), in_words(wording.REASONS, "name")
    named = [
        Guessed(own.get(key, key), column, sure, why, (), is_weak=False)
        for key, column in mapping.get("own", {}).items()
    ]
    return [
        Guessed(
            role=in_words(wording.ROLE_NAMES, one["role"]),
            column=one["column"],
            confidence=in_words(wording.CONFIDENCES, one["confidence"]),
            reason=in_words(wording.REASONS, one["reason"]),
            samples=tuple(one.get("samples", ())[:3]),
            is_weak=one["confidence"] == "weak",
        )
        for one in mapping.get("guesses", [])
    ] + named


def findings_of(imported: Import) -> list[str]:
    """Give what looks suspicious in the files, in sentences."""
    told = [Finding(**one) for one in imported.account.get("findings", [])]
    return [wording.finding(found) for found in told[:SHOWN_FINDINGS] if found.code in wording.FINDINGS]


def left_out_of(imported: Import, language: str) -> list[str]:
    return [Speaker(language).left_out(LeftOut(**one)) for one in imported.account.get("left_out", [])]


def rejected_of(imported: Import, language: str, most: int | None = None) -> list[tuple[str, int, str]]:
    """Give file, row and reason of the rejected rows that are kept."""
    speaker = Speaker(language)
    return [(one["file"], one["row"], speaker.rejection(Rejected(**one))) for one in imported.rejected[:most]]


def refusal_of(imported: Import) -> str:
    """Give why the files cannot be read; empty where they can."""
    told: dict[str, Any] = imported.refusal
    if not told:
        return ""
    error = Unreadable(told["code"], told["params"], file=told["file"], line=told["line"])
    try:
        return wording.refusal(error)
    except KeyError:  # a code without a sentence is still a refusal
        return str(error)


def kept_deals(imported: Import, user: User) -> list[Deal]:
    """Give the deals that stayed after undoing, as far as the user may open them."""
    return list(
        Deal.objects.visible_to(user)
        .filter(pk__in=imported.kept)
        .select_related("organization", "owner")
        .order_by("organization__name")[:200]
    )


def in_words(words: Any, key: str) -> str:
    """Give the words of a key; the key in plain letters where it has none."""
    return gettext(words[key]) if key in words else key.replace("_", " ")
