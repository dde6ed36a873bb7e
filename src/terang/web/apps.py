from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "terang.web"
    label = "web"
