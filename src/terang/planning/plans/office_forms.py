"""What the personnel agency types: terms, templates, and to whom a template is given."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from terang.registry.organization.models import Unit
from terang.registry.people.models import PostKind
from terang.web.forms import DateInput, FormKeyMixin


class TermsForm(forms.Form):
    """New terms of planning from a day on."""

    valid_from = forms.DateField(label=_("Berlaku sejak"), widget=DateInput)
    answer_days = forms.IntegerField(
        label=_("Hari kerja untuk menjawab"),
        min_value=1,
        help_text=_("Sesudah itu atasan penilai dapat menjawab menggantikan."),
    )
    basis = forms.CharField(
        label=_("Dasar"), max_length=200, help_text=_("Misalnya nomor surat edaran atau peraturan kepala daerah.")
    )


class TemplateForm(forms.Form):
    """A template's name and for whom it is: the narrower match is offered first."""

    name = forms.CharField(label=_("Nama templat"), max_length=120)
    title = forms.CharField(
        label=_("Nama jabatan"), max_length=150, required=False, help_text=_("Kosong: untuk semua nama jabatan.")
    )
    category = forms.CharField(
        label=_("Rumpun"), max_length=40, required=False, help_text=_("Misalnya guru atau perawat.")
    )
    kind = forms.ChoiceField(
        label=_("Jenis jabatan"), choices=[("", _("Semua jenis")), *PostKind.choices], required=False
    )


class RunForm(FormKeyMixin):
    """Who gets the template: a unit with all below it, there everybody or one title."""

    unit = forms.ModelChoiceField(
        label=_("Unit (termasuk di bawahnya)"), queryset=Unit.objects.none(), empty_label=_("Pilih unit")
    )
    post_title = forms.CharField(
        label=_("Hanya jabatan ini"),
        max_length=150,
        required=False,
        help_text=_("Nama jabatan persis seperti di daftar pegawai. Kosong: semua jabatan di unit itu."),
    )

    def __init__(self, *args: Any, agency_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = Unit.objects.filter(agency_id=agency_id, valid_to__isnull=True).order_by("path")
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        self.fields["unit"].label_from_instance = _indented  # type: ignore[attr-defined]


def _indented(unit: Unit) -> str:
    return f"{'– ' * (unit.path.count('/') - 2)}{unit.name}"
