from django.urls import path

from infield.desk.board import views

urlpatterns = [
    path("board", views.board, name="board"),
    path("board/more", views.more, name="board_more"),
]
