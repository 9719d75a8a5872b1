"""Every address of the app; each view has a rule."""

from django.urls import URLPattern, URLResolver, include, path

from infield.settings import ROOMS, SOURCE

handler400 = "infield.web.errors.bad_request"
handler403 = "infield.web.errors.forbidden"
handler404 = "infield.web.errors.not_found"
handler500 = "infield.web.errors.server_error"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include(f"infield.{room}.urls")) for room in ROOMS if (SOURCE / room / "urls.py").exists()
]
