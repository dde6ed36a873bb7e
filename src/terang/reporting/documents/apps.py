from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "terang.reporting.documents"
    label = "documents"

    def ready(self) -> None:
        from terang.reporting.documents import checks  # noqa: F401 (registers itself)
