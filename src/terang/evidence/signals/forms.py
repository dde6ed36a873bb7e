"""Forms of questions. They read what was typed; the services decide."""

from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy
from django.utils.translation import gettext_lazy as _

from terang.evidence.signals.models import Path
from terang.evidence.signals.sources import LEAST_DAYS, MOST_DAYS, Terms, sources
from terang.web.forms import DateInput, VersionMixin


class AskForm(VersionMixin):
    question = forms.CharField(
        label=_("Pertanyaan Anda"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "Bertanyalah tentang apa yang terjadi. Yang ditanya melihat pertanyaan ini dan catatan di baliknya."
        ),
    )
    days = forms.IntegerField(label=_("Waktu menjelaskan (hari kerja)"), min_value=LEAST_DAYS, max_value=MOST_DAYS)


class ExplainForm(VersionMixin):
    answer = forms.CharField(
        label=_("Penjelasan Anda"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Ceritakan apa yang terjadi dengan kata-kata Anda. Penjelasan dibaca tim pengawas."),
    )


class ShareForm(VersionMixin):
    pass


class DismissForm(VersionMixin):
    reason = forms.CharField(
        label=_("Alasan menutup"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Dibaca oleh yang ditanya. Bukti yang sama tidak ditanyakan lagi."),
    )  # fmt: skip


class ReferForm(VersionMixin):
    path = forms.ChoiceField(label=_("Diteruskan ke"), choices=Path.choices, widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Alasan meneruskan"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Dibaca oleh yang ditanya."),
    )  # fmt: skip


ON, OFF = "ya", "tidak"


class TermsForm(forms.Form):
    """A field for each threshold of each source, named `kind.code`, and whether the kind is asked about at all."""

    valid_from = forms.DateField(label=_("Berlaku sejak"), widget=DateInput)
    answer_days = forms.IntegerField(
        label=_("Waktu menjelaskan (hari kerja)"), min_value=LEAST_DAYS, max_value=MOST_DAYS
    )
    basis = forms.CharField(label=_("Dasar"), max_length=200, required=False)

    def __init__(self, *args: Any, terms: Terms, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for source in sources():
            title = gettext(source.title)
            self.fields[f"{source.kind}.asked"] = forms.ChoiceField(
                label=title,
                help_text=gettext(source.what),
                choices=[(ON, gettext_lazy("Ditanyakan")), (OFF, gettext_lazy("Tidak ditanyakan"))],
                initial=ON if terms.asks(source) else OFF,
            )
            for limit in source.limits:
                self.fields[f"{source.kind}.{limit.code}"] = forms.IntegerField(
                    label=f"{title}: {gettext(limit.label)}",
                    min_value=limit.least,
                    max_value=limit.most,
                    initial=terms.limits_of(source)[limit.code],
                )

    def wanted(self) -> dict[str, Any]:
        """What `services.set_terms` takes; thresholds left as usual are not kept."""
        told = self.cleaned_data
        limits = {
            f"{source.kind}.{limit.code}": told[f"{source.kind}.{limit.code}"]
            for source in sources()
            for limit in source.limits
            if told[f"{source.kind}.{limit.code}"] != limit.usual
        }
        silent = [source.kind for source in sources() if told[f"{source.kind}.asked"] == OFF]
        own = {name: told[name] for name in ("valid_from", "answer_days", "basis")}
        return own | {"limits": limits, "silent": silent}
