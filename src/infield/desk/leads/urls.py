from django.urls import path

from infield.desk.leads import views

urlpatterns = [
    path("leads/<id:key>/convert", views.converting, name="convert"),
    path("leads/<id:key>/convert/undo", views.unconverting, name="unconvert"),
]
