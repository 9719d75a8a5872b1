from django.urls import path

from infield.desk.own import views

urlpatterns = [path("deals/<id:key>/own/<id:field>", views.deal, name="own_of_deal")]
