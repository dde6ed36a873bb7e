from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "terang.evidence.reports"
    label = "reports"
    verbose_name = "Laporan kinerja"
