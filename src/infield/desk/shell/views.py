"""What makes the app installable and open without a network: manifest, service worker, the page of last resort."""

import json
from functools import cache
from hashlib import sha256

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import NoReverseMatch, reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from infield.accounts.rules import anyone
from infield.settings import ROOMS, SOURCE

READABLE = ("desk:today", "desk:board")
"""The pages whose last copy can be read without a network."""
ICONS = ((192, "any"), (512, "any"), (512, "maskable"))
KINDS = {".css", ".js", ".svg", ".woff2"}
PAPER, HOUR_S = "#f9f7f3", 3600


@anyone
@require_safe
@cache_control(max_age=HOUR_S)
def manifest(request: HttpRequest) -> HttpResponse:  # noqa: ARG001  Django names the argument
    icons = [
        {
            "src": static(f"web/icons/{purpose}-{size}.png"),
            "sizes": f"{size}x{size}",
            "type": "image/png",
            "purpose": purpose,
        }
        for size, purpose in ICONS
    ]
    told = {
        "id": "/",
        "name": "Infield",
        "short_name": "Infield",
        "start_url": reverse("home"),
        "scope": "/",
        "display": "standalone",
        "background_color": PAPER,
        "theme_color": PAPER,
        "icons": icons,
    }
    return JsonResponse(told, content_type="application/manifest+json")


@anyone
@require_safe
@cache_control(no_cache=True)
def worker(request: HttpRequest) -> HttpResponse:
    """Give the service worker; its version is that of the files it keeps, so that a new release replaces them."""
    files = _shell()
    offline = reverse("desk:offline")
    context = {
        "version": sha256(" ".join(files).encode()).hexdigest()[:12],
        "files": json.dumps(files),
        "readable": json.dumps(_readable()),
        "offline": json.dumps(offline),
        "sign_in": json.dumps(reverse("account_login")),
        "sign_out": json.dumps(reverse("account_logout")),
        "home": json.dumps(reverse("home")),
    }
    return render(request, "desk/service_worker.js", context, content_type="text/javascript")


@anyone
@require_safe
def offline(request: HttpRequest) -> HttpResponse:
    return render(request, "desk/offline.html")


@cache
def _shell() -> tuple[str, ...]:
    """Give the addresses of our own styles, modules, fonts and icons."""
    names = [
        path.relative_to(SOURCE / room / "static").as_posix()
        for room in ROOMS
        for path in sorted((SOURCE / room / "static").rglob("*"))
        if path.suffix in KINDS
    ]
    return tuple(
        static(name)
        for name in ("django_htmx/htmx-2.min.js", "django_htmx/htmx-2.js", *names)
        if _is_there(name)
    )


def _is_there(name: str) -> bool:
    from django.contrib.staticfiles import finders

    return finders.find(name) is not None


def _readable() -> list[str]:
    found = []
    for name in READABLE:
        try:
            found.append(reverse(name))
        except NoReverseMatch:
            continue
    return found
