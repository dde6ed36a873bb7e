from django.apps import AppConfig


class AllowanceConfig(AppConfig):
    name = "terang.follow_up.allowance"
    label = "allowance"
