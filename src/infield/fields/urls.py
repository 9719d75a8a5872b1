from django.urls import path

from infield.fields import views

app_name = "fields"

urlpatterns = [
    path("settings/fields", views.overview, name="overview"),
    path("settings/fields/<slug:kind>/add", views.add, name="add"),
    path("settings/fields/<id:field>", views.change, name="change"),
    path("settings/fields/<id:field>/up", views.up, name="up"),
    path("settings/fields/<id:field>/archive", views.archive, name="archive"),
    path("settings/fields/<id:field>/restore", views.restore, name="restore"),
]
