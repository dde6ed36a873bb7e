"""What people type about goals, indicators, values and signings; the services decide."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _

from terang.planning.goals.models import ChangeCause, Goal, GoalKind, KeyIndicator
from terang.planning.measuring import Direction, Perspective
from terang.registry.organization.models import Unit
from terang.registry.people.models import Post
from terang.rules.catalogue import MEASURES
from terang.web.forms import DateInput, FormKeyMixin, VersionMixin
from terang.web.quantities import QuantityField

YES_NO = [("1000", gettext_lazy("Ya")), ("0", gettext_lazy("Belum"))]


class ValueField(QuantityField):
    """A value of an indicator, which may lie below zero ("-2,5")."""

    def clean(self, value: Any) -> int | None:
        text = str(value or "").strip().replace("−", "-")
        if not text.startswith("-"):
            return super().clean(text)
        milli = super().clean(text[1:])
        return None if milli is None else -milli


class YesNoField(forms.TypedChoiceField):
    """Yes or no as the value of an indicator: 1,000 or 0."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=YES_NO, coerce=int, empty_value=None, widget=forms.RadioSelect, **kwargs)


def value_field(indicator: KeyIndicator, **kwargs: Any) -> forms.Field:
    """The field for a value of this indicator."""
    return YesNoField(**kwargs) if indicator.direction == Direction.YES_NO else ValueField(**kwargs)


def typed(milli: int | None) -> str:
    """A value as one would type it, the same in every language: 2500 → "2,5"."""
    if milli is None:
        return ""
    whole, rest = divmod(abs(milli), 1000)
    fraction = f",{rest:03d}".rstrip("0") if rest else ""
    return f"{'-' if milli < 0 else ''}{whole}{fraction}"


class GoalForm(forms.Form):
    """A goal. The choices of parent are grouped by their kind."""

    kind = forms.ChoiceField(label=gettext_lazy("Tingkat"), choices=GoalKind.choices)
    parent = forms.ModelChoiceField(
        label=gettext_lazy("Mendukung"),
        queryset=Goal.objects.none(),
        required=False,
        empty_label=gettext_lazy("Tidak ada: tujuan di puncak"),
        help_text=gettext_lazy("Sasaran di atasnya. Hanya tujuan RPJMD yang tidak mendukung apa pun."),
    )
    unit = forms.ModelChoiceField(label=gettext_lazy("Unit pengemban"), queryset=Unit.objects.none(), empty_label=None)
    code = forms.CharField(
        label=gettext_lazy("Kode"), max_length=30, help_text=gettext_lazy("Unik, misalnya T1, S1.2, atau 1.02.03.")
    )
    text = forms.CharField(
        label=pgettext_lazy("satu", "Sasaran"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Keadaan yang ingin dicapai, bukan kegiatannya."),
    )
    source = forms.CharField(
        label=gettext_lazy("Dokumen"),
        max_length=120,
        required=False,
        help_text=gettext_lazy("Misalnya RPJMD 2025–2029."),
    )
    year_start = forms.IntegerField(label=gettext_lazy("Tahun awal"), min_value=2000, max_value=2100)
    year_end = forms.IntegerField(label=gettext_lazy("Tahun akhir"), min_value=2000, max_value=2100)

    def __init__(
        self, *args: Any, kinds: Iterable[GoalKind], units: QuerySet[Unit], parents: QuerySet[Goal], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(kind.value, kind.label) for kind in kinds]  # type: ignore[attr-defined]
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        parent: Any = self.fields["parent"]
        parent.queryset = parents
        groups: dict[str, list[tuple[int, str]]] = {}
        for goal in parents:
            groups.setdefault(goal.get_kind_display(), []).append((goal.pk, f"{goal.code} {goal.text}"))
        parent.choices = [("", parent.empty_label), *groups.items()]


class GoalChangeForm(VersionMixin, GoalForm):
    """A goal with the version it was drawn from."""


class RetireForm(VersionMixin):
    on = forms.DateField(label=gettext_lazy("Tidak dipakai lagi sejak"), widget=DateInput)
    reason = forms.CharField(label=gettext_lazy("Alasan"), max_length=250)


class IndicatorForm(forms.Form):
    number = forms.IntegerField(label=gettext_lazy("Nomor"), min_value=1, max_value=99)
    text = forms.CharField(label=gettext_lazy("Indikator"), max_length=250, widget=forms.Textarea(attrs={"rows": 2}))
    outcome = forms.BooleanField(
        label=gettext_lazy("Mengukur keadaan masyarakat"),
        required=False,
        help_text=gettext_lazy(
            "Misalnya angka stunting atau lama tunggu. Wajib punya keadaan awal agar perubahan terlihat."
        ),
    )
    direction = forms.ChoiceField(label=gettext_lazy("Arah"), choices=Direction.choices)
    unit_label = forms.CharField(
        label=gettext_lazy("Satuan"), max_length=40, help_text=gettext_lazy("Misalnya %, menit, orang, indeks.")
    )
    baseline_milli = ValueField(label=gettext_lazy("Keadaan awal"), required=False)
    baseline_year = forms.IntegerField(
        label=gettext_lazy("Tahun keadaan awal"), min_value=1990, max_value=2100, required=False
    )
    measure = forms.ChoiceField(
        label=gettext_lazy("Sumber nilai"),
        required=False,
        help_text=gettext_lazy(
            "Ukuran Terang dibaca langsung sebagai rata-rata unit, dalam persen atau nilai 0 sampai 100."
        ),
    )
    source = forms.CharField(label=gettext_lazy("Sumber data"), max_length=200, required=False)
    formula = forms.CharField(
        label=gettext_lazy("Rumus"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    perspective = forms.ChoiceField(label=gettext_lazy("Perspektif"), required=False)
    responsible = forms.ModelChoiceField(
        label=gettext_lazy("Jabatan penanggung jawab"),
        queryset=Post.objects.none(),
        required=False,
        empty_label=gettext_lazy("Belum ditetapkan"),
        help_text=gettext_lazy("Pemangku jabatan ini pada setiap saat yang menjawab dan melaporkan nilainya."),
    )

    def __init__(self, *args: Any, posts: QuerySet[Post], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        by_hand, none = ("", _("Dilaporkan dengan tangan")), ("", _("Tidak ada"))
        self.fields["measure"].choices = [by_hand, *measure_choices()]  # type: ignore[attr-defined]
        self.fields["perspective"].choices = [none, *Perspective.choices]  # type: ignore[attr-defined]
        responsible: Any = self.fields["responsible"]
        responsible.queryset = posts
        responsible.label_from_instance = lambda post: f"{post.title}, {post.unit.name}"


def measure_choices() -> list[tuple[str, str]]:
    """The measures of Terang with their label in the language of the page."""
    english = (get_language() or "").startswith("en")
    return [(code, spec.label_en if english else spec.label) for code, spec in MEASURES.items()]


class IndicatorChangeForm(VersionMixin, IndicatorForm):
    """An indicator with the version it was drawn from."""


class TargetForm(VersionMixin):
    """A year's target and its quarters; the version is the indicator's. A range has no quarters."""

    def __init__(self, *args: Any, indicator: KeyIndicator, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        span = indicator.direction == Direction.RANGE
        told = gettext_lazy("Batas bawah") if span else gettext_lazy("Target akhir tahun")
        self.fields["target_milli"] = value_field(indicator, label=told)
        if span:
            self.fields["target_max_milli"] = ValueField(label=gettext_lazy("Batas atas"))
            return
        help_text = gettext_lazy("Nilai yang diharapkan pada akhir triwulan. Kosongkan bila tidak ditetapkan.")
        for number, numeral in enumerate(("I", "II", "III", "IV"), start=1):
            self.fields[f"quarter{number}_milli"] = value_field(
                indicator,
                label=gettext_lazy("Triwulan %s") % numeral,
                required=False,
                help_text=help_text if number == 1 else "",
            )


class ReadingForm(FormKeyMixin):
    """A value reported by hand."""

    day = forms.DateField(label=gettext_lazy("Keadaan tanggal"), widget=DateInput)
    source = forms.CharField(
        label=gettext_lazy("Sumber"),
        max_length=200,
        help_text=gettext_lazy("Dari mana angka ini: laporan, survei, atau rilis, dengan tanggalnya."),
    )
    field_order = ("day", "value_milli", "source", "reason")

    def __init__(self, *args: Any, indicator: KeyIndicator, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        plain = pgettext_lazy("indikator", "Nilai")
        label = plain if indicator.direction == Direction.YES_NO else _value_label(indicator)
        self.fields["value_milli"] = value_field(indicator, label=label)
        self.order_fields(self.field_order)


def _value_label(indicator: KeyIndicator) -> str:
    return _("Nilai (%(unit)s)") % {"unit": indicator.unit_label}


class CorrectionForm(ReadingForm):
    """A value that takes another one's place."""

    reason = forms.CharField(label=gettext_lazy("Alasan pembetulan"), max_length=300)


class SigningForm(forms.Form):
    """The first signing. `seen` is the digest of the draft on the page."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)
    on = forms.DateField(label=gettext_lazy("Ditandatangani tanggal"), widget=DateInput)
    document = forms.CharField(label=gettext_lazy("Nomor dokumen"), max_length=120, required=False)


class RenewalForm(SigningForm):
    """A later signing says why."""

    cause = forms.ChoiceField(
        label=gettext_lazy("Sebab perubahan"), choices=ChangeCause.choices, widget=forms.RadioSelect
    )
    reason = forms.CharField(
        label=gettext_lazy("Alasan perubahan"), max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )


def posts_for(unit: Unit) -> QuerySet[Post]:
    """The posts that may answer for a goal of a unit: all of the unit, and the heads of units below it."""
    own = Q(unit=unit) | Q(unit__path__startswith=unit.path, is_head=True)
    return Post.objects.filter(own, unit__agency_id=unit.agency_id, valid_to=None).select_related("unit")
