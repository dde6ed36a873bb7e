from django.apps import AppConfig


class DictionaryConfig(AppConfig):
    name = "terang.planning.dictionary"
    label = "dictionary"
