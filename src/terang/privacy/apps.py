from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    name = "terang.privacy"
    label = "privacy"
    verbose_name = "Pelindungan data pribadi"
