from django.apps import AppConfig


class AppraisalsConfig(AppConfig):
    name = "terang.evaluation.appraisals"
    label = "appraisals"
