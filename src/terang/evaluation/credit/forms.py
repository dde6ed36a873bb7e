"""Forms of credit points: what was brought along, laying down, taking back."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from terang.evaluation.credit.account import Account
from terang.evaluation.credit.models import GrantKind
from terang.evaluation.credit.selectors import digest_of
from terang.evaluation.credit.services import Brought
from terang.evaluation.credit.wording import levels
from terang.rules.regulations.rounding import half_up
from terang.web.forms import DateInput, FormKeyMixin
from terang.web.numbers import longdate, points


class GrantForm(FormKeyMixin):
    kind = forms.ChoiceField(label=_("Jenis"), choices=[("", _("Pilih")), *GrantKind.choices])
    level = forms.ChoiceField(label=_("Untuk jenjang"), choices=levels)
    points = forms.DecimalField(
        label=_("Angka kredit"),
        max_digits=8,
        decimal_places=2,
        required=False,
        localize=True,
        help_text=_("Dua desimal. Kosongkan untuk peningkatan pendidikan: dihitung 25% dari kebutuhan naik pangkat."),
    )
    day = forms.DateField(
        label=_("Dihitung sampai dengan"),
        widget=DateInput,
        help_text=_("Kinerja bulan-bulan sampai hari ini sudah termasuk di dalamnya dan tidak dikonversi lagi."),
    )
    document = forms.CharField(
        label=_("Dasar"), max_length=200, help_text=_("Nomor dan tanggal penetapan atau ijazah.")
    )

    def told(self) -> Brought:
        values = self.cleaned_data
        return Brought(values["kind"], values["level"], values["points"], values["day"], values["document"])


class DecideForm(FormKeyMixin):
    """`until` is the first day after the months that are laid down; `seen` the digest of the account as shown."""

    until = forms.DateField(label=_("Sampai dengan"))
    letter = forms.CharField(label=_("Nomor surat"), max_length=100)
    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["until"].widget = forms.Select(
            choices=[(day.isoformat(), _end(account, day)) for day in account.ends]
        )
        self.fields["seen"].initial = digest_of(account)


def _end(account: Account, day: Any) -> str:
    lines = account.through(day)
    total = points(half_up(sum((line.exact for line in lines), 0 * lines[0].exact), 2))
    told = {"day": longdate(day - timedelta(days=1)), "total": total}
    if any(line.early for line in lines):
        return gettext("%(day)s: %(total)s, dengan periode yang mendahului evaluasi tahunan") % told
    return gettext("%(day)s: %(total)s") % told


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Alasan"), max_length=250, widget=forms.Textarea(attrs={"rows": 3}))
