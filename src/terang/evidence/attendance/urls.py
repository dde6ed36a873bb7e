from django.urls import path

from terang.evidence.attendance import leave_urls
from terang.evidence.attendance.views import devices, files, hours, month, pins, punch, web_rules

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
    path("rekam/", punch.punch, name="punch"),
    path("rekam/<int:pk>/", punch.web_punch, name="web_punch"),
    path("rekam/<int:pk>/jawab/", punch.web_punch_answer, name="web_punch_answer"),
    path("rekam/<int:pk>/foto/", punch.web_punch_photo, name="web_punch_photo"),
    path("web/", web_rules.web_rules, name="web_rules"),
    path("web/aturan/baru/", web_rules.web_rule_new, name="web_rule_new"),
    path("web/aturan/<int:pk>/akhiri/", web_rules.web_rule_end, name="web_rule_end"),
    path("web/tempat/baru/", web_rules.place_new, name="place_new"),
    path("web/tempat/<int:pk>/hentikan/", web_rules.place_retire, name="place_retire"),
    *leave_urls.patterns,
]
