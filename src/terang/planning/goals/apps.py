from django.apps import AppConfig


class GoalsConfig(AppConfig):
    name = "terang.planning.goals"
    label = "goals"
