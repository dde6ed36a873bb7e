"""Addresses of version 1. A change that breaks a reader gets a new version beside this one."""

from django.urls import path

from terang.interchange.explaining import views

app_name = "explaining"
urlpatterns = [
    path("skema.json", views.schema, name="schema"),
    path("nilai/<int:period_id>/<int:employee_id>/", views.score, name="score"),
    path("nilai/<int:period_id>/<int:employee_id>/<slug:aspect>/<slug:measure>/", views.measure, name="measure"),
    path("hasil/<int:pk>/", views.result, name="result"),
]
