from django.apps import AppConfig


class DialogueConfig(AppConfig):
    name = "terang.evidence.dialogue"
    label = "dialogue"
