"""Forms of careers. They read what was typed; the services decide."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from terang.follow_up.career.models import DAYS, Subject, Willingness
from terang.follow_up.career.services import Ruling, Told
from terang.follow_up.career.values import WORDS
from terang.web.forms import DateInput, FormKeyMixin, VersionMixin


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class DeclareForm(FormKeyMixin):
    """One fact with its document; the value is asked as the fact needs it."""

    value = forms.CharField(label=_("Isi"), max_length=20)
    day = forms.DateField(label=_("Berlaku sejak"), widget=DateInput)
    until = forms.DateField(
        label=_("Berlaku sampai"),
        widget=DateInput,
        required=False,
        help_text=_("Hari pertama yang tidak berlaku lagi; kosongkan bila tetap."),
    )
    document = forms.CharField(
        label=_("Dokumen"), max_length=200, help_text=_("Jenis, nomor, dan tanggalnya. Orang kedua memeriksanya.")
    )

    def __init__(self, *args: Any, subject: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.subject = subject
        if subject in WORDS:
            self.fields["value"] = forms.ChoiceField(
                label=Subject(subject).label, choices=[("", "–"), *WORDS[subject].items()]
            )
        elif subject in DAYS:
            del self.fields["value"]
            self.fields["day"].label = Subject(subject).label
        else:
            self.fields["value"].label = Subject(subject).label
        if subject == Subject.HOURS:
            self.fields["value"].help_text = _("Jumlah JP dalam setahun sebelum hari di bawah ini.")
        elif subject == Subject.POTENTIAL:
            self.fields["value"].help_text = _("Nilai dari 0 sampai 100, misalnya 82,5.")
        if subject in (Subject.HOURS, Subject.SEMINAR):
            self.fields["day"].label = _("Selesai pada")
        elif subject == Subject.PREDICATE:
            self.fields["day"].label = _("Hari terakhir tahun yang dinilai")

    def told(self) -> Told:
        told = self.cleaned_data
        return Told(self.subject, told.get("value", ""), told["day"], told["until"], told["document"])


class ReasonForm(VersionMixin):
    reason = forms.CharField(label=_("Alasan"), max_length=500, widget=_area(4))


class AnswerForm(VersionMixin):
    """Whether a contested fact stays, and why."""

    upholds = forms.TypedChoiceField(
        label=_("Hasil pemeriksaan"),
        choices=[("ya", _("Data tetap, sesuai dokumen")), ("tidak", _("Data dicabut, pegawai benar"))],
        coerce=lambda word: word == "ya",
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(label=_("Jawaban untuk pegawai"), max_length=500, widget=_area(4))


class VersionForm(VersionMixin):
    """The page of one version, for a button that asks nothing else."""


class PoolForm(FormKeyMixin):
    """Whether who is considered is told; why not, where not."""

    told = forms.TypedChoiceField(
        label=_("Apakah calon diberi tahu?"),
        choices=[("ya", _("Ya: tiap calon melihat bahwa dan mengapa ia dipertimbangkan")), ("tidak", _("Belum"))],
        coerce=lambda word: word == "ya",
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(label=_("Alasan bila belum diberi tahu"), max_length=500, required=False, widget=_area(3))


class WillingForm(forms.Form):
    answer = forms.ChoiceField(label=_("Jawaban Anda"), choices=Willingness.choices, widget=forms.RadioSelect)
    note = forms.CharField(label=_("Catatan"), max_length=500, required=False, widget=_area(3))


class ProposeForm(FormKeyMixin):
    """A proposal; with a reason where it is against the list."""

    reason = forms.CharField(label=_("Alasan"), max_length=500, required=False, widget=_area(4))


class RulingForm(VersionMixin):
    """The second person's word, about the list whose digest was seen."""

    digest = forms.CharField(max_length=64, widget=forms.HiddenInput)
    grants = forms.TypedChoiceField(
        label=_("Keputusan"),
        choices=[("ya", _("Ditetapkan")), ("tidak", _("Tidak ditetapkan"))],
        coerce=lambda word: word == "ya",
        widget=forms.RadioSelect,
    )
    decree = forms.CharField(
        label=_("Nomor dan tanggal surat keputusan"), max_length=120, required=False, help_text=_("Bila ditetapkan.")
    )
    effective_on = forms.DateField(label=_("Berlaku sejak"), widget=DateInput, required=False)
    reason = forms.CharField(label=_("Alasan"), max_length=500, widget=_area(4))

    def ruling(self) -> Ruling:
        told = self.cleaned_data
        return Ruling(told["grants"], told["reason"], told["decree"], told["effective_on"], told["digest"])
