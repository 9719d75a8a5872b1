from django.urls import path

from infield.desk.imports import views

urlpatterns = [
    path("import", views.imports, name="import"),
    path("import/files", views.begin, name="import_begin"),
    path("import/<id:pk>", views.one, name="import_one"),
    path("import/<id:pk>/progress", views.progress, name="import_progress"),
    path("import/<id:pk>/again", views.again, name="import_again"),
    path("import/<id:pk>/doubles", views.doubles, name="import_doubles"),
    path("import/<id:pk>/load", views.load, name="import_load"),
    path("import/<id:pk>/resume", views.resume, name="import_resume"),
    path("import/<id:pk>/stages", views.stages, name="import_stages"),
    path("import/<id:pk>/undo", views.undo, name="import_undo"),
    path("import/<id:pk>/drop", views.drop, name="import_drop"),
    path("import/<id:pk>/rejected.csv", views.rejected, name="import_rejected"),
]
