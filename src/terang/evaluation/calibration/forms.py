"""Forms of a session. They read what was typed; the services decide."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from terang.evaluation.appraisals.models import Rating
from terang.evaluation.calibration.models import Proposal
from terang.evaluation.calibration.services import Marks
from terang.evaluation.calibration.wording import family_label
from terang.registry.organization.models import Unit
from terang.web.forms import DateInput, FormKeyMixin, VersionMixin


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class ScopeForm(forms.Form):
    """Whom to compare: a unit the viewer leads, and a family of posts."""

    unit = forms.TypedChoiceField(label=_("Unit"), coerce=int)
    family = forms.ChoiceField(label=_("Rumpun jabatan"), required=False)

    def __init__(self, *args: Any, units: Iterable[Unit], families: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = [(each.pk, each.name) for each in units]  # type: ignore[attr-defined]
        self.fields["family"].choices = [  # type: ignore[attr-defined]
            ("", family_label("")),
            *((each, family_label(each)) for each in families),
        ]


class OpenForm(FormKeyMixin, ScopeForm):
    """The session itself; `seen` is what the page showed of the people in it."""

    answers_until = forms.DateField(
        label=_("Penilai menjawab usulan sampai"),
        widget=DateInput,
        help_text=_("Sesudah hari ini, usulan yang tidak dijawab penilainya diputus oleh pemimpin sesi."),
    )
    seen = forms.CharField(widget=forms.HiddenInput, max_length=16)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("unit", "family"):
            self.fields[name].widget = forms.HiddenInput()


class ProposeForm(FormKeyMixin, VersionMixin):
    """Two other ratings and why. Their names are those of the services."""

    work_result = forms.ChoiceField(label=_("Rating hasil kerja"), choices=Rating.choices, widget=forms.RadioSelect)
    behaviour = forms.ChoiceField(label=_("Rating perilaku kerja"), choices=Rating.choices, widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Alasan"),
        help_text=_("Bandingkan dengan bukti. Yang dinilai membacanya bersama hasilnya, dengan nama Anda."),
        max_length=1000,
        widget=_area(4),
    )

    def marks(self) -> Marks:
        told = self.cleaned_data
        return Marks(told["work_result"], told["behaviour"], told["reason"])


class MoveForm(VersionMixin):
    """The page of one version, for a button that asks nothing else."""


class WordForm(VersionMixin):
    """A word about a proposal: the rater's against it, or the leader's why it is not followed."""

    text = forms.CharField(label=_("Alasan Anda"), max_length=1000, widget=_area(4))

    def __init__(self, *args: Any, proposal: Proposal, text: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **{"initial": {"version": proposal.version, "text": text}, **kwargs})


class EndForm(VersionMixin):
    note = forms.CharField(label=_("Catatan"), max_length=1000, widget=_area(4))
