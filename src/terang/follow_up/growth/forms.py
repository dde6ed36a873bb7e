"""Forms of what is due and of the corrective action. They read what was typed; the services decide."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from terang.evaluation.wording import measure_label
from terang.follow_up.growth.models import Cause, CorrectiveAction
from terang.follow_up.growth.services import Plan, Step, indicators
from terang.web.forms import DateInput, VersionMixin
from terang.web.numbers import score


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class SettleForm(VersionMixin):
    """What was done, or why nothing is to be done."""

    how = forms.ChoiceField(
        label=_("Bagaimana"),
        choices=[("done", _("Sudah ditindaklanjuti")), ("dropped", _("Tidak perlu, dengan alasan"))],
        widget=forms.RadioSelect,
    )
    outcome = forms.CharField(
        label=_("Yang dilakukan, atau alasannya"),
        max_length=1000,
        help_text=_("Dibaca juga oleh pegawainya."),
        widget=_area(4),
    )


class PlanForm(VersionMixin):
    cause = forms.ChoiceField(label=_("Sebab utama"), choices=Cause.choices, widget=forms.RadioSelect)
    cause_note = forms.CharField(
        label=_("Penjelasan sebab"),
        max_length=1000,
        required=False,
        help_text=_("Sebab dan penjelasannya hanya dibaca Anda berdua."),
        widget=_area(3),
    )
    support = forms.CharField(
        label=_("Dukungan yang Anda berikan"),
        max_length=1000,
        help_text=_("Waktu, alat, orang, latihan, atau target yang diubah."),
        widget=_area(3),
    )
    indicator = forms.ChoiceField(
        label=_("Indikator yang diukur ulang"),
        help_text=_("Yang sama sebelum dan sesudah; angkanya nilai saat dibuka."),
    )
    remeasure_on = forms.DateField(label=_("Diukur ulang pada"), widget=DateInput)

    def __init__(self, *args: Any, action: CorrectiveAction, told: bool, **kwargs: Any) -> None:
        """`told`: whether the writer reads the cause that stands there; otherwise both begin anew."""
        names = ("support", "remeasure_on", "version", *(("cause", "cause_note") if told else ()))
        written: dict[str, Any] = {name: getattr(action, name) for name in names}
        written["indicator"] = f"{action.aspect}/{action.measure}"
        super().__init__(*args, **{"initial": written, **kwargs})
        known = indicators(action)
        if action.round:
            known = [each for each in known if each[0] == written["indicator"]]
        choices = [(code, f"{measure_label(code.partition('/')[2])}: {score(value)}") for code, value in known]
        self.fields["indicator"].choices = choices  # type: ignore[attr-defined]

    def plan(self) -> Plan:
        told = self.cleaned_data
        return Plan(told["cause"], told["cause_note"], told["support"], told["indicator"], told["remeasure_on"])


class StepForm(forms.Form):
    owner = forms.ChoiceField(label=_("Pemegang"), widget=forms.RadioSelect)
    text = forms.CharField(label=_("Langkah"), max_length=300, widget=_area(2))
    due_on = forms.DateField(label=_("Tenggat"), widget=DateInput)

    def __init__(self, *args: Any, action: CorrectiveAction, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._people = {str(each.pk): each for each in (action.employee, action.leader) if each}
        self.fields["owner"].choices = [(pk, each.name) for pk, each in self._people.items()]  # type: ignore[attr-defined]

    def step(self) -> Step:
        told = self.cleaned_data
        return Step(self._people[told["owner"]], told["text"], told["due_on"])


class StepDoneForm(forms.Form):
    outcome = forms.CharField(label=_("Hasilnya"), max_length=300, required=False, widget=_area(2))


class ViewForm(VersionMixin):
    view = forms.CharField(
        label=_("Pandangan saya"),
        max_length=2000,
        required=False,
        help_text=_("Dibaca pimpinan dan yang boleh melihat kinerja Anda."),
        widget=_area(6),
    )


class KeyForm(VersionMixin):
    """Turns a key: nothing is asked."""


class ReasonForm(VersionMixin):
    reason = forms.CharField(label=_("Alasan"), max_length=1000, widget=_area(4))


class ExtendForm(ReasonForm):
    remeasure_on = forms.DateField(label=_("Diukur ulang lagi pada"), widget=DateInput)
