"""The audit: who changed what, when, from what to what; on the page and as a file."""

import csv
from collections.abc import Iterator
from io import StringIO
from itertools import chain

from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from infield.accounts.roles import who_may
from infield.accounts.rules import allow
from infield.desk.audit.queries import Line, colleagues, every_line, page
from infield.desk.audit.wish import Wish
from infield.desk.audit.wording import COLUMNS, KINDS, model_of
from infield.desk.views import Asked
from infield.imports.rejected_csv import safe_cell
from infield.web.dates import moment_of

MOST_LINES = 100_000


@allow(*who_may("audit"))
@require_GET
def audit(request: Asked) -> HttpResponse:
    wish, zone = _wish(request), timezone.get_current_timezone()
    shown = page(request.user, wish, zone, get_language() or "en")
    context = {
        "wish": wish,
        "page": shown,
        "older": wish.address(shown.before) if shown.before else "",
        "colleagues": colleagues(request.user),
        "kinds": [(key, name) for key, name in KINDS.items() if model_of(key)],
        "about": shown.lines[0] if wish.thing and shown.lines else None,
        "without_thing": Wish(wish.first, wish.last, wish.by, wish.kind).address(),
    }
    return render(request, "desk/audit.html#lines" if request.htmx else "desk/audit.html", context)


@allow(*who_may("audit"))
@require_GET
def as_file(request: Asked) -> HttpResponseBase:
    wish, zone, language = _wish(request), timezone.get_current_timezone(), get_language() or "en"
    header = [str(name) for name in COLUMNS]
    lines = every_line(request.user, wish, zone, language, MOST_LINES)
    rows = ([moment_of(line.at, zone, language), *_cells(line)] for line in lines)
    answer = StreamingHttpResponse(_csv(header, rows), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="audit-{wish.last.isoformat()}.csv"'
    return answer


def _wish(request: Asked) -> Wish:
    return Wish.told(request.GET.dict(), timezone.localdate())


def _cells(line: Line) -> list[str]:
    return [line.by, line.thing, line.name, line.change, line.before, line.after]


def _csv(header: list[str], rows: Iterator[list[str]]) -> Iterator[str]:
    # spreadsheets read UTF-8 by the mark at its beginning
    yield "\ufeff"
    for row in chain([header], rows):
        out = StringIO()
        csv.writer(out).writerow([safe_cell(cell) for cell in row])
        yield out.getvalue()
