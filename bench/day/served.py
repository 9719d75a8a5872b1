"""The requests of a day over HTTP: `infield serve` as it is, asked by several connections."""

import http.client
import socket
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlencode

from bench.day.asks import ROUNDS, WARM, Nth

TOKEN = "t" * 32
"""Any token of a form will do that the cookie bears out."""


@contextmanager
def serving(processes: int = 2) -> Iterator[int]:
    """Start the server on this installation; gives its port once it answers."""
    port = _free_port()
    command = [sys.executable, "-m", "infield", "serve", f"--port={port}", f"--processes={processes}"]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert server.stdout
        if not any("Infield is at" in line for line in server.stdout):
            raise RuntimeError("the server did not start")
        yield port
    finally:
        server.terminate()
        server.wait()


def p50_ms(user: Any, port: int, kinds: list[Nth]) -> float:
    """Give the median time of an answer in ms; each of `kinds` is asked by a connection of its own, all at once."""
    cookie, times = _cookie(user), list[float]()
    threads = [threading.Thread(target=_ask, args=(port, cookie, nth, times)) for nth in kinds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(times) == ROUNDS * len(kinds), "some requests failed"
    return statistics.median(times)


def _ask(port: int, cookie: str, nth: Nth, times: list[float]) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    for n in range(ROUNDS + WARM):
        ask = nth(n)
        headers = {"Cookie": cookie, "Accept-Encoding": "gzip", "HX-Request": str(ask.is_htmx).lower()}
        body = None
        if ask.form:
            body = urlencode(ask.form | {"csrfmiddlewaretoken": TOKEN})
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        since = time.perf_counter()
        connection.request("POST" if ask.form else "GET", ask.path, body, headers)
        answer = connection.getresponse()
        answer.read()
        assert answer.status == ask.status, (ask.path, answer.status)
        if n >= WARM:
            times.append((time.perf_counter() - since) * 1000)


def _cookie(user: Any) -> str:
    from django.conf import settings

    name, value = session_of(user)
    return f"{name}={value}; {settings.CSRF_COOKIE_NAME}={TOKEN}"


def session_of(user: Any) -> tuple[str, str]:
    """Sign the user in; gives the name of the cookie and what stands in it."""
    from django.conf import settings
    from django.test import Client

    client = Client()
    client.force_login(user)
    name = settings.SESSION_COOKIE_NAME
    return name, client.cookies[name].value


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
