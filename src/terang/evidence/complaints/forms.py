"""What citizens type: a report, how to find it again, and their part in it."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from terang.custody.photos import PhotosField
from terang.evidence.complaints.models import Channel, ComplaintCategory
from terang.evidence.complaints.photos import MOST_PHOTOS
from terang.evidence.complaints.selectors import MICRO, categories_of, units_of
from terang.evidence.complaints.services.reporting import Report
from terang.registry.organization.calendars import local_today
from terang.registry.organization.models import Agency, Unit
from terang.web.forms import DateInput, FormKeyMixin, ScaleField
from terang.web.public_forms import PublicFormMixin

MOST_DEGREES = {"latitude": 90, "longitude": 180}


def area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class ReportFields(FormKeyMixin):
    """A report in the citizen's words. Everything but title and text may be left empty."""

    title = forms.CharField(label=_("Apa masalahnya?"), max_length=120, help_text=_("Satu kalimat pendek."))
    body = forms.CharField(
        label=_("Ceritakan yang terjadi"),
        max_length=4000,
        widget=area(6),
        help_text=_("Apa, kapan, di mana, dan apa yang Anda harapkan. Jangan menulis nomor KTP."),
    )
    category = forms.ModelChoiceField(
        ComplaintCategory.objects.none(),
        label=_("Tentang apa?"),
        required=False,
        empty_label=_("Saya tidak tahu, bantu pilihkan"),
    )
    about_unit = forms.ModelChoiceField(
        Unit.objects.none(),
        label=_("Kantor yang dimaksud"),
        required=False,
        empty_label=_("Saya tidak tahu"),
        help_text=_("Salah pilih tidak apa-apa: kami yang meneruskan."),
    )
    event_on = forms.DateField(label=_("Kapan terjadinya?"), required=False, widget=DateInput)
    address = forms.CharField(
        label=_("Di mana?"),
        max_length=250,
        required=False,
        help_text=_("Nama jalan, patokan, atau kantor."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    latitude = forms.DecimalField(required=False, widget=forms.HiddenInput)
    longitude = forms.DecimalField(required=False, widget=forms.HiddenInput)
    photos = PhotosField(
        label=_("Foto"),
        required=False,
        most=MOST_PHOTOS,
        help_text=_("Paling banyak tiga. Catatan tempat dan kamera di dalam foto kami hapus."),
    )
    is_misconduct = forms.BooleanField(
        label=_("Ini tentang pungutan liar, suap, atau penyalahgunaan wewenang"),
        required=False,
        help_text=_("Langsung ke Inspektorat. Kantor yang dilaporkan tidak dapat melihatnya."),
    )
    is_anonymous = forms.BooleanField(
        label=_("Sembunyikan nama saya (anonim)"),
        required=False,
        help_text=_("Petugas yang menangani tidak melihat nama dan kontak Anda."),
    )
    is_secret = forms.BooleanField(
        label=_("Rahasiakan laporan ini"),
        required=False,
        help_text=_("Tidak tampil di halaman publik. Hanya yang menangani dapat membacanya."),
    )
    name = forms.CharField(
        label=_("Nama"),
        max_length=120,
        required=False,
        help_text=_("Dipakai petugas untuk menyapa Anda. Boleh dikosongkan."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    contact = forms.CharField(
        label=_("Nomor telepon atau surel"),
        max_length=120,
        required=False,
        help_text=_("Dengan surel, Anda diberi kabar. Hanya untuk laporan ini; dihapus setelah selesai."),
        widget=forms.TextInput(attrs={"autocomplete": "tel"}),
    )

    def __init__(self, *args: Any, agency: Agency, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = local_today(agency)
        self.fields["category"].queryset = categories_of(agency.pk)  # type: ignore[attr-defined]
        self.fields["about_unit"].queryset = units_of(agency.pk, self.today)  # type: ignore[attr-defined]
        self.fields["event_on"].widget.attrs["max"] = self.today.isoformat()

    def clean_event_on(self) -> Any:
        day = self.cleaned_data["event_on"]
        if day and day > self.today:
            raise forms.ValidationError(gettext("Tanggal kejadian belum lewat. Periksa tanggalnya."))
        return day

    def place(self) -> tuple[int, int] | None:
        """The coordinates in millionths of a degree; None where they are missing or impossible."""
        found = [self.cleaned_data.get(name) for name in MOST_DEGREES]
        if any(each is None for each in found):
            return None
        if any(abs(each) > most for each, most in zip(found, MOST_DEGREES.values(), strict=True)):  # type: ignore[arg-type]
            return None
        return int(found[0] * MICRO), int(found[1] * MICRO)  # type: ignore[operator]

    def report(self) -> Report:
        data, place = self.cleaned_data, self.place()
        return Report(
            title=data["title"],
            body=data["body"],
            form_key=data["form_key"],
            event_on=data["event_on"],
            address=data["address"],
            latitude_micro=place[0] if place else None,
            longitude_micro=place[1] if place else None,
            category=data["category"],
            about_unit=data["about_unit"],
            is_misconduct=data["is_misconduct"],
            is_anonymous=data["is_anonymous"],
            is_secret=data["is_secret"],
            name=data["name"],
            contact=data["contact"],
        )


class ReportForm(PublicFormMixin, ReportFields):
    """The public form."""


class CounterForm(ReportFields):
    """The same, written down by an officer for somebody who stands at the counter or calls."""

    channel = forms.ChoiceField(
        label=_("Laporan disampaikan lewat"),
        choices=[(Channel.COUNTER, Channel.COUNTER.label), (Channel.PHONE, Channel.PHONE.label)],
        widget=forms.RadioSelect,
        initial=Channel.COUNTER,
    )


class FindForm(PublicFormMixin):
    """A report is found again by its number and code."""

    number = forms.CharField(label=_("Nomor laporan"), max_length=24, help_text=_("Contoh: ADU-7F3K-9M2Q"))
    code = forms.CharField(
        label=_("Kode rahasia"),
        max_length=24,
        help_text=_("Sepuluh huruf dan angka dari tanda terima."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class ReplyForm(FormKeyMixin):
    text = forms.CharField(label=_("Pesan Anda"), max_length=4000, widget=area(4))


class ReopenForm(FormKeyMixin):
    text = forms.CharField(
        label=_("Apa yang belum selesai?"),
        max_length=4000,
        widget=area(4),
        help_text=_("Laporan kembali ke unit dan ditangani lagi."),
    )


class RateForm(forms.Form):
    rating = ScaleField(label=_("Bagaimana laporan Anda ditangani?"))
    reason = forms.CharField(label=_("Alasannya"), max_length=500, required=False, widget=area(3))
