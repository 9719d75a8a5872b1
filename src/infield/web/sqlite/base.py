# Django's backends are extended through methods its types leave out.
# mypy: disable-error-code="attr-defined, misc, import-untyped"
"""Django's SQLite backend over the library of `pysqlite3`, with writers waiting in a queue.

The SQLite of an operating system is often older than 3.51.3 and can then corrupt a write-ahead log that several
connections use. `pysqlite3` brings its own, newer one. It has no `getlimit`, which Django asks for twice.
"""

import datetime as dt
import decimal
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import DEFAULT_DB_ALIAS
from django.db.backends.sqlite3 import base as stock
from django.db.backends.sqlite3._functions import register as register_functions
from django.db.backends.sqlite3.features import DatabaseFeatures as StockFeatures
from django.db.backends.sqlite3.operations import DatabaseOperations as StockOperations
from pysqlite3 import dbapi2 as Database  # noqa: N812  Django calls it so

from infield.web.sqlite.queue import WriterQueue

MAX_QUERY_PARAMS = 32_766  # SQLite's own default; the wheel allows more
MAX_COLUMNS = 2_000

for kind, read in {
    "bool": b"1".__eq__,
    "date": stock.decoder(stock.parse_date),
    "time": stock.decoder(stock.parse_time),
    "datetime": stock.decoder(stock.parse_datetime),
    "timestamp": stock.decoder(stock.parse_datetime),
}.items():
    Database.register_converter(kind, read)
Database.register_adapter(decimal.Decimal, str)
Database.register_adapter(dt.date, stock.adapt_date)
Database.register_adapter(dt.datetime, stock.adapt_datetime)


class Cursor(Database.Cursor):
    """A cursor that takes Django's %s and %(name)s where SQLite has ? and :name."""

    def execute(self, query: str, params: Sequence[Any] | Mapping[str, Any] | None = None) -> Any:
        if params is None:
            return super().execute(query)
        return super().execute(_in_sqlite(query, params), params)

    def executemany(self, query: str, param_list: Iterable[Sequence[Any] | Mapping[str, Any]]) -> Any:
        rows = list(param_list)
        return super().executemany(_in_sqlite(query, rows[0] if rows else ()), rows)


def _in_sqlite(query: str, params: Sequence[Any] | Mapping[str, Any]) -> str:
    if isinstance(params, Mapping):
        return query % {name: f":{name}" for name in params}
    return stock.FORMAT_QMARK_REGEX.sub("?", query).replace("%%", "%")


class DatabaseFeatures(StockFeatures):
    max_query_params = MAX_QUERY_PARAMS
    supports_aggregate_order_by_clause = Database.sqlite_version_info >= (3, 44, 0)


class DatabaseOperations(StockOperations):
    def _quote_params_for_last_executed_query(self, params: Sequence[Any]) -> tuple[str, ...]:
        cursor = self.connection.connection.cursor()
        quoted: tuple[str, ...] = ()
        for start in range(0, len(params), MAX_COLUMNS):
            some = tuple(params[start : start + MAX_COLUMNS])
            quoted += cursor.execute("SELECT " + ", ".join(["QUOTE(?)"] * len(some)), some).fetchone()
        cursor.close()
        return quoted


class DatabaseWrapper(stock.DatabaseWrapper):
    Database = Database
    features_class = DatabaseFeatures
    ops_class = DatabaseOperations

    def __init__(self, settings_dict: dict[str, Any], alias: str = DEFAULT_DB_ALIAS) -> None:
        super().__init__(settings_dict, alias)
        self._queue: WriterQueue | None = None

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        connection = Database.connect(**conn_params)
        register_functions(connection)
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA legacy_alter_table = OFF")
        for command in filter(None, map(str.strip, self.init_commands)):
            connection.execute(command)
        if not self.is_in_memory_db():
            self._queue = WriterQueue(str(conn_params["database"]), conn_params.get("timeout", 5.0))
        return connection

    def create_cursor(self, name: str | None = None) -> Any:
        return self.connection.cursor(factory=Cursor)

    def _start_transaction_under_autocommit(self) -> None:
        if self._queue and not self._queue.enter():
            with self.wrap_database_errors:
                raise Database.OperationalError("database is locked")
        try:
            super()._start_transaction_under_autocommit()
        except BaseException:
            self._leave_queue()
            raise

    def _commit(self) -> None:
        super()._commit()
        # a commit that fails leaves the transaction open: then the rollback after it lets the next one write
        self._leave_queue()

    def _rollback(self) -> None:
        try:
            super()._rollback()
        finally:
            self._leave_queue()

    def _close(self) -> None:
        try:
            super()._close()
        finally:
            if self._queue:
                self._queue.close()

    def _leave_queue(self) -> None:
        if self._queue:
            self._queue.leave()
