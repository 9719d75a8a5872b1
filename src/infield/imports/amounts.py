"""How a column writes its amounts, decided from all of its values, and the SQL that reads them."""

from dataclasses import dataclass
from functools import cache
from typing import Literal

import duckdb

type DecimalMark = Literal[".", ","]

SYMBOLS = {
    "€": "EUR",
    "$": "USD",
    "£": "GBP",
    "¥": "JPY",
    "￥": "JPY",
    "円": "JPY",
    "฿": "THB",
    "บาท": "THB",
    "US$": "USD",
}
WITHOUT_CURRENCY = 2
"""The exponent of amounts whose currency nobody named."""
BETWEEN = " \t\u00a0\u202f\u2009''’€$£¥￥円฿"
NO_LETTERS = "[^0-9.,+()eE\u2212-]"


@dataclass(frozen=True, slots=True)
class AmountForm:
    """How amounts are written: the decimal mark, and the SQL of the decimal; null where the text is no
    amount."""

    decimal_mark: DecimalMark
    sql: str


def amount_form(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    column: str,
    *,
    comma_likely: bool,
    given: DecimalMark | None = None,
) -> AmountForm:
    """Decide the decimal mark of `column` (text) of `table`; without any evidence `comma_likely` decides."""
    if given != "," and not comma_likely and _is_plain(connection, table, column):
        return AmountForm(".", f"try_cast({column} as decimal(28, 9))")
    mark = given or _decimal_mark(connection, table, column, comma_likely=comma_likely)
    return AmountForm(mark, _amount_sql(column, mark))


def _is_plain(connection: duckdb.DuckDBPyConnection, table: str, column: str) -> bool:
    (others,) = connection.execute(
        f"select count(*) from {table} where try_cast({column} as decimal(28, 9)) is null and "
        f"trim({column}) <> ''"
    ).fetchall()[0]
    return not others


def _decimal_mark(
    connection: duckdb.DuckDBPyConnection, table: str, column: str, *, comma_likely: bool
) -> DecimalMark:
    """Count the values that can only be read with one mark: the last of two kinds, or one not before 3
    digits."""
    comma, dot, unsure = connection.execute(
        rf"""select
              count(*) filter (regexp_matches(x, '^-?[0-9]*,[0-9]+$') and not regexp_matches(x,
                '^-?[1-9][0-9]{{0,2}},[0-9]{{3}}$')
                               or regexp_matches(x, '\..*,') or regexp_matches(x, '\.[0-9]+\.')),
              count(*) filter (regexp_matches(x, '^-?[0-9]*\.[0-9]+$') and not regexp_matches(x,
                '^-?[1-9][0-9]{{0,2}}\.[0-9]{{3}}$')
                               or regexp_matches(x, ',.*\.') or regexp_matches(x, ',[0-9]+,')),
              count(*) filter (regexp_matches(x, '^-?[1-9][0-9]{{0,2}}\.[0-9]{{3}}$'))
            from (select regexp_replace({column}, '{NO_LETTERS}', '', 'g') as x from {table}
                  where contains({column}, ',') or contains({column}, '.'))"""
    ).fetchone() or (0, 0, 0)
    if comma != dot:
        return "," if comma > dot else "."
    return "," if comma_likely and unsure else "."


def _amount_sql(column: str, mark: DecimalMark) -> str:
    thousands = "," if mark == "." else "."
    latin = f"translate({column}, '０１２３４５６７８９๐๑๒๓๔๕๖๗๘๙−', '01234567890123456789-')"
    # codes and symbols before or after the number, then blanks and apostrophes between thousands
    bare = rf"regexp_replace({latin}, '^\s*[A-Z]{{2,3}}[\s$]|\s*[A-Z]{{3}}\s*$|บาท', '')"
    bare = f"regexp_replace({bare}, '[{BETWEEN}]', '', 'g')"
    signed = rf"regexp_replace({bare}, '^\((.*)\)$', '-\1')"
    shape = rf"^[+-]?([0-9]{{1,3}}(\{thousands}[0-9]{{3}})+|[0-9]+)?(\{mark}[0-9]*)?([eE][+-]?[0-9]{{1,2}})?$"
    number = f"replace(replace({signed}, '{thousands}', ''), '{mark}', '.')"
    return f"case when regexp_matches({signed}, '{shape}') then try_cast({number} as decimal(28, 9)) end"


@cache
def exponent(currency: str) -> int | None:
    """Give how many decimals a currency has (JPY 0, EUR 2, BHD 3), or None where there is no such
    currency."""
    from babel.numbers import get_currency_precision, list_currencies

    if currency not in list_currencies():
        return None
    return int(get_currency_precision(currency))


def currency_code(text: str) -> str | None:
    """Give the ISO code of what a currency column says, or None where it says none.

    >>> currency_code(" eur "), currency_code("฿"), currency_code("gold")
    ('EUR', 'THB', None)
    """
    code = SYMBOLS.get(text.strip(), text.strip().upper())
    return code if exponent(code) is not None else None
