"""Small marks that stand on every card: who, how far, how old. Kept once drawn, as many cards are alike."""

from decimal import Decimal
from functools import lru_cache

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from infield.desk.board.age import Age
from infield.desk.wording import age_words
from infield.web import durations, figures
from infield.web.initials import initials, tone
from infield.web.templatetags.frame import drawn

register = template.Library()
KEPT = 4_096
RUN, AGE_RUN = 34, 34  # px


@register.filter
@lru_cache(KEPT)
def owner_mark(name: str) -> SafeString:
    """Draw a person's circle, which says the name to who cannot see it."""
    return format_html(
        '<span class="avatar is-tone-{}" title="{}"><span class="aloud">{}</span>'
        '<span aria-hidden="true">{}</span></span>',
        tone(name),
        name,
        name,
        initials(name),
    )


@register.filter
def progress_mark(progress: Decimal) -> SafeString:
    """Draw the weights met, in percent of a sale."""
    return _progress(progress, get_language() or "en")


@register.filter
def age_mark(age: Age) -> SafeString:
    """Draw how long a deal is in its stage, with a tick where the usual is."""
    return _age(age, get_language() or "en")


@lru_cache(KEPT)
def _progress(progress: Decimal, language: str) -> SafeString:
    share = float(progress) / 100
    line = format_html('<path class="is-met" d="M3 3h{}"/>', drawn(share * RUN)) if progress else ""
    return format_html(
        '<span class="card-progress" title="{}"><svg viewBox="0 0 40 6" aria-hidden="true">'
        '<path class="is-track" d="M3 3H37"/>{}</svg><span class="aloud">{} </span>{}</span>',
        gettext("Weights met, of a sale"),
        line,
        gettext("Weights met"),
        figures.percent(share, language),
    )


@lru_cache(KEPT)
def _age(age: Age, language: str) -> SafeString:
    bar = format_html(
        '<svg viewBox="0 0 34 8" aria-hidden="true"><path class="is-track" d="M0 4H34"/>'
        '<path class="is-filled" d="M0 4H{}"/><path class="is-usual" d="M13.6 0V8"/></svg>',
        drawn(age.share * AGE_RUN),
    )
    return format_html(
        '<span class="age is-{}" title="{}">{}{}</span>',
        age.state,
        age_words(age.days, age.usual_days),
        bar if age.usual_days else "",
        durations.days(age.days, language),
    )
