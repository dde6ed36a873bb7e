from django.apps import AppConfig


class OrganizationConfig(AppConfig):
    name = "terang.registry.organization"
    label = "organization"
