"""{% term "gate" %}: a word of the trade that says what it means when it is asked, by pointer, touch or keyboard."""

from secrets import token_hex

from django.template import Library
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from infield.playbook.glossary import glossary

register = Library()


@register.simple_tag
def term(key: str, said: str = "") -> SafeString:
    """Draw a term as a button that opens its definition; `said`: how it is called here, else its own name.

    Everything in it may stand in a sentence or a heading. KeyError for a word that the glossary does not have.
    """
    found = glossary((get_language() or "en").split("-")[0])[key]
    # fragments come from several processes into one page: a counter would name two the same
    name = f"term-{key}-{token_hex(4)}"
    return format_html(
        '<span class="termed"><button class="term" type="button" popovertarget="{}">{}</button>'
        '<span class="term-card" id="{}" popover><b>{}</b><span>{}</span>'
        '<a class="link" href="{}#{}">{}</a></span></span>',
        name,
        said or found.term,
        name,
        found.term,
        found.meaning,
        reverse("playbook:glossary"),
        key,
        gettext("All words"),
    )
