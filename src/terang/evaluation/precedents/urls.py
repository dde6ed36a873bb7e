"""Addresses of published decisions on objections."""

from django.urls import path

from terang.evaluation.precedents import views

app_name = "precedents"
urlpatterns = [
    path("", views.all_precedents, name="list"),
    path("diputus/", views.decided, name="decided"),
    path("diputus/<int:objection_id>/", views.write, name="write"),
    path("<int:pk>/", views.one, name="one"),
    path("<int:pk>/tarik/", views.withdraw, name="withdraw"),
]
