from django.urls import path

from infield.desk.hours import views

urlpatterns = [path("settings/working-hours", views.hours, name="hours")]
