from django.urls import path

from infield.desk.bulk import views as bulk
from infield.desk.deals import views
from infield.desk.deals.shapes import views as shapes

urlpatterns = [
    path("deals", views.table, name="deals"),
    path("deals/timeline", shapes.along_time, name="deals_timeline"),
    path("deals/calendar", shapes.calendar, name="deals_calendar"),
    path("deals/map", shapes.on_map, name="deals_map"),
    path("deals/filter", views.filter_dialog, name="deals_filter"),
    path("deals/columns", views.columns_dialog, name="deals_columns"),
    path("deals/keep", views.keep, name="deals_keep"),
    path("deals/export.<slug:kind>", views.export, name="deals_export"),
    path("deals/change/undo", bulk.undo, name="deals_change_undo"),
    path("deals/change/<slug:what>", bulk.change, name="deals_change"),
    path("views/<id:key>/drop", views.drop, name="view_drop"),
]
