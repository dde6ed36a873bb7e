"""A disputed day as explained by the person, and its answer."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from terang.custody.kinds import EXTENSIONS
from terang.evidence.attendance.dispute_days import GRANTABLE
from terang.web.forms import DateInput, FileField, FormKeyMixin, VersionMixin

REFUSE = "tolak"


class DisputeForm(FormKeyMixin):
    """What happened on the day."""

    day = forms.DateField(label=_("Tanggal"), widget=DateInput)
    text = forms.CharField(
        label=_("Apa yang sebenarnya terjadi"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Dibaca oleh penilai Anda dan pengelola kepegawaian, tidak oleh orang lain."),
    )
    proof = FileField(label=_("Bukti: foto atau berkas"), types=EXTENSIONS, required=False)


class AnswerForm(VersionMixin):
    """One choice: the status that is granted, or that the day stays as it is. The answer is always written."""

    status = forms.ChoiceField(label=_("Jawaban"), widget=forms.RadioSelect)
    answer = forms.CharField(
        label=_("Alasan jawaban"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_(
            "Bila diterima, jawaban ini menjadi keterangan hari itu bagi semua yang boleh melihat kehadirannya."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        granted = [(status.value, gettext("Diterima: %s") % status.label) for status in GRANTABLE]
        self.fields["status"].choices = [*granted, (REFUSE, gettext("Ditolak: hari ini tetap seperti tercatat"))]  # type: ignore[attr-defined]
