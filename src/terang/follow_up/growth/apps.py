from django.apps import AppConfig


class GrowthConfig(AppConfig):
    name = "terang.follow_up.growth"
    label = "growth"
