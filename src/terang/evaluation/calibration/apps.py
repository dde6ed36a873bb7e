from django.apps import AppConfig


class CalibrationConfig(AppConfig):
    name = "terang.evaluation.calibration"
    label = "calibration"
