from django.urls import path

from infield.playbook.talks import views

urlpatterns = [path("objections", views.objections, name="objections")]
