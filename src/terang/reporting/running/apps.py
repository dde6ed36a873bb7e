from django.apps import AppConfig


class RunningConfig(AppConfig):
    name = "terang.reporting.running"
    label = "running"

    def ready(self) -> None:
        from terang.reporting.running import checks  # noqa: F401 (registers itself)
