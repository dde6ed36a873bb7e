"""Addresses of the fairness lens."""

from django.urls import path

from terang.evaluation.fairness import views

app_name = "fairness"
urlpatterns = [
    path("<int:pk>/", views.lens, name="lens"),
    path("<int:pk>/penilai/<int:rater_id>/", views.mirror, name="mirror"),
]
