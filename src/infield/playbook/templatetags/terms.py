"""Words of the trade that say what they mean when they are asked, by pointer, touch or keyboard.

{% term "gate" %} is the word itself, in a heading or a sentence. Beside a text that must stay as it is stands a mark:
{% term_mark text %} at the label of a field, which a click gives the focus to the field; Tab does not stop there, F1 in
the field opens it (web/js/meaning.js). {% head_mark text %} at the head of a column, which sorts; Tab stops there.
Every template has them: the fields and lists that all rooms share use them.
"""

from functools import lru_cache
from secrets import token_hex

from django.template import Library
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from infield.playbook.glossary import Term, glossary, word_in

register = Library()


PLACE = "\ue000"
"""Stands in what is drawn once for the name that a definition has in its place on the page."""
IN_FORM = SafeString(' tabindex="-1" aria-keyshortcuts="F1" title="F1"')
"""How a mark in a form is reached by keys."""


@register.simple_tag
def term(key: str, said: str = "") -> SafeString:
    """Draw a term as a button that opens its definition; `said`: how it is called here, else its own name.

    Everything in it may stand in a sentence or a heading. KeyError for a word that the glossary does not have.
    """
    return _named(_word(_language(), key, str(said)))


@register.simple_tag
def term_mark(text: object, key: str = "") -> SafeString:
    """Draw a mark in a form that opens the definition of the term that stands in `text`, or that `key` names; else
    nothing.

    KeyError for a key that the glossary does not have.
    """
    return _named(_mark(_language(), str(text), key, IN_FORM))


@register.simple_tag
def head_mark(text: object) -> SafeString:
    """Draw the same at the head of a column."""
    return _named(_mark(_language(), str(text), "", SafeString("")))


@lru_cache(2_000)
def _word(language: str, key: str, said: str) -> str:
    found = glossary(language)[key]
    button = format_html(
        '<button class="term" type="button" popovertarget="{}">{}</button>', PLACE, said or found.term
    )
    return _with_card(button, found)


@lru_cache(4_000)
def _mark(language: str, text: str, key: str, reached: SafeString) -> str:
    found = glossary(language)[key] if key else word_in(language, text)
    if found is None:
        return ""
    button = format_html(
        '<button class="term-mark" type="button" popovertarget="{}" aria-label="{}"{}>?</button>',
        PLACE,
        gettext("{word}: what it means").format(word=found.term),
        reached,
    )
    return _with_card(button, found)


def _language() -> str:
    return (get_language() or "en").split("-")[0]


def _named(drawn: str) -> SafeString:
    # fragments come from several processes into one page: a counter would name two the same
    return SafeString(drawn.replace(PLACE, f"term-{token_hex(6)}") if drawn else "")


def _with_card(button: SafeString, found: Term) -> str:
    return format_html(
        '<span class="termed">{}<span class="term-card" id="{}" popover tabindex="-1"><b>{}</b><span>{}</span>'
        '<a class="link" href="{}#{}">{}</a></span></span>',
        button,
        PLACE,
        found.term,
        found.meaning,
        reverse("playbook:glossary"),
        found.key,
        gettext("All words"),
    )
