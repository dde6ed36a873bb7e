from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "terang.reporting.notices"
    label = "notices"
