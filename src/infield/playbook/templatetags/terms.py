"""Words of the trade that say what they mean when they are asked, by pointer, touch or keyboard.

{% term "gate" %} is the word itself, in a heading or a sentence. {% term_mark text %} is a mark beside a text that must
stay as it is: the label of a field, which a click gives the focus to the field, or the head of a column, which sorts.
Every template has both: the fields and lists that all rooms share use them.
"""

from secrets import token_hex

from django.template import Library
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from infield.playbook.glossary import Term, glossary, word_in

register = Library()


@register.simple_tag
def term(key: str, said: str = "") -> SafeString:
    """Draw a term as a button that opens its definition; `said`: how it is called here, else its own name.

    Everything in it may stand in a sentence or a heading. KeyError for a word that the glossary does not have.
    """
    found = glossary(_language())[key]
    name = _name(found)
    button = format_html(
        '<button class="term" type="button" popovertarget="{}">{}</button>', name, said or found.term
    )
    return _with_card(button, name, found)


@register.simple_tag
def term_mark(text: object, key: str = "") -> SafeString:
    """Draw a mark that opens the definition of the term that stands in `text`, or that `key` names; else nothing.

    KeyError for a key that the glossary does not have.
    """
    found = glossary(_language())[key] if key else word_in(_language(), str(text))
    if found is None:
        return SafeString("")
    name = _name(found)
    button = format_html(
        '<button class="term-mark" type="button" popovertarget="{}" aria-label="{}">?</button>',
        name,
        gettext("{word}: what it means").format(word=found.term),
    )
    return _with_card(button, name, found)


def _language() -> str:
    return (get_language() or "en").split("-")[0]


def _name(found: Term) -> str:
    # fragments come from several processes into one page: a counter would name two the same
    return f"term-{found.key}-{token_hex(4)}"


def _with_card(button: SafeString, name: str, found: Term) -> SafeString:
    return format_html(
        '<span class="termed">{}<span class="term-card" id="{}" popover><b>{}</b><span>{}</span>'
        '<a class="link" href="{}#{}">{}</a></span></span>',
        button,
        name,
        found.term,
        found.meaning,
        reverse("playbook:glossary"),
        found.key,
        gettext("All words"),
    )
