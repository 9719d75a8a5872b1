from django.urls import path

from infield.desk.everything import views

urlpatterns = [
    path("everything", views.everything, name="everything"),
]
