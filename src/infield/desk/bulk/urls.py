from django.urls import path

from infield.desk.bulk import views

urlpatterns = [
    path("deals/change/undo", views.undo, name="bulk_undo"),
    path("deals/change/<slug:what>", views.change, name="bulk"),
]
