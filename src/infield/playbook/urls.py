"""The addresses of the playbook: guidance by stage, proposals, objections, glossary."""

from django.urls import include, path

app_name = "playbook"

urlpatterns = [
    path("", include("infield.playbook.stages.urls")),
    path("", include("infield.playbook.proposals.urls")),
    path("", include("infield.playbook.shelf.urls")),
    path("", include("infield.playbook.talks.urls")),
    path("", include("infield.playbook.words.urls")),
]
