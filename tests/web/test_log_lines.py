"""The log tells where and what kind, never who or what was typed."""

import json
import logging
import sys

from django.test import RequestFactory

from infield.web.log_lines import JsonLines


def line(message: str, *args: object, **extra: object) -> dict[str, object]:
    try:
        raise ValueError("anna@northwind.example owes 300")
    except ValueError:
        record = logging.LogRecord("infield.web", logging.WARNING, "x.py", 1, message, args, sys.exc_info())
    record.__dict__.update(extra)
    told: dict[str, object] = json.loads(JsonLines().format(record))
    return told


def test_a_line_keeps_numbers_and_drops_every_other_value() -> None:
    told = line("could not save %s of %s in %d ms", "Anna Lindqvist", "anna@northwind.example", 12)
    assert told["message"] == "could not save %s of %s in %d ms"
    assert told["numbers"] == [12]
    assert "nna" not in json.dumps(told)


def test_an_error_is_told_by_type_and_place_without_its_text() -> None:
    told = line("failed")
    assert told["error"] == "builtins.ValueError"
    assert "test_log_lines.py" in str(told["places"])
    assert "300" not in json.dumps(told)


def test_a_request_is_told_by_route_not_by_what_was_asked() -> None:
    request = RequestFactory().get("/deals?search=lindqvist")
    told = line("gone", request=request, status_code=503)
    assert (told["method"], told["status"]) == ("GET", 503)
    assert "lindqvist" not in json.dumps(told)
