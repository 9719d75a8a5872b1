"""What views of the desk know of a request."""

from django.http import HttpRequest, QueryDict
from django_htmx.middleware import HtmxDetails

from infield.accounts.rules import SignedRequest


def sent(request: HttpRequest) -> QueryDict | None:
    """Give what a form sent, also where it is empty; None where none was."""
    return request.POST if request.method == "POST" else None


class Asked(SignedRequest):
    """A request of somebody who is signed in; `htmx` is false where a whole page was asked for."""

    htmx: HtmxDetails
