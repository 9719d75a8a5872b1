from django.urls import path

from infield.desk.behind import views

urlpatterns = [path("map/deals", views.behind, name="behind")]
