"""Forms of the allowance: a rule, its decision, a month, a fact, a dispute and its decision."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from terang.follow_up.allowance.models import RuleVersion, Slip
from terang.follow_up.allowance.services import Given, Verdict
from terang.registry.people.models import Employee
from terang.rules.allowance import AllowanceRule, FactSpec
from terang.rules.allowance.facts import label_of
from terang.web.forms import DateInput, FormKeyMixin, VersionMixin
from terang.web.sentences import said


class RuleForm(FormKeyMixin):
    text = forms.CharField(
        label=_("Aturan (TOML)"),
        max_length=200_000,
        help_text=_("Mulai dari versi yang berlaku atau contoh; bentuknya dijelaskan di docs/allowance.md."),
        widget=forms.Textarea(attrs={"rows": 24, "spellcheck": "false"}),
    )


class RuleDecisionForm(VersionMixin):
    decision = forms.ChoiceField(
        label=_("Putusan"),
        choices=[("setuju", _("Setujui; berlaku sejak tanggalnya")), ("kembali", _("Kembalikan"))],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("Alasan"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class MonthForm(forms.Form):
    month = forms.ChoiceField(label=_("Bulan"))

    def __init__(self, *args: Any, months: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["month"].choices = months  # type: ignore[attr-defined]

    def day(self) -> date:
        return date.fromisoformat(f"{self.cleaned_data['month']}-01")


class FactForm(FormKeyMixin):
    """One fact of the rule in force: from–to where it holds until it ends, else the month it is of."""

    value = forms.CharField(label=_("Isi"), max_length=60)
    month = forms.ChoiceField(label=_("Bulan"), help_text=_("Fakta ini berlaku untuk satu bulan saja."))
    starts_on = forms.DateField(label=_("Mulai"), widget=DateInput)
    ends_on = forms.DateField(
        label=_("Berakhir"), widget=DateInput, required=False, help_text=_("Hari pertama yang tidak termasuk.")
    )
    document = forms.CharField(label=_("Dasar"), max_length=150, help_text=_("Nomor keputusan atau surat."))

    def __init__(
        self, *args: Any, spec: FactSpec, sanctions: list[str], months: list[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.spec = spec
        words = sanctions if spec.code == "sanction" else list(spec.choices)
        if words:
            self.fields["value"] = forms.ChoiceField(label=_("Isi"), choices=[(each, each) for each in words])
        else:
            self.fields["value"].help_text = _HELP.get(spec.unit, "")
        self.fields["month"].choices = months  # type: ignore[attr-defined]
        for name in ("month",) if spec.recurring else ("starts_on", "ends_on"):
            del self.fields[name]

    def given(self, employee: Employee) -> Given:
        told = self.cleaned_data
        start = told["starts_on"] if self.spec.recurring else date.fromisoformat(f"{told['month']}-01")
        return Given(employee, self.spec.code, told["value"], start, told["document"], told.get("ends_on"))


_HELP = {
    "rupiah": _("Rupiah tanpa titik, misalnya 4300000."),
    "share": _("Persen, misalnya 2,5."),
    "flag": _("Tulis ya atau tidak."),
    "day": _("Tanggal seperti 2026-02-16."),
    "minutes": _("Banyak menit."),
    "days": _("Banyak hari."),
    "months": _("Banyak bulan."),
}


class ReasonForm(FormKeyMixin):
    reason = forms.CharField(label=_("Alasan"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class PostponeForm(VersionMixin):
    reason = forms.CharField(label=_("Alasan"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class ArrearsForm(VersionMixin):
    decision = forms.ChoiceField(
        label=_("Putusan"),
        choices=[
            ("tagih", _("Tagih: dipotong dari tunjangan bulan berikutnya")),
            ("lepas", _("Tidak ditagih")),
        ],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(label=_("Alasan"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class TrialForm(FormKeyMixin):
    rule = forms.ModelChoiceField(RuleVersion.objects.none(), label=_("Aturan yang dicoba"))
    first = forms.ChoiceField(label=_("Dari bulan"))
    last = forms.ChoiceField(label=_("Sampai bulan"))

    def __init__(self, *args: Any, rules: QuerySet[RuleVersion], months: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["rule"].queryset = rules  # type: ignore[attr-defined]
        for name in ("first", "last"):
            self.fields[name].choices = months  # type: ignore[attr-defined]

    def span(self) -> tuple[date, date]:
        first, last = (date.fromisoformat(f"{self.cleaned_data[name]}-01") for name in ("first", "last"))
        return first, last


class DisputeForm(FormKeyMixin):
    row = forms.ChoiceField(label=_("Yang keliru"))
    text = forms.CharField(
        label=_("Mengapa"),
        max_length=1000,
        help_text=_("Sebutkan hari dan bukti, misalnya surat tugas. Dibaca pengelola kepegawaian."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, slip: Slip, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = [(str(each["number"]), each["label"]) for each in (slip.ledger or {}).get("rows", [])]
        self.fields["row"].choices = [("0", gettext("Seluruh slip")), *rows]  # type: ignore[attr-defined]


class VerdictForm(VersionMixin):
    decision = forms.ChoiceField(
        label=_("Putusan"),
        choices=[("terima", _("Terima: hitung ulang slipnya")), ("tolak", _("Tolak: slip tetap"))],
        widget=forms.RadioSelect,
    )
    code = forms.ChoiceField(
        label=_("Fakta yang keliru"),
        required=False,
        help_text=_("Kosongkan bila catatannya sudah diperbaiki: yang disanggah dihitung ulang dari catatan sekarang."),
    )
    value = forms.CharField(label=_("Seharusnya"), max_length=60, required=False)
    whole = forms.BooleanField(
        label=_("Pakai juga perubahan catatan lain"),
        required=False,
        help_text=_("Tanpa ini, yang tidak disanggah tetap seperti pada slip."),
    )
    reason = forms.CharField(label=_("Alasan"), max_length=1000, widget=forms.Textarea(attrs={"rows": 4}))
    shown = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)

    def __init__(self, *args: Any, rule: AllowanceRule, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = [(spec.code, said(label_of(spec))) for spec in rule.facts() if spec.code != "sanctions"]
        self.fields["code"].choices = [("", gettext("Tidak ada")), *known]  # type: ignore[attr-defined]

    def verdict(self) -> Verdict:
        told = self.cleaned_data
        return Verdict(
            told["decision"] == "terima", told["reason"], told["code"], told["value"], told["whole"], told["shown"]
        )


class PressForm(VersionMixin):
    """The page of one row, for a button that asks nothing else."""
