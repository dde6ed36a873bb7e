from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "terang.planning.plans"
    label = "plans"
