"""What staff choose when a report appears on public pages, or leaves them."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from terang.evidence.complaints.act_forms import ActForm
from terang.evidence.complaints.forms import area
from terang.evidence.complaints.models import TakenBack
from terang.evidence.complaints.photos import photos_shown, photos_to_show


class PublishForm(ActForm):
    """Lets the report appear, and the photos one by one."""

    photos = forms.MultipleChoiceField(
        label=_("Foto yang ikut tampil"), required=False, widget=forms.CheckboxSelectMultiple
    )
    looked = forms.BooleanField(
        label=_("Sudah saya periksa: judul, isi, dan foto yang dipilih tidak menyebut atau memperlihatkan orang"),
        error_messages={"required": _("Periksa dahulu, lalu centang.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        numbers = [each.number for each in photos_to_show(self.complaint)]
        if not numbers:
            del self.fields["photos"]
            return
        self.fields["photos"].choices = _photo_choices(numbers)  # type: ignore[attr-defined]
        self.fields["photos"].required = self.complaint.is_published


class TakeBackForm(ActForm):
    """Takes the report or one photo from the public pages."""

    WHOLE = "laporan"
    what = forms.ChoiceField(label=_("Yang ditarik"), widget=forms.RadioSelect)
    why = forms.ChoiceField(
        label=_("Sebabnya"), choices=[("", _("Pilih sebabnya")), *TakenBack.choices], help_text=_("Tercatat di jurnal.")
    )
    note = forms.CharField(
        label=_("Penjelasan"),
        max_length=500,
        required=False,
        widget=area(2),
        help_text=_("Catatan internal, hanya dibaca oleh yang menangani. Wajib untuk sebab lain."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        numbers = [each.number for each in photos_shown(self.complaint)]
        whole = (self.WHOLE, _("Laporan beserta semua fotonya") if numbers else _("Laporan ini"))
        self.fields["what"].choices = [whole, *_photo_choices(numbers)]  # type: ignore[attr-defined]
        self.fields["what"].initial = None if numbers else self.WHOLE

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        if told.get("why") == TakenBack.OTHER and not told.get("note"):
            self.add_error("note", gettext("Tuliskan sebabnya."))
        return told


def _photo_choices(numbers: list[int]) -> list[tuple[str, str]]:
    return [(str(number), gettext("Foto %(n)s") % {"n": number}) for number in numbers]
