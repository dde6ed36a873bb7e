from django.apps import AppConfig
from django.forms import Field
from django.utils.translation import gettext_lazy as _


class WebConfig(AppConfig):
    name = "terang.web"
    label = "web"

    def ready(self) -> None:
        # Django's Indonesian calls a field "bidang", which here is a division of an office.
        Field.default_error_messages = {**Field.default_error_messages, "required": _("Bagian ini tidak boleh kosong.")}
