from django.contrib.auth.decorators import login_required
from django.urls import path

from terang.interchange import views

app_name = "interchange"
urlpatterns = [
    path("pegawai/", login_required(views.people), name="people"),
    path("pegawai/contoh/", login_required(views.template), name="template"),
    path("pegawai/<int:pk>/", login_required(views.preview), name="preview"),
    path("pegawai/<int:pk>/terapkan/", login_required(views.confirm), name="confirm"),
    path("pegawai/<int:pk>/salah/", login_required(views.problems), name="problems"),
]
