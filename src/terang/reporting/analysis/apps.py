from django.apps import AppConfig


class AnalysisConfig(AppConfig):
    name = "terang.reporting.analysis"
    label = "analysis"
