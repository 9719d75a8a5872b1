"""The board and deals. Each sub-room keeps its own list."""

from django.urls import include, path

app_name = "desk"

urlpatterns = [
    path("", include("infield.desk.board.urls")),
    path("", include("infield.desk.deal.urls")),
    path("", include("infield.desk.acts.urls")),
]
