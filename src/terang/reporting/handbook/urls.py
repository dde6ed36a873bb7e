"""Addresses of the handbooks: for everybody, they tell nothing of anybody."""

from django.urls import path

from terang.reporting.handbook import views

app_name = "handbook"
urlpatterns = [
    path("", views.shelf, name="shelf"),
    path("<slug:code>/", views.book, name="book"),
]
