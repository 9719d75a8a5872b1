from django.urls import path

from infield.playbook.proposals import views

urlpatterns = [
    path("deals/<id:key>/propose", views.propose, name="propose"),
    path("playbook/proposals", views.proposals, name="proposals"),
    path("playbook/proposals/<id:key>", views.decide, name="decide"),
    path("playbook/proposals/undo/<id:key>", views.undo, name="undo_proposal"),
]
