"""Forms of observations. They read what was typed; the services decide."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from terang.evidence.observation.models import Instrument, Sheet
from terang.evidence.observation.models.observations import WORDS
from terang.evidence.observation.observers import Offered
from terang.evidence.observation.services import Planned, Prepared, Told
from terang.registry.people.models import Employee
from terang.rules.observations.rubric import Rubric
from terang.web.forms import DateInput, FormKeyMixin, VersionMixin


def area(rows: int = 3) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class ObserversForm(FormKeyMixin):
    """By whom, when and where. `planned()` gives it."""

    observers = forms.ChoiceField(
        label=_("Pengamat"), required=False, help_text=_("Pilih dari daftar ini, atau tulis NIP-nya di bawah.")
    )
    second = forms.ChoiceField(
        label=_("Pengamat kedua"),
        required=False,
        help_text=_("Dua pengamat menilai sendiri-sendiri, lalu membandingkan. Tidak wajib."),
    )
    nip = forms.CharField(
        label=_("NIP pengamat di luar daftar"),
        required=False,
        max_length=18,
        help_text=_("Misalnya pengawas sekolah atau rekan dari unit lain."),
    )
    day = forms.DateField(label=_("Hari"), widget=DateInput)
    place = forms.CharField(label=_("Tempat"), max_length=120)

    def __init__(self, *args: Any, offered: Offered, agency_id: int, place: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._people, self._agency_id = offered.everybody(), agency_id
        groups = (
            (gettext("Pimpinan"), offered.leaders),
            (gettext("Rekan sejawat"), offered.peers),
            (gettext("Tim pengawas"), offered.overseers),
        )
        choices = [(label, [(each.pk, each.name) for each in people]) for label, people in groups if people]
        self.fields["observers"].choices = [("", gettext("Pilih pengamat")), *choices]  # type: ignore[attr-defined]
        self.fields["second"].choices = [("", gettext("Tidak ada")), *choices]  # type: ignore[attr-defined]
        self.fields["place"].label = place

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        nip = "".join(told.get("nip", "").split())
        found = Employee.objects.filter(nip=nip, agency_id=self._agency_id).first() if nip else None
        if nip and found is None:
            self.add_error("nip", gettext("NIP ini tidak ada di pemerintah daerah ini."))
        picked = [self._people[int(told[name])] for name in ("observers", "second") if told.get(name)]
        told["people"] = tuple([*picked, found] if found else picked)
        if not told["people"] and not nip:
            self.add_error("observers", gettext("Pilih pengamat, atau tulis NIP-nya."))
        return told

    def planned(self) -> Planned:
        told = self.cleaned_data
        return Planned(told["people"], told["day"], told["place"])


class PlanForm(ObserversForm):
    """With the instrument, where more than one suits the person."""

    instrument = forms.ModelChoiceField(label=_("Instrumen"), queryset=Instrument.objects.none())
    field_order = ("instrument", "day", "place", "observers", "second", "nip")

    def __init__(self, *args: Any, instruments: list[Instrument], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Instrument.objects.filter(pk__in=[each.pk for each in instruments])
        self.fields["instrument"].queryset = rows  # type: ignore[attr-defined]
        if len(instruments) == 1:
            self.fields["instrument"].initial = instruments[0].pk
            self.fields["instrument"].widget = forms.HiddenInput()


class RenewForm(ObserversForm, VersionMixin):
    field_order = ("observers", "second", "nip", "day", "place")


class ReplaceForm(ObserversForm, VersionMixin):
    """Whose open sheet goes to whom."""

    number = forms.TypedChoiceField(label=_("Yang diganti"), coerce=int)
    field_order = ("number", "observers", "nip")

    def __init__(self, *args: Any, sheets: list[Sheet], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("second", "day", "place", "form_key"):
            del self.fields[name]
        self.fields["number"].choices = [(each.number, each.observer.name) for each in sheets]  # type: ignore[attr-defined]
        self.fields["observers"].label = gettext("Penggantinya")

    def clean(self) -> dict[str, Any]:
        told = super().clean()
        if len(told["people"]) > 1:
            self.add_error("nip", gettext("Pilih dari daftar atau tulis NIP, jangan keduanya."))
        return told


class PrepareForm(VersionMixin):
    """The observed person also picks the indicator, unless it is settled by a first observation."""

    indicator = forms.ChoiceField(label=_("Yang ingin Anda perbaiki"), widget=forms.RadioSelect)
    goal = forms.CharField(
        label=_("Tujuan"),
        max_length=WORDS,
        widget=area(),
        help_text=_("Misalnya: lebih banyak murid berani menjawab, bukan hanya yang duduk di depan."),
    )
    look_for = forms.CharField(
        label=_("Yang perlu diperhatikan pengamat"),
        max_length=WORDS,
        required=False,
        widget=area(),
        help_text=_("Hal khusus yang ingin Anda ketahui, pada saat apa, atau pada siapa."),
    )

    def __init__(self, *args: Any, rubric: Rubric, picks: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if picks:
            choices = [(each.code, f"{each.name}. {each.about}") for each in rubric.indicators]
            self.fields["indicator"].choices = choices  # type: ignore[attr-defined]
        else:
            del self.fields["indicator"]

    def prepared(self) -> Prepared:
        told = self.cleaned_data
        return Prepared(told["goal"], told["look_for"], told.get("indicator", ""))


class KeyForm(VersionMixin):
    """Nothing is asked."""


class ReasonForm(VersionMixin):
    reason = forms.CharField(label=_("Alasan"), max_length=300, widget=area(2))


class RescheduleForm(VersionMixin):
    day = forms.DateField(label=_("Hari baru"), widget=DateInput)
    reason = forms.CharField(label=_("Alasan"), max_length=300, widget=area(2))


class TellForm(VersionMixin):
    """`told()` gives the feedback."""

    went_well = forms.CharField(
        label=_("Yang sudah baik"),
        max_length=WORDS,
        widget=area(),
        help_text=_("Sebutkan apa yang Anda lihat dan akibatnya, bukan sifat orangnya."),
    )
    to_try = forms.CharField(
        label=_("Yang dapat dicoba"),
        max_length=WORDS,
        widget=area(),
        help_text=_("Satu atau dua langkah kecil yang dapat dilakukan minggu depan."),
    )
    aim = forms.CharField(
        label=_("Sasaran perbaikan"),
        max_length=300,
        widget=area(2),
        help_text=_("Apa yang akan terlihat bila berhasil."),
    )
    aim_due_on = forms.DateField(label=_("Sampai"), widget=DateInput)

    def told(self) -> Told:
        return Told(**{name: self.cleaned_data[name] for name in Told.__dataclass_fields__})


class ReplyForm(VersionMixin):
    text = forms.CharField(label=_("Tanggapan Anda"), max_length=WORDS, widget=area())


class ReflectForm(VersionMixin):
    text = forms.CharField(
        label=_("Refleksi Anda"),
        max_length=WORDS,
        widget=area(6),
        help_text=_("Apa yang saya pelajari, apa yang sudah saya coba, apa yang berubah. Boleh ditulis ulang."),
    )
