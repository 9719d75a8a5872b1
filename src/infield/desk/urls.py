"""The addresses of the screens; each screen has its own list."""

from django.urls import include, path

app_name = "desk"

urlpatterns = [
    path("", include("infield.desk.today.urls")),
    path("", include("infield.desk.calendar.urls")),
    path("", include("infield.desk.log.urls")),
    path("", include("infield.desk.following.urls")),
    path("", include("infield.desk.cadences.urls")),
    path("", include("infield.desk.hours.urls")),
    path("", include("infield.desk.bell.urls")),
    path("", include("infield.desk.board.urls")),
    path("", include("infield.desk.deals.urls")),
    path("", include("infield.desk.own.urls")),
    path("", include("infield.desk.deal.urls")),
    path("", include("infield.desk.acts.urls")),
    path("", include("infield.desk.search.urls")),
    path("", include("infield.desk.leads.urls")),
    path("", include("infield.desk.products.urls")),
    path("", include("infield.desk.reasons.urls")),
    path("", include("infield.desk.objections.urls")),
    path("", include("infield.desk.map.urls")),
    path("", include("infield.desk.behind.urls")),
    path("", include("infield.desk.funnel.urls")),
    path("", include("infield.desk.imports.urls")),
    path("", include("infield.desk.audit.urls")),
    path("", include("infield.desk.everything.urls")),
    path("", include("infield.desk.shell.urls")),
]
