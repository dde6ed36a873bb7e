from django.apps import AppConfig


class CreditConfig(AppConfig):
    name = "terang.evaluation.credit"
    label = "credit"
