from django.apps import AppConfig


class FairnessConfig(AppConfig):
    name = "terang.evaluation.fairness"
    label = "fairness"
