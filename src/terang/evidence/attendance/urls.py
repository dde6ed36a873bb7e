from django.urls import path

from terang.evidence.attendance import leave_urls
from terang.evidence.attendance.views import devices, files, hours, month, pins

app_name = "attendance"
urlpatterns = [
    path("", month.month, name="month"),
    path("berkas/", files.punch_files, name="punch_files"),
    path("berkas/<int:pk>/", files.punch_file, name="punch_file"),
    path("berkas/<int:pk>/terapkan/", files.punch_file_confirm, name="punch_file_confirm"),
    path("pin/", pins.pins, name="pins"),
    path("pin/tetapkan/", pins.pin_assign, name="pin_assign"),
    path("pin/<int:pk>/akhiri/", pins.pin_end, name="pin_end"),
    path("alat/", devices.devices, name="devices"),
    path("alat/baru/", devices.device_new, name="device_new"),
    path("alat/<int:pk>/", devices.device_edit, name="device_edit"),
    path("alat/<int:pk>/hentikan/", devices.device_retire, name="device_retire"),
    path("jam/", hours.hours, name="hours"),
    path("jam/baru/", hours.hours_new, name="hours_new"),
    path("jam/jumlah/", hours.hours_sum, name="hours_sum"),
    path("jam/<int:pk>/akhiri/", hours.hours_end, name="hours_end"),
    *leave_urls.patterns,
]
