from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "terang.reporting.documents"
    label = "documents"
