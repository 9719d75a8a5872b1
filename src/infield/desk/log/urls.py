from django.urls import path

from infield.desk.log import views

urlpatterns = [
    *(
        path(f"log/{kind}s/<id:key>", views.log, {"kind": kind}, f"log_{kind}")
        for kind in ("deal", "lead", "contact")
    ),
    *(
        path(f"next/{kind}s/<id:key>", views.next_step, {"kind": kind}, f"next_{kind}")
        for kind in ("deal", "lead", "contact")
    ),
    path("activities/new", views.plan, name="plan"),
    path("activities/<id:key>/done", views.finish, name="finish"),
    path("activities/<id:key>/move", views.move, name="move_activity"),
    path("activities/<id:key>/drop", views.drop, name="drop"),
    path("activities/<id:key>/take-back", views.take_back, name="take_back"),
    path("activities/<id:key>/undo/<id:act>", views.undo, name="undo_activity"),
]
