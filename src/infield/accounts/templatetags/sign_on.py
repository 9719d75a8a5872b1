"""What the sign-in page offers."""

from django.conf import settings
from django.template import Library

register = Library()


@register.simple_tag
def single_sign_on() -> str:
    """Give the name of the company's own sign-in; nothing where none is set up."""
    return settings.OIDC_NAME if settings.OIDC_URL else ""
