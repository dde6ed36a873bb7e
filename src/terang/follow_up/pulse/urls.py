"""Addresses of the pulse, below `/suara/`."""

from django.urls import path

from terang.follow_up.pulse import views

app_name = "pulse"
urlpatterns = [
    path("", views.results, name="results"),
    path("jawab/", views.answer, name="answer"),
    path("terima-kasih/", views.thanks, name="thanks"),
    path("mulai/", views.begin, name="begin"),
    path("hentikan/", views.end, name="end"),
]
