from django.urls import path

from infield.desk.audit import views

urlpatterns = [
    path("audit", views.audit, name="audit"),
    path("audit.csv", views.as_file, name="audit_file"),
]
