"""Log records as lines of JSON, without what people typed, their names or their addresses.

A message is written as its template: the values put into it can be anything. Numbers alone are kept. Of an error
its type and the places in the code are told, never its text, which quotes rows and requests.
"""

import json
import logging
import traceback
from datetime import UTC, datetime
from typing import Any


class JsonLines(logging.Formatter):
    """One record, one line: time, level, logger, message, and for a request its route and status."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": str(record.msg),
            "numbers": _numbers(record.args),
            "status": getattr(record, "status_code", None),
            **_request(getattr(record, "request", None)),
            **_error(record),
        }
        return json.dumps({key: value for key, value in line.items() if value not in (None, [])})


def _numbers(args: Any) -> list[int | float]:
    values = args.values() if isinstance(args, dict) else args or ()
    return [value for value in values if isinstance(value, int | float)]


def _request(request: Any) -> dict[str, Any]:
    match = getattr(request, "resolver_match", None)
    return {"method": getattr(request, "method", None), "route": getattr(match, "route", None)}


def _error(record: logging.LogRecord) -> dict[str, Any]:
    if not record.exc_info or record.exc_info[0] is None:
        return {}
    frames = traceback.extract_tb(record.exc_info[2])
    return {
        "error": f"{record.exc_info[0].__module__}.{record.exc_info[0].__qualname__}",
        "places": [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames],
    }
