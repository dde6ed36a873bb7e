from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "terang.registry.people"
    label = "people"
