from django.urls import path

from infield.desk.reasons import views

urlpatterns = [path("reasons", views.reasons, name="reasons")]
