from django.urls import path

from infield.playbook.shelf import views

urlpatterns = [
    path("playbook/objections", views.objections, name="library"),
    path("playbook/objections/new", views.new_objection, name="new_objection"),
    path("playbook/objections/words", views.words, name="words"),
    path("playbook/objections/turn", views.turn, name="turn_objection"),
]
