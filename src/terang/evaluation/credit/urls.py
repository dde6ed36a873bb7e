"""Addresses of credit points of functional officials."""

from django.urls import path

from terang.evaluation.credit import views

app_name = "credit"
urlpatterns = [
    path("", views.mine, name="mine"),
    path("pegawai/", views.people, name="people"),
    path("pegawai/<int:pk>/", views.person, name="person"),
    path("pegawai/<int:pk>/catat/", views.grant, name="grant"),
    path("pegawai/<int:pk>/tetapkan/", views.decide, name="decide"),
    path("catatan/<int:pk>/batalkan/", views.withdraw_grant, name="withdraw_grant"),
    path("penetapan/<int:pk>/", views.decision, name="decision"),
    path("penetapan/<int:pk>/cabut/", views.withdraw, name="withdraw"),
]
