from django.apps import AppConfig


class ClosingConfig(AppConfig):
    name = "terang.evaluation.closing"
    label = "closing"
