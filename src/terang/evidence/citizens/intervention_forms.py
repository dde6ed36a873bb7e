"""Forms of marked changes. They read what was typed; the services decide."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from terang.evidence.citizens.models import Service
from terang.evidence.citizens.models.interventions import Intervention
from terang.registry.organization.models import Unit
from terang.web.forms import DateInput, FormKeyMixin, VersionMixin


class WordsMixin(forms.Form):
    """When it began, and what it was."""

    day = forms.DateField(label=_("Mulai berlaku"), widget=DateInput)
    title = forms.CharField(
        label=_("Apa yang diubah"), max_length=80, help_text=_("Singkat, misalnya: sistem loket baru.")
    )
    detail = forms.CharField(
        label=_("Keterangan"), max_length=600, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class MarkForm(WordsMixin, FormKeyMixin):
    """`target()` gives the unit, and the service where only one is meant."""

    about = forms.ChoiceField(label=_("Berlaku untuk"))
    field_order = ("about", "day", "title", "detail")

    def __init__(self, *args: Any, units: list[Unit], services: list[Service], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._units = {f"u{unit.pk}": unit for unit in units}
        self._services = {f"s{service.pk}": service for service in services}
        whole = gettext("Semua layanan: %(unit)s")
        self.fields["about"].choices = [  # type: ignore[attr-defined]
            *((key, f"{each.name} ({each.unit.name})") for key, each in self._services.items()),
            *((key, whole % {"unit": unit.name}) for key, unit in self._units.items()),
        ]

    def target(self) -> tuple[Unit, Service | None]:
        chosen = self.cleaned_data["about"]
        service = self._services.get(chosen)
        return (service.unit, service) if service else (self._units[chosen], None)


class CorrectForm(WordsMixin, VersionMixin):
    reason = forms.CharField(label=_("Alasan pembetulan"), max_length=250)

    @classmethod
    def of(cls, mark: Intervention, data: Any) -> "CorrectForm":
        """The form, filled with the mark as it is."""
        told = {name: getattr(mark, name) for name in ("day", "title", "detail", "version")}
        return cls(data, initial=told)


class WithdrawForm(VersionMixin):
    reason = forms.CharField(label=_("Alasan pencabutan"), max_length=250)
