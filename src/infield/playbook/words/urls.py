from django.urls import path

from infield.playbook.words import views

urlpatterns = [path("glossary", views.glossary_page, name="glossary")]
