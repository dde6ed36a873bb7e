from django.apps import AppConfig


class OversightConfig(AppConfig):
    name = "terang.evidence.oversight"
    label = "oversight"
