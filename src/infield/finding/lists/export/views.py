"""A view of a list as a file, with its filter, its order and its columns."""

from collections.abc import Iterator
from typing import Any

from django.http import Http404, StreamingHttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import override

from infield.accounts.rules import Asked
from infield.finding.lists.columns.queries import parts_of
from infield.finding.lists.export.files import as_csv, as_xlsx
from infield.finding.lists.queries import Listing, columns_of, told, written

AT_ONCE = 500
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def as_file(request: Asked, listing: Listing, form: str, title: str) -> StreamingHttpResponse:
    """Give every record of the view, as it is read: nobody's memory holds all of them. `form`: one of TYPES."""
    if form not in TYPES:
        raise Http404
    around = listing.looked_at_by(request.user)
    wish = told(listing, request.GET, around)
    parts = parts_of(columns_of(listing, wish, around))
    heads = [str(part.label) for part in parts]
    found = written(listing, wish, around, AT_ONCE)
    rows = _in_language(([part.value(row, around) for part in parts] for row in found), around.language)
    pieces = as_csv(heads, rows) if form == "csv" else as_xlsx(heads, rows, title)
    name = f"{title.lower()}-{around.today.isoformat()}.{form}"
    disposition = content_disposition_header(as_attachment=True, filename=name) or ""
    return StreamingHttpResponse(
        pieces, content_type=TYPES[form], headers={"Content-Disposition": disposition}
    )


def _in_language(rows: Iterator[list[Any]], language: str) -> Iterator[list[Any]]:
    """Read the rows in the viewer's language: the stream is read after the request has ended."""
    while True:
        with override(language):
            row = next(rows, None)
        if row is None:
            return
        yield row
