from django.urls import path

from infield.desk.products import views

urlpatterns = [
    path("products", views.products, name="products"),
    path("products/new", views.new, name="new_product"),
    path("products/<id:key>", views.product, name="product"),
    path("products/<id:key>/archive", views.archive, name="archive_product"),
]
