"""Forms of feedback. They read what was typed; the services decide."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from terang.evidence.dialogue.models import Symbol
from terang.evidence.dialogue.models.feedback import WORDS
from terang.evidence.dialogue.services import About, Words
from terang.planning.plans.models import PlanResult
from terang.rules.plans.behaviour import VALUES
from terang.web.forms import DateInput, FormKeyMixin, VersionMixin

WHOLE = "umum"


class AboutMixin(forms.Form):
    """What it is about: a result of the plan, a value, or the work as a whole. `chosen()` gives the `About`."""

    about = forms.ChoiceField(label=_("Tentang apa"))

    def __init__(self, *args: Any, results: Sequence[PlanResult], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._results = {f"r{result.pk}": result for result in results}
        choices: list[Any] = [(WHOLE, gettext("Pekerjaan pada umumnya"))]
        if self._results:
            choices.append((gettext("Hasil kerja"), [(key, each.text) for key, each in self._results.items()]))
        choices.append((gettext("Perilaku kerja"), [(f"v{value.code}", value.name) for value in VALUES]))
        self.fields["about"].choices = choices  # type: ignore[attr-defined]

    def chosen(self) -> About:
        told = self.cleaned_data["about"]
        if told in self._results:
            return About(result=self._results[told])
        return About() if told == WHOLE else About(value=told[1:])


def _words(label: Any, help_text: Any, rows: int = 2) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, help_text=help_text, max_length=WORDS, required=False, widget=area)


class WordsMixin(forms.Form):
    """A symbol, and the three prompts that make feedback useful: situation, behaviour, impact."""

    symbol = forms.ChoiceField(
        label=_("Simbol"),
        choices=[("", _("Tanpa simbol")), *Symbol.choices],
        required=False,
        widget=forms.RadioSelect,
    )
    behaviour = _words(_("Yang dilakukan"), _("Apa yang Anda lihat sendiri, bukan sifat orangnya."), 3)
    situation = _words(_("Kapan dan di mana"), _("Misalnya: di loket, Senin pagi, saat antrean panjang."))
    impact = _words(_("Akibatnya"), _("Bagi warga, rekan, atau hasil kerja."))
    advice = _words(_("Saran"), _("Apa yang sebaiknya diteruskan atau dicoba."))
    evidence = forms.CharField(
        label=_("Bukti"),
        help_text=_("Alamat kegiatan, laporan, atau berkas yang dimaksud."),
        max_length=300,
        required=False,
    )
    said_by = forms.CharField(
        label=_("Disampaikan oleh pihak luar"),
        help_text=_("Isi hanya bila Anda meneruskan kata orang lain, misalnya: pasien poli gigi. Tanpa nama."),
        max_length=80,
        required=False,
    )

    def words(self) -> Words:
        return Words(**{name: self.cleaned_data[name] for name in Words.__dataclass_fields__ if name in self.fields})


class GiveForm(AboutMixin, WordsMixin, FormKeyMixin):
    field_order = ("about", "symbol", "behaviour", "situation", "impact", "advice", "evidence", "said_by")


class AnswerForm(WordsMixin, FormKeyMixin):
    """Answers an ask; what it is about stands in the ask."""

    field_order = ("symbol", "behaviour", "situation", "impact", "advice", "evidence")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["said_by"]


class AskForm(AboutMixin, FormKeyMixin):
    question = forms.CharField(
        label=_("Yang ingin Anda ketahui"),
        help_text=_("Makin jelas pertanyaannya, makin berguna jawabannya."),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    field_order = ("about", "question")


class ReplyForm(VersionMixin):
    text = forms.CharField(label=_("Tanggapan Anda"), max_length=WORDS, widget=forms.Textarea(attrs={"rows": 3}))


class WithdrawForm(VersionMixin):
    reason = forms.CharField(label=_("Alasan pencabutan"), max_length=250)


class DeclineForm(forms.Form):
    """Nothing is asked: why somebody cannot say anything is nobody's business."""


class TermsForm(forms.Form):
    valid_from = forms.DateField(label=_("Berlaku sejak"), widget=DateInput)
    days = forms.IntegerField(
        label=_("Sekurang-kurangnya sekali dalam berapa hari"),
        help_text=_("Setiap pegawai mendengar sesuatu dari pimpinannya paling lama selang hari ini."),
    )
    basis = forms.CharField(label=_("Dasar"), max_length=200, help_text=_("Misalnya nomor surat edaran."))
