from django.urls import path

from infield.desk.acts import views
from infield.desk.acts.closing import views as closing
from infield.desk.acts.knowing import views as knowing

urlpatterns = [
    path("deals/archived", closing.archived, name="archived"),
    path("deals/<id:key>/move", views.move, name="move"),
    path("deals/<id:key>/meet", views.meet, name="meet"),
    path("deals/<id:key>/withdraw", views.withdraw, name="withdraw"),
    path("deals/<id:key>/win", views.win, name="win"),
    path("deals/<id:key>/lose", closing.lose, name="lose"),
    path("deals/<id:key>/reopen", closing.reopen, name="reopen"),
    path("deals/<id:key>/postpone", closing.postpone, name="postpone"),
    path("deals/<id:key>/no-contact", closing.no_contact, name="no_contact"),
    path("deals/<id:key>/archive", closing.archive, name="archive"),
    path("deals/<id:key>/restore", closing.restore, name="restore"),
    path("deals/<id:key>/version", closing.version, name="version"),
    path("deals/<id:key>/edit/<slug:what>", views.edit, name="edit"),
    path("deals/<id:key>/facts/<slug:field>", knowing.fact, name="fact"),
    path("deals/<id:key>/facts/<slug:field>/history", knowing.history, name="field_history"),
    path("deals/<id:key>/people", knowing.stakeholder, name="stakeholder"),
    path("deals/<id:key>/people/<id:contact>", knowing.part, name="part"),
    path("deals/<id:key>/answers/<slug:form>", knowing.answers, name="answers"),
    path("deals/<id:key>/documents", knowing.document, name="document"),
    path("deals/<id:key>/documents/<id:document>", knowing.file, name="file"),
    path("deals/<id:key>/items", knowing.items, name="items"),
    path("deals/<id:key>/exchange", knowing.exchange, name="exchange"),
    path("deals/<id:key>/undo/<id:event>", views.undo, name="undo"),
]
