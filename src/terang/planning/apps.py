from django.apps import AppConfig


class PlanningConfig(AppConfig):
    name = "terang.planning"
    label = "planning"
