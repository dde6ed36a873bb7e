from django.apps import AppConfig


class PulseConfig(AppConfig):
    name = "terang.follow_up.pulse"
    label = "pulse"
