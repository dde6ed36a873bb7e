"""Requests as typed: by citizens without an account, and by officers."""

from collections.abc import Iterable
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from terang.custody.kinds import EXTENSIONS
from terang.evidence.citizens.models import Requirement, Service
from terang.registry.people.models import Employee
from terang.web.forms import FileField, FormKeyMixin, MomentField, VersionMixin
from terang.web.public_forms import PublicFormMixin

PHONE = RegexValidator(r"^[0-9+][0-9 \-]{6,18}$", _("Tulis angkanya saja, misalnya 0812 3456 7890."))

PAPERS = ("pdf", "jpg", "jpeg", "png")
"""What a phone and a scanner make."""


class AttachmentsForm(forms.Form):
    """One file field for each requirement that can be attached. `attached()` gives requirement id → file."""

    def ask_for(self, requirements: Iterable[Requirement], *, optional: bool = False) -> None:
        self.asked = [each for each in requirements if each.attachable]
        for each in self.asked:
            detail = f"{each.detail.rstrip('.')}." if each.detail else ""
            field = FileField(
                label=each.name, types=PAPERS, required=each.obligatory and not optional, help_text=detail
            )
            self.fields[f"file_{each.pk}"] = field

    def attached(self) -> dict[int | None, UploadedFile]:
        files = {each.pk: self.cleaned_data.get(f"file_{each.pk}") for each in self.asked}
        return {pk: file for pk, file in files.items() if file}

    def file_fields(self) -> list[forms.BoundField]:
        return [self[f"file_{each.pk}"] for each in self.asked]


class ApplyForm(AttachmentsForm, FormKeyMixin, PublicFormMixin):
    """A request from home: no more about a person than is needed, and what each is for stands beside it."""

    name = forms.CharField(
        label=_("Nama Anda"),
        max_length=120,
        help_text=_("Agar petugas dapat mencocokkan berkas dan menyapa Anda."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    phone = forms.CharField(
        label=_("Nomor telepon"),
        max_length=20,
        required=False,
        validators=[PHONE],
        help_text=_("Hanya agar petugas dapat menghubungi Anda bila ada yang kurang."),
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )
    email = forms.EmailField(
        label=_("Surel"),
        max_length=150,
        required=False,
        help_text=_("Hanya untuk kabar permohonan ini, termasuk tautan untuk melacaknya."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

    def __init__(self, *args: Any, requirements: Iterable[Requirement], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ask_for(requirements)


class SupplyForm(AttachmentsForm, VersionMixin):
    """What the applicant sends after a request came back: for the requirements named, and something else."""

    other = FileField(label=_("Berkas lain"), types=PAPERS, required=False)

    def __init__(self, *args: Any, requirements: Iterable[Requirement], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ask_for(requirements, optional=True)

    def attached(self) -> dict[int | None, UploadedFile]:
        files = super().attached()
        return files | {None: self.cleaned_data["other"]} if self.cleaned_data.get("other") else files


class TrackForm(forms.Form):
    """The key that is typed."""

    number = forms.CharField(
        label=_("Nomor permohonan"),
        max_length=30,
        help_text=_("Misalnya KTP-7F3K-9M2Q. Huruf besar dan kecil sama saja."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )
    code = forms.CharField(
        label=_("Kode"),
        max_length=30,
        help_text=_("Sepuluh huruf dan angka pada tanda terima Anda."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )


class VersionForm(VersionMixin):
    """A step that needs nothing but the version of the page."""


class ReceiveForm(FormKeyMixin):
    """A walk-in: which service, and whom to call if it takes longer."""

    service = forms.ModelChoiceField(Service.objects.none(), label=_("Layanan"), empty_label=None)
    name = forms.CharField(
        label=_("Nama untuk dipanggil"),
        max_length=120,
        required=False,
        help_text=_("Dihapus setelah masa simpannya. Kosongkan bila selesai saat itu juga."),
    )
    to_check = forms.BooleanField(label=_("Berkas belum diperiksa"), required=False)

    def __init__(self, *args: Any, services: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["service"].queryset = services  # type: ignore[attr-defined]


class PaperForm(FormKeyMixin):
    """One line of the paper that a counter kept while the system was down."""

    service = forms.ModelChoiceField(Service.objects.none(), label=_("Layanan"), empty_label=None)
    number = forms.CharField(
        label=_("Nomor lembar"), max_length=20, help_text=_("Seperti tercetak pada kertas, misalnya K-03.")
    )
    received_at = MomentField(label=_("Diterima pada"))
    completed_at = MomentField(
        label=_("Selesai dan diserahkan pada"),
        required=False,
        help_text=_("Kosongkan bila warga masih menunggu hasilnya."),
    )
    name = forms.CharField(
        label=_("Nama untuk dipanggil"),
        max_length=120,
        required=False,
        help_text=_("Dihapus setelah masa simpannya. Kosongkan bila sudah diserahkan."),
    )

    def __init__(self, *args: Any, services: Any, zone: ZoneInfo, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["service"].queryset = services  # type: ignore[attr-defined]
        for name in ("received_at", "completed_at"):
            self.fields[name].zone = zone  # type: ignore[attr-defined]


class ReasonForm(VersionMixin):
    """Why a request is refused; the applicant reads it."""

    reason = forms.CharField(label=_("Alasan untuk pemohon"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class ReopenForm(ReasonForm):
    """What is wrong with the result: by the applicant, or by an officer for somebody at the counter."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = _("Apa yang keliru pada hasilnya")
        self.fields["reason"].help_text = _("Misalnya nama salah tulis. Hanya petugas yang menangani membacanya.")


class FindForm(forms.Form):
    """A request by its number, as it stands on the slip of whoever is at the counter."""

    nomor = forms.CharField(label=_("Nomor permohonan"), max_length=30)


class ReturnForm(ReasonForm):
    """What is missing, by requirement and in words."""

    missing = forms.ModelMultipleChoiceField(
        queryset=Requirement.objects.none(),
        label=_("Persyaratan yang kurang atau salah"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    field_order = ("missing", "reason")

    def __init__(self, *args: Any, requirements: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["missing"].queryset = requirements  # type: ignore[attr-defined]
        self.fields["reason"].label = _("Apa yang harus dilengkapi")


class HandOverForm(VersionMixin):
    """To whom a request goes."""

    to = forms.ModelChoiceField(queryset=Employee.objects.none(), label=_("Petugas"))

    def __init__(self, *args: Any, officers: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = officers  # type: ignore[attr-defined]
        self.fields["to"].label_from_instance = lambda person: person.name  # type: ignore[attr-defined]


class ResultForm(VersionMixin):
    """The result as a file."""

    file = FileField(label=_("Berkas hasil"), types=EXTENSIONS)
