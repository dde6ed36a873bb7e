"""What a head or the personnel agency fills in to get the documents of a unit."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from terang.registry.organization.models import Unit
from terang.registry.people.viewer import Viewer
from terang.reporting.documents.access import packet_units
from terang.reporting.documents.models import OF_APPRAISAL, Kind, Shape
from terang.web.forms import FormKeyMixin

KINDS = (Kind.WHOLE, Kind.PLAN, Kind.ANNEX)
FIRST_YEAR = 2022
"""The regulation of these forms is of 2022."""


class EvaluationPacketForm(FormKeyMixin, forms.Form):
    """Of one window: unit, what and how."""

    unit = forms.ModelChoiceField(
        queryset=Unit.objects.none(), label=_("Unit"), help_text=_("Termasuk semua unit di bawahnya.")
    )
    kind = forms.ChoiceField(label=_("Dokumen"), choices=[(kind.value, kind.label) for kind in OF_APPRAISAL])
    shape = forms.ChoiceField(label=_("Bentuk"), choices=Shape.choices)

    def __init__(self, *args: Any, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = packet_units(viewer)  # type: ignore[attr-defined]
        self.fields["unit"].initial = next(iter(viewer.headed_unit_ids), None)


class PacketForm(FormKeyMixin, forms.Form):
    """Unit, year, what and how."""

    unit = forms.ModelChoiceField(
        queryset=Unit.objects.none(), label=_("Unit"), help_text=_("Termasuk semua unit di bawahnya.")
    )
    year = forms.IntegerField(label=_("Tahun"), min_value=FIRST_YEAR, max_value=2100)
    kind = forms.ChoiceField(label=_("Dokumen"), choices=[(kind.value, kind.label) for kind in KINDS])
    shape = forms.ChoiceField(label=_("Bentuk"), choices=Shape.choices)

    def __init__(self, *args: Any, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = packet_units(viewer)  # type: ignore[attr-defined]
        self.fields["year"].initial = viewer.today.year
        self.fields["unit"].initial = next(iter(viewer.headed_unit_ids), None)
