"""The aspects of a round as scales; and what the personnel agency fills in."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from terang.evidence.colleagues.hooks import ReviewPolicy
from terang.evidence.colleagues.models import ConflictReason, ReviewRound
from terang.evidence.colleagues.services import Asked
from terang.evidence.colleagues.services.answering import REMARK_LENGTH
from terang.registry.people.forms import PersonField
from terang.web.forms import DateInput, FormKeyMixin, ScaleField

FIVE_WORDS = (_("Sangat kurang"), _("Kurang"), _("Cukup"), _("Baik"), _("Sangat baik"))
REMARK = "catatan_bebas"
MOST_RATERS = 12
LONGEST_ROUND = 92


class ReviewForm(forms.Form):
    """One scale for each aspect; an aspect that cannot be judged stays empty. Words are optional."""

    def __init__(self, *args: Any, opening: ReviewRound, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.codes = list(opening.labels)
        for code, label in opening.labels.items():
            self.fields[code] = ScaleField(label=label, choices=_steps(opening), required=False)
        self.fields[REMARK] = forms.CharField(
            label=_("Catatan untuk rekan ini"),
            required=False,
            max_length=REMARK_LENGTH,
            widget=forms.Textarea(attrs={"rows": 3}),
            help_text=_(
                "Paling panjang 300 huruf. Nama orang dihapus, tetapi gaya menulis atau peristiwa yang hanya Anda tahu "
                "dapat menunjukkan siapa Anda. Tulis singkat dan umum, atau kosongkan."
            ),
        )

    @property
    def scales(self) -> list[forms.BoundField]:
        return [self[code] for code in self.codes]

    def answers(self) -> dict[str, int]:
        return {code: self.cleaned_data[code] for code in self.codes if self.cleaned_data.get(code) is not None}

    @property
    def words(self) -> forms.BoundField:
        return self[REMARK]

    def remark(self) -> str:
        return str(self.cleaned_data.get(REMARK, ""))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not self.errors and not self.answers():
            raise forms.ValidationError(gettext("Jawab sekurang-kurangnya satu aspek."), code="empty")
        return data


def _steps(opening: ReviewRound) -> list[tuple[str, Promise | str]]:
    """The steps of the scale; words stand beside a scale of five, other scales name their ends."""
    numbers = range(opening.scale_min, opening.scale_max + 1)
    if len(numbers) == len(FIVE_WORDS):
        return [(str(number), word) for number, word in zip(numbers, FIVE_WORDS, strict=True)]
    ends = {opening.scale_min: FIVE_WORDS[0], opening.scale_max: FIVE_WORDS[-1]}
    return [(str(number), ends.get(number, "")) for number in numbers]


class DeclineForm(forms.Form):
    reason = forms.ChoiceField(
        label=_("Mengapa Anda tidak dapat menilai orang ini?"),
        choices=ConflictReason.choices,
        widget=forms.RadioSelect,
        help_text=_("Yang dinilai tidak diberi tahu. Pengelola kepegawaian melihat pilihan Anda."),
    )


class RoundForm(FormKeyMixin, forms.Form):
    """A round as the personnel agency asks for it. `last_day` is the last day with answers."""

    name = forms.CharField(label=_("Nama putaran"), max_length=120)
    instrument = forms.ChoiceField(label=_("Instrumen"), help_text=_("Dari kebijakan yang berlaku."))
    opens_on = forms.DateField(label=_("Hari pertama"), widget=DateInput)
    last_day = forms.DateField(label=_("Hari terakhir menjawab"), widget=DateInput)
    superior = forms.BooleanField(label=_("Atasan langsung ikut menilai"), required=False)
    peers = forms.IntegerField(label=_("Rekan sejawat untuk setiap orang"), min_value=0, max_value=MOST_RATERS)
    subordinates = forms.IntegerField(label=_("Bawahan untuk setiap pemimpin"), min_value=0, max_value=MOST_RATERS)
    cap = forms.IntegerField(
        label=_("Paling banyak diminta menilai"),
        min_value=1,
        max_value=30,
        help_text=_("Batas beban satu orang, di luar penilaian atasan terhadap bawahannya."),
    )

    def __init__(self, *args: Any, policy: ReviewPolicy, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._policy = policy
        choice: Any = self.fields["instrument"]
        choice.choices = [(each.code, each.label) for each in policy.instruments]
        for field, kind in (("peers", "peer"), ("subordinates", "subordinate")):
            text = gettext("0 bila tidak diminta; hasil baru ditampilkan mulai %(n)s jawaban.")
            self.fields[field].help_text = text % {"n": policy.least[kind]}  # type: ignore[index]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        for field, kind in (("peers", "peer"), ("subordinates", "subordinate")):
            least, wanted = self._policy.least[kind], data.get(field)  # type: ignore[index]
            if wanted and wanted < least:
                text = gettext("Sekurang-kurangnya %(n)s, karena hasil dari lebih sedikit tidak pernah ditampilkan.")
                self.add_error(field, text % {"n": least})
        first, last = data.get("opens_on"), data.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", gettext("Hari terakhir harus sesudah hari pertama."))
        if first and last and (last - first).days > LONGEST_ROUND:
            self.add_error("last_day", gettext("Satu putaran paling lama tiga bulan."))
        return data

    def asked(self) -> Asked:
        data = self.cleaned_data
        return Asked(
            name=data["name"],
            instrument=next(each for each in self._policy.instruments if each.code == data["instrument"]),
            opens_on=data["opens_on"],
            closes_on=data["last_day"] + timedelta(days=1),
            wanted={"superior": int(data["superior"]), "peer": data["peers"], "subordinate": data["subordinates"]},
            cap=data["cap"],
            form_key=data["form_key"],
        )


class CancelForm(forms.Form):
    reason = forms.CharField(
        label=_("Alasan pembatalan"), max_length=200, help_text=_("Dibaca oleh semua pegawai di halaman Rekan.")
    )


class ConflictForm(FormKeyMixin, forms.Form):
    one = PersonField(label=_("Pegawai pertama"))
    other = PersonField(label=_("Pegawai kedua"))
    reason = forms.ChoiceField(label=_("Alasan"), choices=ConflictReason.choices)
    since = forms.DateField(label=_("Berlaku sejak"), widget=DateInput)
    last_day = forms.DateField(
        label=_("Sampai dengan"), widget=DateInput, required=False, help_text=_("Kosongkan bila belum diketahui.")
    )

    def __init__(self, *args: Any, agency_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("one", "other"):
            self.fields[name].agency_id = agency_id  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        last = data.pop("last_day", None)
        data["until"] = last + timedelta(days=1) if last else None
        return data
