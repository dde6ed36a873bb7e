"""Forms of the chance to improve. They read what was typed; the services decide."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from terang.follow_up.growth.forms import ReasonForm
from terang.follow_up.growth.services import Decision
from terang.rules.improvement import LaterStep
from terang.web.forms import DateInput, VersionMixin
from terang.web.numbers import longdate


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class YesNoField(forms.TypedChoiceField):
    """Two answers in words; cleans to a bool."""

    def __init__(self, *, yes: Any, no: Any, **kwargs: Any) -> None:
        choices = [("ya", yes), ("tidak", no)]
        super().__init__(choices=choices, coerce=lambda word: word == "ya", widget=forms.RadioSelect, **kwargs)


class TargetForm(VersionMixin):
    target = forms.CharField(
        label=_("Yang harus dicapai"),
        max_length=2000,
        help_text=_("Terukur dan mungkin dicapai dalam masanya."),
        widget=_area(4),
    )
    support = forms.CharField(
        label=_("Yang Anda tawarkan"),
        max_length=2000,
        help_text=_("Bimbingan, latihan, alat, waktu, orang. Tanpa bantuan tidak ada kesempatan."),
        widget=_area(4),
    )


class CheckForm(forms.Form):
    notes = forms.CharField(label=_("Keadaannya, dengan bukti"), max_length=2000, widget=_area(4))
    offered = forms.CharField(label=_("Bantuan sejak pemeriksaan lalu"), max_length=1000, widget=_area(3))


class CheckWordForm(forms.Form):
    word = forms.CharField(
        label=_("Pandangan saya"), max_length=1000, required=False, help_text=_("Boleh kosong."), widget=_area(3)
    )


class CaseExtendForm(ReasonForm):
    ends_on = forms.DateField(label=_("Hari terakhir yang baru"), widget=DateInput)


class EvaluateForm(VersionMixin):
    recovered = YesNoField(label=_("Hasilnya"), yes=_("Membaik"), no=_("Belum membaik"))
    finding = forms.CharField(label=_("Yang dicapai dan yang tidak, dengan bukti"), max_length=2000, widget=_area(5))


class CaseAnswerForm(VersionMixin):
    agrees = YesNoField(label=_("Apakah Anda setuju"), yes=_("Setuju"), no=_("Tidak setuju"))
    answer = forms.CharField(
        label=_("Tanggapan saya"),
        max_length=2000,
        required=False,
        help_text=_("Wajib bila tidak setuju. Dibaca siapa pun yang memutus sesudahnya."),
        widget=_area(5),
    )


class PrepareForm(VersionMixin):
    code = forms.ChoiceField(label=_("Langkah"), widget=forms.RadioSelect)
    grounds = forms.CharField(
        label=_("Pertimbangan"),
        max_length=2000,
        help_text=_("Apa yang ditawarkan, apa yang dicapai, mengapa langkah ini dan bukan yang lain."),
        widget=_area(5),
    )

    def __init__(self, *args: Any, steps: Sequence[LaterStep], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].choices = [(each.code, _named(each)) for each in steps]  # type: ignore[attr-defined]


def _named(step: LaterStep) -> str:
    told = f"{gettext(step.label)} ({step.article})"
    if step.not_before is None:
        return told
    return pgettext("langkah", "%(step)s, paling cepat %(day)s") % {"step": told, "day": longdate(step.not_before)}


class DecideForm(VersionMixin):
    carried = YesNoField(label=_("Keputusannya"), yes=_("Dijalankan"), no=_("Tidak dijalankan"))
    closes = YesNoField(label=_("Sesudah ini"), yes=_("Kasus selesai"), no=_("Masih ada langkah lain"))
    day = forms.DateField(label=_("Tanggal keputusan"), widget=DateInput)
    document = forms.CharField(label=_("Nomor dan tanggal dokumen"), max_length=200)
    outcome = forms.CharField(
        label=_("Isi keputusan"), max_length=2000, help_text=_("Dibaca juga oleh pegawainya."), widget=_area(4)
    )

    def decision(self) -> Decision:
        told = self.cleaned_data
        return Decision(told["carried"], told["closes"], told["day"], told["document"], told["outcome"])
