from django.apps import AppConfig


class ExplainersConfig(AppConfig):
    name = "terang.follow_up.explainers"
    label = "explainers"
