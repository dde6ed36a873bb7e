from django.apps import AppConfig


class CoachingConfig(AppConfig):
    name = "terang.follow_up.coaching"
    label = "coaching"
