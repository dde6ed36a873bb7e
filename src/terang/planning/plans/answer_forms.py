"""What is typed about a plan that is not its own wording: comments, the answer, the leader's decisions."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from terang.planning.plans.comparing import APPROACHES
from terang.planning.plans.services import Decision
from terang.rules.plans import PlanDocument
from terang.rules.plans.behaviour import VALUES
from terang.web.forms import FormKeyMixin, VersionMixin

COMMENT_LENGTH = 1000
HOPE_LENGTH = 300


def _comment_field(**kwargs: Any) -> forms.CharField:
    return forms.CharField(max_length=COMMENT_LENGTH, widget=forms.Textarea(attrs={"rows": 2}), **kwargs)


class CommentForm(FormKeyMixin):
    """A word about a row (`row_key`) or the whole plan (empty)."""

    text = _comment_field(label=_("Komentar"))
    row_key = forms.CharField(widget=forms.HiddenInput, required=False, max_length=12)


class AssignmentForm(VersionMixin):
    """Yes or no to work that another leader gives."""

    row_key = forms.CharField(widget=forms.HiddenInput, max_length=12)
    answer = forms.ChoiceField(choices=[("ya", _("Setujui")), ("tidak", _("Tolak"))])


class GiveBackForm(VersionMixin, FormKeyMixin):
    """Back to be discussed; the comment may stand at a row already."""

    text = _comment_field(
        label=_("Apa yang perlu dibahas"),
        required=False,
        help_text=_("Boleh kosong bila Anda sudah mengomentari hasil kerja tertentu."),
    )


class ChangeForm(forms.Form):
    """Why an agreed plan is changed."""

    reason = forms.CharField(
        label=_("Alasan perubahan"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Misalnya penugasan baru, sumber daya yang tidak terpenuhi, atau hasil umpan balik."),
    )


class DecisionForm(VersionMixin):
    """What only the leader decides: approach, main or additional, special expectations."""

    approach = forms.ChoiceField(label=_("Pendekatan"), choices=list(APPROACHES.items()), widget=forms.RadioSelect)

    def __init__(self, *args: Any, document: PlanDocument, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.document = document
        self.fields["approach"].initial = document.approach
        for number, result in document.printed_results:
            self.fields[f"main_{result.key}"] = forms.ChoiceField(
                label=f"{number}. {result.text}",
                choices=[("utama", _("Utama")), ("tambahan", _("Tambahan"))],
                widget=forms.RadioSelect,
                initial="utama" if result.main else "tambahan",
                disabled=result.acting,
                help_text=_("Penugasan sebagai Plt. atau Plh. selalu utama.") if result.acting else "",
            )
        for value in VALUES:
            self.fields[f"hope_{value.code}"] = forms.CharField(
                label=value.name,
                required=False,
                max_length=HOPE_LENGTH,
                initial=document.behaviour.get(value.code, ""),
                widget=forms.Textarea(attrs={"rows": 2}),
            )

    @property
    def results(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name.startswith("main_")]

    @property
    def hopes(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name.startswith("hope_")]

    def decision(self) -> Decision:
        data = self.cleaned_data
        return Decision(
            main={each.key: data[f"main_{each.key}"] == "utama" for each in self.document.results},
            behaviour={value.code: data[f"hope_{value.code}"] for value in VALUES},
            approach=data["approach"],
        )
