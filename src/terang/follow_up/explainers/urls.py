"""Addresses of explainers, below `/penjelasan/`."""

from django.urls import path

from terang.follow_up.explainers import views

app_name = "explainers"
urlpatterns = [
    path("", views.shelf, name="shelf"),
    path("sampai-di-mana/", views.reach, name="reach"),
    path("bantuan/baru/", views.help_new, name="help_new"),
    path("bantuan/<int:pk>/akhiri/", views.help_end, name="help_end"),
    path("<slug:code>/", views.explainer, name="explainer"),
]
