"""Addresses of explainers, below `/penjelasan/`."""

from django.urls import path

from terang.follow_up.explainers import views

app_name = "explainers"
urlpatterns = [
    path("", views.shelf, name="shelf"),
    path("sampai-di-mana/", views.reach, name="reach"),
    path("bantuan/baru/", views.help_new, name="help_new"),
    path("bantuan/<int:pk>/akhiri/", views.help_end, name="help_end"),
    path("bantuan/<int:pk>/periksa/", views.help_check, name="help_check"),
    path("tanya/", views.box, name="box"),
    path("tanya/baru/", views.ask, name="ask"),
    path("tanya/<uuid:pk>/jawab/", views.reply, name="reply"),
    path("<slug:code>/", views.explainer, name="explainer"),
]
