from django.apps import AppConfig


class BoardsConfig(AppConfig):
    name = "terang.reporting.boards"
    label = "boards"
