from django.apps import AppConfig


class CitizensConfig(AppConfig):
    name = "terang.evidence.citizens"
    label = "citizens"
