from django.apps import AppConfig


class ObservationConfig(AppConfig):
    name = "terang.evidence.observation"
    label = "observation"
