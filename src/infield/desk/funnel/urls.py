from django.urls import path

from infield.desk.funnel import views

urlpatterns = [path("funnel", views.funnel_page, name="funnel")]
