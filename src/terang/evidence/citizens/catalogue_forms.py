"""The catalogue as typed by service managers."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from terang.evidence.citizens.models import LimitUnit, ServiceStandard
from terang.evidence.citizens.services import RequirementText, StepText
from terang.evidence.citizens.working_time import WORKING_DAY_MINUTES
from terang.registry.organization.models import Unit
from terang.web.forms import DateInput, FormKeyMixin, VersionMixin

PUBLIC = ("requirements_note", "procedure", "fee_idr", "fee_note", "product", "complaint_handling")
INTERNAL = (
    "legal_basis",
    "facilities",
    "competence",
    "supervision",
    "staffing",
    "assurance",
    "safety",
    "evaluation",
)
STEP_UNITS = [("1", _("menit")), ("60", _("jam kerja")), (str(WORKING_DAY_MINUTES), _("hari kerja"))]


class LetterField(forms.RegexField):
    """One letter from A to Z, typed large or small."""

    def __init__(self, **kwargs: Any) -> None:
        told = {"invalid": _("Tulis satu huruf, A sampai Z.")}
        super().__init__(r"^[A-Z]?$", max_length=1, error_messages=told, **kwargs)

    def to_python(self, value: Any) -> str:
        return str(super().to_python(value)).upper()


class ServiceForm(forms.Form):
    """A new service: where, and how it is called."""

    unit = forms.ModelChoiceField(Unit.objects.none(), label=_("Unit"), empty_label=None)
    code = forms.SlugField(
        label=_("Kode"), max_length=30, help_text=_("Pendek; tiga hurufnya mengawali nomor permohonan. Misalnya ktp.")
    )
    name = forms.CharField(label=_("Nama layanan"), max_length=150)
    queue_letter = LetterField(
        label=_("Huruf nomor antrean"),
        required=False,
        help_text=_("Misalnya B untuk B-012. Kosongkan untuk huruf berikutnya yang belum dipakai unit ini."),
    )
    monthly_norm = forms.IntegerField(
        label=_("Norma permohonan per petugas per bulan"), min_value=1, max_value=100_000, required=False
    )

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]


class ServiceChangeForm(VersionMixin):
    """What may change about a service without a new version of its standard."""

    name = forms.CharField(label=_("Nama layanan"), max_length=150)
    queue_letter = LetterField(
        label=_("Huruf nomor antrean"),
        help_text=_("Berlaku untuk nomor berikutnya. Layanan dengan huruf yang sama berbagi urutan nomor."),
    )
    monthly_norm = forms.IntegerField(
        label=_("Norma permohonan per petugas per bulan"), min_value=1, max_value=100_000, required=False
    )
    active = forms.BooleanField(label=_("Dibuka untuk warga"), required=False)


class StandardForm(forms.ModelForm):  # type: ignore[type-arg]
    """A new version of a standard, written from the latest one. `based_on` is that one's number (0: the first)."""

    based_on = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    class Meta:
        model = ServiceStandard
        fields = (
            "decree",
            "decree_day",
            "valid_from",
            "online",
            "limit_least",
            "limit",
            "limit_unit",
            *PUBLIC,
            *INTERNAL,
        )
        widgets = {
            "decree_day": DateInput(),
            "valid_from": DateInput(),
            **{name: forms.Textarea(attrs={"rows": 3}) for name in ("procedure", "complaint_handling", *INTERNAL)},
        }
        labels = {
            "decree": _("Nomor SK"),
            "decree_day": _("Tanggal SK"),
            "valid_from": _("Berlaku sejak"),
            "online": _("Dapat diajukan dari rumah"),
            "requirements_note": _("Catatan persyaratan"),
            "procedure": _("Sistem, mekanisme, dan prosedur"),
            "limit_least": _("Tercepat"),
            "limit": _("Paling lama"),
            "limit_unit": _("Satuan waktu"),
            "fee_idr": _("Biaya atau tarif (rupiah)"),
            "fee_note": _("Keterangan biaya"),
            "product": _("Produk pelayanan"),
            "complaint_handling": _("Penanganan pengaduan, saran, dan masukan"),
            "legal_basis": _("Dasar hukum"),
            "facilities": _("Sarana, prasarana, dan fasilitas"),
            "competence": _("Kompetensi pelaksana"),
            "supervision": _("Pengawasan internal"),
            "staffing": _("Jumlah pelaksana"),
            "assurance": _("Jaminan pelayanan"),
            "safety": _("Jaminan keamanan dan keselamatan pelayanan"),
            "evaluation": _("Evaluasi kinerja pelaksana"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["limit_unit"].choices = LimitUnit.choices  # type: ignore[attr-defined]
        self.fields["limit"].min_value = 1  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        """The fields of the version, without what only guards the page."""
        return {name: value for name, value in self.cleaned_data.items() if name != "based_on"}

    def public_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in PUBLIC]

    def internal_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in INTERNAL]


class RequirementForm(forms.Form):
    """One line of the requirements; a line without a name is left out."""

    name = forms.CharField(label=_("Persyaratan"), max_length=150, required=False)
    detail = forms.CharField(label=_("Keterangan"), max_length=300, required=False)
    obligatory = forms.BooleanField(label=_("Wajib"), required=False)
    attachable = forms.BooleanField(label=_("Dapat dilampirkan"), required=False)


class StepForm(forms.Form):
    """One line of the steps; a line without a name is left out."""

    name = forms.CharField(label=_("Langkah"), max_length=150, required=False)
    who = forms.CharField(label=_("Pelaksana"), max_length=120, required=False)
    amount = forms.IntegerField(label=_("Waktu"), min_value=0, max_value=100_000, required=False)
    unit = forms.ChoiceField(label=_("Satuan"), choices=STEP_UNITS, required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("name") and (not data.get("who") or data.get("amount") is None):
            raise forms.ValidationError(gettext("Lengkapi pelaksana dan waktu langkah ini."))
        return data


RequirementLines = forms.formset_factory(RequirementForm, extra=2, max_num=30, absolute_max=40)
StepLines = forms.formset_factory(StepForm, extra=2, max_num=20, absolute_max=30)


def requirement_texts(lines: Any) -> list[RequirementText]:
    """The requirements of a valid formset, in order."""
    return [
        RequirementText(row["name"].strip(), row["detail"].strip(), row["obligatory"], row["attachable"])
        for row in (line.cleaned_data for line in lines)
        if row.get("name", "").strip()
    ]


def step_texts(lines: Any) -> list[StepText]:
    """The steps of a valid formset, in order."""
    return [
        StepText(row["name"].strip(), row["who"].strip(), row["amount"] * int(row["unit"] or 1))
        for row in (line.cleaned_data for line in lines)
        if row.get("name", "").strip()
    ]


def requirement_lines(standard: ServiceStandard | None) -> list[dict[str, Any]]:
    """What a formset begins with."""
    rows = standard.requirements.all() if standard else ()
    return [{"name": r.name, "detail": r.detail, "obligatory": r.obligatory, "attachable": r.attachable} for r in rows]


def step_lines(standard: ServiceStandard | None) -> list[dict[str, Any]]:
    """What a formset begins with, each time in the largest unit that fits."""
    steps = standard.steps.all() if standard else ()
    return [{"name": step.name, "who": step.who, **_amount(step.minutes)} for step in steps]


def _amount(minutes: int) -> dict[str, Any]:
    size = next(size for size in (WORKING_DAY_MINUTES, 60, 1) if minutes % size == 0)
    if minutes == 0:
        size = 1
    return {"amount": minutes // size, "unit": str(size)}


class PledgeForm(FormKeyMixin):
    """The pledge of a unit."""

    text = forms.CharField(label=_("Bunyi maklumat"), max_length=2000, widget=forms.Textarea(attrs={"rows": 6}))
    signer = forms.CharField(label=_("Penanda tangan"), max_length=150)
    signer_title = forms.CharField(label=_("Jabatan penanda tangan"), max_length=150)
    place = forms.CharField(label=_("Tempat"), max_length=100)
    day = forms.DateField(label=_("Tanggal"), widget=DateInput())


class TermsForm(forms.Form):
    """What applicants are given, in calendar days."""

    supply_days = forms.IntegerField(
        label=_("Hari untuk melengkapi berkas"),
        min_value=7,
        max_value=180,
        help_text=_("Permohonan yang dikembalikan dan tidak dilengkapi sampai hari terakhirnya berakhir sendiri."),
    )
    reopen_days = forms.IntegerField(
        label=_("Hari untuk menyatakan hasilnya keliru"),
        min_value=3,
        max_value=30,
        help_text=_("Dihitung sejak hasil diserahkan. Selama itu pemohon dapat membuka kembali permohonannya."),
    )
    keep_days = forms.IntegerField(
        label=_("Hari setelah permohonan berakhir"),
        min_value=30,
        max_value=3650,
        help_text=_("Sesudahnya nama, kontak, dan berkas pemohon dihapus; catatan waktunya tetap."),
    )
    basis = forms.CharField(label=_("Dasar penetapan"), max_length=200)
    valid_from = forms.DateField(label=_("Berlaku sejak"), widget=DateInput())
