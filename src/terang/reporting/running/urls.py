"""Addresses as monitors expect them, for which reason these are not Indonesian."""

from django.urls import path

from terang.reporting.running import views

app_name = "running"
urlpatterns = [
    path("health", views.alive, name="alive"),
    path("health/ready", views.ready, name="ready"),
    path("metrics", views.figures, name="metrics"),
]
