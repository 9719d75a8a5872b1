from django.urls import path

from infield.desk.cadences import views

urlpatterns = [
    path("settings/cadences", views.cadences, name="cadences"),
    path("settings/cadences/new", views.new, name="new_cadence"),
    path("cadences/<id:key>", views.edit, name="cadence"),
    path("cadences/<id:key>/put-away", views.put_away, name="put_away_cadence"),
    path("cadences/<id:key>/take-out", views.take_out, name="take_out_cadence"),
]
