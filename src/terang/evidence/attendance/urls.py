from django.urls import path

from terang.evidence.attendance import views

app_name = "attendance"
urlpatterns = [
    path("", views.month, name="month"),
    path("berkas/", views.punch_files, name="punch_files"),
    path("berkas/<int:pk>/", views.punch_file, name="punch_file"),
    path("berkas/<int:pk>/terapkan/", views.punch_file_confirm, name="punch_file_confirm"),
    path("pin/", views.pins, name="pins"),
    path("pin/tetapkan/", views.pin_assign, name="pin_assign"),
    path("pin/<int:pk>/akhiri/", views.pin_end, name="pin_end"),
    path("alat/", views.devices, name="devices"),
    path("alat/baru/", views.device_new, name="device_new"),
    path("alat/<int:pk>/", views.device_edit, name="device_edit"),
    path("alat/<int:pk>/hentikan/", views.device_retire, name="device_retire"),
    path("jam/", views.hours, name="hours"),
    path("jam/baru/", views.hours_new, name="hours_new"),
    path("jam/jumlah/", views.hours_sum, name="hours_sum"),
    path("jam/<int:pk>/akhiri/", views.hours_end, name="hours_end"),
]
