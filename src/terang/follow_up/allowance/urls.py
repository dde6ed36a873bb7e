"""Addresses of the allowance."""

from django.urls import path

from terang.follow_up.allowance import views

app_name = "allowance"
urlpatterns = [
    path("", views.mine, name="mine"),
    path("slip/<int:pk>/", views.slip, name="slip"),
    path("slip/<int:pk>/sanggah/", views.raise_dispute, name="raise"),
    path("slip/<int:pk>/tunda/", views.postpone, name="postpone"),
    path("kelola/", views.desk, name="desk"),
    path("aturan/usul/", views.propose, name="propose"),
    path("aturan/<int:pk>/", views.rule, name="rule"),
    path("aturan/<int:pk>/putus/", views.decide, name="decide"),
    path("bulan/", views.begin, name="begin"),
    path("bulan/<int:pk>/", views.run, name="run"),
    path("bulan/<int:pk>/hitung-ulang/", views.recompute, name="recompute"),
    path("bulan/<int:pk>/setujui/", views.approve, name="approve"),
    path("sanggahan/<int:pk>/", views.dispute, name="dispute"),
    path("pegawai/<int:employee_id>/", views.person, name="person"),
    path("pegawai/<int:employee_id>/catat/", views.give, name="give"),
    path("data/<int:pk>/cabut/", views.withdraw, name="withdraw"),
    path("rapel/<int:pk>/", views.arrears, name="arrears"),
    path("rapel/<int:pk>/putus/", views.settle, name="settle"),
    path("simulasi/", views.trials, name="trials"),
    path("simulasi/mulai/", views.begin_trial, name="begin_trial"),
    path("simulasi/<int:pk>/", views.trial, name="trial"),
    path("simulasi/<int:pk>/lagi/", views.again, name="again"),
    path("simulasi/<int:pk>/pegawai/", views.tried, name="tried"),
]
