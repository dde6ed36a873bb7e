from django.apps import AppConfig


class MatrixConfig(AppConfig):
    name = "terang.planning.matrix"
    label = "matrix"
