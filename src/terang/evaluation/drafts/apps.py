from django.apps import AppConfig


class DraftsConfig(AppConfig):
    name = "terang.evaluation.drafts"
    label = "policy_drafts"
