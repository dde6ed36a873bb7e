"""Addresses of news and of how one is told."""

from django.urls import path

from terang.reporting.notices import views

app_name = "notices"
urlpatterns = [
    path("", views.news, name="news"),
    path("dibaca/", views.read, name="read"),
    path("pilihan/", views.choices, name="choices"),
    path("pilihan/kalender/", views.calendar_make, name="calendar_make"),
    path("pilihan/kalender/hapus/", views.calendar_drop, name="calendar_drop"),
    path("<str:token>.ics", views.calendar, name="calendar"),
]
