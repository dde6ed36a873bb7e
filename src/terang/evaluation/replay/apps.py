from django.apps import AppConfig


class ReplayConfig(AppConfig):
    name = "terang.evaluation.replay"
    label = "replay"
