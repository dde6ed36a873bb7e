"""Forms of dialogues. They read what was typed; the services decide."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from terang.evidence.dialogue.models import Talk
from terang.evidence.dialogue.services import Promised
from terang.web.forms import DateInput, FormKeyMixin, VersionMixin


class CallForm(FormKeyMixin):
    day = forms.DateField(label=_("Hari dialog"), widget=DateInput)


class PointForm(forms.Form):
    text = forms.CharField(label=_("Pokok bahasan"), max_length=300)


class NoteForm(VersionMixin):
    note = forms.CharField(
        label=_("Yang dibicarakan"), max_length=600, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )


class AgreementForm(forms.Form):
    """`promised()` gives what is agreed."""

    owner = forms.ChoiceField(label=_("Pemegang"), widget=forms.RadioSelect)
    text = forms.CharField(label=_("Yang akan dilakukan"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))
    due_on = forms.DateField(label=_("Tenggat"), widget=DateInput)

    def __init__(self, *args: Any, talk: Talk, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._people = {str(each.pk): each for each in (talk.employee, talk.leader)}
        self.fields["owner"].choices = [(pk, each.name) for pk, each in self._people.items()]  # type: ignore[attr-defined]

    def promised(self) -> Promised:
        told = self.cleaned_data
        return Promised(self._people[told["owner"]], told["text"], told["due_on"])


class KeyForm(VersionMixin):
    """Turns a key: nothing is asked."""


class ReasonForm(VersionMixin):
    reason = forms.CharField(label=_("Alasan"), max_length=250)


class OutcomeForm(forms.Form):
    outcome = forms.CharField(
        label=_("Hasilnya"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
