from django.urls import path

from infield.desk.shell import views

urlpatterns = [
    path("manifest.webmanifest", views.manifest, name="manifest"),
    path("service-worker.js", views.worker, name="worker"),
    path("offline", views.offline, name="offline"),
]
