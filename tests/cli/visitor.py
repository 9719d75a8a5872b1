"""Somebody who uses a served app as a browser does: cookies, forms as the page has them, redirects not followed."""

import urllib.error
import urllib.request
from collections import Counter
from dataclasses import dataclass, field
from http.client import HTTPResponse
from http.cookiejar import CookieJar
from typing import Any
from urllib.parse import urlencode, urljoin

from lxml import html

PATIENCE_S = 60


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: Any, **__: Any) -> None:
        return None


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    text: str
    location: str


@dataclass(slots=True)
class Visitor:
    """One browser window at `address`; OSError where nobody answers. `statuses` counts what was answered."""

    address: str
    cookies: CookieJar = field(default_factory=CookieJar)
    statuses: Counter[int] = field(default_factory=Counter)

    def sign_in(self, email: str, password: str) -> None:
        answer = self.submit("/sign-in", login=email, password=password)
        assert answer.status == 302, answer.text

    def get(self, path: str) -> Answer:
        return self._ask(urllib.request.Request(urljoin(self.address, path)))  # noqa: S310  our own address

    def submit(self, path: str, **fields: str) -> Answer:
        """Fill the form at `path` that has these fields, the others as they stand, and send it where it says.

        Where that page does not open, gives what was answered instead of it.
        """
        page = self.get(path)
        if page.status != 200:
            return page
        document: Any = html.document_fromstring(page.text)
        found = [form for form in document.forms if set(fields) <= set(form.fields)]
        assert found, (page.status, page.text[:2_000])
        filled = {**dict(found[0].form_values()), **fields}
        request = urllib.request.Request(  # noqa: S310
            urljoin(self.address, found[0].action or path),
            data=urlencode(filled).encode(),
            headers={"Referer": self.address},
        )
        return self._ask(request)

    def _ask(self, request: urllib.request.Request) -> Answer:
        opener = urllib.request.build_opener(_Stay, urllib.request.HTTPCookieProcessor(self.cookies))
        try:
            answered: HTTPResponse | urllib.error.HTTPError = opener.open(request, timeout=PATIENCE_S)
        except urllib.error.HTTPError as refused:
            answered = refused
        with answered:
            answer = Answer(
                answered.status or 0, answered.read().decode(), answered.headers.get("Location", "")
            )
        self.statuses[answer.status] += 1
        return answer
