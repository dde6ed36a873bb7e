from django.apps import AppConfig


class TrainingConfig(AppConfig):
    name = "terang.follow_up.training"
    label = "training"
