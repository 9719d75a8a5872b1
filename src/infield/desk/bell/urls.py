from django.urls import path

from infield.desk.bell import views

urlpatterns = [
    path("reminders", views.bell, name="bell"),
    path("reminders/<id:key>/seen", views.seen, name="seen"),
    path("reminders/proposals/<id:key>/seen", views.seen_proposal, name="seen_proposal"),
]
