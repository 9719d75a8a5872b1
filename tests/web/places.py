"""Addresses of a few places, for tests of the frame."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import include, path

from infield import urls
from infield.accounts.rules import allow, allow_all_roles

handler404, handler500 = urls.handler404, urls.handler500


def page(request: HttpRequest) -> HttpResponse:
    return render(request, "web/base.html")


desk = [
    path("pipeline", allow_all_roles(page), name="board"),
    path("map", allow_all_roles(page), name="map"),
    path("funnel", allow_all_roles(page), name="funnel"),
    path("import", allow("manager")(page), name="import"),
]
urlpatterns = [
    path("", include((desk, "desk"))),
    path("map/history", allow_all_roles(page)),
    *urls.urlpatterns,
]
