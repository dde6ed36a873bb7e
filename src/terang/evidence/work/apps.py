from django.apps import AppConfig


class WorkConfig(AppConfig):
    name = "terang.evidence.work"
    label = "work"
