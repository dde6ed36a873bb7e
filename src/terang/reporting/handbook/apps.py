from django.apps import AppConfig


class HandbookConfig(AppConfig):
    name = "terang.reporting.handbook"
    label = "handbook"
