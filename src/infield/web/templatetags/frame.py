"""The rail, icons and initials."""

from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from django import template
from django.template import Context
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from infield.web.initials import initials, tone
from infield.web.queries import Entry, rail_entries

FONT = Path(__file__).parent.parent / "static" / "web" / "fonts" / "inter.woff2"
register = template.Library()
register.filter("initials", initials)
register.filter("tone", tone)


@register.simple_tag(takes_context=True)
def rail(context: Context) -> list[Entry]:
    """Give the entries of the rail; a page may name the place it belongs to as `rail_here`."""
    return rail_entries(context["request"], context.get("rail_here") or "")


@register.simple_tag
def right_now() -> datetime:
    """Give when a page is made, for a copy of it that is read later."""
    return timezone.now()


@register.simple_tag
@cache
def icon(name: str) -> SafeString:
    """Draw an icon of the sprite; the words beside it say what it is."""
    return format_html('<svg class="icon" aria-hidden="true"><use href="#i-{}"/></svg>', name)


@register.simple_tag
@cache
def has_own_font() -> bool:
    """True where set-up made our font; a page looks well without it, in the fonts of the machine."""
    return FONT.exists()


@register.filter
def drawn(value: Any) -> str:
    """Write a number for SVG: with a point, whatever the language writes.

    >>> drawn(12.5), drawn(3)
    ('12.5', '3')
    """
    return f"{float(value):.4f}".rstrip("0").rstrip(".")


@register.filter
def per_mille(value: float) -> str:
    """Write a place from 0 to 1000 as the length of an SVG.

    >>> per_mille(250)
    '25%'
    """
    return drawn(value / 10) + "%"
