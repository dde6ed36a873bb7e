from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "terang.accounts"
    label = "accounts"
