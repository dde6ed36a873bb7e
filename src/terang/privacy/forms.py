"""What employees report, and what the register records. The services decide."""

from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from terang.privacy.models import DataKind, PersonKind, PublicNotice, Recipient
from terang.web.forms import FormKeyMixin, MomentField, VersionMixin


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class SuspicionForm(FormKeyMixin):
    text = forms.CharField(
        label=_("Apa yang Anda lihat?"),
        max_length=2000,
        widget=_area(5),
        help_text=_("Data apa, di mana terlihat, dan sejak kapan. Jangan menyalin datanya ke sini."),
    )


class ReasonForm(VersionMixin):
    reason = forms.CharField(label=_("Alasan"), max_length=1000, widget=_area(3))


class WithdrawForm(forms.Form):
    reason = forms.CharField(label=_("Mengapa catatan ini keliru?"), max_length=500, widget=_area(2))


class ZonedForm(forms.Form):
    """Moments as the government's own clocks show them."""

    def __init__(self, *args: Any, zone: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for each in self.fields.values():
            if isinstance(each, MomentField):
                each.zone = ZoneInfo(zone)


class NoticeForm(FormKeyMixin, ZonedForm):
    recipient = forms.ChoiceField(label=_("Kepada"), choices=Recipient.choices)
    sent_at = MomentField(label=_("Dikirim pada"))
    way = forms.CharField(
        label=_("Cara dan nomor surat"),
        max_length=300,
        help_text=_("Misalnya: surat 480/123 melalui kurir, atau surel kepada setiap orang."),
    )


class FactsForm(VersionMixin, ZonedForm):
    """What is known. Only title and the moment of knowing must be filled; a notice needs the rest."""

    title = forms.CharField(label=_("Judul"), max_length=120, help_text=_("Satu kalimat pendek, tanpa nama orang."))
    known_at = MomentField(
        label=_("Kapan diketahui?"), help_text=_("Waktu 3 x 24 jam dihitung dari sini, hari libur juga.")
    )
    happened_at = MomentField(label=_("Kapan terjadi?"), required=False)
    happened_note = forms.CharField(
        label=_("Keterangan waktu"),
        max_length=200,
        required=False,
        help_text=_("Bila waktunya belum pasti, misalnya: diperkirakan sejak awal Maret."),
    )
    how = forms.CharField(label=_("Bagaimana terjadinya?"), max_length=2000, required=False, widget=_area(3))
    data_kinds = forms.MultipleChoiceField(
        label=_("Jenis data yang terungkap"),
        choices=DataKind.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    exposed = forms.CharField(
        label=_("Data yang terungkap"),
        max_length=2000,
        required=False,
        widget=_area(3),
        help_text=_("Sebutkan jenis isinya, jangan isinya sendiri."),
    )
    person_kinds = forms.MultipleChoiceField(
        label=_("Data siapa?"), choices=PersonKind.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    persons = forms.IntegerField(
        label=_("Jumlah orang"), required=False, min_value=0, help_text=_("Kosongkan bila belum diketahui.")
    )
    is_estimate = forms.BooleanField(label=_("Jumlahnya perkiraan"), required=False)
    handling = forms.CharField(
        label=_("Penanganan"),
        max_length=2000,
        required=False,
        widget=_area(3),
        help_text=_("Apa yang sudah dilakukan agar berhenti."),
    )
    recovery = forms.CharField(
        label=_("Pemulihan"),
        max_length=2000,
        required=False,
        widget=_area(3),
        help_text=_("Apa yang dilakukan agar pulih dan tidak terulang."),
    )
    contact = forms.CharField(
        label=_("Tempat bertanya"),
        max_length=300,
        required=False,
        help_text=_("Kantor, alamat, dan telepon yang dapat dihubungi orang yang datanya terbuka."),
    )
    tells_public = forms.ChoiceField(
        label=_("Apakah masyarakat perlu diberi tahu?"),
        choices=PublicNotice.choices,
        required=False,
        help_text=_("Perlu bila layanan publik terganggu atau dampaknya serius bagi masyarakat."),
    )
    public_reason = forms.CharField(label=_("Alasan keputusan itu"), max_length=500, required=False, widget=_area(2))
    reason = forms.CharField(
        label=_("Mengapa catatan ini berubah?"),
        max_length=500,
        required=False,
        widget=_area(2),
        help_text=_("Versi sebelumnya tetap tersimpan."),
    )

    def __init__(self, *args: Any, is_first: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_first:
            self.fields["reason"].widget = forms.HiddenInput()

    def values(self) -> dict[str, Any]:
        """What the service writes."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}
