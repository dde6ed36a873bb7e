from django.apps import AppConfig


class BurdenConfig(AppConfig):
    name = "terang.follow_up.burden"
    label = "burden"
