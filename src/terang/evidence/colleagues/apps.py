from django.apps import AppConfig


class ColleaguesConfig(AppConfig):
    name = "terang.evidence.colleagues"
    label = "colleagues"
