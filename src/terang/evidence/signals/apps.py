from django.apps import AppConfig


class SignalsConfig(AppConfig):
    name = "terang.evidence.signals"
    label = "signals"
