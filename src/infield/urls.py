"""Every address of the app; each view has a rule."""

from django.urls import URLPattern, URLResolver, include, path

from infield.settings import ROOMS, SOURCE

PLACES = (*ROOMS, "desk/set_up")

handler400 = "infield.web.errors.bad_request"
handler403 = "infield.web.errors.forbidden"
handler404 = "infield.web.errors.not_found"
handler500 = "infield.web.errors.server_error"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include(f"infield.{place.replace('/', '.')}.urls"))
    for place in PLACES
    if (SOURCE / place / "urls.py").exists()
]
