from django.apps import AppConfig


class CareerConfig(AppConfig):
    name = "terang.follow_up.career"
    label = "career"
