from django.apps import AppConfig


class AttendanceConfig(AppConfig):
    name = "terang.evidence.attendance"
    label = "attendance"
