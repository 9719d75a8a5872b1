from django.urls import path

from infield.desk.map import views

urlpatterns = [
    path("map", views.map_page, name="map"),
    path("map/stage", views.stage, name="map_stage"),
    path("map/picture.svg", views.picture, name="map_picture"),
]
