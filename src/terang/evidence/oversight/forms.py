"""Forms of inspections. They read what was typed; the services decide."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from terang.custody.photos import PhotosField
from terang.evidence.oversight.photos import MOST_PHOTOS
from terang.evidence.oversight.services import Seen
from terang.registry.organization.models import Unit
from terang.registry.people.models import Employee
from terang.web.forms import DateInput, FormKeyMixin, VersionMixin

MET, MISSED = "ya", "tidak"


class OpenForm(FormKeyMixin):
    unit = forms.ModelChoiceField(
        label=_("Unit yang dikunjungi"), queryset=Unit.objects.none(), empty_label=_("Pilih unit")
    )
    day = forms.DateField(label=_("Hari kunjungan"), widget=DateInput)
    purpose = forms.CharField(label=_("Tujuan"), max_length=250, help_text=_("Misalnya: keterisian loket."))
    letter = forms.CharField(label=_("Nomor surat tugas"), max_length=100)
    reply_days = forms.IntegerField(
        label=_("Waktu menanggapi (hari kerja)"),
        help_text=_("Temuan baru dihitung setelah waktu ini atau tanggapannya."),
    )
    team = forms.ModelMultipleChoiceField(
        label=_("Anggota tim"),
        queryset=Employee.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    field_order = ("unit", "day", "purpose", "letter", "reply_days", "team")

    def __init__(self, *args: Any, units: Any, overseers: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["team"].queryset = overseers  # type: ignore[attr-defined]
        self.fields["team"].label_from_instance = lambda person: person.name  # type: ignore[attr-defined]
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]


class SeenForm(FormKeyMixin):
    """`seen()` gives the point. An empty person means the unit as a whole."""

    criterion = forms.CharField(label=_("Standar yang diperiksa"), max_length=250)
    employee = forms.ChoiceField(label=_("Tentang siapa"), required=False)
    met = forms.ChoiceField(
        label=_("Terpenuhi?"), choices=[(MET, _("Terpenuhi")), (MISSED, _("Tidak terpenuhi"))], widget=forms.RadioSelect
    )
    note = forms.CharField(
        label=_("Yang terlihat"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    advice = forms.CharField(label=_("Rekomendasi"), max_length=300, required=False)
    mend_due_on = forms.DateField(label=_("Diperbaiki paling lambat"), widget=DateInput, required=False)
    photos = PhotosField(label=_("Foto"), required=False, most=MOST_PHOTOS)
    field_order = ("criterion", "employee", "met", "note", "photos", "advice", "mend_due_on")

    def __init__(self, *args: Any, people: Iterable[Employee], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._people = {str(each.pk): each for each in people}
        choices = [("", _("Unit secara keseluruhan")), *((pk, each.name) for pk, each in self._people.items())]
        self.fields["employee"].choices = choices  # type: ignore[attr-defined]
        told = gettext("Paling banyak %(most)s foto. Catatan tempat dan kamera di dalamnya dihapus.")
        self.fields["photos"].help_text = told % {"most": MOST_PHOTOS}

    def seen(self) -> Seen:
        told = self.cleaned_data
        return Seen(
            criterion=told["criterion"],
            met=told["met"] == MET,
            employee=self._people.get(told["employee"]),
            note=told["note"],
            advice=told["advice"],
            mend_due_on=told["mend_due_on"],
        )


class ItemForm(forms.Form):
    """A point for every visit; the same words twice are refused by the service."""

    text = forms.CharField(label=_("Butir"), max_length=250)
    source = forms.CharField(label=_("Dasar"), max_length=200, required=False)
    valid_from = forms.DateField(label=_("Berlaku sejak"), widget=DateInput)


class ReplyForm(VersionMixin):
    text = forms.CharField(label=_("Tanggapan Anda"), max_length=500, widget=forms.Textarea(attrs={"rows": 4}))


class DecideForm(VersionMixin):
    reason = forms.CharField(label=_("Alasan"), max_length=250, help_text=_("Dibaca oleh yang bersangkutan."))


class MendForm(VersionMixin):
    note = forms.CharField(
        label=_("Apa yang sudah diperbaiki"), max_length=300, widget=forms.Textarea(attrs={"rows": 3})
    )


class VerifyForm(VersionMixin):
    mended = forms.ChoiceField(
        label=_("Hasil pemeriksaan kembali"),
        choices=[(MET, _("Sudah diperbaiki")), (MISSED, _("Belum diperbaiki"))],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(label=_("Catatan"), max_length=250, required=False)
