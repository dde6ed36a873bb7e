from django.apps import AppConfig


class JournalConfig(AppConfig):
    name = "terang.reporting.journal"
    label = "journal"
