from django.apps import AppConfig


class PrecedentsConfig(AppConfig):
    name = "terang.evaluation.precedents"
    label = "precedents"
