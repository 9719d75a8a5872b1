from django.urls import path

from infield.desk.acts import views

urlpatterns = [
    path("deals/<id:key>/move", views.move, name="move"),
    path("deals/<id:key>/step", views.step, name="step"),
    path("deals/<id:key>/step/done", views.step_done, name="step_done"),
    path("deals/<id:key>/meet", views.meet, name="meet"),
    path("deals/<id:key>/withdraw", views.withdraw, name="withdraw"),
    path("deals/<id:key>/win", views.win, name="win"),
    path("deals/<id:key>/lose", views.lose, name="lose"),
    path("deals/<id:key>/reopen", views.reopen, name="reopen"),
    path("deals/<id:key>/edit/<slug:what>", views.edit, name="edit"),
    path("deals/<id:key>/undo/<id:event>", views.undo, name="undo"),
]
