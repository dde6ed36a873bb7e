from django.apps import AppConfig


class ComplaintsConfig(AppConfig):
    name = "terang.evidence.complaints"
    label = "complaints"
    verbose_name = "Pengaduan"
