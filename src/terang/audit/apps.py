from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "terang.audit"
    label = "audit"
