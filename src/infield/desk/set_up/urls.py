from django.urls import path

from infield.desk.set_up import views

urlpatterns = [path("set-up", views.first_start, name="set_up")]
