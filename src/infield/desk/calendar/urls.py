from django.urls import path

from infield.desk.calendar import views

urlpatterns = [
    path("calendar", views.calendar, name="calendar"),
    *(
        path(f"move/{kind}s/<id:key>", views.move, {"kind": kind}, f"move_{kind}")
        for kind in ("deal", "contact")
    ),
]
