"""The language a sentence is spoken in, without starting Django where nobody asked for another than English.

Django takes longer to import than checking a map does. Messages are English in the source, so as long as
no language was chosen the message itself is the right answer.
"""

import sys
from collections.abc import Iterable


def gettext(message: str) -> str:
    """Give `message` in the language that is active, or as it stands when Django has not been started."""
    if not _django_is_ready():
        return message
    from django.utils.translation import gettext as translated

    return translated(message)


def spoken() -> str:
    """Give the language that is active: en, ja, fi or th."""
    if not _django_is_ready():
        return "en"
    from django.utils.translation import get_language

    return (get_language() or "en").split("-")[0]


def ngettext(one: str, many: str, count: int) -> str:
    """Give the form of a message that goes with a number, as `gettext` does."""
    if not _django_is_ready():
        return one if count == 1 else many
    from django.utils.translation import ngettext as translated

    return translated(one, many, count)


def in_each_language(message: str, context: str, languages: Iterable[str]) -> dict[str, str]:
    """Give a message with this context by language; Django must have been started."""
    from django.utils import translation

    said = {}
    for language in languages:
        with translation.override(language):
            said[language] = translation.pgettext(context, message)
    return said


def noop(message: str) -> str:
    """Mark `message` for translation where it stands; it is translated where it is spoken."""
    return message


def speak(language: str) -> None:
    """Start Django without a database, for translations and templates, and speak `language` from here on."""
    import os

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "infield.settings")
    import django
    from django.utils import translation

    django.setup()
    translation.activate(language)


def _django_is_ready() -> bool:
    registry = sys.modules.get("django.apps")
    return registry is not None and bool(registry.apps.ready)
