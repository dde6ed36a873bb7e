from django.urls import path

from terang.registry.organization import views

app_name = "organization"
urlpatterns = [
    path("kalender/", views.calendar, name="calendar"),
    path("kalender/libur/", views.holiday_new, name="holiday_new"),
    path("kalender/libur/<int:pk>/hapus/", views.holiday_remove, name="holiday_remove"),
    path("jam-kerja/", views.work_weeks, name="work_weeks"),
    path("jam-kerja/baru/", views.work_week_new, name="work_week_new"),
    path("gangguan/", views.outages, name="outages"),
    path("gangguan/catat/", views.outage_new, name="outage_new"),
    path("gangguan/<int:pk>/tutup/", views.outage_end, name="outage_end"),
]
