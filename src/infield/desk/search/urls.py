from django.urls import path

from infield.desk.search import views

urlpatterns = [
    path("search", views.page, name="search"),
    path("search/palette", views.palette, name="palette"),
]
