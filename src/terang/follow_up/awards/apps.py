from django.apps import AppConfig


class AwardsConfig(AppConfig):
    name = "terang.follow_up.awards"
    label = "awards"
