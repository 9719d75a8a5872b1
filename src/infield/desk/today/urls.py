from django.urls import path

from infield.desk.today import views

urlpatterns = [
    path("today", views.today, name="today"),
    path("hand-overs/<id:key>/accept", views.accept, name="accept"),
    path("hand-overs/<id:key>/undo/<id:event>", views.unaccept, name="unaccept"),
]
