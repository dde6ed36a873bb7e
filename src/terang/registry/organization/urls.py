from django.contrib.auth.decorators import login_required
from django.urls import path

from terang.registry.organization import views

app_name = "organization"
urlpatterns = [
    path("kalender/", login_required(views.calendar), name="calendar"),
    path("kalender/libur/", login_required(views.holiday_new), name="holiday_new"),
    path("kalender/libur/<int:pk>/hapus/", login_required(views.holiday_remove), name="holiday_remove"),
    path("jam-kerja/", login_required(views.work_weeks), name="work_weeks"),
    path("jam-kerja/baru/", login_required(views.work_week_new), name="work_week_new"),
    path("gangguan/", login_required(views.outages), name="outages"),
    path("gangguan/catat/", login_required(views.outage_new), name="outage_new"),
    path("tanpa-sinyal/", login_required(views.zones), name="zones"),
    path("tanpa-sinyal/baru/", login_required(views.zone_new), name="zone_new"),
    path("tanpa-sinyal/<int:pk>/akhiri/", login_required(views.zone_end), name="zone_end"),
    path("gangguan/<int:pk>/tutup/", login_required(views.outage_end), name="outage_end"),
]
