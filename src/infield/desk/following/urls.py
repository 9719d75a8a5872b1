from django.urls import path

from infield.desk.following import views

WHOM = ("deal", "lead", "contact")

urlpatterns = [
    *(path(f"following/{one}s/<id:key>", views.panel, {"kind": one}, f"following_{one}") for one in WHOM),
    *(path(f"following/{one}s/<id:key>/begin", views.enrol, {"kind": one}, f"enrol_{one}") for one in WHOM),
    path("series/<id:key>/stop", views.stop, name="stop_series"),
    path("series/<id:key>/resume", views.resume, name="resume_series"),
]
