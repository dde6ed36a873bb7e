"""Addresses of the boards, and the first page."""

from django.urls import path

from terang.reporting.boards import views
from terang.reporting.boards.course import views as course
from terang.reporting.boards.times import views as times

app_name = "boards"
urlpatterns = [
    path("", views.home, name="home"),
    path("hari-ini/", views.today, name="today"),
    path("hari-ini/nilai/", views.card, name="card"),
    path("tim/", views.team, name="team"),
    path("tim/menunggu/", views.queue, name="queue"),
    path("tim/menunggu/<int:entry_id>/putuskan/", views.decide, name="decide"),
    path("lini-masa/<int:employee_id>/", course.course, name="course"),
    path("sesudah-putaran/", views.after_rounds, name="after_rounds"),
    path("misi/", views.missions, name="missions"),
    path("kota/", views.city, name="city"),
    path("kota/layanan/", times.services, name="times_services"),
    path("kota/layanan/<int:service_id>/", times.service_times, name="service_times"),
    path("kota/layanan/unit/<int:unit_id>/", times.unit_times, name="unit_times"),
    path("kota/kepuasan/", times.satisfaction, name="times_satisfaction"),
]
