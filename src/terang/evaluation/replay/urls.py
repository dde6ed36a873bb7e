"""Addresses of replays."""

from django.urls import path

from terang.evaluation.replay import views

app_name = "replay"
urlpatterns = [
    path("", views.replays, name="list"),
    path("mulai/", views.start, name="start"),
    path("<int:pk>/", views.page, name="page"),
    path("<int:pk>/persiapan/", views.progress, name="progress"),
    path("<int:pk>/siapkan-lagi/", views.again, name="again"),
    path("<int:pk>/unit/", views.units, name="units"),
    path("<int:pk>/orang/", views.people, name="people"),
    path("<int:pk>/konsep/", views.draft, name="draft"),
    path("<int:pk>/konsep/draf/", views.take, name="take"),
]
