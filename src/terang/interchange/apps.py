from django.apps import AppConfig


class InterchangeConfig(AppConfig):
    name = "terang.interchange"
    label = "interchange"
