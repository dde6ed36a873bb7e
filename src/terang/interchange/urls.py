from django.urls import path

from terang.interchange import views

app_name = "interchange"
urlpatterns = [
    path("pegawai/", views.people, name="people"),
    path("pegawai/contoh/", views.template, name="template"),
    path("pegawai/<int:pk>/", views.preview, name="preview"),
    path("pegawai/<int:pk>/terapkan/", views.confirm, name="confirm"),
    path("pegawai/<int:pk>/salah/", views.problems, name="problems"),
]
