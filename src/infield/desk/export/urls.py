from django.urls import path

from infield.desk.export import views

urlpatterns = [path("deals/export.<slug:kind>", views.deals, name="deals_export")]
