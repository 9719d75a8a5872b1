"""Which errors mean: the database cannot serve this now, but may in a moment."""

from django.db.utils import InterfaceError, OperationalError

# SQLite's primary result codes: busy, locked, read-only, input and output, full, cannot open
SQLITE_CODES = {5, 6, 8, 10, 13, 14}
LOCKED_BY_QUEUE = "database is locked"


def is_unavailable(error: BaseException | None) -> bool:
    """True for a locked, full or unreachable database; False for a mistake in a statement and for anything else."""
    if not isinstance(error, OperationalError | InterfaceError):
        return False
    cause = error.__cause__
    if type(cause).__module__.split(".")[0] != "pysqlite3":
        return True
    code = getattr(cause, "sqlite_errorcode", None)
    return code & 0xFF in SQLITE_CODES if code is not None else LOCKED_BY_QUEUE in str(cause)
