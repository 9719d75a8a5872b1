from django.urls import path

from infield.desk.deal import views

urlpatterns = [
    path("deals/new", views.new, name="new_deal"),
    path("deals/<id:key>", views.deal, name="deal"),
    path("deals/<id:key>/timeline", views.timeline, name="timeline"),
]
