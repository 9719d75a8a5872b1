"""A view of deals as a file, with its filter, its order and its columns."""

from collections.abc import Iterator
from typing import Any

from django.http import Http404, StreamingHttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_GET

from infield.accounts.rules import allow_all_roles
from infield.desk.deals.columns.queries import Cell, Column
from infield.desk.deals.context.queries import around
from infield.desk.deals.queries import columns_of, told, written
from infield.desk.export.files import as_csv, as_xlsx
from infield.desk.views import Asked

AT_ONCE = 500
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@allow_all_roles
@require_GET
def deals(request: Asked, kind: str) -> StreamingHttpResponse:
    """Every deal of the view, as it is read: nobody's memory holds all of them."""
    if kind not in TYPES:
        raise Http404
    now = around(request.user)
    wish = told(request.GET, now)
    shown = columns_of(wish, now)
    heads = [head for column in shown for head in _heads(column)]
    rows = _in_language(_flat(shown, written(wish, now, AT_ONCE)), now.language)
    pieces = as_csv(heads, rows) if kind == "csv" else as_xlsx(heads, rows, _("Deals"))
    name = f"{_('deals')}-{now.today.isoformat()}.{kind}"
    disposition = content_disposition_header(as_attachment=True, filename=name) or ""
    return StreamingHttpResponse(
        pieces, content_type=TYPES[kind], headers={"Content-Disposition": disposition}
    )


def _heads(column: Column) -> list[str]:
    return [str(column.label), _("Currency")] if column.key == "amount" else [str(column.label)]


def _flat(shown: tuple[Column, ...], rows: Iterator[tuple[Cell, ...]]) -> Iterator[list[Any]]:
    """Give plain values: an amount and its currency in two cells, so that a sheet can add."""
    for row in rows:
        flat: list[Any] = []
        for column, cell in zip(shown, row, strict=True):
            flat.append(cell.text if cell.value is None else cell.value)
            if column.key == "amount":
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
