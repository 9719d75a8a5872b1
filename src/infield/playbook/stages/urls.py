from django.urls import path

from infield.playbook.stages import views

urlpatterns = [
    path("playbook", views.stages, name="stages"),
    path("playbook/piece", views.piece, name="piece"),
    path("playbook/piece/new", views.new_piece, name="new_piece"),
    path("playbook/piece/turn", views.turn, name="turn"),
    path("playbook/material/new", views.new_material, name="new_material"),
    path("playbook/material/<id:key>", views.material, name="material"),
    path("playbook/material/<id:key>/file", views.material_file, name="material_file"),
    path("playbook/undo/<id:key>", views.undo, name="undo"),
]
