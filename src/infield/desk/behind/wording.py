"""What a list of deals behind a figure is called, in the language that is active."""

from collections.abc import Mapping

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from infield.desk.behind.question import Question
from infield.desk.report.wording import Speaker

TITLES: Mapping[str, object] = {
    "entered": _("Entered {stage}"),
    "moved": _("Went from {stage} to {target}"),
    "still": _("Still in {stage}"),
    "stopped": _("Stopped in {stage}"),
    "won": _("Won"),
    "closed": _("Won or lost"),
    "fits": _("Followed the map"),
    "skip": _("Never entered {stage}"),
    "insert": _("Entered {stage} where the map does not have it"),
    "jump": _("Jumped from {stage} straight to {target}"),
    "back": _("Went back from {stage} to {target}"),
}
OUTCOMES = {"won": _("Won"), "lost": _("Lost")}


def title(question: Question, speaker: Speaker) -> str:
    """Give what these deals have in common."""
    return str(TITLES[question.way]).format(
        stage=speaker.name(question.stage), target=speaker.name(question.target)
    )


def outcome(how: str | None) -> str:
    """Give how a deal ended, or that it is open."""
    return str(OUTCOMES[how]) if how else gettext("Open")
