"""What stands around every view."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from infield.web.errors import unavailable
from infield.web.unavailable import is_unavailable


class Unavailable:
    """Answers 503 with Retry-After where a view found the database locked, full or gone."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return unavailable(request) if is_unavailable(exception) else None
