from django.urls import path

from infield.desk.objections import views

urlpatterns = [
    path("deals/<id:key>/questions/answer", views.answer_question, name="answer_question"),
    path("deals/<id:key>/objections/note", views.note, name="raise_objection"),
    path("deals/<id:key>/objections/<id:raised>/answer", views.answer, name="answer_objection"),
    path("deals/<id:key>/objections/undo/<id:event>", views.undo, name="undo_objection"),
]
