"""What views of the desk know of a request."""

from django.http import HttpRequest, QueryDict

from infield.accounts.rules import Asked

__all__ = ["Asked", "sent"]


def sent(request: HttpRequest) -> QueryDict | None:
    """Give what a form sent, also where it is empty; None where none was."""
    return request.POST if request.method == "POST" else None
