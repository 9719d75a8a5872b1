"""A view of a list as a file, with its filter, its order and its columns."""

from collections.abc import Iterator
from typing import Any

from django.http import Http404, StreamingHttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import override

from infield.accounts.rules import Asked
from infield.finding.lists.columns.queries import Cell, Column
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
    shown = columns_of(listing, wish, around)
    heads = [head for column in shown for head in _heads(column)]
    rows = _in_language(_flat(shown, written(listing, wish, around, AT_ONCE)), around.language)
    pieces = as_csv(heads, rows) if form == "csv" else as_xlsx(heads, rows, title)
    name = f"{title.lower()}-{around.today.isoformat()}.{form}"
    disposition = content_disposition_header(as_attachment=True, filename=name) or ""
    return StreamingHttpResponse(
        pieces, content_type=TYPES[form], headers={"Content-Disposition": disposition}
    )


def _heads(column: Column) -> list[str]:
    return [str(column.label), _("Currency")] if column.has_currency else [str(column.label)]


def _flat(shown: tuple[Column, ...], rows: Iterator[tuple[Cell, ...]]) -> Iterator[list[Any]]:
    """Give plain values: an amount and its currency in two cells, so that a sheet can add."""
    for row in rows:
        flat: list[Any] = []
        for column, cell in zip(shown, row, strict=True):
            flat.append(cell.text if cell.value is None else cell.value)
            if column.has_currency:
                flat.append(cell.currency)
        yield flat


def _in_language(rows: Iterator[list[Any]], language: str) -> Iterator[list[Any]]:
    """Read the rows in the viewer's language: the stream is read after the request has ended."""
    while True:
        with override(language):
            row = next(rows, None)
        if row is None:
            return
        yield row
