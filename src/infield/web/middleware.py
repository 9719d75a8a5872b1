"""What stands around every view."""

from collections.abc import Callable

from django.db import DataError
from django.http import HttpRequest, HttpResponse

from infield.web.disguise import undisguised
from infield.web.errors import bad_request, unavailable
from infield.web.unavailable import is_unavailable


class Unavailable:
    """Answers 503 with Retry-After where a view found the database locked, full or gone."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return unavailable(request) if is_unavailable(exception) else None


class Unstorable:
    """Keeps from the database what it could not hold, which nobody types.

    The character NUL is taken out of what an address asks; a form with a value that the database refuses, such as a
    text with that character on PostgreSQL, is answered with 400.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        asked = request.META.get("QUERY_STRING", "")
        if "%00" in asked:
            request.META["QUERY_STRING"] = asked.replace("%00", "")
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return bad_request(request, exception) if isinstance(exception, DataError) else None


class Undisguised:
    """Takes signs that turn the direction of writing out of each text of one line that is sent, and out of the names of
    files: with one of them a name reads as another.

    Stands behind the check of form tokens: what is refused there is not read.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: object) -> None:
        if request.method != "POST":
            return
        sent = {name: [undisguised(one) for one in texts] for name, texts in request.POST.lists()}
        if sent != dict(request.POST.lists()):
            form = request.POST.copy()
            for name, texts in sent.items():
                form.setlist(name, texts)
            form._mutable = False
            request.POST = form  # type: ignore[assignment]  # as immutable as the one before it
        for file in (one for _name, files in request.FILES.lists() for one in files):
            file.name = undisguised(file.name or "")
