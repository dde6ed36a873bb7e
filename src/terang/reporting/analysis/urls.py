"""Addresses of the analysis."""

from django.urls import path

from terang.reporting.analysis import views

app_name = "analysis"
urlpatterns = [
    path("", views.page, name="page"),
    path("orang/", views.people, name="people"),
    path("unduh/<slug:kind>/", views.export, name="export"),
    path("pemerintah/", views.governments, name="governments"),
    path("simpan/", views.save, name="save"),
    path("tampilan/<int:pk>/ubah/", views.change, name="change"),
    path("tampilan/<int:pk>/hapus/", views.remove, name="remove"),
]
