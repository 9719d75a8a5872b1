"""What views of the desk know of a request."""

from django_htmx.middleware import HtmxDetails

from infield.accounts.rules import SignedRequest


class Asked(SignedRequest):
    """A request of somebody who is signed in; `htmx` is false where a whole page was asked for."""

    htmx: HtmxDetails
