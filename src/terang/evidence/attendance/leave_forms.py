"""What is typed to ask for leave, to decide it, and to enter what was taken before Terang."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

from terang.custody.kinds import EXTENSIONS
from terang.evidence.attendance.leave_kinds import LABELS, kind_label, why_not
from terang.registry.people.models import Employee
from terang.web.forms import DateInput, FileField, FormKeyMixin, VersionMixin

DECISIONS = {
    "approve": gettext_noop("Disetujui"),
    "change": gettext_noop("Perubahan: tanggal lain"),
    "postpone": gettext_noop("Ditangguhkan"),
    "refuse": gettext_noop("Tidak disetujui"),
}
"""The four answers of the form (Perka BKN 24/2017), by verb."""


class SpanForm(forms.Form):
    """First and last day; cleans to `starts_on` and `ends_on` (exclusive)."""

    starts_on = forms.DateField(label=_("Hari pertama"), widget=DateInput)
    last_day = forms.DateField(label=_("Hari terakhir"), widget=DateInput)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        first, last = data.get("starts_on"), data.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", gettext("Hari terakhir tidak boleh sebelum hari pertama."))
        elif last:
            data["ends_on"] = after(last)
        return data


def after(last: date) -> date:
    """The exclusive end behind a last day."""
    return last if last == date.max else last + timedelta(days=1)


class LeaveForm(FormKeyMixin, SpanForm):
    """A request. Kinds the person cannot take are not offered; `barred` says why of each."""

    kind = forms.ChoiceField(label=_("Jenis"), widget=forms.RadioSelect)
    reason = forms.CharField(label=_("Alasan"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))
    proof = FileField(label=_("Surat keterangan"), types=EXTENSIONS, required=False)
    address = forms.CharField(label=_("Alamat selama cuti"), max_length=200, required=False)
    phone = forms.CharField(
        label=_("Telepon selama cuti"), max_length=30, required=False, widget=forms.TextInput(attrs={"type": "tel"})
    )

    field_order = ("kind", "starts_on", "last_day", "reason", "proof", "address", "phone")

    def __init__(self, *args: Any, employee: Employee, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reasons = {kind: why_not(employee, kind, today) for kind in LABELS}
        self.barred = [(kind_label(kind), why) for kind, why in reasons.items() if why]
        choices = [(kind, kind_label(kind)) for kind in LABELS if not reasons[kind]]
        self.fields["kind"].choices = choices  # type: ignore[attr-defined]


class DecisionForm(VersionMixin):
    """One of the four answers; dates only for `change`, a note for all but `approve`."""

    decision = forms.ChoiceField(label=_("Keputusan"), widget=forms.RadioSelect)
    starts_on = forms.DateField(label=_("Hari pertama yang baru"), widget=DateInput, required=False)
    last_day = forms.DateField(label=_("Hari terakhir yang baru"), widget=DateInput, required=False)
    note = forms.CharField(
        label=_("Alasan atau catatan"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["decision"].choices = [(verb, gettext(text)) for verb, text in DECISIONS.items()]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        decision = data.get("decision")
        if decision and decision != "approve" and not data.get("note", "").strip():
            self.add_error("note", gettext("Tuliskan alasannya, supaya pegawai tahu langkah berikutnya."))
        if decision == "change":
            for name in ("starts_on", "last_day"):
                if not data.get(name) and name not in self.errors:
                    self.add_error(name, gettext("Isi tanggal yang baru."))
        return data


class EndLeaveForm(VersionMixin):
    """Back at work before the leave's end."""

    back_on = forms.DateField(label=_("Masuk kembali pada"), widget=DateInput)
    note = forms.CharField(label=_("Alasan"), max_length=300, help_text=_("Misalnya dipanggil kembali, atau sembuh."))


class OpeningForm(forms.Form):
    """What a person had taken in a year before Terang kept the leave."""

    year = forms.IntegerField(label=_("Tahun"), min_value=1990, max_value=2200)
    taken = forms.IntegerField(label=_("Sudah diambil (hari kerja)"), min_value=0, max_value=24)
    postponed = forms.IntegerField(
        label=_("Ditangguhkan ke tahun berikutnya (hari kerja)"), min_value=0, max_value=24, initial=0
    )
