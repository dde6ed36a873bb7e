from django.apps import AppConfig


class CustodyConfig(AppConfig):
    name = "terang.custody"
    label = "custody"
