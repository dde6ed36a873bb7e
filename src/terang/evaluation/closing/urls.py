"""Addresses of closing periods."""

from django.urls import path, re_path

from terang.evaluation.closing import views

app_name = "closing"
urlpatterns = [
    path("", views.periods, name="periods"),
    path("<int:pk>/", views.period, name="period"),
    path("<int:pk>/tutup/", views.close, name="close"),
    path("<int:pk>/koreksi/", views.correct, name="correct"),
    path("<int:period_id>/pegawai/<int:employee_id>/", views.person, name="person"),
    path("pembekuan/<int:pk>/", views.run, name="run"),
    path("pembekuan/<int:pk>/kemajuan/", views.progress, name="progress"),
    path("pembekuan/<int:pk>/dokumen/", views.documents, name="documents"),
    re_path(r"^pembekuan/(?P<pk>[0-9]+)/(?P<verb>sahkan|batalkan|lanjutkan|periksa|cetak)/$", views.act, name="act"),
]
