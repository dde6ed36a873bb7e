"""What is typed for presence from the web: the record itself, its answer, the rules and the places."""

from datetime import UTC, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from terang.evidence.attendance.models import Decider, OutsideEffect, WebPunchWho
from terang.evidence.attendance.services.web_punches import Fix
from terang.registry.organization.forms import UnitChoice
from terang.registry.organization.models import Agency, Unit
from terang.rules.attendance.place import Point
from terang.rules.errors import RuleInputError
from terang.web.forms import DateInput, FileField, FormKeyMixin, VersionMixin

PHOTO_KINDS = ("jpg", "jpeg", "png", "webp")
MICRO = Decimal(1_000_000)


def micro(degrees: Decimal) -> int:
    """Degrees in millionths, half-up."""
    return int((degrees * MICRO).to_integral_value(ROUND_HALF_UP))


def _degrees(**kwargs: Any) -> forms.DecimalField:
    return forms.DecimalField(max_digits=12, decimal_places=9, required=False, widget=forms.HiddenInput, **kwargs)


class PunchForm(FormKeyMixin, forms.Form):
    """The record. What the device says stays optional: no reading is a question, never a lost record."""

    latitude = _degrees(min_value=-90, max_value=90)
    longitude = _degrees(min_value=-180, max_value=180)
    accuracy = forms.IntegerField(min_value=0, max_value=10_000_000, required=False, widget=forms.HiddenInput)
    device_at = forms.IntegerField(min_value=0, max_value=10**13, required=False, widget=forms.HiddenInput)
    photo = FileField(label=_("Foto"), types=PHOTO_KINDS, required=False)
    explanation = forms.CharField(
        label=_("Keterangan"),
        max_length=200,
        required=False,
        help_text=_("Boleh kosong. Isi bila Anda merekam dari tempat lain, misalnya sedang di lapangan."),
    )

    def __init__(self, *args: Any, photo_required: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["photo"].required = photo_required
        self.fields["photo"].widget.attrs |= {"accept": "image/*", "capture": "user"}

    def fix(self) -> Fix:
        """What the device said; a reading that is not on earth is none."""
        told = self.cleaned_data
        point = None
        if told.get("latitude") is not None and told.get("longitude") is not None:
            try:
                point = Point(micro(told["latitude"]), micro(told["longitude"]))
            except RuleInputError:
                point = None
        millis = told.get("device_at")
        moment = datetime.fromtimestamp(millis / 1000, UTC) if millis else None
        return Fix(point, told.get("accuracy") if point else None, moment)


class WebAnswerForm(VersionMixin, forms.Form):
    decision = forms.ChoiceField(
        label=_("Jawaban"),
        choices=[("accept", _("Dihitung sebagai hadir")), ("refuse", _("Tidak dihitung"))],
        widget=forms.RadioSelect,
    )
    note = forms.CharField(label=_("Catatan"), max_length=200, required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("decision") == "refuse" and not data.get("note", "").strip():
            self.add_error("note", gettext("Tuliskan alasannya, supaya pegawai tahu langkah berikutnya."))
        return data


class WebRuleForm(forms.Form):
    unit = UnitChoice(label=_("Berlaku untuk"), required=False)
    who = forms.ChoiceField(
        label=_("Siapa yang boleh merekam lewat web"), choices=WebPunchWho.choices, widget=forms.RadioSelect
    )
    place_required = forms.BooleanField(label=_("Minta lokasi"), required=False, initial=True)
    radius_metres = forms.IntegerField(
        label=_("Jarak paling jauh dari tempat (meter)"), min_value=10, max_value=100_000, required=False, initial=100
    )
    outside = forms.ChoiceField(
        label=_("Bila di luar lokasi, rekaman"),
        choices=OutsideEffect.choices,
        initial=OutsideEffect.COUNTS,
        widget=forms.RadioSelect,
        help_text=_("Penilai selalu ditanya. Yang bekerja di lokasi lain dengan keputusan tidak ditanya."),
    )
    answer_days = forms.IntegerField(
        label=_("Dijawab penilai dalam (hari kerja)"),
        min_value=1,
        max_value=31,
        initial=3,
        help_text=_("Lewat dari itu rekaman dihitung, supaya diamnya penilai tidak merugikan pegawai."),
    )
    photo_required = forms.BooleanField(label=_("Minta foto"), required=False)
    flexible_by = forms.ChoiceField(label=_("Kerja fleksibel ditetapkan oleh"), choices=Decider.choices)
    basis = forms.CharField(label=_("Dasar"), max_length=200, help_text=_("Misalnya nomor peraturan kepala daerah."))
    valid_from = forms.DateField(label=_("Berlaku sejak"), widget=DateInput)
    valid_to = forms.DateField(label=_("Sampai sebelum"), widget=DateInput, required=False)

    def __init__(self, *args: Any, agency: Agency, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = Unit.objects.filter(agency=agency)  # type: ignore[attr-defined]


class EndForm(forms.Form):
    on = forms.DateField(label=_("Sejak"), widget=DateInput)


class PlaceForm(forms.Form):
    name = forms.CharField(label=_("Nama tempat"), max_length=100, help_text=_("Misalnya “Balai Kota”."))
    unit = UnitChoice(label=_("Dipakai oleh"), required=False)
    point = forms.CharField(
        label=_("Titik lokasi"),
        max_length=60,
        help_text=_("Lintang, bujur seperti pada aplikasi peta. Misalnya -5,133400; 119,406900."),
    )

    def __init__(self, *args: Any, agency: Agency, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = Unit.objects.filter(agency=agency)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        text = data.pop("point", "")
        if text:
            try:
                data["latitude_micro"], data["longitude_micro"] = read_point(text)
            except ValueError:
                self.add_error("point", gettext("Tulis dua angka: lintang, lalu bujur."))
        return data


def read_point(text: str) -> tuple[int, int]:
    """Two numbers as maps give them, in millionths of a degree: "-5.1334, 119.4069", or with decimal commas and a
    semicolon or space between. Raises ValueError."""
    mark = ";" if ";" in text else "," if text.count(",") == 1 else None
    try:
        latitude, longitude = (Decimal(part.strip(" ,").replace(",", ".")) for part in text.split(mark))
        point = Point(micro(latitude), micro(longitude))
    except (ArithmeticError, RuleInputError) as error:
        raise ValueError(text) from error
    return point.latitude, point.longitude
